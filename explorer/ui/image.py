"""Paint figures: the picture from ``scene`` and the marks over it, to a file or the clipboard."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from functools import singledispatch
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPen,
)

from explorer import __version__
from explorer.job import silent
from explorer.scene.clear import cleared, on
from explorer.scene.figure import compose
from explorer.scene.marks import Box, Disc, Stroke, Words
from explorer.scene.painter import STRIP, in_strips
from explorer.scene.png import write_png
from explorer.scene.told import description, record
from explorer.ui.letters import BASE, figure_font, left_of, qt_measure
from explorer.ui.typeset import paint_pictures, shaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray
    from PySide6.QtGui import QPainterPath

    from explorer.job import Report
    from explorer.scene.composed import Composed
    from explorer.scene.figure import Figure
    from explorer.scene.marks import Mark
    from explorer.scene.theme import Colour

PIXELS = 1 << 20
"""Of a strip, at the most: what is held at once is a few times as much."""
HALO = 0.26
"""Width of the halo round words, in parts of their size."""
REACH = 1.6
"""How far over and under its baseline a line of words may paint, in parts of its size."""


def canvas(pixels: NDArray[np.uint32], form: QImage.Format = QImage.Format.Format_RGB32) -> QImage:
    """Return an image over *pixels*, ``(h, w)`` uint32 ``0xffRRGGBB``; painting it writes there.

    *pixels* must be writable, contiguous, and outlive the image.
    """
    height, width = pixels.shape
    return QImage(pixels.data, width, height, 4 * width, form)


@contextmanager
def painting(pixels: NDArray[np.uint32]) -> Iterator[QPainter]:
    """Give a painter that paints into *pixels*, and end it whatever happens."""
    image = canvas(pixels)  # a painter does not keep what it paints on alive
    painter = QPainter(image)
    painter.setClipRect(
        image.rect()
    )  # without one every operation is clipped anew, six times slower
    try:
        yield painter
    finally:
        painter.end()


def paint_marks(
    painter: QPainter, marks: Iterable[Mark], ratio: float, as_text: bool = False
) -> None:
    """Paint *marks*, given in logical pixels of *ratio* device pixels each.

    Words are painted as outlines, or *as_text* for a file in which they can be found.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.scale(ratio, ratio)
    for mark in marks:
        if as_text and isinstance(mark, Words):
            paint_text(mark, painter)
        else:
            paint(mark, painter)
    painter.restore()


@singledispatch
def paint(mark: Mark, painter: QPainter) -> None:
    """Paint one mark in logical pixels."""
    raise TypeError(f"{type(mark).__name__} is not a mark")


@paint.register
def _(mark: Words, painter: QPainter) -> None:
    words = shaped(mark)
    outline = words.outline()
    with _set(mark, painter):
        _halo(mark, outline, painter)
        # filled, since text drawn as such is thinned by the gamma of the screen
        painter.fillPath(outline, QColor(*mark.colour))
        for run in words.pictures:
            painter.drawGlyphRun(QPointF(0, 0), run)


def paint_text(mark: Words, painter: QPainter) -> None:
    """Paint *mark* on paper as text that can be found, and its emoji as images."""
    words = shaped(mark)
    with _set(mark, painter):
        if mark.halo is not None:
            _halo(mark, words.outline(), painter)
        painter.setPen(QColor(*mark.colour))
        if words.pictures:
            for run in words.letters:
                painter.drawGlyphRun(QPointF(0, 0), run)
        else:
            painter.setFont(figure_font(mark.bold))
            painter.drawText(QPointF(0, 0), mark.text)
        for run in words.pictures:
            paint_pictures(run, painter)


@contextmanager
def _set(mark: Words, painter: QPainter) -> Iterator[None]:
    """Place and scale *painter* for type at ``BASE`` pixels."""
    scale = mark.size / BASE
    painter.save()
    painter.setOpacity(mark.opacity)
    painter.translate(left_of(mark), mark.y)
    painter.scale(scale, scale)
    try:
        yield
    finally:
        painter.restore()


def _halo(mark: Words, outline: QPainterPath, painter: QPainter) -> None:
    if mark.halo is not None:
        painter.strokePath(outline, _pen(mark.halo, HALO * BASE))


@paint.register
def _(mark: Box, painter: QPainter) -> None:
    painter.setOpacity(mark.opacity)
    painter.setPen(Qt.PenStyle.NoPen if mark.line is None else _pen(mark.line, 1.0))
    painter.setBrush(QColor(*mark.fill))
    where = QRectF(mark.x, mark.y, mark.width, mark.height)
    if mark.radius:
        painter.drawRoundedRect(where, mark.radius, mark.radius)
    else:
        painter.drawRect(where)


