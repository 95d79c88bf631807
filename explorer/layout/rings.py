"""The core in a disc, its amplifiers in a ring round it, and the others in an outer one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.graph.model import frozen
from explorer.graph.roles import AMPLIFIER
from explorer.layout import flock
from explorer.layout.asked import FlockOptions
from explorer.layout.base import roles_of
from explorer.layout.coarsen import communities
from explorer.layout.corefirst import core_alone, core_of, placed_round, tied_inside
from explorer.layout.pairs import pairs_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Graph, Index, Mask, Positions
    from explorer.job import Report

GAP = 0.12
"""Between one ring and the next, as a share of the radius of the core."""
PARTING = 0.08
"""Share of a ring that is left free between communities."""
SHARE = 0.005
"""Of a ring that a community must hold to be set apart from its neighbours."""
SHAKE = 1.0
"""How far accounts stand from an even pattern, in spacings: a pattern would shimmer on a screen."""


def place_in_rings(
    graph: Graph, options: Any, _start: Positions | None, report: Report, /
) -> Positions:
    """Place the core in a disc, its amplifiers in a ring round it, and the others in an outer one.

    Everybody stands in the direction of those they know, community by community.
    """
    core = core_of(graph)
    if core.all() or not core.any():
        return flock.place(graph, FlockOptions(seed=options.seed), None, report)
    at = np.zeros((2, graph.n), np.float32)
    inner = tied_inside(graph, core)
    at[:, inner] = rounded(core_alone(graph, inner, options, report))
    report(0.7, "placing amplifiers in rings")
    pairs = pairs_of(graph)
    reached = placed_round(at, inner, pairs)
    disc = core & reached
    at[:, disc] = rounded(at[:, disc])
    radius = float(np.sqrt(core.sum() / np.pi))
    at[:, reached] *= np.float32(np.sqrt(disc.sum() / np.pi))
    label = communities(pairs, options.seed)[-1]
    turn = directions(at, reached, label, pairs.degree() > 0)
    draw = np.random.default_rng(options.seed)
    role = roles_of(graph)["role"]
    rim = core & ~reached  # it knows nobody, and stands round the rest of the core
    if rim.any():
        at[:, rim], _ = annulus(turn[rim], label[rim], (radius_of(disc), 1.0), draw)
    start = radius * (1 + GAP)
    area = max(options.spread, 0.05)
    for ring in (~core & (role == AMPLIFIER), ~core & (role != AMPLIFIER)):
        if ring.any():
            at[:, ring], outer = annulus(turn[ring], label[ring], (start, area), draw)
            start = outer + GAP * radius
    placed = frozen(np.ascontiguousarray(at.T))
    report(1.0, "", placed)
    return placed


def directions(
    at: NDArray[np.float32], reached: Mask, label: Index, tied: Mask
) -> NDArray[np.float64]:
    """Return the ``(n,)`` angle at which each should stand.

    Those not *reached* from the core go all round, each community in one direction, so that it
    meets itself in the next ring; who knows nobody closes the circle, on the left.
    """
    turn = np.where(reached, np.arctan2(at[1], at[0]), np.pi)
    lost = ~reached & tied
    counts = np.bincount(label[lost], minlength=int(label.max(initial=0)) + 1)
    middle = (np.cumsum(counts) - counts / 2) / max(int(counts.sum()), 1)
    turn[lost] = 2 * np.pi * middle[label[lost]] - np.pi
    return np.asarray(turn, np.float64)


def radius_of(some: Mask) -> float:
    """Return the radius of a disc in which each of *some* has a unit of area."""
    return float(np.sqrt(some.sum() / np.pi))


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
    turn: NDArray[np.floating],
    label: Index,
    band: tuple[float, float],
    draw: np.random.Generator,
) -> tuple[NDArray[np.float32], float]:
    """Return ``(2, k)`` evenly over a ring, an arc for each community, and its outer radius.

    Arcs follow each other, and accounts inside an arc, by the direction *turn* in which those
    stand whom they know. *band* is the inner radius, and the area for each account.
    """
    inner, area = band
    k = len(turn)
    angle, free = arcs(turn, label)
    outer = float(np.sqrt(inner**2 + area * k / np.pi / (1 - free)))
    rank = np.empty(k)
    rank[np.argsort(angle, kind="stable")] = np.arange(k)
    # Neighbours along the ring go through its width by the golden section, evenly at any scale.
    deep = np.mod(rank * (np.sqrt(5) - 1) / 2, 1) * (outer**2 - inner**2) + inner**2
    radius = np.sqrt(deep)
    shaken = draw.random((2, k)) - 0.5
    shaken *= SHAKE * np.sqrt(area)
    angle = angle + shaken[0] / np.maximum(radius, 1e-9)
    radius = inner + np.abs(radius + shaken[1] - inner)
    radius = outer - np.abs(outer - radius)
    return np.vstack([radius * np.cos(angle), radius * np.sin(angle)]).astype(np.float32), outer


def arcs(turn: NDArray[np.floating], label: Index) -> tuple[NDArray[np.float64], float]:
    """Return ``(k,)`` angles, evenly in arcs by *label*, and the share of the circle between them.

    The whole is turned so that most look in the direction *turn*.
    """
    k = len(turn)
    _, group = np.unique(label, return_inverse=True)
    towards = np.exp(1j * np.asarray(turn, np.float64))
    parts = np.bincount(group, towards.real) + 1j * np.bincount(group, towards.imag)
    middle = np.angle(parts * np.exp(-1e-9j))  # straight to the left counts as the last
    beside = np.angle(towards * np.exp(-1j * middle[group]))  # from the middle of its own arc
    order = np.lexsort((beside, group, middle[group]))
    counts = np.bincount(group)
    large = counts >= max(SHARE * k, 2)
    free = PARTING if large.sum() > 1 else 0.0
    first = np.flatnonzero(np.diff(group[order], prepend=-1))
    before = np.zeros(k)
    before[first] = large[group[order[first]]]
    parted = np.cumsum(before) / max(int(large.sum()), 1)
    angle = np.empty(k)
    angle[order] = (1 - free) * (np.arange(k) + 0.5) / k + free * parted
    angle = 2 * np.pi * angle - np.pi
    angle += np.angle(np.exp(1j * (turn - angle)).sum())
    return angle, free
