"""Plots that the panels show: here, the one of interactions over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor

from explorer.graph.edges import GROUPS
from explorer.graph.moments import Span

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

    from explorer.graph.moments import Tally
    from explorer.scene.theme import Theme

ORDER = ("amplifier>core", "core>core", "core>amplifier", "rest")
"""Groups from the ground up: what the mission asks about stands on the axis."""
LIFT = 24
"""Opacity, of 255, of the time that is shown."""


class TimePlot(pg.GraphicsLayoutWidget):
    """Interactions over time as stacked bars, and the time that is shown, under the hand.

    Drag across the bars to choose a time, drag its middle or its ends to move it; double-click
    for all of it. Left and right move it by a bar, with Shift its end alone.

    Signals
    -------
    span_edited : object
        The time wanted, a whole number of bars; None for all of it.
    """

    span_edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = _Box(self)
        self._axis = pg.DateAxisItem("bottom", utcOffset=0)
        self._axis.linkToView(self._box)
        self.ci.setContentsMargins(10, 4, 10, 0)
        self.ci.setSpacing(0)
        self.ci.addItem(self._box, 0, 0)
        self.ci.addItem(self._axis, 1, 0)
        self._tally: Tally | None = None
        self._bars: list[Any] = []
        self._span: Span | None = None
        self.region = pg.LinearRegionItem(movable=True, swapMode="sort")
        self.region.setZValue(10)
        self.region.sigRegionChanged.connect(self._dragged)
        self.region.hide()
        self._box.addItem(self.region, ignoreBounds=True)
        self._box.setMouseEnabled(x=False, y=False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Interactions over time")
        self.setMinimumHeight(72)

    def show_tally(self, tally: Tally | None, theme: Theme) -> None:
        """Show *tally* in the colours of *theme*."""
        self._tally = tally
        self._paint_in(theme)
        for bar in self._bars:
            self._box.removeItem(bar)
        self._bars = []
        self._axis.setStyle(showValues=tally is not None)
        if tally is None:
            return
        base = np.zeros(tally.counts.shape[1])
        width = np.diff(tally.edges)
        for name in ORDER:
            height = tally.counts[[group.id for group in GROUPS].index(name)].astype(float)
            self._bars.append(
                pg.BarGraphItem(
                    x0=tally.edges[:-1], width=width, y0=base, height=height,
                    brush=QColor(*theme.tones[name].dense), pen=None,
                )
            )  # fmt: skip
            self._box.addItem(self._bars[-1])
            base = base + height
        low, high = float(tally.edges[0]), float(tally.edges[-1])
        self._box.setXRange(low, high, padding=0.005)
        self._box.setYRange(0, float(base.max()) or 1.0, padding=0.04)
        with QSignalBlocker(self.region):
            self.region.setBounds((low, high))
        self.show_span(self._span)

    def show_span(self, span: Span | None) -> None:
        """Mark the time that is shown; all of it without a mark."""
        self._span = span
        with QSignalBlocker(self.region):
            self.region.setVisible(span is not None)
            if span is not None:
                self.region.setRegion((span.start, span.end))

    def choose(self, start: float, end: float) -> None:
        """Ask for the bars that *start* to *end* touch; all of them is all of the time."""
        tally = self._tally
        if tally is None:
            return
        edges, low, high = tally.edges, min(start, end), max(start, end)
        first = int(np.clip(np.searchsorted(edges, low, "right") - 1, 0, len(edges) - 2))
        last = int(np.clip(np.searchsorted(edges, high, "left"), first + 1, len(edges) - 1))
        whole = first == 0 and last == len(edges) - 1
        span = None if whole else Span(int(edges[first]), int(edges[last]))
        if span != self._span:
            self.show_span(span)
            self.span_edited.emit(span)

    def step(self, bars: int, end_only: bool = False) -> None:
        """Move the time by so many bars, or its end alone; it stays within the data."""
        tally, span = self._tally, self._span
        if tally is None:
            return
        edges = tally.edges
        if span is None:
            first, last = (0, 1) if bars > 0 else (len(edges) - 2, len(edges) - 1)
            self.choose(float(edges[first]), float(edges[last]))
            return
        first, last = np.searchsorted(edges, (span.start, span.end)).tolist()
        by = int(np.clip(bars, first + 1 - last if end_only else -first, len(edges) - 1 - last))
        self.choose(float(edges[first if end_only else first + by]), float(edges[last + by]))

    @property
    def span(self) -> Span | None:
        """The time that is marked; None for all of it."""
        return self._span

    def rewind(self) -> None:
        """Mark the first of the time, as long as what is marked now, or one bar."""
        tally, span = self._tally, self._span
        if tally is None:
            return
        edges = tally.edges
        bars = (
            1 if span is None else int(np.diff(np.searchsorted(edges, (span.start, span.end)))[0])
        )
        self.choose(float(edges[0]), float(edges[min(bars, len(edges) - 1)]))

    def clear_span(self) -> None:
        """Ask for all of the time."""
        if self._span is not None:
            self.show_span(None)
            self.span_edited.emit(None)

    @property
    def at_end(self) -> bool:
        """Whether the time shown cannot move on."""
        return self._tally is None or self._span is None or self._span.end >= self._tally.edges[-1]

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show all of the time."""
        self.clear_span()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the time by the arrow keys; show all of it by Escape."""
        alone = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Left:
                self.step(-1, alone)
            case Qt.Key.Key_Right:
                self.step(1, alone)
            case _:
                super().keyPressEvent(event)

    def _dragged(self) -> None:
        start, end = self.region.getRegion()
        self.choose(round(start), round(end))

    def _paint_in(self, theme: Theme) -> None:
        self.setBackground(QColor(*theme.window["window"]))
        quiet = QColor(*theme.quiet)
        self._axis.setPen(QColor(*theme.window["line"]))
        self._axis.setTextPen(quiet)
        accent = QColor(*theme.window["accent"])
        self.region.setBrush(QColor(accent.red(), accent.green(), accent.blue(), LIFT))
        self.region.setHoverBrush(QColor(accent.red(), accent.green(), accent.blue(), LIFT))
        for line in self.region.lines:
            line.setPen(accent, width=2)
            line.setHoverPen(accent, width=3)


class _Box(pg.ViewBox):
    """Lets a drag across the background choose a time."""

    def __init__(self, plot: TimePlot) -> None:
        super().__init__(enableMenu=False)
        self._plot = plot

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        """Choose from where the drag began to where it is."""
        event.accept()
        here, there = (
            self.mapSceneToView(QPointF(at))
            for at in (event.scenePos(), event.buttonDownScenePos())
        )
        self._plot.choose(there.x(), here.x())

    def wheelEvent(self, event: Any, axis: int | None = None) -> None:
        """Leave the wheel alone: the bars always show all of the time."""
        event.ignore()
