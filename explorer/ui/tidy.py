"""Garbage is collected between events, so that no thread takes Qt's objects apart, or the time."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt, QTimer

EVERY_MS = 2000
MANY = 10_000
"""New objects at once that are no garbage: modules and kernels that were loaded, here to stay."""


class Tidy(QObject):
    """Collects garbage in the thread of the window alone, and little of it at a time.

    Left to itself, Python collects wherever it happens to be. In a thread that draws it could end
    objects of Qt, which may only end where they live; and to look through all that was ever loaded
    holds the interpreter for 60 ms. What is loaded is therefore not looked through again: without
    cycles it is freed as always.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._clock = QTimer(self, interval=EVERY_MS)
        self._clock.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._clock.timeout.connect(self.tidy)
        self._clock.start()

    def tidy(self) -> None:
        """Collect what Python would have collected by now."""
        counts = gc.get_count()
        if counts[0] > MANY:
            gc.freeze()
            return
        due = [
            generation
            for generation, (count, limit) in enumerate(
                zip(counts, gc.get_threshold(), strict=True)
            )
            if count > limit
        ]
        if due:
            gc.collect(due[-1])
