"""Flock beside other programs: seconds, memory, and how good the picture is."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from explorer.bench.notebook import peak_memory
from explorer.bench.placers import PEERS, Peer
from explorer.bench.planted import MISSION, SMALL, Size, planted

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

    from explorer.graph.model import Graph, Positions

Figure: TypeAlias = tuple[str, float, str, float | None, str]

LIMIT = 600.0
"""Seconds after which another program is ended."""
LARGE = 20_000_000
"""Bytes of an archive from which networks of the mission's size are laid out, too."""
INTENTIONS = ("balanced", "communities", "structure")
UNITS = {
    "seconds": "s",
    "stress": "%",
    "purity": "%",
    "own pixel": "%",
    "peak memory": "MB",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one program made of a network, by the names of `UNITS`."""

    figures: dict[str, float]


def measure(archive: Path, _: Path) -> list[Figure]:
    """Return the figures of Flock, and of every other program that is there, as large as fits."""
    sizes = (SMALL, MISSION) if archive.stat().st_size > LARGE else (SMALL,)
    return [figure for size in sizes for figure in compared(size, PEERS)]


def compared(size: Size, peers: tuple[Peer, ...], limit: float = LIMIT) -> list[Figure]:
    """Return rows of Flock's figures alone, then beside each of *peers*."""
    n = size.core + size.amplifiers
    ours = {name: alone(flock, (size, name), 10 * limit) for name in INTENTIONS}
    rows: list[Figure] = []
    for name, outcome in ours.items():
        for what, value in outcome.figures.items() if outcome else ():
            rows.append((f"{name} {n:,}, {what}", value, UNITS[what], None, ""))
    balanced = ours[INTENTIONS[0]]
    assert balanced is not None
    for peer in peers:
        lacking = peer.missing()
        theirs = None if lacking else alone(other, (size, peer), limit)
        against = peer.name
        if theirs is None:
            why = f"not there: {lacking}" if lacking else f"did not finish in {limit:.0f} s"
            against = f"{peer.name} {why}"
        for what, value in balanced.figures.items():
            reference = theirs.figures[what] if theirs else None
            rows.append((f"balanced {n:,}, {what}", value, UNITS[what], reference, against))
            if theirs is None:
                break
    return rows


def flock(size: Size, intention: str) -> Outcome:
    """Lay *size* out by Flock, compiled before."""
    from explorer.job import silent
    from explorer.layout import ready
    from explorer.layout.run import BUILT_IN, RunLayout

    ready.make_ready()
    graph, community = planted(size)
    job = RunLayout(graph, BUILT_IN[0], BUILT_IN[0].options(intention=intention))
    return judged(graph, community, lambda: job(silent))


def other(size: Size, peer: Peer) -> Outcome:
    """Lay *size* out by *peer*, which is given plain pairs."""
    from explorer.layout.pairs import pairs_of

    graph, community = planted(size)
    pairs = pairs_of(graph)
    return judged(graph, community, lambda: peer.place(pairs))


def judged(graph: Graph, community: NDArray[np.int64], place: Callable[[], Positions]) -> Outcome:
    """Return seconds and quality of what *place* does, over the accounts that have a tie."""
    from explorer.layout import quality

    start = time.perf_counter()
    positions = np.asarray(place(), np.float32)
    seconds, memory = time.perf_counter() - start, max(peak_memory(), memory_of_children())
    tied = np.zeros(graph.n, bool)
    tied[graph.source] = tied[graph.target] = True
    shares = (
        quality.stress(graph, positions),
        quality.purity(positions[tied], community[tied]),
        quality.distinct_pixels(positions),
    )
    values = (seconds, *(100 * share for share in shares), memory)
    return Outcome(dict(zip(UNITS, values, strict=True)))


def memory_of_children() -> float:
    """Return the largest resident memory of a program started from here, in MB."""
    if sys.platform == "win32":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def alone(work: Callable[..., Outcome], given: tuple[Any, ...], limit: float) -> Outcome | None:
    """Return what *work* gives in a process of its own; ``None`` if it fails or takes too long."""
    context = get_context("spawn")
    near, far = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(far, work, given))
    process.start()
    far.close()
    try:
        answer: Outcome | None = near.recv() if near.poll(limit) else None
    except EOFError:
        answer = None
    _end(process.pid)
    process.join()
    return answer


def _answer(pipe: Connection, work: Callable[..., Outcome], given: tuple[Any, ...]) -> None:
    if hasattr(os, "setsid"):
        os.setsid()  # so that programs it starts end with it
    pipe.send(work(*given))


def _end(pid: int | None) -> None:
    """End the process *pid* and what it started."""
    if pid is None:
        return
    try:
        if hasattr(os, "killpg"):
            os.killpg(pid, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:  # it ended by itself
        return
