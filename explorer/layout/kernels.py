"""Loops over nodes and edges that a layout spends its time in, compiled.

Each takes the part and the rows it is responsible for (see `explorer.layout.hands.shared`) and
writes to nothing else, so the outcome does not depend on how threads take turns. Positions are
``(n, 2)`` float32, so that a neighbour is one look into memory.
"""

from __future__ import annotations

from math import floor, sqrt
from typing import TYPE_CHECKING

import numpy as np

from explorer.layout.compiled import compiled, inlined

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Doubles = NDArray[np.float64]
    Floats = NDArray[np.float32]
    Ints = NDArray[np.int32]
    Rows = tuple[int, int]
    Ties = tuple[Ints, Ints, Floats]


@compiled
def deposit(part: int, rows: Rows, at: Floats, mass: Floats, mesh: Floats, density: Floats) -> None:
    """Spread the masses over the nearest four points each; ``density[part]`` is this part's own.

    *mesh* is x and y of the corner, and cells to a unit of length.
    """
    x0, y0, cells = mesh[0], mesh[1], mesh[2]
    own, size = density[part], density.shape[1]
    own[:] = 0
    for i in range(rows[0], rows[1]):
        x, y = (at[i, 0] - x0) * cells, (at[i, 1] - y0) * cells
        a = min(max(int(x), 1), size - 3)  # whatever x is, nothing is written elsewhere
        b = min(max(int(y), 1), size - 3)
        x -= np.float32(a)
        y -= np.float32(b)
        m = mass[i]
        high = m * x * y
        own[a + 1, b + 1] += high
        own[a + 1, b] += m * x - high
        own[a, b + 1] += m * y - high
        own[a, b] += m - m * x - m * y + high


@compiled
def push(part: int, rows: Rows, at: Floats, mesh: Floats, field: Floats, out: Floats) -> None:
    """Put minus the gradient of the *field* at each point into *out*, in field per cell."""
    x0, y0, cells = mesh[0], mesh[1], mesh[2]
    half, size = np.float32(0.5), len(field)
    for i in range(rows[0], rows[1]):
        x, y = (at[i, 0] - x0) * cells, (at[i, 1] - y0) * cells
        a = min(max(int(x), 1), size - 3)  # whatever x is, nothing is written elsewhere
        b = min(max(int(y), 1), size - 3)
        x -= np.float32(a)
        y -= np.float32(b)
        w3 = x * y
        w2 = x - w3
        w1 = y - w3
        w0 = np.float32(1) - x - w1
        out[i, 0] = half * (
            w0 * (field[a - 1, b] - field[a + 1, b])
            + w1 * (field[a - 1, b + 1] - field[a + 1, b + 1])
            + w2 * (field[a, b] - field[a + 2, b])
            + w3 * (field[a, b + 1] - field[a + 2, b + 1])
        )
        out[i, 1] = half * (
            w0 * (field[a, b - 1] - field[a, b + 1])
            + w1 * (field[a, b] - field[a, b + 2])
            + w2 * (field[a + 1, b - 1] - field[a + 1, b + 1])
            + w3 * (field[a + 1, b] - field[a + 1, b + 2])
        )


@inlined
def _raised(x: np.float32, power: np.float32) -> np.float32:
    """Return x to the *power* to within 1 in 4,000, x above 0: four times as fast as exactly.

    The bits of a float are nearly its logarithm; polynomials mend the rest.
    """
    bits = np.float32(x).view(np.int32)
    m = np.int32((bits & 0x7FFFFF) | 0x3F800000).view(np.float32)
    log = np.float32((bits >> 23) - 127) + (
        np.float32(-2.153620718)
        + m
        * (np.float32(3.047884161) + m * (np.float32(-1.051875031) + m * np.float32(0.158248767)))
    )
    log *= power
    whole = floor(log)
    r = log - np.float32(whole)
    return (
        np.float32(0.99992522)
        + r * (np.float32(0.69583354) + r * (np.float32(0.22606716) + r * np.float32(0.07802422)))
    ) * np.int32((np.int32(whole) + 127) << 23).view(np.float32)


