"""All accounts in a picture the size of a stamp: where everything lies, at next to no cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.graph.roles import AMPLIFIER, CORE, OTHER
from explorer.scene.camera import fit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.document.model import Document
    from explorer.graph.model import Mask
    from explorer.scene.camera import Camera
    from explorer.scene.theme import Theme

STRENGTH = {OTHER: 0.25, AMPLIFIER: 0.3, CORE: 0.55}
"""Opacity of one account of each role in a pixel of its own."""
BACK_TO_FRONT = (OTHER, AMPLIFIER, CORE)


@dataclass(frozen=True, slots=True, eq=False)
class Thumbnail:
    """Pixels, ``(height, width)`` uint32 ``0xffRRGGBB``, and the camera they were seen by."""

    pixels: NDArray[np.uint32]
    camera: Camera


def thumbnail(document: Document, shown: Mask, size: tuple[int, int], theme: Theme) -> Thumbnail:
    """Return the *shown* accounts of *document* in *size* pixels, core over the others."""
    wide, high = size
    camera = fit(document.positions, size, shown)
    left, top = camera.origin(size)
    at = document.positions[shown]
    x = ((at[:, 0] - np.float32(left)) * np.float32(camera.scale)).astype(np.int32)
    y = ((np.float32(top) - at[:, 1]) * np.float32(camera.scale)).astype(np.int32)
    inside = (x >= 0) & (x < wide) & (y >= 0) & (y < high)
    cells, roles = (y * wide + x)[inside], document.roles.codes[shown][inside]
    picture = np.tile(np.array(theme.ground, np.float32), (wide * high, 1))
    for role in BACK_TO_FRONT:
        count = np.bincount(cells[roles == role], minlength=wide * high)
        cover = (1.0 - (1.0 - STRENGTH[role]) ** np.minimum(count, 20)).astype(np.float32)[:, None]
        picture += cover * (np.array(theme.roles[role], np.float32) - picture)
    red, green, blue = (picture + 0.5).astype(np.uint32).T
    pixels = (np.uint32(0xFF000000) | red << 16 | green << 8 | blue).reshape(high, wide)
    return Thumbnail(np.ascontiguousarray(pixels), camera)
