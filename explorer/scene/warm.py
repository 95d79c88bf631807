"""Compile every kernel before it is needed: once per computer, in a process of its own."""

from __future__ import annotations

import os
import platform
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numba
import numpy as np

from explorer.document import edits
from explorer.document.model import Placing
from explorer.graph.model import Graph
from explorer.scene.camera import fit
from explorer.scene.compiled import KEPT, ROOT, sources
from explorer.scene.labels import labels
from explorer.scene.painter import Painter
from explorer.scene.pen import mix
from explorer.scene.pick import Grid
from explorer.scene.png import filtered
from explorer.scene.seen import MANY
from explorer.scene.view import View

if TYPE_CHECKING:
    from explorer.document.model import Document
    from explorer.graph.model import Positions
    from explorer.job import Report

OLD = 30 * 86_400.0
"""Seconds after which kernels of another version are not needed any more."""
SIZE = (64, 48)
"""Of the picture that is drawn to have everything compiled."""


def warm() -> None:
    """Compile all kernels of the picture and of picking, or load them from the cache."""
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    view = View(fit(square, SIZE), SIZE)
    document = crossing(square, 1)
    for drawn in (document, crossing(square, MANY)):  # arrows, and a density
        painter = Painter()
        for seen in (view, replace(view, hover=2)):
            list(painter.pictures(drawn, seen))
    grid = Grid(square)
    grid.nearest(0.0, 0.0, 1.0)
    grid.inside_box(0.0, 0.0, 1.0, 1.0)
    grid.inside_lasso(square)
    mix(np.zeros((2, 2), np.uint32), 128, np.ones((2, 2), np.uint32))
    named = edits.restyle(document, replace(document.style, labels="all"))
    labels(named, view, lambda text, size, _bold=False, /: len(text) * size, np.ones(4))
    filtered(np.zeros((2, 8), np.uint32))


def crossing(square: Positions, times: int) -> Document:
    """Return four accounts, two of them selected, with five edges so many *times*."""
    author = np.array([True, True, False, False])
    ends = np.array([[2, 0], [3, 1], [0, 1], [0, 2], [2, 3]] * times, np.int32)
    graph = Graph(4, ends[:, 0].copy(), ends[:, 1].copy(), {"author": author})
    return edits.select_role(edits.place(edits.load(graph), square, Placing()))


def stamp() -> Path:
    """Return the file that says that this program's kernels are compiled for this computer."""
    told = "\n".join(
        [numba.__version__, platform.python_version(), platform.processor(), sources()]
    )
    return Path(os.environ["NUMBA_CACHE_DIR"]) / f"warm-{sha256(told.encode()).hexdigest()[:16]}"


def is_warm() -> bool:
    """Tell whether everything is compiled, so that the first picture comes at once.

    Where nothing can be kept, to compile in another process would be in vain: it says so too.
    """
    return not KEPT or stamp().exists()


@dataclass(frozen=True, slots=True)
class Warm:
    """Compile what draws, so that the first picture comes at once."""

    title: str = "Getting ready to draw"

    def __call__(self, report: Report, /) -> None:
        """Do it; nothing is returned, the cache folder is the result."""
        warm()
        with suppress(OSError):  # a folder that cannot be written: compiled again next time
            stamp().touch()
        sweep(ROOT, Path(os.environ["NUMBA_CACHE_DIR"]))
        report(1.0)


def sweep(root: Path, mine: Path) -> None:
    """Remove from *root* what programs of another state compiled long ago; *mine* lies in it."""
    if mine.parent != root:
        return
    for other in root.iterdir():
        with suppress(OSError):
            if other != mine and time.time() - other.stat().st_mtime > OLD:
                shutil.rmtree(other)
