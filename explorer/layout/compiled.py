"""How loops are compiled: without the GIL, and kept in the user's cache folder."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numba
import numpy as np
import platformdirs

from explorer import __version__

if TYPE_CHECKING:
    from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])


def sources() -> str:
    """Return a word that changes with any file whose kernels may be compiled into another's.

    Numba looks only at the file of the outermost kernel, and would go on with the older parts.
    """
    package = Path(__file__).parents[1]
    files = sorted(path for room in ("scene", "layout") for path in (package / room).glob("*.py"))
    told = [f"{path.name} {(seen := path.stat()).st_mtime_ns} {seen.st_size}" for path in files]
    return sha256("\n".join([__version__, *told]).encode()).hexdigest()[:16]


def keep_kernels_in(folder: Path) -> bool:
    """Keep compiled code in *folder*, unless the user has chosen one by ``NUMBA_CACHE_DIR``.

    Installed packages are often not writable, and compiling takes seconds. The variable is set
    too, because numba reads it again and worker processes inherit it. Where the folder cannot be
    written a temporary one serves until the program ends; without any, return False.
    """
    folder = Path(os.environ.get("NUMBA_CACHE_DIR") or folder)
    if not writable(folder):
        try:
            folder = Path(tempfile.mkdtemp(prefix="starling-kernels-"))
        except OSError:
            return False
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    numba.config.CACHE_DIR = os.environ["NUMBA_CACHE_DIR"] = str(folder)
    return True


def writable(folder: Path) -> bool:
    """Tell whether files can be made in *folder*, which is made if need be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


ROOT = Path(platformdirs.user_cache_dir("starling")) / "kernels"
"""Where kernels are kept, those of each state of the program in a folder of their own."""
KEPT = keep_kernels_in(ROOT / sources())
"""Whether compiled code outlives the process that compiled it."""

compiled: Callable[[F], F] = numba.njit(
    nogil=True, cache=KEPT, fastmath=True, boundscheck=False, error_model="numpy"
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
