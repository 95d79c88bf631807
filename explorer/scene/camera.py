"""Where we look: world to screen and back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Mask, Positions

MARGIN = 0.06
"""Share of the picture left free round a fit."""


@dataclass(frozen=True, slots=True)
class Camera:
    """A view of the world without rotation.

    Attributes
    ----------
    x, y
        World point at the centre of the picture; world y points up.
    scale
        Pixels to one world unit, above 0.
    """

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0

    def origin(self, size: tuple[int, int]) -> tuple[float, float]:
        """Return the world point at the top left corner of a picture of *size* pixels."""
        return self.x - size[0] / 2 / self.scale, self.y + size[1] / 2 / self.scale

    def to_screen(self, world: NDArray[np.floating], size: tuple[int, int]) -> NDArray[np.float64]:
        """Return ``(k, 2)`` pixels, y down, of ``(k, 2)`` world points."""
        left, top = self.origin(size)
        return np.column_stack([(world[:, 0] - left), (top - world[:, 1])]) * self.scale

    def to_world(self, x: float, y: float, size: tuple[int, int]) -> tuple[float, float]:
        """Return the world point under a pixel."""
        left, top = self.origin(size)
        return left + x / self.scale, top - y / self.scale

    def panned(self, dx: float, dy: float) -> Camera:
        """Return the camera after the picture was pulled by pixels, y down."""
        return replace(self, x=self.x - dx / self.scale, y=self.y + dy / self.scale)

    def zoomed(self, factor: float, x: float, y: float, size: tuple[int, int]) -> Camera:
        """Return the camera zoomed by *factor*, the pixel (x, y) staying where it is."""
        wx, wy = self.to_world(x, y, size)
        scale = float(np.clip(self.scale * factor, 1e-9, 1e9))
        return Camera(
            wx - (x - size[0] / 2) / scale,
            wy + (y - size[1] / 2) / scale,
            scale,
        )

    def scaled(self, factor: float) -> Camera:
        """Return the camera for a picture *factor* times as large, showing the same."""
        return replace(self, scale=self.scale * factor)


def fit(positions: Positions, size: tuple[int, int], mask: Mask | None = None) -> Camera:
    """Return the camera that shows all positions (those of *mask*) with a margin round them."""
    inside = _of(positions, mask)
    if not len(inside):
        return Camera()
    low, high = ends(inside)
    extent = np.maximum(high - low, 1e-6)
    scale = min(size[0] / extent[0], size[1] / extent[1]) * (1 - 2 * MARGIN)
    if len(inside) == 1 or not (high - low).any():
        scale = min(size) / 10.0
    middle = (low + high) / 2
    return Camera(float(middle[0]), float(middle[1]), float(scale))


def bounds(positions: Positions, mask: Mask | None = None) -> tuple[float, float, float, float]:
    """Return left, bottom, width and height of all positions (those of *mask*); zeros of none."""
    inside = _of(positions, mask)
    if not len(inside):
        return 0.0, 0.0, 0.0, 0.0
    (left, bottom), (right, top) = (end.tolist() for end in ends(inside))
    return left, bottom, right - left, top - bottom


def ends(positions: Positions) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the least and the largest coordinates, ``(2,)`` each, of at least one position."""
    columns = positions.T  # sixty times faster than axis=0
    return (
        np.array([column.min() for column in columns], float),
        np.array([column.max() for column in columns], float),
    )


def _of(positions: Positions, mask: Mask | None) -> Positions:
    """Return the positions of *mask*; without a copy of a picture of everybody."""
    return positions if mask is None or mask.all() else positions[mask]
