"""Edges that are few, each as itself: a curve that ends in an arrow, the same on screen and paper.

Its direction is told by the head, its kind by the dashes, how many interactions it stands for by
its width, its class by the colour. Edges between the same two accounts lie side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.archive.tables import KINDS
from explorer.graph.edges import GROUP_OF_CLASS, GROUPS
from explorer.graph.model import Category
from explorer.scene.bundle import BACK_TO_FRONT, LIT
from explorer.scene.compiled import still
from explorer.scene.tones import LIFT, ink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from explorer.graph.model import Index, Positions
    from explorer.scene.raster import Frame
    from explorer.scene.seen import Edges
    from explorer.scene.sheet import Sheet

Places = "NDArray[np.float64]"
"""``(k, 2)`` float64 pixels of the page."""

DASHES = {
    "retweet": (0.0, 0.0),
    "reply": (7.0, 4.0),
    "quote": (14.0, 4.0),
    "mention": (2.0, 4.0),
    "link": (0.0, 0.0),
}
"""Logical pixels drawn and left out, by kind; nothing left out is a solid line."""
THIN, THICK = 1.0, 5.0
"""Width in logical pixels of an edge of one interaction, and at most."""
GROWTH = 0.55
"""Logical pixels an edge gains by twice the interactions."""
LANE = 7.0
"""Logical pixels between the middles of two edges side by side."""
BOW = 0.09
"""Part of its length that an edge may leave the straight line for each lane."""
HEAD = 6.0
"""Logical pixels of a head; it grows with the width."""
SLIM = 0.42
"""Half the width of a head, as a part of its length."""
GAP = 1.0
"""Logical pixels between the rim of an account and the edge."""
HALO = 2.6
"""Logical pixels that the ring round a core account takes."""
AROUND = 0.62
"""Part of its radius that this ring takes at most."""
ROOM = 2.0
"""Logical pixels between two rims below which there is no room for an arrow."""
LOOP = 13.0
"""Logical pixels that a loop reaches beyond the account."""
SOLID, BACK = 0.78, 0.6
"""Opacity of an edge, and of one in a group that is a mere background as a density."""
BESIDE = 0.45
"""Strength of an edge that only passes through, beside one that begins or ends here."""


@dataclass(frozen=True, slots=True, eq=False)
class Strokes:
    """Edges to be drawn one after the other.

    Attributes
    ----------
    rows
        ``(k,)`` numbers of the edges.
    curves
        ``(k, 4, 2)`` float64 pixels: cubic Bézier curves from rim to head.
    heads
        ``(k, 3, 2)`` float64 pixels: tip and the two barbs.
    widths
        ``(k,)`` float64 pixels.
    colours
        ``(k, 3)`` uint8, opaque.
    dashes
        ``(k, 2)`` float64 pixels drawn and left out; 0 left out is a solid line.
    frame
        Of the page.
    """

    rows: Index
    curves: NDArray[np.float64]
    heads: NDArray[np.float64]
    widths: NDArray[np.float64]
    colours: NDArray[np.uint8]
    dashes: NDArray[np.float64]
    frame: Frame

    def __len__(self) -> int:
        return len(self.rows)


def strokes(
    edges: Edges,
    rows: Index,
    positions: Positions,
    sheet: Sheet,
    radii: NDArray[np.float32],
    lit: bool = False,
) -> Strokes:
    """Return the edges *rows* as they are drawn on *sheet*, those behind first.

    Parameters
    ----------
    radii
        ``(n,)`` pixels, as the accounts are drawn.
    lit
        Whether they are at what is selected or under the cursor; see ``bundle.LIT``.
    """
    graph, ratio = edges.graph, sheet.ratio
    kinds, counts = _kinds(edges, rows), edges.filter.weight(graph)[rows]
    source, target = graph.source[rows], graph.target[rows]
    lanes = side_by_side(source, target, kinds)
    classes = 3 * edges.roles[source].astype(np.intp) + edges.roles[target]
    groups = GROUP_OF_CLASS[classes]
    corner = np.array([sheet.frame.left, sheet.frame.top])
    first, last = (
        (positions[some] - corner) * sheet.frame.scale * [1.0, -1.0] for some in (source, target)
    )
    own = [
        radii[some] + np.minimum(HALO * ratio, AROUND * radii[some]) for some in (source, target)
    ]
    widths = widths_of(counts) * ratio
    inside = within(first, sheet.size) | within(last, sheet.size)
    curves, heads = bent(
        (first, last), lanes, (own[0] + GAP * ratio, own[1] + GAP * ratio), widths, ratio
    )
    colours, depth = colours_of(groups, inside, sheet, lit)
    order = np.lexsort((counts, depth, inside))
    return Strokes(
        still(rows[order]),
        still(curves[order]),
        still(heads[order]),
        still(widths[order]),
        still(colours[order]),
        still(np.array([DASHES[kind] for kind in KINDS])[kinds[order]] * ratio),
        sheet.frame,
    )


def widths_of(counts: NDArray[np.integer | np.floating]) -> NDArray[np.float64]:
    """Return ``(k,)`` logical pixels: how wide edges of so many interactions are."""
    return np.asarray(np.minimum(THIN + GROWTH * np.log2(np.maximum(counts, 1)), THICK))


def side_by_side(source: Index, target: Index, kinds: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return ``(k,)`` the lane of each edge, 0.0 if it is the only one between its accounts.

    A lane is to the right of the edge's own direction, so that two that point opposite ways never
    share one; edges of one direction only lie evenly round the straight line.
    """
    n = np.int64(max(source.max(initial=0), target.max(initial=0))) + 1
    way = source.astype(np.int64) * n + target
    back = target.astype(np.int64) * n + source
    order = np.lexsort((kinds, way))
    sorted_ = way[order]
    begins = np.searchsorted(sorted_, sorted_, side="left")
    place = np.empty(len(way), np.int64)
    place[order] = np.arange(len(way)) - begins
    same = np.searchsorted(sorted_, way, side="right") - np.searchsorted(sorted_, way, side="left")
    other = np.searchsorted(sorted_, back, side="right") - np.searchsorted(sorted_, back)
    alone = place - (same - 1) / 2
    return np.asarray(np.where((other > 0) & (way != back), place + 0.5, alone))


