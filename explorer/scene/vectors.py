"""Edges and accounts as lines and dots for vector files, in the tones of the raster."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from explorer.graph.edges import GROUPS
from explorer.scene.accounts import sizes_of
from explorer.scene.bundle import BACK_TO_FRONT, LIT
from explorer.scene.coats import coats, faint, room
from explorer.scene.detail import enlargement
from explorer.scene.tones import SPARSE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from explorer.graph.model import Index
    from explorer.scene.layers import Ends, Layers
    from explorer.scene.sheet import Sheet
    from explorer.scene.theme import Colour, Tone

SPAN = 16384
"""Whole numbers that the longer side is divided into at the least; no digit is spent on less."""
LINE = 0.9
"""Width of an edge in logical pixels."""
REACHES = (1.0, 0.5, 0.2, 0.0)
"""Bounds of the three classes of fading: the weight of an edge by its length."""
SEGMENTS = 200
"""Edges in one path: within it they do not darken each other, so it must not be all of them."""
DOTS = 100
"""Accounts in one path, for the same reason."""
STEP = 1.12
"""From one class of radius to the next: six parts in a hundred off at most."""


class Lines(NamedTuple):
    """Edges of one group and about one length, drawn alike.

    Attributes
    ----------
    first, last
        ``(k, 2)`` int64 ends in the units of the grid.
    """

    group: str
    colour: Colour
    opacity: float
    first: NDArray[np.int64]
    last: NDArray[np.int64]


class Dots(NamedTuple):
    """Accounts of one role and about one size, painted coat by coat.

    Attributes
    ----------
    at
        ``(k, 2)`` int64 in the units of the grid.
    coats
        Colour, opacity in [0, 1] and width of each coat, in the units of the grid.
    """

    role: int
    at: NDArray[np.int64]
    coats: tuple[tuple[Colour, float, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Where everything lies in whole numbers, and what of it is in the frame.

    Attributes
    ----------
    at
        ``(n, 2)`` int64 in units of ``1 / fine`` device pixels, y down.
    sizes
        ``(n,)`` radii in device pixels.
    haze
        Opacity of small accounts from this far.
    """

    page: Sheet
    at: NDArray[np.int64]
    fine: int
    sizes: NDArray[np.floating]
    haze: float

    @classmethod
    def of(cls, layers: Layers, page: Sheet) -> Grid:
        """Return the places of all accounts of *layers* on *page*."""
        fine = max(1, round(SPAN / max(page.size)))
        corner = np.array([page.frame.left, page.frame.top])
        away = (layers.positions - corner) * (page.frame.scale * fine) * np.array([1.0, -1.0])
        at = np.round(np.clip(away, -1e9, 1e9)).astype(np.int64)
        haze = faint(enlargement(layers.apart * page.frame.scale / page.ratio))
        return cls(page, at, fine, sizes_of(layers, page), haze)

    def inside(self, rows: Index) -> Index:
        """Return the accounts of *rows* that reach into the frame."""
        rim = (self.sizes[rows, None] + 3 * self.page.ratio) * self.fine
        at, end = self.at[rows], np.array(self.page.size) * self.fine
        return np.asarray(rows[((at > -rim) & (at < end + rim)).all(axis=1)], np.int32)

    def crossing(self, ends: Ends) -> Ends:
        """Return the edges that may be seen: not all on one side of the frame."""
        first, second = self.at[ends[:, 0]], self.at[ends[:, 1]]
        end = np.array(self.page.size) * self.fine
        out = (np.maximum(first, second) < 0) | (np.minimum(first, second) > end)
        return ends[~out.any(axis=1)]

    def lengths(self, ends: Ends) -> NDArray[np.float64]:
        """Return the lengths of edges in logical pixels."""
        span = (self.at[ends[:, 0]] - self.at[ends[:, 1]]) / (self.fine * self.page.ratio)
        return np.asarray(np.hypot(span[:, 0], span[:, 1]))

    @property
    def line(self) -> float:
        """Width of an edge in the units of the grid."""
        return LINE * self.page.ratio * self.fine


