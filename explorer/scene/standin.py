"""A picture without kernels, for the first run: they are compiled elsewhere in the meantime.

A sample of the edges as rows of points, counted and toned like everything else, and accounts as
small squares: rough, but where and what they will be. Only NumPy is used.
"""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from explorer.graph.edges import GROUPS
from explorer.graph.roles import CORE
from explorer.scene.bundle import BACK_TO_FRONT
from explorer.scene.coats import faint
from explorer.scene.compiled import still
from explorer.scene.detail import enlargement
from explorer.scene.layers import Gatherer
from explorer.scene.painter import COARSE, Picture
from explorer.scene.raster import FAINT, FULL
from explorer.scene.sheet import sheet
from explorer.scene.tally import sample
from explorer.scene.tones import ink, levels_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.document.model import Document
    from explorer.scene.layers import Ends, Layers
    from explorer.scene.sheet import Sheet
    from explorer.scene.view import View

EDGES = 12_000
"""Edges of all groups that are drawn, at most."""
POINTS = 64
"""Points of an edge in the picture."""
HAZE = 0.45
"""Opacity of core accounts from afar."""
NEAR = 1.2
"""Enlargement from which a core account is more than a pixel."""
Paint: TypeAlias = "tuple[int, int, int, float]"
"""Red, green, blue, and opacity in [0, 1]."""


class StandIn:
    """Draws one rough picture after another, until kernels are there."""

    def __init__(self) -> None:
        self._gatherer = Gatherer()

    def picture(self, document: Document, view: View) -> Picture:
        """Return a rough picture, at half the size like a sketch; nothing in it can be picked."""
        start = perf_counter()
        layers = self._gatherer.layers(document)
        page = sheet(view, document.style).smaller(COARSE)
        pixels = np.empty((page.size[1], page.size[0], 3))
        pixels[:] = page.theme.ground
        total = sum(len(ends) for ends in layers.groups if ends is not None)
        by_id = dict(zip((group.id for group in GROUPS), layers.groups, strict=True))
        for name in BACK_TO_FRONT:
            ends = by_id[name]
            if ends is not None and len(ends):
                some = sample(ends, max(1, min(len(ends), EDGES * len(ends) // total)))
                lay_points(points_of(some, layers, page), name, page, pixels)
        factor = enlargement(layers.apart * page.frame.scale / page.ratio)
        for role, rows in enumerate(layers.accounts):
            solid = faint(factor) if role != CORE else max(HAZE, faint(factor))
            at = places(layers.positions[rows], page)
            lay_squares(
                at, factor > NEAR and role == CORE, (*page.theme.roles[role], solid), pixels
            )
        packed = pixels.astype(np.uint32)
        whole = 0xFF000000 | packed[..., 0] << 16 | packed[..., 1] << 8 | packed[..., 2]
        camera = view.camera.scaled(page.size[0] / view.size[0])
        return Picture(
            pixels=still(whole.astype(np.uint32)),
            view=replace(view, camera=camera, size=page.size, ratio=page.ratio),
            complete=False,
            accounts=layers.facts.accounts,
            edges=layers.facts.edges,
            seconds=perf_counter() - start,
            facts=layers.facts,
            shown=layers.shown,
            radii=still(layers.radii * np.float32(factor * page.ratio)),
            rough=True,
        )


def places(world: NDArray[np.floating], page: Sheet) -> NDArray[np.float64]:
    """Return ``(k, 2)`` pixels of world points."""
    corner = np.array([page.frame.left, page.frame.top])
    return np.asarray((world - corner) * page.frame.scale * [1.0, -1.0])


def points_of(ends: Ends, layers: Layers, page: Sheet) -> NDArray[np.int64]:
    """Return the numbers of the pixels on which ``POINTS`` points of each edge lie."""
    first = places(layers.positions[ends[:, 0]], page)
    way = places(layers.positions[ends[:, 1]], page) - first
    with np.errstate(divide="ignore", invalid="ignore"):  # level lines, cut at the ends only
        cuts = np.stack([-first / way, (np.array(page.size) - first) / way])
    low = np.nan_to_num(cuts.min(axis=0), nan=0.0).max(axis=1).clip(0.0, 1.0)
    high = np.nan_to_num(cuts.max(axis=0), nan=1.0).min(axis=1).clip(0.0, 1.0)
    seen = high > low
    share = low[seen, None] + (high - low)[seen, None] * np.linspace(0.0, 1.0, POINTS)
    at = first[seen, None] + share[..., None] * way[seen, None]
    return inside(at.reshape(-1, 2), page.size)


def inside(at: NDArray[np.float64], size: tuple[int, int]) -> NDArray[np.int64]:
    """Return the numbers of the pixels at these places, those outside left out."""
    kept = ((at >= 0) & (at < np.array(size))).all(axis=1)
    column, row = at[kept].astype(np.int64).T
    return np.asarray(row * size[0] + column)


def lay_points(at: NDArray[np.int64], name: str, page: Sheet, pixels: NDArray[np.float64]) -> None:
    """Lay one group of edges over *pixels*, ``(height, width, 3)``, in its tone."""
    flat = pixels.reshape(-1, 3)
    counts = np.minimum(np.bincount(at, minlength=len(flat)) * FAINT, FULL)
    tone = page.theme.tones[name]
    level = levels_of(np.bincount(counts, minlength=FULL + 1), tone.steep)
    used = np.flatnonzero(counts)
    paint = ink(tone, page.strength)[level[counts[used]]]
    opacity = paint[:, 3:] / 256
    flat[used] = flat[used] * (1 - opacity) + paint[:, :3] * opacity


def lay_squares(
    at: NDArray[np.float64], large: bool, paint: Paint, pixels: NDArray[np.float64]
) -> None:
    """Lay accounts over *pixels*, each a pixel or, *large*, a square of nine."""
    high, wide, _ = pixels.shape
    flat, solid = pixels.reshape(-1, 3), paint[3]
    reach = (-1, 0, 1) if large else (0,)
    for x in reach:
        for y in reach:
            here = np.unique(inside(np.add(at, (x, y)), (wide, high)))
            flat[here] = flat[here] * (1 - solid) + np.array(paint[:3]) * solid
