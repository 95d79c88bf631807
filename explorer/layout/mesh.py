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
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from numpy.typing import NDArray

THREADS = 2
"""For the Fourier transforms: always the same number, since it may touch the last bit."""


@dataclass(frozen=True, slots=True)
class Mesh:
    """A square mesh of *size* by *size* points, *step* apart, from the corner (*x*, *y*)."""

    size: int
    step: float
    x: float
    y: float

    def weights(self, at: NDArray[np.float32]) -> csr_array:
        """Return the ``(k, size²)`` matrix that interpolates at ``(2, k)`` points inside."""
        across = (at[0] - np.float32(self.x)) * np.float32(1 / self.step)
        along = (at[1] - np.float32(self.y)) * np.float32(1 / self.step)
        i, j = across.astype(np.int32), along.astype(np.int32)
        across -= i
        along -= j
        k = at.shape[1]
        near = np.empty((k, 4), np.int32)
        near[:, 0] = i * self.size + j
        near[:, 1] = near[:, 0] + 1
        near[:, 2] = near[:, 0] + self.size
        near[:, 3] = near[:, 2] + 1
        share = np.empty((k, 4), np.float32)
        np.multiply(across, along, out=share[:, 3])
        np.subtract(across, share[:, 3], out=share[:, 2])
        np.subtract(along, share[:, 3], out=share[:, 1])
        np.subtract(1 - across, share[:, 1], out=share[:, 0])
        rows = np.arange(0, 4 * k + 1, 4, dtype=np.int32)
        return csr_array((share.ravel(), near.ravel(), rows), shape=(k, self.size**2))


def extent(at: NDArray[np.float32]) -> float:
    """Return the longer side of the box round ``(2, k)`` points; never quite nothing."""
    return max(float(np.ptp(at[0])), float(np.ptp(at[1])), 1e-6)


def mesh_round(at: NDArray[np.float32], size: int) -> Mesh:
    """Return the mesh that holds all of ``(2, k)`` points with a margin of a cell or more."""
    step = extent(at) * 1.0001 / (size - 4)
    return Mesh(size, step, float(at[0].min()) - step, float(at[1].min()) - step)


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


def downhill(field: NDArray[np.float32], step: float) -> NDArray[np.float32]:
    """Return ``(size², 2)`` float32: minus the gradient of a ``(size, size)`` *field*."""
    half = np.float32(0.5 / step)
    slope = np.zeros((*field.shape, 2), np.float32)
    np.subtract(field[:-2], field[2:], out=slope[1:-1, :, 0])
    np.subtract(field[:, :-2], field[:, 2:], out=slope[:, 1:-1, 1])
    slope *= half
    return slope.reshape(-1, 2)
