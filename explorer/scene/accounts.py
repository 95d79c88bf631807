"""Accounts as they are painted: how large, how much room each has, and in which coats."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from explorer.graph.roles import CORE
from explorer.scene.coats import LARGE, SMALL, TINY, coats, faint, ring, room
from explorer.scene.compiled import still
from explorer.scene.detail import enlargement
from explorer.scene.discs import CELL, discs, make_room

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from explorer.graph.model import Index
    from explorer.scene.layers import Layers
    from explorer.scene.raster import Frame, Pixels
    from explorer.scene.sheet import Sheet

Dressed: TypeAlias = "tuple[Index, NDArray[np.float64]]"
"""Accounts, and their coats."""
Grouped: TypeAlias = "tuple[tuple[int, int, Index], ...]"
"""Role, how much room there is, and the accounts of which this is true."""


def sizes_of(layers: Layers, sheet: Sheet) -> NDArray[np.float32]:
    """Return ``(n,)`` float32 radii in pixels: larger when near, smaller in a crowd."""
    logical = sheet.frame.scale / sheet.ratio
    factor = enlargement(layers.apart * logical) * sheet.ratio * sheet.node_size
    sizes = layers.radii * np.float32(factor)
    for rows in layers.accounts:
        make_room(rows, layers.positions, sheet.frame, sheet.size, sizes, CELL * sheet.ratio)
    return still(sizes)


def by_room(accounts: Sequence[Index], sizes: NDArray[np.float32], ratio: float) -> Grouped:
    """Return *accounts*, given by role, by how much room there is for their looks."""
    made = []
    for role, rows in enumerate(accounts):
        roomy = room(sizes[rows], role, ratio)
        made += [(role, step, still(rows[roomy == step])) for step in (TINY, SMALL, LARGE)]
    return tuple(group for group in made if len(group[2]))


def dress(groups: Grouped, layers: Layers, sheet: Sheet, bright: bool = False) -> list[Dressed]:
    """Return which accounts are painted how; core last, above the others."""
    if not sheet.accounts:
        return []
    haze = faint(enlargement(layers.apart * sheet.frame.scale / sheet.ratio))
    if not len(layers.accounts[CORE]):  # nobody else to look at
        haze **= 0.5
    opacity = 1.0 if bright else haze
    return [
        (rows, coats(sheet.theme, role, step, opacity, sheet.ratio)) for role, step, rows in groups
    ]


def paint_dressed(
    dressed: list[Dressed],
    layers: Layers,
    frame: Frame,
    sizes: NDArray[np.float32],
    pixels: Pixels,
) -> None:
    """Paint accounts one group after the other."""
    for rows, look in dressed:
        discs(rows, layers.positions, sizes, frame, look, pixels)


def paint_hovered(layers: Layers, sheet: Sheet, sizes: NDArray[np.float32], pixels: Pixels) -> None:
    """Paint the account under the cursor in a ring, not smaller than one can see."""
    role = next(role for role, rows in enumerate(layers.accounts) if (rows == sheet.hover).any())
    row = still(np.array([sheet.hover], np.int32))
    seen = sizes.copy()
    seen[sheet.hover] = max(seen[sheet.hover], 3.0 * sheet.ratio)
    discs(
        row,
        layers.positions,
        still(seen),
        sheet.frame,
        ring(sheet.theme, role, sheet.ratio),
        pixels,
    )
