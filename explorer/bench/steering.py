"""Seconds of laying out a part, going on from here, reshaping and remembering."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from explorer.document import edits, partly
from explorer.document.placing import laid_out
from explorer.graph.build import OpenArchive
from explorer.graph.model import Graph
from explorer.graph.roles import CORE
from explorer.job import silent
from explorer.layout.asked import ForceOptions
from explorer.layout.run import FLOCK, layouts
from explorer.layout.shape import MakeShape

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from explorer.document.model import Document
    from explorer.graph.model import Mask
    from explorer.layout.steered import RunSteered

Figure: TypeAlias = tuple[str, float, str] | tuple[str, float, str, float, str]
IN_VIEW = 5_000
"""Accounts that are untangled."""
ROUNDS = 50
"""Of igraph's Fruchterman-Reingold, on the same accounts."""


def measure(archive: Path, folder: Path) -> list[Figure]:
    """Return processor seconds, and how far accounts move, on *archive* laid out by Flock."""
    os.environ["STARLING_CACHE"] = str(folder / "steering-cache")
    opened = OpenArchive((archive,))(silent)
    document = edits.load(opened.graph, opened.receipt, opened.stored)
    anew, document = taken(lambda: laid_out(document, 7, silent))
    near, core = in_view(document), document.roles.mask(CORE)
    rows: list[Figure] = []
    for name, mask, intention in (("untangle", near, ""), ("lay out the core", core, "balanced")):
        job = partly.local(document, mask, intention)
        best = min(taken(lambda job=job: job(silent))[0] for _ in range(3))  # type: ignore[misc]  # bound early by the default
        count = int(mask.sum())
        rows.append((f"{name}, {count:,} accounts", best, "s", forces(document.graph, mask),
                     f"igraph Fruchterman-Reingold, {ROUNDS} rounds"))  # fmt: skip
    settled = partly.whole(document, FLOCK, FLOCK.options(keep=True))
    again, placed = taken(lambda: settled(silent))
    away = np.hypot(*(placed.positions - document.positions).T)
    wide = float(np.ptp(document.positions, axis=0).max())
    rows.append(("settle from here", again, "s", anew, "Flock from nothing"))
    rows.append(("median way when settling", 100 * float(np.median(away)) / wide, "%"))
    return rows + reshaping(document) + remembering(document)


def reshaping(document: Document) -> list[Figure]:
    """Measure what a slider waits for once, and at each move."""
    made, shape = taken(
        lambda: MakeShape(document.graph.bare(), document.positions, document.pinned)(silent)
    )
    moves = [taken(lambda at=at: shape.placed(at, 1.5))[0] for at in np.linspace(-1, 1, 9)]  # type: ignore[misc]  # bound early by the default
    return [
        ("reshape: what a drag waits for first", made, "s"),
        ("reshape: one move of a slider", 1000 * max(moves), "ms"),
    ]


def remembering(document: Document) -> list[Figure]:
    """Measure a layout the first time, and from the cache."""
    job: RunSteered = partly.whole(document, FLOCK, FLOCK.options())
    first, second = (taken(lambda: job(silent))[0] for _ in range(2))
    return [("the same layout again", second, "s", first, "the first time")]


def taken(act: Callable[[], Any]) -> tuple[float, Any]:
    """Return processor seconds of *act*, and what it gave."""
    start = time.process_time()
    made = act()
    return time.process_time() - start, made


def in_view(document: Document) -> Mask:
    """Return the mask of the `IN_VIEW` accounts nearest to one in the middle of things."""
    positions = document.positions
    away = np.abs(positions - np.median(positions, axis=0)).max(axis=1)
    mask = np.zeros(len(positions), bool)
    mask[np.argsort(away, kind="stable")[:IN_VIEW]] = True
    return mask


def forces(graph: Graph, mask: Mask) -> float:
    """Return processor seconds of igraph's Fruchterman-Reingold on the accounts of *mask*."""
    number = np.cumsum(mask, dtype=np.int32) - 1
    inside = mask[graph.source] & mask[graph.target]
    ends = number[graph.source[inside]].astype(np.int32), number[graph.target[inside]]
    part = Graph(int(mask.sum()), ends[0], ends[1].astype(np.int32))
    place = layouts()["fr"].place
    return taken(lambda: place(part, ForceOptions(rounds=ROUNDS), None, silent))[0]
