"""The process that speaks with the graphics card: tries one frame, then counts what it is asked."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.errors import StarlingError
from explorer.scene.lines import lines
from explorer.scene.raster import PAD, Frame

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from numpy.typing import NDArray

    from explorer.ui.graphics.density import Density

TRIED = (320, 200)
"""Pixels of the frame that is tried."""
EDGES = 4000
NEAR = 0.02
"""Largest share by which the counts of that frame may differ from the processor's."""


@dataclass(frozen=True, slots=True)
class Hello:
    """What the process found.

    Attributes
    ----------
    renderer, version
        As OpenGL calls itself; empty without OpenGL.
    seconds
        Which the frame took; NaN if there was none.
    fault
        Why it cannot be used; empty if it can.
    """

    renderer: str = ""
    version: str = ""
    seconds: float = float("nan")
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """Keep edges under a key; ``(k, 4)`` float32 follow as bytes."""

    key: int


@dataclass(frozen=True, slots=True)
class Forget:
    """Keep edges no longer."""

    key: int


@dataclass(frozen=True, slots=True)
class Count:
    """Count edges; the answer is an empty sentence and ``(h, w)`` uint16, or why it cannot."""

    key: int
    frame: Frame
    size: tuple[int, int]


def serve(pipe: Connection, embedded: bool = False) -> None:
    """Try the card, say what was found, and count until the other end is closed.

    *embedded* tries OpenGL ES alone.
    """
    from PySide6.QtGui import QGuiApplication

    from explorer.ui.graphics.density import KINDS, Density

    application = QGuiApplication([])
    try:
        density = Density(KINDS[1:] if embedded else KINDS)
        hello = tried(density)
    except StarlingError as fault:
        pipe.send(Hello(fault=fault.message))
        return
    pipe.send(hello)
    try:
        while not hello.fault:
            answer(pipe, density)
    except (EOFError, OSError):  # the window is gone, or wants us no more
        application.quit()


def answer(pipe: Connection, density: Density) -> None:
    """Do the next thing that is asked."""
    match pipe.recv():
        case Load(key):
            ends = np.frombuffer(pipe.recv_bytes(), np.float32).reshape(-1, 4)
            density.load(key, ends)
        case Forget(key):
            density.forget(key)
        case Count(key, frame, size):
            try:
                counts = density.count(key, frame, size)
            except StarlingError as fault:
                pipe.send(fault.message)
            else:
                pipe.send("")
                pipe.send_bytes(counts.data.cast("B"))


def tried(density: Density) -> Hello:
    """Draw a frame of known lines, and hold it against the processor's."""
    ends, positions, frame = known()
    density.load(0, positions[ends].reshape(-1, 4))
    start = time.perf_counter()
    counts = density.count(0, frame, TRIED)
    seconds = time.perf_counter() - start
    density.forget(0)
    off = apart(counts, ends, positions, frame)
    fault = "" if off <= NEAR else f"Its picture is wrong by {100 * off:.0f} %."
    return Hello(*density.sort, seconds, fault)


def known() -> tuple[NDArray[np.int32], NDArray[np.float32], Frame]:
    """Return edges between random places of a frame and round it."""
    random = np.random.default_rng(0)
    positions = random.uniform(-0.2, 1.2, (EDGES, 2)).astype(np.float32)
    ends = random.integers(0, EDGES, (EDGES, 2)).astype(np.int32)
    return ends, positions, Frame(0.0, 1.0, float(TRIED[0]), 24.0)


def apart(
    counts: NDArray[np.uint16],
    ends: NDArray[np.int32],
    positions: NDArray[np.float32],
    frame: Frame,
) -> float:
    """Return by which share of their sum *counts* differ from what the processor counts."""
    high, wide = counts.shape
    ours = np.zeros((high + 2 * PAD, wide + 2 * PAD), np.uint16)
    lines(ends, positions, (0, len(ends)), frame, ours)
    inner = ours[PAD:-PAD, PAD:-PAD].astype(np.int64)
    return float(np.abs(counts - inner).sum() / max(1, inner.sum()))
