"""How long the window is kept busy at a stretch, and how much memory a process holds."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.bench.notebook import peak_memory

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractEventDispatcher

LATE = 1000 / 30
"""Milliseconds beyond which a busy stretch is seen as a stutter."""
STATM = Path("/proc/self/statm")
PAGE_MB = 4096 / 1e6


def resident() -> float:
    """Return the memory this process holds now, in MB; the most it has held where that is all."""
    if STATM.exists():
        return int(STATM.read_text().split()[1]) * PAGE_MB
    return peak_memory()


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch between two waits of the event loop.

    Attributes
    ----------
    verb
        What was being done.
    wall, busy
        Milliseconds by the clock, and of this thread on a processor.
    """

    verb: str
    wall: float
    busy: float


class Busy:
    """Writes down every stretch in which the event loop of this thread does not wait."""

    def __init__(self, dispatcher: QAbstractEventDispatcher) -> None:
        self.verb = ""
        self.stretches: list[Stretch] = []
        self._since: tuple[float, float] | None = None
        self._dispatcher = dispatcher
        dispatcher.awake.connect(self._begin)
        dispatcher.aboutToBlock.connect(self._end)

    def stop(self) -> None:
        """Write down no more."""
        self._dispatcher.awake.disconnect(self._begin)
        self._dispatcher.aboutToBlock.disconnect(self._end)

    def _begin(self) -> None:
        if self._since is None:  # an inner loop that does not wait is part of the stretch
            self._since = time.perf_counter(), time.thread_time()

    def _end(self) -> None:
        if self._since is None:
            return
        wall, busy = self._since
        self._since = None
        stretch = time.perf_counter() - wall, time.thread_time() - busy
        self.stretches.append(Stretch(self.verb, 1000 * stretch[0], 1000 * stretch[1]))
