"""Lines, discs and tones as loops over pixels; everything here is compiled and Qt-free.

Counts of crossing edges are ``(height + 2 PAD, width + 2 PAD)`` uint16: a rim of ``PAD`` pixels
takes what falls just outside, so that a picture drawn in strips has no seams. ``UNIT`` is one
edge that covers one pixel.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from explorer.scene.compiled import compiled, inlined
from explorer.scene.pair import raise_pair

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
def add(
    columns: tuple[int, int],
    course: tuple[float, float],
    steps: tuple[int, int],
    weight: int,
    flat: NDArray[np.uint16],
) -> None:
    """Add *weight* in each of *columns*, the last included, along a *course*: y there and slope."""
    along, across = steps
    at = int((course[0] + PAD) * 4294967296.0)
    step = int(course[1] * 4294967296.0)
    column = (columns[0] + PAD) * along
    for _ in range(columns[1] - columns[0] + 1):
        lower = (((at >> 16) & 65535) * weight + 32768) >> 16
        p = np.uintp(column + (at >> 32) * across)
        if across == 1:
            raise_pair(flat, p, np.uint32(weight + lower * 65535))
        else:
            q = np.uintp(p + across)
            flat[p] = min(np.uint32(flat[p] + weight - lower), np.uint32(FULL))
            flat[q] = min(np.uint32(flat[q] + lower), np.uint32(FULL))
        column += along
        at += step


@compiled
def walk(
    line: tuple[float, float, float, float],
    wide: float,
    high: float,
    steps: tuple[int, int],
    weight: int,
    flat: NDArray[np.uint16],
) -> None:
    """Add *weight* to the two pixels nearest the line in every column it crosses.

    *line* is ``x0, y0, x1, y1`` with x the direction of columns and ``|dy| <= dx``; *wide* and
    *high* are the size of the picture that way; *steps* are the distance in *flat* from one
    column, and from one row, to the next.
    """
    x0, y0, x1, y1 = line
    if x0 > x1:
        x0, y0, x1, y1 = x1, y1, x0, y0
    dx = x1 - x0
    dy = y1 - y0
    first, last = math.floor(x0), math.floor(x1)
    slope = dy / dx if dx > 0.0 else 0.0
    within = first == last
    if x0 < 0.0 or x1 > wide or min(y0, y1) < 0.0 or max(y0, y1) > high:
        t0, t1 = cut_all((x0, y0, dx, dy), wide, high)
        if t0 > t1:
            return
        first = math.floor(min(max(x0 + t0 * dx, -RIM), wide + RIM))  # t is not exact in a
        last = math.floor(min(max(x0 + t1 * dx, -RIM), wide + RIM))  # world that is too large
    y = y0 - 0.5 + slope * (first + 0.5 - x0)
    if within:  # the middle of its column may lie outside the line
        y = min(max(y, min(y0, y1) - 0.5), max(y0, y1) - 0.5)
    end = y + slope * (last - first)
    if min(y, end) < -PAD or max(y, end) >= high + PAD - 1:
        return
    add((first, last), (y, slope), steps, weight, flat)


@inlined
def size_of(counts: Counts) -> tuple[int, int]:
    """Return width and height of the picture without its rim."""
    return counts.shape[1] - 2 * PAD, counts.shape[0] - 2 * PAD


@compiled
def lines(
    ends: NDArray[np.int32],
    positions: NDArray[np.float32],
    rows: tuple[int, int],
    frame: Frame,
    counts: Counts,
) -> None:
    """Add the edges ``ends[rows[0]:rows[1]]`` to *counts*, smooth, long ones fainter.

    Parameters
    ----------
    ends
        ``(k, 2)`` int32 accounts.
    positions
        ``(n, 2)`` float32 world.
    """
    width, height = size_of(counts)
    stride = counts.shape[1]
    flat = counts.reshape(-1)
    for row in range(rows[0], rows[1]):
        a = ends[row, 0]
        b = ends[row, 1]
        x0 = (positions[a, 0] - frame.left) * frame.scale
        y0 = (frame.top - positions[a, 1]) * frame.scale
        x1 = (positions[b, 0] - frame.left) * frame.scale
        y1 = (frame.top - positions[b, 1]) * frame.scale
        if max(x0, x1) < -RIM or min(x0, x1) > width + RIM:
            continue
        if max(y0, y1) < -RIM or min(y0, y1) > height + RIM:
            continue
        dx = abs(x1 - x0)
        dy = abs(y1 - y0)
        length = math.sqrt(dx * dx + dy * dy)
        weight = UNIT
        if length > frame.fade:
            weight = max(FAINT, int(UNIT * frame.fade / length + 0.5))
        if dx >= dy:
            walk((x0, y0, x1, y1), width, height, (1, stride), weight, flat)
        else:
            walk((y0, x0, y1, x1), height, width, (stride, 1), weight, flat)


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
    under = np.int64(pixel)
    rest = 256 - opacity
    red = (((under >> 16) & 255) * rest + colour[0] * opacity) >> 8
    green = (((under >> 8) & 255) * rest + colour[1] * opacity) >> 8
    blue = ((under & 255) * rest + colour[2] * opacity) >> 8
    return np.uint32(0xFF000000 | (red << 16) | (green << 8) | blue)


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
    outer = np.empty(256, np.uint32)  # red and blue in one number, times the opacity; then green:
    inner = np.empty(256, np.uint32)  # two multiplications for a pixel, and no channel in another
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
            under = np.uint32(pixels[y, x])
            sides = np.uint32((under & np.uint32(0xFF00FF)) * rest[at] + outer[at])
            green = np.uint32((under & np.uint32(0xFF00)) * rest[at] + inner[at])
            pixels[y, x] = (
                np.uint32(0xFF000000)
                | ((sides >> np.uint32(8)) & np.uint32(0xFF00FF))
                | ((green >> np.uint32(8)) & np.uint32(0xFF00))
            )


@compiled
def veil(pixels: Pixels, ground: tuple[int, int, int], opacity: int, out: Pixels) -> None:
    """Write *pixels* to *out* with the ground laid over them, opacity 0 to 256."""
    height, width = pixels.shape
    for y in range(height):
        for x in range(width):
            out[y, x] = blend(pixels[y, x], ground, opacity)
