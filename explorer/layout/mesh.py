"""Repulsion of every node on every other by way of a mesh, in n log n.

Particle-mesh method (Hockney and Eastwood, Computer Simulation Using Particles, 1988): masses are
spread over the nearest four points of a mesh (cloud in cell), the potential is a convolution with
the logarithm of distance, done by Fourier transforms padded with zeros, and forces are
interpolated back with the same weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import scipy.fft

from explorer.layout import kernels
from explorer.layout.compiled import still
from explorer.layout.hands import HANDS, shared

if TYPE_CHECKING:
    from numpy.typing import NDArray

THREADS = 2
"""For the Fourier transforms: always the same number, since it may touch the last bit."""


@dataclass(frozen=True, slots=True)
class Mesh:
    """A square mesh of *size* by *size* points, *step* apart, from the corner (*x*, *y*).

    What is on it stays a cell away from its edge, two on the far side.
    """

    size: int
    step: float
    x: float
    y: float

    def density(self, at: NDArray[np.float32], mass: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return ``(size, size)`` float32: the ``(k,)`` masses at ``(k, 2)`` points, spread."""
        parts = np.empty((HANDS, self.size, self.size), np.float32)
        shared(kernels.deposit, len(at), still(at), still(mass), self._frame(), parts)
        whole: NDArray[np.float32] = parts[0]
        whole += parts[1]
        return whole

    def downhill(self, at: NDArray[np.float32], field: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return ``(k, 2)``: minus the gradient of a ``(size, size)`` *field* at points."""
        slope = np.empty((len(at), 2), np.float32)
        shared(kernels.push, len(at), still(at), self._frame(), still(field), slope)
        if self.step != 1:
            slope *= np.float32(1 / self.step)
        return slope

    def _frame(self) -> NDArray[np.float32]:
        return still(np.array([self.x, self.y, 1 / self.step], np.float32))


def extent(at: NDArray[np.float32]) -> float:
    """Return the longer side of the box round ``(2, k)`` points; never quite nothing."""
    return max(float(np.ptp(at[0])), float(np.ptp(at[1])), 1e-6)


def mesh_round(at: NDArray[np.float32], size: int) -> Mesh:
    """Return the mesh that holds all of ``(k, 2)`` points."""
    low, high = at.min(axis=0), at.max(axis=0)
    step = max(float((high - low).max()), 1e-6) * 1.001 / (size - 4)
    return Mesh(size, step, float(low[0]) - 1.001 * step, float(low[1]) - 1.001 * step)


@lru_cache(maxsize=4)
def log_kernel(size: int) -> NDArray[np.float32]:
    """Return the transform, real since it is even, of -ln(distance) on the doubled mesh."""
    k = np.arange(2 * size)
    k = np.minimum(k, 2 * size - k).astype(np.float32)
    square = k[:, None] ** 2 + k[None] ** 2
    square[0, 0] = 0.25  # a mass on a mesh point is half a cell from itself
    return np.ascontiguousarray(scipy.fft.rfft2(-0.5 * np.log(square), workers=THREADS).real)


def potential(density: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return ``(size, size)`` float32: the sum over all masses of -ln(distance in cells)."""
    size = len(density)
    # By axes rather than at once: rows of padding are not transformed, nor rows thrown away.
    waves = scipy.fft.rfft(density, 2 * size, axis=1, workers=THREADS)
    waves = scipy.fft.fft(waves, 2 * size, axis=0, workers=THREADS)
    waves *= log_kernel(size)
    waves = scipy.fft.ifft(waves, axis=0, overwrite_x=True, workers=THREADS)[:size]
    field: NDArray[np.float32] = scipy.fft.irfft(waves, axis=1, workers=THREADS)[:, :size]
    return field
