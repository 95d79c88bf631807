"""A layout reshaped at once, as often as one likes: room for crowds, and the size of the tray."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.graph.model import frozen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Graph, Mask, Positions
    from explorer.job import Report

STOPS = 8
"""Pictures from the one that is to the one with most room, and as many to the one with least."""
WIDEST, NARROWEST = 100.0, 50.0
"""How far crowds give way, and groups draw together, at most: in cells of a 512-cell mesh."""
MESH = 512
MARGIN = 0.03
"""Free room round the layout on the mesh, as a share of its extent."""
FLOOR = 0.3
"""Added to the density before its logarithm, in means: empty places do not suck."""
SMALL = 0.03
"""Share of the largest component's accounts below which a component belongs to the tray."""
MAIN = 0.25
"""Share of accounts with ties that the largest component must hold for there to be a tray."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """All that a layout can be reshaped to, worked out beforehand.

    Attributes
    ----------
    base
        ``(n, 2)`` float32: the layout as it is.
    frames
        ``2 * STOPS + 1`` of ``(n, 2)`` float32 from least room to most, the base in the middle;
        apart, so that the window takes them from a worker in slices.
    tray
        ``(n,)`` mask of small components; none if nothing stands out from the rest.
    corner
        World point at which the tray stays when its size changes.
    pinned
        ``(n,)`` mask of those that stay.
    """

    base: Positions
    frames: tuple[Positions, ...]
    tray: Mask
    corner: tuple[float, float]
    pinned: Mask

    def placed(self, room: float, size: float) -> Positions:
        """Return ``(n, 2)`` with more *room* for crowds, in [-1, 1], and a tray of *size* times.

        The base itself at 0 and 1. Linear between the frames, so that it takes no time.
        """
        if room == 0 and size == 1:
            return self.base
        at = (float(np.clip(room, -1, 1)) + 1) * STOPS
        below = min(int(at), 2 * STOPS - 1)
        share = np.float32(at - below)
        made = self.frames[below] * (1 - share)
        made += self.frames[below + 1] * share
        corner, rows = np.array(self.corner, np.float32), np.flatnonzero(self.tray)
        tray = self.base[rows]
        made[rows] = tray if size == 1 else (tray - corner) * np.float32(size) + corner
        held = np.flatnonzero(self.pinned)
        made[held] = self.base[held]
        return frozen(made)


@dataclass(frozen=True, slots=True, eq=False)
class MakeShape:
    """Work out what a layout can be reshaped to."""

    graph: Graph
    at: Positions
    pinned: Mask

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        return "Getting ready to reshape"

    def __call__(self, report: Report, /) -> Shape:
        """Find the tray, and let the rest flow."""
        report(0.0, "finding small components")
        tray = tray_of(self.graph)
        report(0.2, "giving crowded places room")
        frames = np.repeat(self.at[None], 2 * STOPS + 1, axis=0)
        rest = ~tray
        if rest.sum() > 2:
            inner = np.ascontiguousarray(self.at[rest].T, np.float32)
            frames[STOPS + 1 :, rest] = flowing(inner, WIDEST, 1).transpose(0, 2, 1)
            frames[:STOPS, rest] = flowing(inner, NARROWEST, -1).transpose(0, 2, 1)[::-1]
        report(1.0)
        corner = corner_of(self.at, tray)
        apart = tuple(frozen(frame.copy()) for frame in frames)
        return Shape(frozen(self.at), apart, frozen(tray), corner, frozen(self.pinned))


def flowing(at: NDArray[np.float32], reach: float, sign: int) -> NDArray[np.float32]:
    """Return ``(STOPS, 2, k)``: ``(2, k)`` accounts on their way from crowded places, or to them.

    The heat flow of their own density, as in `explorer.layout.spread.equalised`, with a picture
    at every step; *sign* -1 goes up the slopes instead (mean shift, Fukunaga and Hostetler 1975).
    """
    import scipy.fft  # only where it runs

    from explorer.layout.mesh import THREADS, Mesh, extent

    side = extent(at) * (1 + 2 * MARGIN) / (MESH - 1)
    middle = np.array([[a.min() / 2 + a.max() / 2] for a in at], np.float32)
    centre = np.float32((MESH - 1) / 2)
    here = ((at - middle) / np.float32(side) + centre).T.copy()
    mesh = Mesh(MESH, 1.0, 0.0, 0.0)
    density = mesh.density(here, np.ones(len(here), np.float32))
    waves = scipy.fft.dctn(density, workers=THREADS)
    square = (np.pi * np.arange(MESH, dtype=np.float32) / MESH) ** 2
    floor = np.float32(FLOOR * density.mean())
    times = np.linspace(1.0, reach, STOPS + 1) ** 2
    made = np.empty((STOPS, *at.shape), np.float32)
    for i in range(STOPS):
        early, late = times[i], times[i + 1]
        fade = np.exp(square * np.float32(-(early + late) / 4))
        warmth = scipy.fft.idctn(waves * fade[:, None] * fade, workers=THREADS)
        slope = mesh.downhill(here, np.log(np.maximum(warmth, 0) + floor))
        here = here + slope * np.float32(sign * (late - early) / 2)
        np.clip(here, 1, np.float32(MESH - 2.01), out=here)
        made[i] = (here.T - centre) * np.float32(side) + middle
    return made


def tray_of(graph: Graph) -> Mask:
    """Return the ``(n,)`` mask of small components, beside one that holds a quarter of all."""
    from scipy.sparse import csr_array  # only where it runs
    from scipy.sparse.csgraph import connected_components

    if graph.n < 2:
        return np.zeros(graph.n, bool)
    ones = np.ones(graph.m, np.int8)
    matrix = csr_array((ones, (graph.source, graph.target)), shape=(graph.n, graph.n))
    _, label = connected_components(matrix, directed=False)
    sizes = np.bincount(label)
    largest = int(sizes.max())
    if largest < max(3, MAIN * int(sizes[sizes > 1].sum())):
        return np.zeros(graph.n, bool)
    small = sizes < max(SMALL * largest, 3)
    return np.asarray(small[label])


def corner_of(at: Positions, tray: Mask) -> tuple[float, float]:
    """Return the point of the tray's box that is nearest to the middle of all others."""
    if not tray.any() or tray.all():
        return 0.0, 0.0
    rest = at[~tray]
    middle = (rest.min(axis=0) + rest.max(axis=0)) / 2
    x, y = np.clip(middle, at[tray].min(axis=0), at[tray].max(axis=0)).tolist()
    return x, y
