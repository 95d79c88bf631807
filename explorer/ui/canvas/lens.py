"""A pyqtgraph view that looks through our camera."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtWidgets import QGraphicsView

from explorer.scene.camera import Camera, fit
from explorer.ui.canvas.flight import Flight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from explorer.graph.model import Mask, Positions

NEAREST, FARTHEST = 1e6, 0.02
"""Limits of the zoom, as factors on the scale that shows everything."""
HERE = QPointF()


class Lens(pg.GraphicsView):
    """One ViewBox on a raster viewport, moved by a camera in logical pixels.

    Attributes
    ----------
    box
        Holds what is shown, in world coordinates.
    smooth
        Whether a fit flies there, or jumps.

    Signals
    -------
    camera_changed : Camera
    """

    camera_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, useOpenGL=False, background=None)
        self._camera = Camera()
        self._whole = Camera()
        self._touched = False
        self.smooth = False
        self._flight = Flight(self)
        self._flight.moved.connect(self._look)
        self.box = pg.ViewBox(enableMenu=False, enableMouse=False, border=None, defaultPadding=0)
        self.setCentralItem(self.box)

    @property
    def camera(self) -> Camera:
        """Where we look, in logical pixels."""
        return self._camera

    @property
    def touched(self) -> bool:
        """Whether the user chose where to look, since the last fit."""
        return self._touched

    def set_camera(self, camera: Camera) -> None:
        """Look from there from now on."""
        self._flight.stop()
        self._touched = True
        self._look(camera)

    def fly_to(self, camera: Camera) -> None:
        """Look from there soon, unless the user looks elsewhere meanwhile."""
        self._touched = True
        self._go(camera)

    def halt(self) -> None:
        """End a flight where it is: the user wants something else."""
        if self._flight.under_way:
            self._flight.stop()
            self._touched = True

    def set_extent(self, positions: Positions, shown: Mask) -> None:
        """Say what there is to see; follow it unless the user looks elsewhere."""
        self._whole = fit(positions, self.room, shown)
        if not self._touched:
            self._flight.stop()
            self._look(self._whole)

    def look_at_all(self) -> None:
        """Show everything, and go on showing it while it moves."""
        self._touched = False
        self._go(self._whole)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom by a factor; the point *at*, or the centre, stays where it is."""
        at = at or QPointF(self.room[0] / 2, self.room[1] / 2)
        whole = self._whole.scale
        wanted = float(np.clip(self._camera.scale * factor, FARTHEST * whole, NEAREST * whole))
        change = wanted / self._camera.scale
        self.set_camera(self._camera.zoomed(change, at.x(), at.y(), self.room))

    def pan_by(self, dx: float, dy: float) -> None:
        """Pull the picture by so many pixels, y down."""
        self.set_camera(self._camera.panned(dx, dy))

    @property
    def room(self) -> tuple[int, int]:
        """Width and height in logical pixels, at least 1."""
        return max(1, self.viewport().width()), max(1, self.viewport().height())

    @property
    def seen(self) -> QRectF:
        """The part of the world on the screen; the top is the larger y."""
        left, top = self._camera.origin(self.room)
        wide, high = (pixels / self._camera.scale for pixels in self.room)
        return QRectF(left, top - high, wide, high)

    def to_world(self, point: QPointF) -> tuple[float, float]:
        """Return the world point under a pixel."""
        return self._camera.to_world(point.x(), point.y(), self.room)

    def to_screen(self, x: float, y: float) -> QPointF:
        """Return the pixel of a world point."""
        left, top = self._camera.origin(self.room)
        return QPointF((x - left) * self._camera.scale, (top - y) * self._camera.scale)

    def all_to_screen(self, places: Iterable[Sequence[float]], by: QPointF = HERE) -> list[QPointF]:
        """Return the pixels of many world points, *by* so many pixels further."""
        (left, top), scale = self._camera.origin(self.room), self._camera.scale
        dx, dy = by.x(), by.y()
        return [QPointF((x - left) * scale + dx, (top - y) * scale + dy) for x, y in places]

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep what is in the middle in the middle."""
        super().resizeEvent(event)
        if hasattr(self, "box"):  # pyqtgraph calls this from its own __init__
            self._look(self._camera)

    def close(self) -> bool:
        """Close as any widget does; pyqtgraph would take the view apart, shown or not."""
        return QGraphicsView.close(self)

    def _go(self, camera: Camera) -> None:
        if self.smooth and self.isVisible():
            self._flight.begin(self._camera, camera)
        else:
            self._flight.stop()
            self._look(camera)

    def _look(self, camera: Camera) -> None:
        self._camera = camera
        seen = self.seen
        self.box.setRange(
            xRange=(seen.left(), seen.right()), yRange=(seen.top(), seen.bottom()), padding=0
        )
        self.camera_changed.emit(camera)
