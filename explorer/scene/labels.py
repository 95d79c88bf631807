"""Which names fit on the picture: the strongest accounts first, none over another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from explorer.graph.model import frozen
from explorer.graph.query import numbers
from explorer.scene.compiled import compiled
from explorer.scene.marks import Words
from explorer.scene.naming import called
from explorer.scene.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from explorer.document.model import Document
    from explorer.graph.model import Graph, Mask
    from explorer.scene.marks import Measure
    from explorer.scene.view import View

MODES = ("none", "hover", "selected", "top", "all")
SIZE = 12.0
"""Logical pixels of the type."""
MOST, LEAST = 100, 5
"""Labels in one picture, however large or small; more are clutter."""
EACH = 14_000.0
"""Square logical pixels of the picture that one label should have."""
TOP = 50
"""Accounts that the mode ``top`` speaks of."""
CELL = 4
"""Logical pixels a side of the squares in which room is kept."""
GAP = 3.0
"""Logical pixels between an account's disc and its name."""
TRIED = 8
"""Candidates looked at for each label that may be placed."""
PART = 8192
"""Candidates whose places are worked out at once."""
RANKED = ("selected", "top", "all")
"""Modes that need to know which accounts come first."""

ASCENT, DESCENT = 0.95, 0.30
"""Heights over and under the baseline, in parts of the size, of the tallest common letters."""


def ranked(graph: Graph, by: str) -> NDArray[np.int64]:
    """Return ``(n,)`` int64 accounts, those with the highest measure or column *by* first.

    Equals come by row, so that the same names win in every picture and none flicker; accounts of
    which nothing is known come last.
    """
    values = np.nan_to_num(numbers(graph, by), nan=-np.inf)
    return np.asarray(frozen(np.argsort(-values, kind="stable")), np.int64)


