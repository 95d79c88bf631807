"""The window's end of the process that speaks with the graphics card, and when to do without."""

from __future__ import annotations

import threading
from contextlib import suppress
from multiprocessing import get_context
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from explorer.scene.remember import Kept
from explorer.ui.graphics.server import Count, Forget, Hello, Load, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from numpy.typing import NDArray

    from explorer.graph.model import Positions
    from explorer.scene.layers import Ends
    from explorer.scene.raster import Frame

TRY_S = 15.0
"""Seconds in which one frame must be drawn, drivers loaded and all."""
WAIT_S = 4.0
"""Seconds after which a count is given up, and with it the card."""
IMITATIONS = ("llvmpipe", "softpipe", "swiftshader", "software", "gdi generic", "basic render")
"""Parts of the names of programs that imitate a graphics card: far slower than our own kernels."""
DEEPEST = 1e6
"""Pixels of the whole world beyond which the numbers of a card are too short."""
BY_SETTING = "the setting “Safe graphics” is on"
KEPT = 12
"""Sets of edges that the card keeps."""


class Card(QObject):
    """Counts edges on the graphics card, as long as there is one that can be relied on.

    Whatever goes wrong, its process ends and the processor draws: a driver cannot break the window.

    Attributes
    ----------
    renderer
        As OpenGL calls itself; empty until it is known, and without OpenGL.
    why
        Why the processor draws; empty if the card counts.

    Signals
    -------
    told
        What draws from now on is known, or has changed.
    """

    told = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        imitations: tuple[str, ...] = IMITATIONS,
        serve: Callable[[Connection], None] = serve,
    ) -> None:
        super().__init__(parent)
        self._imitations = imitations
        self.renderer, self.why = "", "it has not been tried yet"
        self._sent: dict[int, tuple[Ends, Positions]] = {}
        self._number = 0
        context = get_context("spawn")
        self._pipe, self._far = context.Pipe()
        self._process = context.Process(target=serve, args=(self._far,), daemon=True)
        self._extent: Kept[float] = Kept()
        self._ended = threading.Lock()
        self._stopped = False

    @property
    def counts(self) -> bool:
        """Whether the card counts."""
        return not self.why

    def start(self) -> None:
        """Try the card, in its process, unless it was refused; a thread waits for what it says."""
        if self._stopped:
            return
        self._process.start()
        self._far.close()
        threading.Thread(target=self._meet, name="card", daemon=True).start()

    def refuse(self, why: str) -> None:
        """Do without the card."""
        self.why = why
        self.stop()
        self.told.emit()

    def stop(self) -> None:
        """End the process."""
        with self._ended:
            self._stopped = True
            if self._process.pid is not None and self._process.is_alive():
                self._process.terminate()
                threading.Thread(target=self._process.join, name="card", daemon=True).start()
            self._pipe.close()
            self._far.close()  # still open if it was never started

    def count(
        self, ends: Ends, positions: Positions, frame: Frame, size: tuple[int, int]
    ) -> NDArray[np.uint16] | None:
        """Return ``(height, width)`` uint16 counts; None if the processor has to do it."""
        if not self.counts or not len(positions):
            return None
        extent = self._extent((positions,), lambda: float(max(map(np.ptp, positions.T))))
        if extent * frame.scale > DEEPEST:
            return None
        try:
            key = self._key(ends, positions)
            self._pipe.send(Count(key, frame, size))
            fault = self._heard()
            if not fault:
                counts = np.empty((size[1], size[0]), np.uint16)
                self._pipe.recv_bytes_into(counts.data.cast("B"))
                return counts
        except (EOFError, OSError, TimeoutError) as error:
            fault = str(error) or "its process has ended"
        self._lose(fault)
        return None

    def _key(self, ends: Ends, positions: Positions) -> int:
        """Return the key of these very edges at these very places, sent if they are new."""
        for key, (some, there) in self._sent.items():
            if some is ends and there is positions:
                return key
        while len(self._sent) >= KEPT:
            oldest = next(iter(self._sent))
            del self._sent[oldest]
            self._pipe.send(Forget(oldest))
        self._number += 1
        self._sent[self._number] = ends, positions
        self._pipe.send(Load(self._number))
        self._pipe.send_bytes(positions[ends].data.cast("B"))
        return self._number

    def _heard(self) -> str:
        if not self._pipe.poll(WAIT_S):
            raise TimeoutError(f"it did not answer within {WAIT_S:.0f} s")
        return str(self._pipe.recv())

    def _meet(self) -> None:
        hello = Hello(fault=f"one frame was not drawn within {TRY_S:.0f} s")
        try:
            if self._pipe.poll(TRY_S):
                hello = self._pipe.recv()
        except (EOFError, OSError):
            hello = Hello(fault="its process ended while one frame was tried")
        self.renderer, self.why = hello.renderer, self._judged(hello)
        if self.why:
            self.stop()
        with suppress(RuntimeError):  # the window was closed meanwhile
            self.told.emit()

    def _judged(self, hello: Hello) -> str:
        """Return why not to use what said *hello*; empty if there is no reason."""
        name = hello.renderer.lower()
        if any(part in name for part in self._imitations):
            return "that is a program that imitates a graphics card, slower than drawing directly"
        return hello.fault

    def _lose(self, why: str) -> None:
        self.why = f"it was lost: {why}"
        self._sent = {}
        self.stop()
        with suppress(RuntimeError):
            self.told.emit()


def words(card: Card | None) -> str:
    """Return which renderer runs, and why, for Help → About."""
    processor = "Renderer: the processor (numba), into a picture that Qt shows. "
    if card is None:
        return f"{processor}The graphics card is not asked."
    named = f"The graphics card says that it is {card.renderer!r}" if card.renderer else ""
    if card.counts:
        return (
            f"Renderer: the graphics card {card.renderer!r} counts the edges, in a process of its "
            "own; the processor tones and paints them, into a picture that Qt shows."
        )
    return f"{processor}{named or 'The graphics card is not used'}; {card.why.rstrip('.')}."
