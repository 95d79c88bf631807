"""Icons from the shipped set, in the colours of the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from explorer.assets import asset
from explorer.scene.theme import code

if TYPE_CHECKING:
    from explorer.scene.theme import Colour, Theme

FINEST = 3
"""Device pixels to a logical one on the finest screens."""
SIZES = (16, 20, 24, 32, 48)


def icon(name: str, theme: Theme) -> QIcon:
    """Return the icon *name* for a theme; an empty one if it is not shipped."""
    return painted(name, theme.window["text"], theme.window["line"])


def painted(name: str, colour: Colour, disabled: Colour) -> QIcon:
    """Return the icon *name* drawn in *colour*, and in *disabled* where it cannot be used."""
    made = QIcon()
    path = asset("icons", f"{name}.svg")
    if not path.is_file():
        return made
    source = path.read_text("utf-8")
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        drawing = source.replace("currentColor", code(ink))
        for size in SIZES:
            made.addPixmap(drawn(drawing, size), mode)
    return made


def app_icon() -> QIcon:
    """Return the program's own icon."""
    path = asset("icons", "starling.svg")
    return QIcon(drawn(path.read_text("utf-8"), 256)) if path.is_file() else QIcon()


def dot(colour: Colour, size: int = 12) -> QPixmap:
    """Return a disc of *colour*, as keys to roles show it, sharp on any screen."""
    disc = drawn(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
        f'<circle cx="5" cy="5" r="4" fill="{code(colour)}"/></svg>',
        size * FINEST,
    )
    disc.setDevicePixelRatio(FINEST)
    return disc


def drawn(svg: str, size: int) -> QPixmap:
    """Return *svg* as a square of *size* pixels a side."""
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    return pixmap