def candidates(document: Document, view: View, order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the accounts that want a name, the most important first; *order* ranks all.

    The account under the cursor and the one in focus come first in every mode but ``none``, then
    those selected, then the others by rank.
    """
    if document.style.labels == "none":
        return np.empty(0, np.int64)
    shown = document.filter.mask(document.graph)
    order = order[shown[order]]
    chosen = document.selected[order]
    match document.style.labels:
        case "selected":
            rest = order[chosen]
        case "top":
            rest = np.concatenate([order[chosen][:TOP], order[~chosen][:TOP]])[:TOP]
        case "all":
            rest = np.concatenate([order[chosen], order[~chosen]])
        case _:
            rest = order[:0]
    return led(view, shown, rest)


def led(view: View, shown: Mask, rest: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return *rest* led by the accounts under the cursor and in focus, if they are shown."""
    first = [node for node in (view.hover, view.focus) if 0 <= node < len(shown) and shown[node]]
    if not first:
        return rest
    first = list(dict.fromkeys(first))
    return np.concatenate([np.array(first, np.int64), rest[~np.isin(rest, first)]])


def wanted_in(document: Document, view: View, order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return those of the ``candidates`` that stand in the picture: what can be found ahead.

    Whoever is under the cursor or in focus comes in by ``led``.
    """
    wanted = candidates(document, replace(view, hover=-1, focus=-1), order)
    at = view.camera.to_screen(document.positions[wanted], view.size)
    return np.asarray(frozen(wanted[_inside(at, view.size)]), np.int64)


def labels(
    document: Document,
    view: View,
    measure: Measure,
    radii: NDArray[np.floating],
    taken: Sequence[tuple[float, float, float, float]] = (),
    order: NDArray[np.int64] | None = None,
) -> tuple[Words, ...]:
    """Return the names that fit, in logical pixels of the picture.

    Parameters
    ----------
    radii
        ``(n,)`` radius of every account in logical pixels.
    taken
        Left, top, width and height of places where no name may stand.
    order
        What ``ranked`` gives, where it is kept from one picture to the next.
    """
    order = ranked(document.graph, document.style.labels_by) if order is None else order
    return fitted(document, view, measure, radii, taken, candidates(document, view, order))


def fitted(
    document: Document,
    view: View,
    measure: Measure,
    radii: NDArray[np.floating],
    taken: Sequence[tuple[float, float, float, float]],
    wanted: NDArray[np.int64],
) -> tuple[Words, ...]:
    """Return the names of ``labels``, of the accounts *wanted* in this order."""
    width, height = view.size[0] / view.ratio, view.size[1] / view.ratio
    most = int(np.clip(width * height / EACH, LEAST, MOST))
    wanted, at = _first_inside(document, view, wanted, most * TRIED)
    room = Room(width, height)
    for box in taken:
        room.take(*box)
    colours = theme(view.theme)
    placed: list[Words] = []
    for node, (x, y) in zip(wanted.tolist(), at.tolist(), strict=True):
        text = called(document.graph, node)
        where = room.put(x, y, float(radii[node]) + GAP, measure(text, SIZE))
        if where is not None:
            left, top = where
            words = Words(left, top + ASCENT * SIZE, text, SIZE, colours.text, halo=colours.halo)
            placed.append(words)
        if len(placed) == most:
            break
    return tuple(placed)


def _first_inside(
    document: Document, view: View, wanted: NDArray[np.int64], most: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the first of *wanted* in the picture, *most* at most, and their logical pixels.

    They are looked at part by part: where everybody is in sight, the first part has enough.
    """
    rows, places, left = [wanted[:0]], [np.empty((0, 2))], most
    for start in range(0, len(wanted), PART):
        some = wanted[start : start + PART]
        at = view.camera.to_screen(document.positions[some], view.size)
        inside = np.flatnonzero(_inside(at, view.size))[:left]
        rows.append(some[inside])
        places.append(at[inside] / view.ratio)
        left -= len(inside)
        if not left:
            break
    return np.concatenate(rows), np.concatenate(places)


def _inside(at: NDArray[np.floating], size: tuple[int, int]) -> Mask:
    """Return which pixels are in a picture of *size*; column by column, as numpy is fast."""
    x, y = at.T
    inside: Mask = (x >= 0) & (y >= 0) & (x < size[0]) & (y < size[1])
    return inside


class Room:
    """Squares of the picture that are free or taken."""

    def __init__(self, width: float, height: float) -> None:
        self._cells = np.zeros((int(height) // CELL + 1, int(width) // CELL + 1), np.bool_)
        self._size = width, height

    def take(self, left: float, top: float, width: float, height: float) -> None:
        """Keep a rectangle free of names."""
        x0, y0 = max(int(left // CELL), 0), max(int(top // CELL), 0)
        x1, y1 = int((left + width) // CELL), int((top + height) // CELL)
        self._cells[y0 : max(y1 + 1, 0), x0 : max(x1 + 1, 0)] = True

    def put(self, x: float, y: float, away: float, width: float) -> tuple[float, float] | None:
        """Take the first free place beside a disc, and return its left and top; None if none is.

        Right of the disc, then left, above and below.
        """
        box = width, (ASCENT + DESCENT) * SIZE
        found, left, top = fit(self._cells, self._size, (x, y), away, box)
        return (left, top) if found else None


@compiled
def fit(
    cells: NDArray[np.bool_],
    size: tuple[float, float],
    at: tuple[float, float],
    away: float,
    box: tuple[float, float],
) -> tuple[bool, float, float]:
    """Find the first free place for *box* beside *at*, and take its cells and the disc's."""
    (x, y), (width, height) = at, box
    for side in range(4):
        if side == 0:
            left, top = x + away, y - height / 2
        elif side == 1:
            left, top = x - away - width, y - height / 2
        elif side == 2:
            left, top = x - width / 2, y - away - height
        else:
            left, top = x - width / 2, y + away
        if left < 0 or top < 0 or left + width >= size[0] or top + height >= size[1]:
            continue
        x0, x1 = int(left) // CELL, int(left + width) // CELL
        y0, y1 = int(top) // CELL, int(top + height) // CELL
        if not cells[y0 : y1 + 1, x0 : x1 + 1].any():
            cells[y0 : y1 + 1, x0 : x1 + 1] = True
            disc = away - GAP
            x0, x1 = max(int(x - disc), 0) // CELL, max(int(x + disc), 0) // CELL
            y0, y1 = max(int(y - disc), 0) // CELL, max(int(y + disc), 0) // CELL
            cells[y0 : y1 + 1, x0 : x1 + 1] = True
            return True, left, top
    return False, 0.0, 0.0
