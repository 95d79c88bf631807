"""Places changed by hand: pinned, turned, mirrored, lined up, spaced out, nudged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from explorer.document.model import Placing
from explorer.graph.model import frozen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.document.model import Document
    from explorer.graph.model import Mask, Positions

PART = 8192
"""Accounts whose places are worked out at once."""
Side: TypeAlias = Literal["left", "centre", "right", "top", "middle", "bottom"]
Axis: TypeAlias = Literal["across", "down"]

EXACT: dict[float, tuple[float, float]] = {
    0.0: (1.0, 0.0),
    90.0: (0.0, 1.0),
    180.0: (-1.0, 0.0),
    270.0: (0.0, -1.0),
}
"""Cosine and sine of the angles that lose nothing."""
SIDES: dict[Side, tuple[int, float]] = {
    "left": (0, 0.0),
    "centre": (0, 0.5),
    "right": (0, 1.0),
    "bottom": (1, 0.0),
    "middle": (1, 0.5),
    "top": (1, 1.0),
}
"""The coordinate that becomes the same, and where between the least and the largest of it."""


def pin(document: Document, mask: Mask) -> Document:
    """Return *document* with the accounts of *mask* kept in place by every layout."""
    return _pinned(document, document.pinned | mask)


def unpin(document: Document, mask: Mask) -> Document:
    """Return *document* with the accounts of *mask* free again."""
    return _pinned(document, document.pinned & ~mask)


def turn(document: Document, degrees: float, mask: Mask | None = None) -> Document:
    """Return *document* turned to the left, about its middle; *mask* alone if it is given."""
    angle = float(np.radians(degrees))
    cos, sin = EXACT.get(round(degrees % 360, 9), (float(np.cos(angle)), float(np.sin(angle))))
    return _mapped(document, np.array([[cos, sin], [-sin, cos]], np.float64), mask)


def mirror(document: Document, axis: Axis, mask: Mask | None = None) -> Document:
    """Return *document* with left and right, or up and down, exchanged."""
    across = axis == "across"
    return _mapped(document, np.diag([-1.0 if across else 1.0, 1.0 if across else -1.0]), mask)


def align(document: Document, side: Side, mask: Mask) -> Document:
    """Return *document* with the accounts of *mask* on one line at a side of their box."""
    rows = np.flatnonzero(mask)
    if len(rows) < 2:
        return document
    positions = document.positions.copy()
    column, share = SIDES[side]
    low, high = positions[rows, column].min(), positions[rows, column].max()
    positions[rows, column] = low + np.float32(share) * (high - low)
    return by_hand(document, positions)


def distribute(document: Document, axis: Axis, mask: Mask) -> Document:
    """Return *document* with the accounts of *mask* at equal distances, in their order."""
    rows = np.flatnonzero(mask)
    if len(rows) < 3:
        return document
    positions = document.positions.copy()
    column = 0 if axis == "across" else 1
    order = rows[np.argsort(positions[rows, column], kind="stable")]
    low, high = float(positions[order[0], column]), float(positions[order[-1], column])
    positions[order, column] = np.linspace(low, high, len(order), dtype=np.float32)
    return by_hand(document, positions)


def put(document: Document, mask: Mask, positions: Positions, words: str) -> Document:
    """Return *document* with the accounts of *mask* at their rows of *positions*, and saying so."""
    made = document.positions.copy()
    made[mask] = positions[mask]
    if np.array_equal(made, document.positions):
        return document
    placing = document.placing if document.placing.layout else Placing("on a square")
    return replace(document, positions=frozen(made), placing=placing.followed_by(words))


def by_hand(document: Document, positions: Positions) -> Document:
    """Return *document* with its accounts where a hand has put them, and saying so."""
    if np.array_equal(positions, document.positions):
        return document
    placing = document.placing.followed_by("moved by hand")
    return replace(document, positions=frozen(positions), placing=placing)


def _pinned(document: Document, pinned: Mask) -> Document:
    if np.array_equal(pinned, document.pinned):
        return document
    return replace(document, pinned=frozen(pinned))


def _mapped(document: Document, matrix: NDArray[np.float64], mask: Mask | None) -> Document:
    """Apply a linear map, ``(2, 2)`` for rows, about the middle of the box of *mask*."""
    rows = np.arange(document.graph.n) if mask is None else np.flatnonzero(mask)
    if not len(rows):
        return document
    positions = document.positions.copy()
    columns = positions.T if mask is None else positions[rows].T  # far faster than axis=0
    middle = np.array([(float(one.min()) + float(one.max())) / 2 for one in columns])
    for start in range(0, len(rows), PART):  # large arrays cost more to lay out than to fill
        some = rows[start : start + PART]
        positions[some] = (positions[some].astype(np.float64) - middle) @ matrix + middle
    return by_hand(document, positions)
