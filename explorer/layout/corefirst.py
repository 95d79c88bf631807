"""The core placed by its own ties, and everybody else by the core that they amplify."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.graph.model import Graph, frozen
from explorer.graph.roles import CORE
from explorer.job import silent
from explorer.layout import flock
from explorer.layout.asked import FlockOptions
from explorer.layout.base import roles_of
from explorer.layout.crowd import FILL, GOLDEN, spacing, sunflower
from explorer.layout.pack import SHAPE
from explorer.layout.pairs import pairs_of
from explorer.layout.spread import equalised
from explorer.layout.warm import beside_neighbours

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Mask, Positions
    from explorer.job import Report
    from explorer.layout.pairs import Pairs

MARGIN = 0.04
"""Between the rest and those who have no tie to the core, as a share of its width."""
FEW = 0.1
"""Share of all accounts up to which these always stand below."""
REACH = 10.0
"""How far crowded amplifiers give way, in cells, at a spread of 1."""


def place_round_core(
    graph: Graph, options: Any, _start: Positions | None, report: Report, /
) -> Positions:
    """Place the core alone, then all others at the middle of those they know, with some room.

    Whoever of the core has no tie inside it stands among those who amplify it.
    """
    core = core_of(graph)
    if core.all() or not core.any():
        return flock.place(graph, FlockOptions(seed=options.seed), None, report)
    pairs, inner = pairs_of(graph), tied_inside(graph, core)
    at = np.zeros((2, graph.n), np.float32)
    at[:, inner] = core_alone(graph, inner, options, report)
    report(0.7, "placing amplifiers round what they amplify")
    reached = placed_round(at, inner, pairs)
    joined = reached & ~inner
    if joined.sum() > 2 and options.spread > 0:
        at[:, joined] = equalised(at[:, joined], REACH * options.spread)
    apart(at, reached, graph, options.seed)
    placed = frozen(np.ascontiguousarray(at.T))
    report(1.0, "", placed)
    return placed


def core_of(graph: Graph) -> Mask:
    """Return the ``(n,)`` mask of core accounts; nobody if roles are not told."""
    role = roles_of(graph).get("role")
    return np.zeros(graph.n, bool) if role is None else np.asarray(role == CORE)


def tied_inside(graph: Graph, some: Mask) -> Mask:
    """Return the ``(n,)`` mask of those of *some* with a tie to another of them, or all if none."""
    kept = some[graph.source] & some[graph.target] & (graph.source != graph.target)
    tied = np.zeros(graph.n, bool)
    tied[graph.source[kept]] = tied[graph.target[kept]] = True
    return tied if tied.any() else some


def part_of(graph: Graph, some: Mask) -> Graph:
    """Return *some* accounts and the edges between them, with their counts."""
    rows = np.flatnonzero(some)
    number = np.full(graph.n, -1, np.int32)
    number[rows] = np.arange(len(rows), dtype=np.int32)
    kept = some[graph.source] & some[graph.target]
    ends = number[graph.source[kept]], number[graph.target[kept]]
    return Graph(len(rows), *ends, {}, {"count": graph.weight()[kept]})


def core_alone(graph: Graph, core: Mask, options: Any, report: Report) -> NDArray[np.float32]:
    """Return ``(2, k)`` of the core, laid out by Flock as if there were nobody else."""
    inner = part_of(graph, core)

    def told(done: float, note: str = "", _: object = None, /) -> None:
        report(0.6 * done, f"core: {note}" if note else "")

    asked = FlockOptions(intention=options.intention, seed=options.seed)
    return np.ascontiguousarray(flock.place(inner, asked, None, told).T)


def placed_round(at: NDArray[np.float32], core: Mask, pairs: Pairs) -> Mask:
    """Put everybody who is joined to the core round the middle of those they know, in place.

    Who knows one account only stands in a disc round it, the strongest tie nearest; returns the
    ``(n,)`` mask of those placed, the core included.
    """
    at[:] = beside_neighbours(at, core, pairs)
    room = float(spacing(at[:, core], pairs.n))
    if room < 1e-6:  # the core stands in one place
        room = 1.0
        at[:, ~core] += sunflower(np.arange(1, 1 + int((~core).sum())))
    reached = core.copy()
    while True:  # one turn a step away from the core
        more = reached.copy()
        more[pairs.u[reached[pairs.v]]] = True
        more[pairs.v[reached[pairs.u]]] = True
        if np.array_equal(more, reached):
            break
        reached = more
    single = pairs.degree() == 1
    hub = np.full(pairs.n, -1, np.int64)
    for leaf, other in ((pairs.u, pairs.v), (pairs.v, pairs.u)):
        alone = single[leaf] & reached[other] & ~single[other] & ~core[leaf]
        hub[leaf[alone]] = other[alone]
    leaves = np.flatnonzero(hub >= 0)
    queue = leaves[np.lexsort((-pairs.strength()[leaves], hub[leaves]))]
    starts = np.flatnonzero(np.diff(hub[queue], prepend=-1))
    order = np.arange(len(queue)) - np.repeat(starts, np.diff(starts, append=len(queue)))
    if len(queue):
        offset = sunflower(order + 1, hub[queue] * GOLDEN) * np.float32(FILL * room)
        at[:, queue] = at[:, hub[queue]] + offset
    return reached


def apart(at: NDArray[np.float32], reached: Mask, graph: Graph, seed: int) -> None:
    """Put those not *reached* apart from all others, in place: each component of theirs by itself.

    Below, or to the right where so many are better seen.
    """
    lost = ~reached
    if not lost.any():
        return
    low, high = at[:, reached].min(axis=1), at[:, reached].max(axis=1)
    wide = max(float(high[0] - low[0]), 1e-6)
    room = 1.3 * float(spacing(at[:, reached], at.shape[1])) + 1e-6
    made = flock.place(part_of(graph, lost), FlockOptions(seed=seed), None, silent).T
    size = np.maximum(np.ptp(made, axis=1), 1e-6)
    made = (made - made.min(axis=1, keepdims=True)) * np.float32(
        room * np.sqrt(lost.sum() / (size[0] * size[1]))
    )
    size, own = made.max(axis=1) + 1e-6, high - low
    under = max(own[0], size[0]) / (own[1] + size[1])
    right = (own[0] + size[0]) / max(own[1], size[1])
    if abs(np.log(under / SHAPE)) <= abs(np.log(right / SHAPE)) or lost.mean() < FEW:
        corner = (low[0] + high[0] - size[0]) / 2, low[1] - size[1] - MARGIN * wide
    else:
        corner = high[0] + MARGIN * wide, (low[1] + high[1] - size[1]) / 2
    at[:, lost] = made + np.array(corner, np.float32)[:, None]
