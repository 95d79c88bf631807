"""What is looked at and how, beside the document: never undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.scene.camera import Camera


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
