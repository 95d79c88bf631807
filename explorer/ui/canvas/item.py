"""The last pictures as an item of a pyqtgraph ViewBox: moved and scaled until newer ones come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QRegion

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

    from explorer.scene.painter import Picture

EXACT = 1e-6
"""Relative difference of scales below which pixels are copied, not scaled."""
BEARABLE = 1.6
"""How far a complete picture may be scaled before a fresh sketch is better."""


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """A picture that Qt can draw; the pixels are shared, not copied."""

    picture: Picture
    image: QImage

    @classmethod
    def of(cls, picture: Picture) -> Shot:
        """Wrap the pixels of *picture*."""
        height, width = picture.pixels.shape
        image = QImage(picture.pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
        return cls(picture, image)

    @property
    def world(self) -> QRectF:
        """Where it lies in the world; the top of the picture is the larger y."""
        camera, (width, height) = self.picture.view.camera, self.picture.view.size
        left, top = camera.origin((width, height))
        size = width / camera.scale, height / camera.scale
        return QRectF(left, top - size[1], *size)


class PictureItem(pg.GraphicsObject):
    """Shows the last complete picture, and under it a newer sketch while there is one."""

    def __init__(self) -> None:
        super().__init__()
        self._over: Shot | None = None
        self._under: Shot | None = None
        self._bounds = QRectF()

    def show_picture(self, picture: Picture, fresh: bool) -> None:
        """Show a picture; *fresh* if what is shown now is no longer true at all."""
        shot = Shot.of(picture)
        if picture.complete:
            self._over, self._under = shot, None
        else:
            self._under = shot
            scale = picture.view.camera.scale / picture.view.ratio
            if fresh or not self._bears(scale):
                self._over = None
        self.prepareGeometryChange()
        self._bounds = QRectF()
        for one in (self._over, self._under):
            if one is not None:
                self._bounds = self._bounds.united(one.world)
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._over = self._under = None
        self.prepareGeometryChange()
        self._bounds = QRectF()
        self.update()

    def covers(self, world: QRectF) -> bool:
        """Tell whether the complete picture covers a part of the world."""
        return self._over is not None and self._over.world.contains(world)

    def boundingRect(self) -> QRectF:
        """Return where in the world there is something."""
        return self._bounds

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the pictures where the camera wants them."""
        ratio = widget.devicePixelRatioF() if widget is not None else 1.0
        painter.save()
        to_screen = painter.worldTransform()
        painter.resetTransform()
        seen = to_screen.inverted()[0].mapRect(QRectF(painter.viewport()))
        for shot, best in ((self._under, self._over), (self._over, None)):
            if shot is None or (best is not None and self.covers(seen)):
                continue
            painter.save()
            if best is not None:  # scaling takes its time: only where nothing better comes
                better = to_screen.mapRect(best.world).toAlignedRect().adjusted(1, 1, -1, -1)
                painter.setClipRegion(QRegion(painter.viewport()).subtracted(QRegion(better)))
            corner = to_screen.map(QPointF(shot.world.left(), shot.world.bottom()))
            _draw(painter, shot, corner, to_screen.m11(), ratio)
            painter.restore()
        painter.restore()

    def _bears(self, scale: float) -> bool:
        if self._over is None:
            return False
        view = self._over.picture.view
        change = scale / (view.camera.scale / view.ratio)
        return 1 / BEARABLE < change < BEARABLE


def _draw(painter: QPainter, shot: Shot, corner: QPointF, scale: float, ratio: float) -> None:
    """Draw a picture with its upper left *corner* in logical pixels, at *scale* of the world."""
    factor = scale * ratio / shot.picture.view.camera.scale
    if abs(factor - 1) < EXACT:
        shot.image.setDevicePixelRatio(ratio)
        at = QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)
        painter.drawImage(at, shot.image)
        return
    shot.image.setDevicePixelRatio(1.0)
    width, height = shot.picture.view.size
    size = width * factor / ratio, height * factor / ratio
    painter.drawImage(QRectF(corner.x(), corner.y(), *size), shot.image)
