"""Curves and arrow heads painted into pixels, smooth at the edge: compiled, Qt-free."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from explorer.scene.compiled import compiled, inlined
from explorer.scene.raster import blend, cut

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from explorer.scene.raster import Pixels
    from explorer.scene.strokes import Strokes

Colour = tuple[int, int, int]
Line = tuple[float, float, float, float]

BENDS = 12
"""Straight pieces of a curve; it bends gently."""
FLAT = 0.15
"""Pixels off the straight line up to which a curve is one piece."""


@inlined
def dashed(at: float, dash: tuple[float, float]) -> float:
    """Return how much of a pixel is drawn so many pixels *at* along a line."""
    if dash[1] <= 0.0:
        return 1.0
    phase = at % (dash[0] + dash[1])
    if phase <= dash[0]:
        return 1.0
    return max(0.0, 1.0 - min(phase - dash[0], dash[0] + dash[1] - phase))


@inlined
def clipped(line: Line, size: tuple[int, int], rim: float) -> tuple[float, float]:
    """Return the part of ``x, y, dx, dy`` that reaches into a picture of *size* by its *rim*."""
    x, y, dx, dy = line
    t0, t1 = cut(-dx, x + rim, 0.0, 1.0)
    t0, t1 = cut(dx, size[0] + rim - x, t0, t1)
    t0, t1 = cut(-dy, y + rim, t0, t1)
    return cut(dy, size[1] + rim - y, t0, t1)


@compiled
def piece(
    line: Line,
    width: float,
    dash: tuple[float, float],
    since: float,
    colour: Colour,
    pixels: Pixels,
) -> None:
    """Paint the straight *line* ``x0, y0, x1, y1`` with round ends.

    *since* is how many pixels along its curve it begins.
    """
    high, wide = pixels.shape
    x0, y0, x1, y1 = line
    dx, dy = x1 - x0, y1 - y0
    length = math.sqrt(dx * dx + dy * dy)
    if length < 1e-6:
        return
    half = max(width, 1.0) / 2
    rim = half + 1.0
    t0, t1 = clipped((x0, y0, dx, dy), (wide, high), rim)
    if t0 > t1:
        return
    steep = abs(dy) > abs(dx)
    u0, v0, du, dv = (y0, x0, dy, dx) if steep else (x0, y0, dx, dy)
    along, across = (high, wide) if steep else (wide, high)
    low = min(u0 + t0 * du, u0 + t1 * du) - rim
    top = max(u0 + t0 * du, u0 + t1 * du) + rim
    reach = rim * length / abs(du)
    ux, uy = du / length, dv / length
    for step in range(max(0, int(low)), min(along - 1, int(top)) + 1):
        u = step + 0.5 - u0
        ahead = min(max(u / du, 0.0), 1.0)
        middle = v0 + ahead * dv
        for place in range(max(0, int(middle - reach)), min(across - 1, int(middle + reach)) + 1):
            v = place + 0.5 - v0
            at = min(max(u * ux + v * uy, 0.0), length)
            off_u = u - at * ux
            off_v = v - at * uy
            cover = half + 0.5 - math.sqrt(off_u * off_u + off_v * off_v)
            if cover <= 0.0:
                continue
            cover = min(cover, 1.0) * min(width, 1.0) * dashed(since + at, dash)
            row, column = (step, place) if steep else (place, step)
            pixels[row, column] = blend(pixels[row, column], colour, int(256 * cover))


@compiled
def curve(
    points: NDArray[np.float64],
    corner: tuple[float, float],
    width: float,
    dash: tuple[float, float],
    colour: Colour,
    pixels: Pixels,
) -> None:
    """Paint a cubic Bézier curve of four points, *corner* being the first pixel's."""
    dx = points[3, 0] - points[0, 0]
    dy = points[3, 1] - points[0, 1]
    bow = 0.0
    for k in range(1, 3):
        bow += abs(dx * (points[k, 1] - points[0, 1]) - dy * (points[k, 0] - points[0, 0]))
    straight = bow < FLAT * math.sqrt(dx * dx + dy * dy)
    x0 = points[0, 0] - corner[0]
    y0 = points[0, 1] - corner[1]
    pieces = 1 if straight else BENDS
    since = 0.0
    for k in range(1, pieces + 1):
        t = k / pieces
        s = 1.0 - t
        x = s * s * s * points[0, 0] + 3 * s * s * t * points[1, 0]
        x += 3 * s * t * t * points[2, 0] + t * t * t * points[3, 0] - corner[0]
        y = s * s * s * points[0, 1] + 3 * s * s * t * points[1, 1]
        y += 3 * s * t * t * points[2, 1] + t * t * t * points[3, 1] - corner[1]
        piece((x0, y0, x, y), width, dash, since, colour, pixels)
        since += math.sqrt((x - x0) * (x - x0) + (y - y0) * (y - y0))
        x0, y0 = x, y


