"""Which edge lies under a point, where each is drawn as itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.scene.strokes import Strokes

PIECES = 24
"""Straight pieces by which a curve is measured."""


def touched(strokes: Strokes, world: tuple[float, float], reach: float) -> int:
    """Return the edge that comes nearest to a point, -1 if none comes as near as *reach*.

    Parameters
    ----------
    world
        The point.
    reach
        In world units; half the width of an edge is added.
    """
    frame = strokes.frame
    point = np.array([(world[0] - frame.left), (frame.top - world[1])]) * frame.scale
    near = reach * frame.scale + strokes.widths / 2
    tips = strokes.heads[:, :1]
    hull = np.concatenate([strokes.curves, tips], axis=1)
    low, high = hull.min(axis=1) - near[:, None], hull.max(axis=1) + near[:, None]
    rows = np.flatnonzero(((point >= low) & (point <= high)).all(axis=1))
    if not len(rows):
        return -1
    course = np.concatenate([_along(strokes.curves[rows]), tips[rows]], axis=1)
    away = _distances(course, point)
    best = len(away) - 1 - int(np.argmin((away - near[rows])[::-1]))  # of equals the one in front
    return int(strokes.rows[rows[best]]) if away[best] <= near[rows[best]] else -1


def _along(curves: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ``(k, PIECES + 1, 2)`` points of cubic curves ``(k, 4, 2)``, ends included."""
    t = np.linspace(0.0, 1.0, PIECES + 1)[:, None]
    share = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    return np.asarray(np.einsum("pc,kcd->kpd", share, curves))


def _distances(courses: NDArray[np.float64], point: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ``(k,)`` how near each of the *courses* ``(k, p, 2)`` comes to *point*."""
    start, step = courses[:, :-1], np.diff(courses, axis=1)
    length = np.maximum((step**2).sum(axis=2), 1e-12)
    share = np.clip(((point - start) * step).sum(axis=2) / length, 0.0, 1.0)
    nearest = start + share[:, :, None] * step
    return np.asarray(np.hypot(*np.moveaxis(nearest - point, 2, 0)).min(axis=1))
