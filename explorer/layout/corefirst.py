"""The core placed by its own ties, and everybody else by the core that they amplify."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.graph.model import Graph, frozen
from explorer.graph.roles import AMPLIFIER, CORE
from explorer.layout import flock
from explorer.layout.asked import FlockOptions
from explorer.layout.base import roles_of
from explorer.layout.crowd import FILL, GOLDEN, spacing, sunflower
from explorer.layout.pairs import pairs_of
from explorer.layout.spread import equalised
from explorer.layout.warm import beside_neighbours

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Mask, Positions
    from explorer.job import Report
    from explorer.layout.pairs import Pairs

REACH = 10.0
"""How far crowded amplifiers give way, in cells, at a spread of 1."""
GAP = 0.12
"""Between one ring and the next, as a share of the radius of the core."""


def place_round_core(
    graph: Graph, options: Any, _start: Positions | None, report: Report, /
) -> Positions:
    """Place the core alone, then all others at the middle of those they know, with some room."""
    core = core_of(graph)
    if core.all() or not core.any():
        return flock.place(graph, FlockOptions(seed=options.seed), None, report)
    pairs = pairs_of(graph)
    at = np.zeros((2, graph.n), np.float32)
    at[:, core] = core_alone(graph, core, options, report)
    report(0.7, "placing amplifiers round what they amplify")
    reached = placed_round(at, core, pairs)
    joined = reached & ~core
    if joined.sum() > 2 and options.spread > 0:
        at[:, joined] = equalised(at[:, joined], REACH * options.spread)
    below(at, reached)
    placed = frozen(np.ascontiguousarray(at.T))
    report(1.0, "", placed)
    return placed


def place_in_rings(
    graph: Graph, options: Any, _start: Positions | None, report: Report, /
) -> Positions:
    """Place the core in a disc, its amplifiers in a ring round it, and the others in an outer one.

    Everybody stands in the direction of those they know.
    """
    core = core_of(graph)
    if core.all() or not core.any():
        return flock.place(graph, FlockOptions(seed=options.seed), None, report)
    at = np.zeros((2, graph.n), np.float32)
    at[:, core] = rounded(core_alone(graph, core, options, report))
    report(0.7, "placing amplifiers in rings")
    reached = placed_round(at, core, pairs_of(graph))
    radius = float(np.sqrt(core.sum() / np.pi))
    at *= np.float32(radius)
    role = roles_of(graph)["role"]
    inner = radius * (1 + GAP)
    for ring in (~core & (role == AMPLIFIER), ~core & (role != AMPLIFIER)):
        if ring.any():
            turn = np.arctan2(at[1, ring], at[0, ring])
            turn[~reached[ring]] = np.pi  # who knows nobody closes the circle, on the left
            at[:, ring], outer = annulus(turn, inner, options.spread)
            inner = outer + GAP * radius
    placed = frozen(np.ascontiguousarray(at.T))
    report(1.0, "", placed)
    return placed


def core_of(graph: Graph) -> Mask:
    """Return the ``(n,)`` mask of core accounts; nobody if roles are not told."""
    role = roles_of(graph).get("role")
    return np.zeros(graph.n, bool) if role is None else np.asarray(role == CORE)


def core_alone(graph: Graph, core: Mask, options: Any, report: Report) -> NDArray[np.float32]:
    """Return ``(2, k)`` of the core, laid out by Flock as if there were nobody else."""
    rows = np.flatnonzero(core)
    number = np.full(graph.n, -1, np.int32)
    number[rows] = np.arange(len(rows), dtype=np.int32)
    kept = core[graph.source] & core[graph.target]
    ends = number[graph.source[kept]], number[graph.target[kept]]
    inner = Graph(len(rows), *ends, {}, {"count": graph.weight()[kept]})

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
        alone = single[leaf] & core[other] & ~core[leaf]
        hub[leaf[alone]] = other[alone]
    leaves = np.flatnonzero(hub >= 0)
    queue = leaves[np.lexsort((-pairs.strength()[leaves], hub[leaves]))]
    starts = np.flatnonzero(np.diff(hub[queue], prepend=-1))
    order = np.arange(len(queue)) - np.repeat(starts, np.diff(starts, append=len(queue)))
    if len(queue):
        offset = sunflower(order + 1, hub[queue] * GOLDEN) * np.float32(FILL * room)
        at[:, queue] = at[:, hub[queue]] + offset
    return reached


def below(at: NDArray[np.float32], reached: Mask) -> None:
    """Put those not *reached* in rows below all others, in place."""
    lost = np.flatnonzero(~reached)
    if not len(lost):
        return
    low, high = at[:, reached].min(axis=1), at[:, reached].max(axis=1)
    wide = max(float(high[0] - low[0]), 1e-6)
    across = max(int(np.sqrt(6.0 * len(lost))), 1)
    step = min(wide / across, 2 * float(spacing(at[:, reached], at.shape[1])) + 1e-6)
    row, column = np.divmod(np.arange(len(lost)), across)
    middle = (low[0] + high[0]) / 2 - step * (across - 1) / 2
    at[0, lost] = middle + step * column
    at[1, lost] = low[1] - 0.04 * wide - step * row


def rounded(at: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return ``(2, k)`` in the disc of radius 1: the same angles, radii evened out by rank.

    So that a core of any outline fits into its ring.
    """
    away = at - np.median(at, axis=1, keepdims=True)
    x, y = away / np.maximum(away.std(axis=1, keepdims=True), 1e-9)
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    even = np.empty(at.shape[1])
    even[np.argsort(radius, kind="stable")] = np.sqrt((np.arange(at.shape[1]) + 0.5) / at.shape[1])
    return np.vstack([even * np.cos(angle), even * np.sin(angle)]).astype(np.float32)


def annulus(
    turn: NDArray[np.floating], inner: float, room: float
) -> tuple[NDArray[np.float32], float]:
    """Return ``(2, k)`` evenly over a ring outside *inner*, in the order of *turn*; its radius.

    *room* is the area for each.
    """
    k = len(turn)
    area = max(room, 0.05)
    outer = float(np.sqrt(inner**2 + area * k / np.pi))
    rank = np.empty(k)
    rank[np.argsort(turn, kind="stable")] = np.arange(k)
    angle = 2 * np.pi * (rank + 0.5) / k - np.pi
    angle += np.angle(np.exp(1j * (turn - angle)).sum())  # turned so that most look their way
    # Neighbours along the ring go through its width by the golden section, evenly at any scale.
    deep = np.mod(rank * (np.sqrt(5) - 1) / 2, 1)
    radius = np.sqrt(inner**2 + deep * (outer**2 - inner**2))
    return np.vstack([radius * np.cos(angle), radius * np.sin(angle)]).astype(np.float32), outer
