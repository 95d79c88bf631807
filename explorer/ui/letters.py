"""The type of figures: its fonts, and how wide words are in them."""

from __future__ import annotations

import sys
import threading
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication

from explorer.scene.marks import FONTS

if TYPE_CHECKING:
    from explorer.scene.marks import Measure, Words

BASE = 100
"""Pixels at which type is measured and shaped; drawing scales it, so that widths stay true."""


def ensure_gui() -> QGuiApplication:
    """Return Qt's application, made without a display if there is none yet.

    Fonts need one even where nothing is shown: on the command line and in worker processes.
    """
    known = QGuiApplication.instance()
    return known if isinstance(known, QGuiApplication) else _hidden_gui()


@cache
def _hidden_gui() -> QGuiApplication:
    """Make the application; kept for good, since fonts die with it."""
    silent = ["-platform", "offscreen"] if sys.platform.startswith("linux") else []
    return QGuiApplication(["starling", *silent])


def figure_font(bold: bool = False) -> QFont:
    """Return the type of figures at ``BASE`` pixels: unhinted, figures all of one width."""
    return _type(bold)[0]


def _type(bold: bool) -> tuple[QFont, QFontMetricsF]:
    """Return font and measures of this thread's own: Qt's may not be shared between threads."""
    known: dict[bool, tuple[QFont, QFontMetricsF]] = _own.__dict__.setdefault("type", {})
    if bold not in known:
        font = _font(bold)
        known[bold] = font, QFontMetricsF(font)
    return known[bold]


_own = threading.local()


def _font(bold: bool) -> QFont:
    font = QFont(list(FONTS))
    font.setPixelSize(BASE)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def qt_measure() -> Measure:
    """Return what measures words as ``paint_marks`` draws them."""
    ensure_gui()
    return _width


def _width(text: str, size: float, bold: bool = False, /) -> float:
    return _type(bold)[1].horizontalAdvance(text) * size / BASE


def left_of(mark: Words) -> float:
    """Return the logical pixel at which *mark* begins."""
    wide = _width(mark.text, mark.size, mark.bold)
    return mark.x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor]
