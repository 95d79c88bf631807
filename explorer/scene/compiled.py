"""How the loops over pixels are compiled: without the GIL, and kept in the user's cache folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numba
import numpy as np
import platformdirs

if TYPE_CHECKING:
    from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])


def keep_kernels_in(folder: Path) -> None:
    """Keep compiled code in *folder*, unless the user has chosen one by ``NUMBA_CACHE_DIR``.

    Installed packages are often not writable, and compiling takes seconds. The variable is set
    too, because numba reads it again and worker processes inherit it.
    """
    numba.config.CACHE_DIR = os.environ.setdefault("NUMBA_CACHE_DIR", str(folder))


keep_kernels_in(Path(platformdirs.user_cache_dir("starling")) / "kernels")

compiled: Callable[[F], F] = numba.njit(
    nogil=True, cache=True, fastmath=True, boundscheck=False, error_model="numpy"
)
"""Compile a function on its first call; it then runs without the GIL."""

inlined: Callable[[F], F] = numba.njit(inline="always")
"""Compile a part of another kernel into it."""


def still(array: NDArray[Any]) -> NDArray[Any]:
    """Return a read-only, C-contiguous view (or copy) of *array*.

    A kernel is compiled once for each combination of types, and a writable array is another type
    than a read-only one; what is only read is therefore always passed like this.
    """
    kept = np.ascontiguousarray(array).view()
    kept.flags.writeable = False
    return kept
