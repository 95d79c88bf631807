"""The last touches: stragglers pulled in, piles loosened, crowded places given room."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import scipy.fft

from explorer.layout.mesh import THREADS, Mesh, extent

if TYPE_CHECKING:
    from numpy.typing import NDArray

MARGIN = 0.06
"""Free room round the layout on the mesh of the warp, as a share of its extent."""
FLOOR = 0.3
"""Added to the density before its logarithm, in means: empty places do not suck."""

SPARSE = 4
"""Nodes in a cell of the mesh up to which none need to be moved apart."""


def tamed(at: NDArray[np.float32], share: float = 0.985) -> NDArray[np.float32]:
    """Return ``(2, n)`` positions, those beyond the radius that holds *share* of them pulled in.

    The rest grows with the logarithm of distance, so that a picture of everything is not wasted
    on a few far away.
    """
    middle = np.median(at, axis=1, keepdims=True).astype(np.float32)
    away = at - middle
    radius = np.hypot(away[0], away[1])
    k = min(int(share * len(radius)), len(radius) - 1)
    usual = float(np.partition(radius, k)[k])
    far = radius > usual
    if usual > 0:
        ratio = radius[far] / np.float32(usual)
        away[:, far] *= (1 + np.float32(0.35) * np.log(ratio)) / ratio
    return middle + away


def equalised(
    at: NDArray[np.float32], reach: float, size: int = 512, steps: int = 20
) -> NDArray[np.float32]:
    """Return ``(2, n)`` positions after the heat flow of their own density.

    Density-equalising projection (Gastner and Newman 2004), stopped early: nodes flow from
    crowded to empty places until differences closer than *reach* cells of a 512-cell mesh are
    levelled; neighbours stay neighbours. 0 leaves all as it is.
    """
    reach *= size / 512
    if reach <= 0.5:
        return at
    side = extent(at) * (1 + 2 * MARGIN) / (size - 1)
    middle = np.array([[a.min() / 2 + a.max() / 2] for a in at], np.float32)
    spots = ((at - middle) / np.float32(side) + np.float32((size - 1) / 2)).T.copy()
    mesh = Mesh(size, 1.0, 0.0, 0.0)
    density = mesh.density(spots, np.ones(len(spots), np.float32))
    waves = scipy.fft.dctn(density, workers=THREADS)
    square = (np.pi * np.arange(size, dtype=np.float32) / size) ** 2
    floor = np.float32(FLOOR * density.mean())
    times = np.geomspace(min(1.0, reach / 2), reach, steps + 1) ** 2
    for early, late in pairwise(times):
        fading = np.exp(square * np.float32(-(early + late) / 4))
        warmth = scipy.fft.idctn(waves * fading[:, None] * fading, workers=THREADS)
        np.maximum(warmth, 0, out=warmth)
        warmth += floor
        spots += mesh.downhill(spots, np.log(warmth, out=warmth)) * np.float32((late - early) / 2)
        np.clip(spots, 1, np.float32(size - 2.01), out=spots)
    return (spots.T - np.float32((size - 1) / 2)) * np.float32(side) + middle


def loosened(
    at: NDArray[np.float32], alone: NDArray[np.bool_], cell: float, seed: int
) -> NDArray[np.float32]:
    """Return ``(2, n)`` positions, those of *alone* moved at random within about a *cell*.

    Below the mesh nodes feel no repulsion, and would lie on each other. The fewer there are in a
    cell, the less they move: a chain stays a chain.
    """
    random = np.random.default_rng(seed)
    k = at.shape[1]
    column, row = ((at - at.min(axis=1, keepdims=True)) / np.float32(max(cell, 1e-12))).astype(int)
    where = column * (int(row.max(initial=0)) + 1) + row
    crowd = np.unique(where, return_inverse=True, return_counts=True)
    full = np.clip((crowd[2][crowd[1]] - SPARSE) / (2 * SPARSE), 0, 1).astype(np.float32)
    angle = random.random(k, np.float32) * np.float32(2 * np.pi)
    radius = np.sqrt(random.random(k, np.float32)) * np.float32(0.6 * cell) * alone * full
    return np.asarray(at + np.vstack([radius * np.cos(angle), radius * np.sin(angle)]), np.float32)


def levelled(at: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return ``(2, n)`` positions turned so that they are widest from left to right."""
    x, y = at - at.mean(axis=1, keepdims=True, dtype=np.float64)
    angle = 0.5 * np.arctan2(2 * (x * y).mean(), (x * x).mean() - (y * y).mean())
    cos, sin = np.cos(angle), np.sin(angle)
    return np.vstack([cos * x + sin * y, cos * y - sin * x]).astype(np.float32)
