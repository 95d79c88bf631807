"""Counts and tones as loops over pixels; everything here is compiled and Qt-free.

Counts of crossing edges are ``(height + 2 PAD, width + 2 PAD)`` uint16: a rim of ``PAD`` pixels
takes what falls just outside, so that a picture drawn in strips has no seams. ``UNIT`` is one
edge that covers one pixel.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from explorer.scene.compiled import compiled, inlined

PAD = 2
"""Pixels of rim on each side of the counts."""
RIM = 1.0
"""Pixels round the picture in which a line still reaches into it."""
UNIT = 128
"""Count of one edge through the middle of one pixel."""
FAINT = 8
"""Least count of a faded edge, so that smooth lines stay smooth."""
FULL = 65535
"""Largest count; more is cut, not wrapped round."""

Counts = NDArray[np.uint16]
Pixels = NDArray[np.uint32]


class Frame(NamedTuple):
    """Where a picture lies in the world.

    Attributes
    ----------
    left, top
        World point at the top left corner of the picture.
    scale
        Pixels to one world unit.
    fade
        Pixels; an edge longer than this weighs ``fade / length``.
    """

    left: float
    top: float
    scale: float
    fade: float


@inlined
def cut(p: float, q: float, t0: float, t1: float) -> tuple[float, float]:
    """Return the part of ``[t0, t1]`` on the inner side of one border (Liang and Barsky)."""
    if p == 0.0:
        if q < 0.0:
            return 1.0, 0.0
        return t0, t1
    r = q / p
    if p < 0.0:
        return max(t0, r), t1
    return t0, min(t1, r)


@inlined
def cut_all(
    line: tuple[float, float, float, float], wide: float, high: float
) -> tuple[float, float]:
    """Return the part of a line ``x, y, dx, dy`` in the picture or its rim."""
    x, y, dx, dy = line
    t0, t1 = cut(-dx, x + RIM, 0.0, 1.0)
    t0, t1 = cut(dx, wide + RIM - x, t0, t1)
    t0, t1 = cut(-dy, y + RIM, t0, t1)
    return cut(dy, high + RIM - y, t0, t1)


@inlined
def size_of(counts: Counts) -> tuple[int, int]:
    """Return width and height of the picture without its rim."""
    return counts.shape[1] - 2 * PAD, counts.shape[0] - 2 * PAD


@compiled
def histogram(counts: Counts, bins: NDArray[np.int64]) -> None:
    """Add to *bins*, ``(65536,)``, how many pixels have each count; the rim is left out."""
    height, width = counts.shape
    empty = 0  # most are: adding them up in memory would have each wait for the one before
    for y in range(PAD, height - PAD):
        for x in range(PAD, width - PAD):
            count = counts[y, x]
            if count == 0:
                empty += 1
            else:
                bins[count] += 1
    bins[0] += empty


@inlined
def blend(pixel: np.integer[Any], colour: tuple[int, int, int], opacity: int) -> np.uint32:
    """Return *pixel* (0xffRRGGBB) with *colour* laid over it, opacity 0 to 256."""
    over = np.uint32(opacity)
    return laid(
        np.uint32(pixel),
        np.uint32(256) - over,
        np.uint32((colour[0] << 16) | colour[2]) * over,
        np.uint32(colour[1] << 8) * over,
    )


@inlined
def laid(under: np.uint32, rest: np.uint32, outer: np.uint32, inner: np.uint32) -> np.uint32:
    """Return a pixel of which the *rest*, 0 to 256, is left, with something laid over it.

    *outer* is its red and blue in one number, times the opacity, and *inner* its green: two
    multiplications for a pixel, and no channel in another.
    """
    sides = np.uint32((under & np.uint32(0xFF00FF)) * rest + outer)
    green = np.uint32((under & np.uint32(0xFF00)) * rest + inner)
    return np.uint32(
        np.uint32(0xFF000000)
        | ((sides >> np.uint32(8)) & np.uint32(0xFF00FF))
        | ((green >> np.uint32(8)) & np.uint32(0xFF00))
    )


@compiled
def compose(
    counts: Counts,
    levels: NDArray[np.uint8],
    ink: NDArray[np.int32],
    pixels: Pixels,
) -> None:
    """Lay one group of edges over *pixels*.

    Parameters
    ----------
    levels
        ``(65536,)`` uint8: how strongly a count is drawn, 0 to 255.
    ink
        ``(256, 4)`` int32 red, green, blue, opacity (0 to 256) by level.
    pixels
        ``(height, width)`` uint32 0xffRRGGBB, painted on.
    """
    rest = np.empty(256, np.uint32)
    outer = np.empty(256, np.uint32)
    inner = np.empty(256, np.uint32)
    for level in range(256):
        opacity = ink[level, 3]
        rest[level] = 256 - opacity
        outer[level] = ((ink[level, 0] << 16) | ink[level, 2]) * np.int64(opacity)
        inner[level] = (ink[level, 1] << 8) * np.int64(opacity)
    height, width = pixels.shape
    for y in range(height):
        for x in range(width):
            count = counts[y + PAD, x + PAD]
            if count == 0:
                continue
            at = levels[count]
            pixels[y, x] = laid(pixels[y, x], rest[at], outer[at], inner[at])


@compiled
def veil(pixels: Pixels, ground: tuple[int, int, int], opacity: int, out: Pixels) -> None:
    """Write *pixels* to *out* with the ground laid over them, opacity 0 to 256."""
    height, width = pixels.shape
    for y in range(height):
        for x in range(width):
            out[y, x] = blend(pixels[y, x], ground, opacity)
