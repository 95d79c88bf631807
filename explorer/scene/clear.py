"""Pictures without a ground: drawn on black and on white, and what differs is transparent.

So every coat and every edge gets its very opacity, whatever it was laid over ("triangulation
matting": Smith and Blinn, "Blue screen matting", 1996).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from explorer.scene.sheet import Sheet
    from explorer.scene.theme import Colour

    Strips = Iterator[NDArray[np.uint32]]

BLACK, WHITE = (0, 0, 0), (255, 255, 255)


def on(page: Sheet, ground: Colour) -> Sheet:
    """Return *page* on another ground, all else in the colours of its theme."""
    name = f"{page.theme.id} on {ground}"  # pictures are remembered by it
    return replace(page, theme=replace(page.theme, id=name, ground=ground))


def cleared(strips: Callable[[Colour], Strips]) -> Strips:
    """Yield what *strips* gives on black and on white as ``0xAARRGGBB``, not premultiplied."""
    for dark, light in zip(strips(BLACK), strips(WHITE), strict=True):
        yield matte(dark, light)


def matte(dark: NDArray[np.uint32], light: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return ``(h, w)`` uint32 ``0xAARRGGBB`` that looks like both on their grounds."""
    under = np.ascontiguousarray(dark).view(np.uint8).reshape(*dark.shape, 4)[..., :3]
    over = np.ascontiguousarray(light).view(np.uint8).reshape(*light.shape, 4)[..., :3]
    through = np.maximum(over.astype(np.int16) - under, 0).max(axis=2)
    opacity = (255 - through).astype(np.float32)
    made = np.empty((*dark.shape, 4), np.uint8)
    scale = 255.0 / np.maximum(opacity, 1.0)
    np.minimum(under * scale[..., None] + 0.5, 255.0, out=made[..., :3], casting="unsafe")
    made[..., 3] = opacity
    return made.view(np.uint32).reshape(dark.shape)