def bent(
    ends: tuple[NDArray[np.float64], NDArray[np.float64]],
    lanes: NDArray[np.float64],
    rims: tuple[NDArray[np.float64], NDArray[np.float64]],
    widths: NDArray[np.float64],
    ratio: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return curves and heads; where accounts touch, a line without a head from middle to middle.

    *rims* are how far from the middle of the accounts an edge keeps away, at either end.
    """
    first, last = ends
    loop = (first == last).all(axis=1)
    along = last - first
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)
    free = np.where(loop, LOOP * ratio, length - rims[0] - rims[1])
    side = np.column_stack([-along[:, 1], along[:, 0]]) / length[:, None]  # right, with y down
    lane = lanes * np.minimum(LANE * ratio, BOW * length)
    middle = (first + last) / 2 + 2.0 * lane[:, None] * side
    reach = (rims[0] + (LOOP + LANE * lanes) * ratio)[:, None]
    out = np.where(loop[:, None], first + reach * [-0.9, -1.5], middle)
    into = np.where(loop[:, None], first + reach * [0.9, -1.5], middle)
    start = first + _towards(first, out) * rims[0][:, None]
    course = _towards(last, into)
    tip = last + course * rims[1][:, None]
    head = np.minimum(HEAD * ratio + 1.5 * widths, 0.7 * np.maximum(free, 0.0))
    base = tip + course * (0.8 * head)[:, None]
    barb = np.column_stack([-course[:, 1], course[:, 0]]) * (SLIM * head + 0.3 * widths)[:, None]
    heel = tip + course * head[:, None]
    inner = np.where(loop[:, None], 1.0, 2.0 / 3.0)  # two thirds of the way: a quadratic curve
    curves = np.stack(
        [start, start + inner * (out - start), base + inner * (into - base), base], axis=1
    )
    heads = np.stack([tip, heel - barb, heel + barb], axis=1)
    tight = free < ROOM * ratio
    share = np.arange(4)[:, None] / 3
    curves[tight] = first[tight, None] * (1 - share) + last[tight, None] * share
    heads[tight] = last[tight, None]
    return curves, heads


def colours_of(
    groups: NDArray[np.uint8], inside: NDArray[np.bool_], sheet: Sheet, lit: bool
) -> tuple[NDArray[np.uint8], NDArray[np.intp]]:
    """Return ``(k, 3)`` opaque colours, and how far in front each edge lies.

    The hue is that of a lone line in a density, mixed with the ground: opaque curves cross
    themselves and each other without a dark spot.
    """
    order: Sequence[tuple[str, float]]
    order = LIT if lit else [(name, 1.0) for name in BACK_TO_FRONT]
    table = np.empty((len(GROUPS), 2, 3))
    depth = np.empty(len(GROUPS), np.intp)
    ground = np.array(sheet.theme.ground, float)
    names = [group.id for group in GROUPS]
    for place, (name, factor) in enumerate(order):
        number = names.index(name)
        tone = ink(sheet.theme.tones[name], 1.0)[round(255 * LIFT), :3]
        solid = SOLID if sheet.theme.tones[name].most > SOLID else BACK
        opacity = 1.0 - (1.0 - solid) ** (sheet.strength * max(factor, 1.0))
        depth[number] = place
        for here, share in enumerate((BESIDE * opacity, opacity)):
            table[number, here] = ground + share * (tone - ground)
    colours = np.clip(np.round(table[groups, inside.astype(np.intp)]), 0, 255)
    return colours.astype(np.uint8), depth[groups]


def within(places: NDArray[np.float64], size: tuple[int, int]) -> NDArray[np.bool_]:
    """Return the ``(k,)`` mask of *places* that lie in a picture of *size*."""
    return np.asarray(((places >= 0) & (places <= np.array(size))).all(axis=1))


def kinds_of(edges: Edges, rows: Index) -> tuple[str, ...]:
    """Return which kinds of interaction there are among the edges *rows*, in one order always."""
    return tuple(KINDS[kind] for kind in np.unique(_kinds(edges, rows)).tolist())


def _kinds(edges: Edges, rows: Index) -> NDArray[np.intp]:
    """Return ``(k,)`` places in ``KINDS``; where nothing is known of kinds, ``link``."""
    kinds = edges.graph.edges.get("kind")
    if not isinstance(kinds, Category):
        return np.full(len(rows), KINDS.index("link"), np.intp)
    known = [KINDS.index(name) if name in KINDS else len(KINDS) - 1 for name in kinds.labels]
    return np.asarray(np.array(known, np.intp)[kinds.codes[rows]])


def _towards(here: NDArray[np.float64], there: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ``(k, 2)`` unit vectors."""
    away = there - here
    length = np.maximum(np.hypot(away[:, 0], away[:, 1]), 1e-9)
    return np.asarray(away / length[:, None])