@compiled
def triangle(
    points: NDArray[np.float64], corner: tuple[float, float], colour: Colour, pixels: Pixels
) -> None:
    """Paint a triangle of three points, smooth at its edges."""
    high, wide = pixels.shape
    x, y = points[:, 0] - corner[0], points[:, 1] - corner[1]
    if x.max() < -1 or y.max() < -1 or x.min() > wide + 1 or y.min() > high + 1:
        return
    turn = (x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0])
    sign = 1.0 if turn > 0 else -1.0
    for row in range(max(0, int(y.min() - 1)), min(high - 1, int(y.max() + 1)) + 1):
        for column in range(max(0, int(x.min() - 1)), min(wide - 1, int(x.max() + 1)) + 1):
            cover = 1.0
            for k in range(3):
                dx = x[(k + 1) % 3] - x[k]
                dy = y[(k + 1) % 3] - y[k]
                inside = dx * (row + 0.5 - y[k]) - dy * (column + 0.5 - x[k])
                cover = min(cover, 0.5 + sign * inside / max(math.sqrt(dx * dx + dy * dy), 1e-9))
            if cover > 0.0:
                pixels[row, column] = blend(pixels[row, column], colour, int(256 * cover))


@compiled
def write(
    curves: NDArray[np.float64],
    heads: NDArray[np.float64],
    looks: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.uint8]],
    corner: tuple[float, float],
    pixels: Pixels,
) -> None:
    """Paint edges one after the other; *looks* are widths, dashes and colours of ``Strokes``."""
    widths, dashes, colours = looks
    high, wide = pixels.shape
    for i in range(curves.shape[0]):
        rim = widths[i] + 1.0
        x, y = curves[i, :, 0] - corner[0], curves[i, :, 1] - corner[1]
        colour = (int(colours[i, 0]), int(colours[i, 1]), int(colours[i, 2]))
        triangle(heads[i], corner, colour, pixels)
        if x.max() < -rim or y.max() < -rim or x.min() > wide + rim or y.min() > high + rim:
            continue
        dash = (dashes[i, 0], dashes[i, 1])
        curve(curves[i], corner, widths[i], dash, colour, pixels)


@compiled
def mix(over: Pixels, share: int, pixels: Pixels) -> None:
    """Lay the picture *over* on *pixels*, opacity *share*, 0 to 256."""
    for row in range(pixels.shape[0]):
        for column in range(pixels.shape[1]):
            if over[row, column] != pixels[row, column]:
                one = over[row, column]
                colour = (int((one >> 16) & 255), int((one >> 8) & 255), int(one & 255))
                pixels[row, column] = blend(pixels[row, column], colour, share)


def draw(drawn: Strokes, corner: tuple[float, float], pixels: Pixels) -> None:
    """Paint *drawn* on a part of its page, given by its upper left corner in pixels."""
    looks = drawn.widths, drawn.dashes, drawn.colours
    write(drawn.curves, drawn.heads, looks, corner, pixels)
