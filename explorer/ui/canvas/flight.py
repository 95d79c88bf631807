"""A short flight from one camera to another, so that the eye can follow; any input ends it."""

from __future__ import annotations

from math import exp, log

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from explorer.scene.camera import Camera

LASTS_MS = 200
FRAME_MS = 16
SAME = 1e-3
"""Difference of the logarithms of two scales below which a flight only pans."""


class Flight(QObject):
    """Flies one camera at a time, for ``LASTS_MS``.

    Signals
    -------
    moved : Camera
        It looks from there now; the last one is exactly where the flight was to end.
    """

    moved = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ends = Camera(), Camera()
        self._since = QElapsedTimer()
        self._clock = QTimer(self, interval=FRAME_MS)
        self._clock.setTimerType(Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._tick)

    @property
    def under_way(self) -> bool:
        """Whether it flies."""
        return self._clock.isActive()

    def begin(self, start: Camera, end: Camera) -> None:
        """Fly from *start* to *end*, whatever was under way."""
        self._ends = start, end
        self._since.start()
        self._clock.start()

    def stop(self) -> None:
        """Stop where it is."""
        self._clock.stop()

    def _tick(self) -> None:
        share = self._since.elapsed() / LASTS_MS
        if share >= 1.0:
            self._clock.stop()
        self.moved.emit(between(*self._ends, min(share, 1.0)))


def between(start: Camera, end: Camera, share: float) -> Camera:
    """Return the camera after a *share*, 0 to 1, of the flight: slow, fast, slow.

    The scale changes evenly to the eye, and one point of the world stays where it is.
    """
    if share >= 1.0:
        return end
    eased = share * share * (3.0 - 2.0 * share)
    apart = log(end.scale / start.scale)
    scale = start.scale * exp(apart * eased)
    if abs(apart) > SAME:
        eased = (1 - start.scale / scale) / (1 - start.scale / end.scale)
    return Camera(start.x + (end.x - start.x) * eased, start.y + (end.y - start.y) * eased, scale)