@compiled
def pull(
    part: int,
    rows: Rows,
    at: Floats,
    ties: Ties,
    law: Floats,
    out: Floats,
) -> None:
    """Put the force of the springs at each node and its stiffness into *out*, ``(n, 3)``.

    A spring is as stiff as its weight times (length² + ``law[1]``) to the power ``law[0]``.
    """
    starts, near, weight = ties
    power, soft = law[0], law[1]
    for i in range(rows[0], rows[1]):
        x, y = at[i, 0], at[i, 1]
        fx = fy = firm = np.float32(0)
        for k in range(starts[i], starts[i + 1]):
            j = near[k]
            dx, dy = at[j, 0] - x, at[j, 1] - y
            stiff = weight[k] * _raised(dx * dx + dy * dy + soft, power)
            fx += stiff * dx
            fy += stiff * dy
            firm += stiff
        out[i, 0] = fx
        out[i, 1] = fy
        out[i, 2] = firm


@compiled
def aim(
    part: int,
    rows: Rows,
    at: Floats,
    steps: NDArray[np.uint8],
    posts: Floats,
    out: Floats,
) -> None:
    """Put where each node would be at the right distance from the *posts*, ``(3, k)``, into *out*.

    *posts* are x, y and the length of a step; *steps* is ``(n, k)``; 0 and 255 do not count.
    """
    tiny, unit = np.float32(1e-9), posts[2, 0]
    for i in range(rows[0], rows[1]):
        x, y = at[i, 0], at[i, 1]
        sx, sy, total = tiny * x, tiny * y, tiny
        for p in range(steps.shape[1]):  # without a branch, so that eight go at once
            d = np.float32(steps[i, p])
            known = np.float32(d > np.float32(0)) * np.float32(d < np.float32(255))
            w = known / max(d * d, np.float32(1))
            px, py = posts[0, p], posts[1, p]
            dx, dy = x - px, y - py
            reach = unit * d / np.float32(sqrt(dx * dx + dy * dy + tiny))
            sx += w * (px + reach * dx)
            sy += w * (py + reach * dy)
            total += w
        out[i, 0] = sx / total
        out[i, 1] = sy / total


@compiled
def settle(at: Doubles, far: Doubles, turns: int, still: float) -> None:
    """Move the ``(n, 2)`` points in place, one by one, to where stress is least.

    *far* is ``(n, n)``: how far they should be apart. Ends after *turns*, or when points move by
    less than *still* of the mean distance.
    """
    n = len(at)
    for _ in range(turns):
        moved = room = 0.0
        for i in range(n):
            x, y = at[i, 0], at[i, 1]
            sx = sy = total = 0.0
            for j in range(n):
                if j != i:
                    d = far[i, j]
                    dx, dy = x - at[j, 0], y - at[j, 1]
                    ratio = d / sqrt(dx * dx + dy * dy + 1e-18)
                    w = 1 / (d * d)
                    sx += w * (at[j, 0] + ratio * dx)
                    sy += w * (at[j, 1] + ratio * dy)
                    total += w
                    room += d
            at[i, 0], at[i, 1] = sx / total, sy / total
            moved += sqrt((at[i, 0] - x) ** 2 + (at[i, 1] - y) ** 2)
        if moved * (n - 1) < still * room:
            return


@compiled
def kept(part: int, rows: Rows, at: Floats, asked: Ints, ties: Ties, out: Floats) -> None:
    """Put into *out* the share of the nodes nearest to each one asked that are its neighbours.

    As many are looked at as it has neighbours.
    """
    starts, near, _ = ties
    for q in range(rows[0], rows[1]):
        i = asked[q]
        d = starts[i + 1] - starts[i]
        which = _nearest(at, i, d)
        hits = 0
        for k in range(starts[i], starts[i + 1]):
            for r in range(d):
                if which[r] == near[k]:
                    hits += 1
        out[q] = np.float32(hits) / np.float32(d)


@compiled
def _nearest(at: Floats, i: int, d: int) -> Ints:
    """Return the *d* nodes nearest to node i."""
    best = np.full(d, np.float32(np.inf))
    which = np.full(d, -1, np.int32)
    x, y = at[i, 0], at[i, 1]
    for j in range(len(at)):
        dx, dy = at[j, 0] - x, at[j, 1] - y
        away = dx * dx + dy * dy
        if away < best[d - 1] and j != i:
            k = d - 1
            while k > 0 and best[k - 1] > away:
                best[k] = best[k - 1]
                which[k] = which[k - 1]
                k -= 1
            best[k] = away
            which[k] = j
    return which
