"""Words as a font sets them: letters with an outline, and the emoji that are pictures."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QGlyphRun, QImage, QPainter, QPainterPath, QTextLayout

from explorer.ui.letters import BASE, figure_font

if TYPE_CHECKING:
    from PySide6.QtGui import QRawFont

    from explorer.scene.marks import Words

_MAYBE = re.compile(
    "[\u00a9\u00ae\u203c\u2049\u20e3\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001fbff]"
)
"""What some font has a picture for."""
_TABLES = ("CBLC", "CPAL", "sbix")
"""Of a font with pictures: bitmaps, layers of colours, Apple's."""
_FINE = 2
"""Pixels of an emoji's picture to each pixel of ``BASE``."""
_KEPT = 512
"""Pictures of emoji that are kept."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """A line of words at ``BASE`` pixels, its baseline beginning at the origin.

    Parameters
    ----------
    letters
        Runs of letters with outlines; empty if *text* has no picture and can be set whole.
    pictures
        Runs of letters that are pictures. Qt is never asked for their outlines: it has none, and
        takes their widths for others from then on.
    """

    text: str
    bold: bool
    letters: tuple[QGlyphRun, ...] = ()
    pictures: tuple[QGlyphRun, ...] = ()

    def outline(self) -> QPainterPath:
        """Return the outline of all letters that have one."""
        path = QPainterPath()
        if not self.pictures:
            path.addText(QPointF(0, 0), figure_font(self.bold), self.text)
            return path
        for run in self.letters:
            font = run.rawFont()
            for glyph, at in zip(run.glyphIndexes(), run.positions(), strict=True):
                path.addPath(font.pathForGlyph(glyph).translated(at))
        return path


def shaped(mark: Words) -> Shaped:
    """Return the words of *mark* as its font sets them."""
    if not _MAYBE.search(mark.text):
        return Shaped(mark.text, mark.bold)
    layout = QTextLayout(mark.text, figure_font(mark.bold))
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    runs = [_raised(run, line.ascent()) for run in layout.glyphRuns()]
    pictured = [_has_pictures(run.rawFont()) for run in runs]
    if not any(pictured):
        return Shaped(mark.text, mark.bold)
    return Shaped(
        mark.text,
        mark.bold,
        tuple(run for run, picture in zip(runs, pictured, strict=True) if not picture),
        tuple(run for run, picture in zip(runs, pictured, strict=True) if picture),
    )


def _raised(run: QGlyphRun, ascent: float) -> QGlyphRun:
    """Return *run* placed from the baseline in place of the top of its line."""
    run.setPositions([QPointF(at.x(), at.y() - ascent) for at in run.positions()])
    return run


def _has_pictures(font: QRawFont) -> bool:
    """Tell by its tables whether letters of *font* are pictures."""
    key = font.familyName(), font.styleName()
    if key not in _known:
        _known[key] = any(not font.fontTable(table).isEmpty() for table in _TABLES)
    return _known[key]


_known: dict[tuple[str, str], bool] = {}


def paint_pictures(run: QGlyphRun, painter: QPainter) -> None:
    """Paint the emoji of *run* as images, for paper that knows only letters with outlines."""
    font = run.rawFont()
    for glyph, at in zip(run.glyphIndexes(), run.positions(), strict=True):
        image = _picture(font, glyph)
        side = image.width() / _FINE
        painter.drawImage(QRectF(at.x(), at.y() - ABOVE * BASE, side, side), image)


ABOVE = 1.0
"""How far a picture reaches over its baseline, in parts of ``BASE``."""
SIDE = 1.4
"""Width and height of a picture, in the same."""


def _picture(font: QRawFont, glyph: int) -> QImage:
    """Return a square picture of one emoji, ``_FINE`` times as fine as ``BASE``."""
    key = font.familyName(), font.styleName(), glyph
    if key not in _pictures:
        if len(_pictures) >= _KEPT:
            _pictures.clear()
        _pictures[key] = _drawn(font, glyph)
    return _pictures[key]


_pictures: dict[tuple[str, str, int], QImage] = {}


def _drawn(font: QRawFont, glyph: int) -> QImage:
    side = math.ceil(SIDE * BASE * _FINE)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    run = QGlyphRun()
    run.setRawFont(font)
    run.setGlyphIndexes([glyph])
    run.setPositions([QPointF(0, 0)])
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.scale(_FINE, _FINE)
    painter.drawGlyphRun(QPointF(0, ABOVE * BASE), run)
    painter.end()
    return image
