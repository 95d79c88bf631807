"""What is looked at and how, beside the document: never undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.scene.camera import Camera


OVERSCAN, MANY = 0.2, 2_600_000
"""Share of a window that is drawn beyond each of its sides; half of it above so many pixels."""


@dataclass(frozen=True, slots=True)
class View:
    """Camera and circumstances of one picture.

    Attributes
    ----------
    size
        Width and height in device pixels.
    theme
        Name of the theme.
    hover
        Account under the cursor, -1 if none.
    focus
        Account that the keyboard walks on, -1 if none.
    ratio
        Device pixels to one logical pixel: 1.0, 1.5, 2.0. Sizes of marks are logical.
    """

    camera: Camera
    size: tuple[int, int]
    theme: str = "dark"
    hover: int = -1
    focus: int = -1
    ratio: float = 1.0

    def beyond(self, size: tuple[int, int]) -> tuple[int, int]:
        """Return how far beyond each side a window draws, in a picture of it of *size* pixels."""
        share = OVERSCAN if self.size[0] * self.size[1] <= MANY else OVERSCAN / 2
        return round(share * size[0]), round(share * size[1])
