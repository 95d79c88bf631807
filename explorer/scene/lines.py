"""Edges as smooth lines, added up in counts: compiled, a block of edges after the other.

What to add where is worked out for several columns at once, and added afterwards: a processor does
the first with eight numbers in one instruction, and the second one by one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from explorer.scene.compiled import compiled, inlined
from explorer.scene.pair import raise_one, raise_pair
from explorer.scene.raster import FAINT, PAD, RIM, UNIT, Counts, Frame, cut_all, size_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK = 128
"""Edges that are looked up together."""
AT_ONCE = 8
"""Columns of a line that are worked out together."""


class Desk(NamedTuple):
    """Room to work in, for one hand.

    Attributes
    ----------
    ends
        ``(5, BLOCK)`` float64 x0, y0, x1, y1 in pixels and the weight of edges.
    plan
        int64, see ``plan``; longer than a line can be.
    """

    ends: NDArray[np.float64]
    plan: NDArray[np.int64]


@inlined
def desk_for(counts: Counts) -> Desk:
    """Return room to work on *counts*."""
    longest = max(counts.shape[0], counts.shape[1])
    return Desk(np.empty((5, BLOCK), np.float64), np.empty(longest + 2 * AT_ONCE, np.int64))


@inlined
def lay_out(
    columns: tuple[int, int],
    course: tuple[float, float],
    steps: tuple[int, int],
    weight: int,
    plan: NDArray[np.int64],
) -> int:
    """Write to *plan* what to add where; return in how many columns.

    In each of *columns*, the last included, along a *course*, y there and slope: the place in the
    upper half of a number, in the lower one what to add there and, above it, in the next row.
    Apart from the adding, since several at once take hardly longer than one.
    """
    along, across = steps
    at = np.int64((course[0] + PAD) * 4294967296.0)
    step = np.int64(course[1] * 4294967296.0)
    column = np.int64((columns[0] + PAD) * along)
    number = columns[1] - columns[0] + 1
    for k in range((number + AT_ONCE - 1) // AT_ONCE * AT_ONCE):  # no odd ones at the end
        lower = (((at >> 16) & 65535) * weight + 32768) >> 16
        plan[k] = (((at >> 32) * across + column) << 32) | (weight + lower * 65535)
        at += step
        column += along
    return number


@inlined
def add(number: int, across: int, plan: NDArray[np.int64], flat: NDArray[np.uint16]) -> None:
    """Add the first so many of a *plan*; rows are *across* apart in *flat*."""
    if across == 1:
        for k in range(number):
            here = np.uint64(plan[k])
            raise_pair(flat, np.uintp(here >> np.uint64(32)), np.uint32(here))
    else:
        for k in range(number):
            here = np.uint64(plan[k])
            place = np.uintp(here >> np.uint64(32))
            raise_one(flat, place, np.uint32(here))
            raise_one(flat, np.uintp(place + across), np.uint32(here >> np.uint64(16)))


@compiled
def walk(
    line: tuple[float, float, float, float],
    room: tuple[float, float],
    steps: tuple[int, int],
    weight: int,
    flat: NDArray[np.uint16],
    plan: NDArray[np.int64],
) -> None:
    """Add *weight* to the two pixels nearest the line in every column it crosses.

    *line* is ``x0, y0, x1, y1`` with x the direction of columns and ``|dy| <= dx``; *room* is the
    size of the picture that way; *steps* are the distance in *flat* from one column, and from one
    row, to the next; *plan* is room to work in.
    """
    wide, high = room
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
    add(lay_out((first, last), (y, slope), steps, weight, plan), steps[1], plan, flat)


@inlined
def look_up(
    ends: NDArray[np.int32],
    positions: NDArray[np.float32],
    rows: tuple[int, int],
    frame: Frame,
    found: NDArray[np.float64],
) -> None:
    """Write to *found* where the ends of a block of edges are, and what they weigh."""
    for row in range(rows[0], rows[1]):
        a = ends[row, 0]
        b = ends[row, 1]
        x0 = (positions[a, 0] - frame.left) * frame.scale
        y0 = (frame.top - positions[a, 1]) * frame.scale
        x1 = (positions[b, 0] - frame.left) * frame.scale
        y1 = (frame.top - positions[b, 1]) * frame.scale
        dx = x1 - x0
        dy = y1 - y0
        length = max(math.sqrt(dx * dx + dy * dy), frame.fade)
        i = row - rows[0]
        found[0, i] = x0
        found[1, i] = y0
        found[2, i] = x1
        found[3, i] = y1
        found[4, i] = max(FAINT, int(UNIT * frame.fade / length + 0.5))


@compiled
def block_of_lines(
    ends: NDArray[np.int32],
    positions: NDArray[np.float32],
    rows: tuple[int, int],
    frame: Frame,
    counts: Counts,
    desk: Desk,
) -> None:
    """Add up to ``BLOCK`` edges ``ends[rows[0]:rows[1]]`` to *counts*; see ``lines``."""
    width, height = size_of(counts)
    stride = counts.shape[1]
    flat = counts.reshape(-1)
    places = desk.ends
    look_up(ends, positions, rows, frame, places)
    for i in range(rows[1] - rows[0]):
        x0, y0, x1, y1 = places[0, i], places[1, i], places[2, i], places[3, i]
        if max(x0, x1) < -RIM or min(x0, x1) > width + RIM:
            continue
        if max(y0, y1) < -RIM or min(y0, y1) > height + RIM:
            continue
        weight = int(places[4, i])
        if abs(x1 - x0) >= abs(y1 - y0):
            walk((x0, y0, x1, y1), (width, height), (1, stride), weight, flat, desk.plan)
        else:
            walk((y0, x0, y1, x1), (height, width), (stride, 1), weight, flat, desk.plan)


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
    desk = desk_for(counts)
    for first in range(rows[0], rows[1], BLOCK):
        some = (first, min(first + BLOCK, rows[1]))
        block_of_lines(ends, positions, some, frame, counts, desk)
