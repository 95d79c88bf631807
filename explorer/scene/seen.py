"""Which edges a picture shows, if they are few enough to draw each as itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from explorer.scene.compiled import compiled, inlined, still
from explorer.scene.raster import RIM, Frame, cut_all

if TYPE_CHECKING:
    from explorer.graph.model import Graph, Index, Mask, Positions
    from explorer.graph.query import Filter
    from explorer.scene.sheet import Sheet

Masks = tuple[NDArray[np.uint8], NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]
"""Roles of accounts, classes that are on, edges that are kept, and accounts of which an edge must
touch one; of the last two an empty one lets everything through."""

FEW, MANY = 1500, 3000
"""Edges in sight up to which each is drawn as itself, and from which only their density is."""

NOBODY = still(np.empty(0, bool))


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Every edge of a document by its number, and which of them are drawn.

    Attributes
    ----------
    roles
        ``(n,)`` uint8 of the accounts.
    kept
        ``(m,)`` mask of edges that the filter keeps; empty if it keeps all.
    on
        ``(9,)`` mask of classes that are switched on.
    """

    graph: Graph
    roles: NDArray[np.uint8]
    filter: Filter
    kept: Mask
    on: Mask


@inlined
def crosses(line: tuple[float, float, float, float], wide: float, high: float) -> bool:
    """Tell whether a line ``x0, y0, x1, y1`` comes into the picture."""
    x0, y0, x1, y1 = line
    if max(x0, x1) < -RIM or min(x0, x1) > wide + RIM:
        return False
    if max(y0, y1) < -RIM or min(y0, y1) > high + RIM:
        return False
    t0, t1 = cut_all((x0, y0, x1 - x0, y1 - y0), wide, high)
    return t0 <= t1


@compiled
def find(
    ends: tuple[NDArray[np.int32], NDArray[np.int32]],
    masks: Masks,
    positions: NDArray[np.float32],
    frame: Frame,
    size: tuple[int, int],
    found: NDArray[np.int32],
) -> int:
    """Write to *found* the edges that cross the picture, and return how many; stop when full."""
    source, target = ends
    roles, on, kept, touch = masks
    all_kept = kept.shape[0] == 0
    all_touched = touch.shape[0] == 0
    wide = np.float64(size[0])
    high = np.float64(size[1])
    number = 0
    for row in range(source.shape[0]):  # the cheapest questions first
        a = source[row]
        b = target[row]
        if not (all_kept or kept[row]) or not (all_touched or touch[a] or touch[b]):
            continue
        if not on[3 * roles[a] + roles[b]]:
            continue
        x0 = (positions[a, 0] - frame.left) * frame.scale
        x1 = (positions[b, 0] - frame.left) * frame.scale
        y0 = (frame.top - positions[a, 1]) * frame.scale
        y1 = (frame.top - positions[b, 1]) * frame.scale
        if not crosses((x0, y0, x1, y1), wide, high):
            continue
        if number == found.shape[0]:
            return number
        found[number] = row
        number += 1
    return number


def seen(edges: Edges, positions: Positions, sheet: Sheet, touch: Mask = NOBODY) -> Index | None:
    """Return the edges that cross the picture, with an end in *touch*; None if they are many."""
    found = np.empty(MANY, np.int32)
    graph = edges.graph
    masks = still(edges.roles), still(edges.on), still(edges.kept), still(touch)
    ends = still(graph.source), still(graph.target)
    number = find(ends, masks, positions, sheet.frame, sheet.size, found)
    return still(found[:number]) if number < MANY else None


def clarity(number: int) -> float:
    """Return how clearly so many edges are drawn each as itself, 1.0 to 0.0.

    Between ``FEW`` and ``MANY`` it falls in proportion, and the density grows as much: no edge
    appears or vanishes at once, whichever way one comes, and there is no state to remember.
    """
    return float(np.clip((MANY - number) / (MANY - FEW), 0.0, 1.0))