def lines(grid: Grid, groups: Sequence[Ends | None], lit: bool = False) -> Iterator[Lines]:
    """Yield the edges of *groups*, given in the order of ``GROUPS``, from back to front."""
    by_id = {group.id: ends for group, ends in zip(GROUPS, groups, strict=True)}
    for group, factor in LIT if lit else [(group, 1.0) for group in BACK_TO_FRONT]:
        ends = by_id[group]
        if ends is not None and len(ends):
            yield from _of_group(grid, grid.crossing(ends), group, factor)


def _of_group(grid: Grid, ends: Ends, group: str, factor: float) -> Iterator[Lines]:
    """Yield one group, its long edges fainter than its short ones."""
    lengths = grid.lengths(ends)
    weights = np.minimum(1.0, grid.page.frame.fade / grid.page.ratio / np.maximum(lengths, 1e-9))
    paper = grid.page.size[0] * grid.page.size[1] / grid.page.ratio**2
    covered = float((weights * np.minimum(lengths, np.sqrt(paper))).sum()) * LINE / paper
    tone = grid.page.theme.tones[group]
    for most, least in pairwise(REACHES):
        some = ends[(weights <= most) & (weights > least)]
        opacity = _opacity(tone, (most + least) / 2, covered)
        opacity = 1.0 - (1.0 - opacity) ** (grid.page.strength * factor)
        if len(some):
            yield Lines(group, _middle(tone), opacity, grid.at[some[:, 0]], grid.at[some[:, 1]])


def _middle(tone: Tone) -> Colour:
    """Return a colour between that of thin and of dense places."""
    red, green, blue = ((2 * a + 3 * b) // 5 for a, b in zip(tone.thin, tone.dense, strict=True))
    return red, green, blue


def _opacity(tone: Tone, weight: float, covered: float) -> float:
    """Return the opacity of an edge of this *weight* where so many cross a pixel on average.

    So many of full weight together are half opaque, so that bundles grow strong by lying over
    one another. In an almost empty picture long lines are lifted, as in the raster.
    """
    alone = 1.0 - 0.5 ** (1.0 / max(covered, 0.5))
    empty = max(0.0, 1.0 - covered / SPARSE)
    return float(tone.most * alone * weight ** (1.0 - 0.75 * empty))


def dots(grid: Grid, accounts: Sequence[Index], bright: bool = False) -> Iterator[Dots]:
    """Yield *accounts*, given by role, the small first; *bright* ones are solid however far."""
    for role, all_rows in enumerate(accounts):
        rows = grid.inside(all_rows)
        if len(rows):
            yield from _of_role(grid, rows, role, 1.0 if bright else grid.haze)


def _of_role(grid: Grid, rows: Index, role: int, opacity: float) -> Iterator[Dots]:
    """Yield accounts of one role, few at a time, each size in the coats of the raster."""
    page = grid.page
    steps = np.round(np.log(np.maximum(grid.sizes[rows], 1e-3)) / np.log(STEP)).astype(int)
    for step in np.unique(steps).tolist():
        radius = STEP**step
        roomy = int(room(np.array([radius], np.float32), role, page.ratio)[0])
        coated = coats(page.theme, role, roomy, opacity, page.ratio).tolist()
        dressed = tuple(_coat(coat, radius, grid.fine) for coat in coated)
        at = grid.at[rows[steps == step]]
        yield from (Dots(role, at[i : i + DOTS], dressed) for i in range(0, len(at), DOTS))


def _coat(coat: list[float], radius: float, fine: int) -> tuple[Colour, float, float]:
    red, green, blue, opacity, wider = coat
    width = max(2 * (radius + wider) * fine, 1.0)
    return (int(red), int(green), int(blue)), opacity / 256, width
