"""Frames of a canvas under the hand, and how long its thread waits for what draws."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from explorer.bench import mission

if TYPE_CHECKING:
    from explorer.scene.camera import Camera
    from explorer.ui.canvas.view import Canvas

Found: TypeAlias = dict[str, float]
Times: TypeAlias = tuple[float, float]
FRAMES = 60
RATE = 1 / 60
LONGEST = 60.0
"""Seconds after which a picture is not waited for any more."""
WATCHED = 2.0
"""Seconds of one watch of the waits."""
WAITS = {
    "drawing": "GUI thread kept waiting by the drawing thread, most",
    "processor": "of this not for a free processor, most",
    "usual": "99 of 100 waits, not for a free processor",
    "idle": "kept waiting while nothing draws, most",
}


class Paints(QObject):
    """Counts how often a canvas is painted."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.number = 0
        canvas.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt names it
        """Count, and let everything pass."""
        self.number += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


def settle(canvas: Canvas, longest: float = LONGEST) -> None:
    """Let the window live until the complete picture is shown."""
    end = time.perf_counter() + longest
    QApplication.processEvents()
    while not canvas.settled and time.perf_counter() < end:
        time.sleep(0.001)
        QApplication.processEvents()


def motion(canvas: Canvas, views: dict[str, Camera]) -> Found:
    """Return milliseconds of frames of panning and zooming, 60 a second, while a thread draws."""
    found: Found = {}
    paints = Paints(canvas)
    for name, camera in views.items():
        for verb in ("pan", "zoom"):
            canvas.set_camera(camera)
            settle(canvas)
            wall, busy = zip(*(_frame(canvas, paints, verb, i) for i in range(FRAMES)), strict=True)
            said = f"{verb} at {name}, frame"
            found |= {
                f"{said}, median": 1000 * float(np.median(wall)),
                f"{said}, 95th": 1000 * float(np.percentile(wall, 95)),
                f"{said}, median, processor": 1000 * float(np.median(busy)),
                f"{said}, 95th, processor": 1000 * float(np.percentile(busy, 95)),
            }
    return found


def _frame(canvas: Canvas, paints: Paints, verb: str, i: int) -> Times:
    """Return wall and processor seconds of the window's thread from a move until it is painted.

    As in use: the move asks for a frame, and the events that wait meanwhile, new pictures among
    them, are taken in before it.
    """
    before, start, busy = paints.number, time.perf_counter(), time.thread_time()
    there = i < FRAMES / 2
    if verb == "pan":
        canvas.pan_by(6.0 if there else -6.0, 2.0)
    else:
        canvas.zoom_by(1.02 if there else 1 / 1.02)
    QApplication.processEvents()
    while paints.number == before:
        QApplication.processEvents()
    taken = time.perf_counter() - start, time.thread_time() - busy
    time.sleep(max(0.0, RATE - taken[0]))
    return taken


def waits(canvas: Canvas, camera: Camera) -> Found:
    """Return how long the window's thread sleeps beyond the millisecond that it asks for.

    First while nothing is drawn: so long it waits because of others on the machine. Then while
    one picture is drawn after the other. What the system's scheduler says it had to wait for a
    free processor is told apart (``/proc``, on Linux): the rest are locks, the interpreter's.
    """
    canvas.set_camera(camera)
    settle(canvas)
    idle = _watched(canvas, draws=False)
    drawing = _watched(canvas, draws=True)
    settle(canvas)
    rest = drawing[:, 0] - drawing[:, 1]
    return {
        WAITS["drawing"]: float(drawing[:, 0].max()),
        WAITS["processor"]: float(rest.max()),
        WAITS["usual"]: float(np.percentile(rest, 99)),
        WAITS["idle"]: float(idle[:, 0].max()),
    }


def _watched(canvas: Canvas, draws: bool) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return ``(k, 2)`` milliseconds beyond each sleep, and of these without a processor."""
    found: list[Times] = []
    end = time.perf_counter() + WATCHED
    while time.perf_counter() < end:
        if draws and canvas.settled:
            canvas.set_camera(canvas.camera.zoomed(1.003, 0, 0, mission.SIZE))
        QApplication.processEvents()
        start, queued = time.perf_counter(), without_processor()
        time.sleep(0.001)
        slept = time.perf_counter() - start - 0.001
        found.append((1000 * slept, 1000 * (without_processor() - queued)))
    return np.array(found)


def without_processor() -> float:
    """Return seconds this thread has been ready to run without a processor; 0 if nobody tells."""
    told = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
    with suppress(OSError, IndexError, ValueError):
        return int(told.read_text().split()[1]) / 1e9
    return 0.0