@paint.register
def _(mark: Disc, painter: QPainter) -> None:
    painter.setOpacity(mark.opacity)
    painter.setPen(Qt.PenStyle.NoPen if mark.line is None else _pen(mark.line, mark.width))
    painter.setBrush(Qt.BrushStyle.NoBrush if mark.fill is None else QColor(*mark.fill))
    painter.drawEllipse(QPointF(mark.x, mark.y), mark.radius, mark.radius)


@paint.register
def _(mark: Stroke, painter: QPainter) -> None:
    painter.setOpacity(mark.opacity)
    painter.setPen(_pen(mark.colour, mark.width))
    painter.drawLine(QLineF(mark.x0, mark.y0, mark.x1, mark.y1))


def _pen(colour: Colour, width: float) -> QPen:
    pen = QPen(QColor(*colour), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def render_png(file: BinaryIO, figure: Figure, report: Report) -> None:
    """Draw *figure* strip by strip into *file* as PNG, with its provenance inside."""
    report(0.0, "placing names and key")
    composed = compose(figure, qt_measure(), "drawn completely")
    texts = {
        "Title": figure.title or "Interaction graph",
        **({"Author": figure.choices.author} if figure.choices.author else {}),
        "Software": f"Starling {__version__}",
        "Description": description(figure, composed),
        "Starling": record(figure, composed, format="PNG", edges="picture"),
    }
    clear = figure.choices.transparent
    strips = pictured(composed, report, clear=clear)
    write_png(file, figure.size, strips, dpi=figure.choices.dpi, texts=texts, clear=clear)
    report(1.0, "done")


def render_image(figure: Figure) -> QImage:
    """Return *figure* whole, for the clipboard."""
    composed = compose(figure, qt_measure(), "drawn completely")
    clear = figure.choices.transparent
    whole = np.concatenate(list(pictured(composed, silent, clear=clear)))
    form = QImage.Format.Format_ARGB32 if clear else QImage.Format.Format_RGB32
    return canvas(whole, form).copy()


def pictured(
    composed: Composed, report: Report, *, clear: bool = False
) -> Iterator[NDArray[np.uint32]]:
    """Yield a figure in strips from the top, on its ground, or *clear* and with opacities."""
    if not clear:
        return painted(composed, report)
    return cleared(lambda ground: painted(_grounded(composed, ground), report))


def _grounded(composed: Composed, ground: Colour) -> Composed:
    """Return the same on another ground."""
    furniture = composed.furniture
    grounds = tuple(replace(box, fill=ground) for box in furniture.grounds)
    return replace(
        composed,
        page=on(composed.page, ground),
        furniture=replace(furniture, grounds=grounds),
    )


def painted(composed: Composed, report: Report) -> Iterator[NDArray[np.uint32]]:
    """Yield a figure on its ground in strips from the top, marks and all; each a new array."""
    (width, height), ratio = composed.page.size, composed.page.ratio
    rows = min(STRIP, max(64, PIXELS // width))
    for first, pixels in _drawn(composed, rows):
        strip = pixels.copy()
        marks = within(composed.marks, ratio, first, len(strip))
        with painting(strip) as painter:
            painter.translate(0, -first)
            paint_marks(painter, marks, ratio)
        yield strip
        report((first + len(strip)) / height, "drawing")


def _drawn(composed: Composed, rows: int) -> Iterator[tuple[int, NDArray[np.uint32]]]:
    """Yield the picture in strips, cut out of a larger one if the window takes tones from that."""
    (width, height), (x, y) = composed.page.size, composed.rim
    if not (x or y):
        yield from in_strips(composed.layers, composed.page, rows)
        return
    for first, pixels in in_strips(composed.layers, composed.page.larger(composed.rim), rows):
        top, end = max(first, y), min(first + len(pixels), y + height)
        if top < end:
            yield top - y, np.ascontiguousarray(pixels[top - first : end - first, x : x + width])


def within(marks: Iterable[Mark], ratio: float, first: int, rows: int) -> Iterator[Mark]:
    """Yield the *marks* that may touch *rows* device pixels from row *first*."""
    top, bottom = first / ratio, (first + rows) / ratio
    for mark in marks:
        low, high = _reach(mark)
        if high >= top and low <= bottom:
            yield mark


def _reach(mark: Mark) -> tuple[float, float]:
    """Return the highest and lowest logical pixel that *mark* may touch."""
    match mark:
        case Words():
            return mark.y - REACH * mark.size, mark.y + REACH * mark.size
        case Box():
            return mark.y - 1, mark.y + mark.height + 1
        case Disc():
            out = mark.radius + mark.width
            return mark.y - out, mark.y + out
        case Stroke():
            return min(mark.y0, mark.y1) - mark.width, max(mark.y0, mark.y1) + mark.width
