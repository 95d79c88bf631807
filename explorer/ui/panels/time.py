"""When: interactions over time, and the time that the picture shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from explorer.document.model import Document
from explorer.graph.moments import Span, tally
from explorer.scene.theme import theme
from explorer.ui.panels.parts import GAP, Yielding, heading, link, plain
from explorer.ui.plots import TimePlot

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from explorer.graph.moments import Tally

BEAT = 250
"""Milliseconds between two steps while time plays."""
REST = 40
"""Milliseconds of quiet after which a drag is passed on: the picture takes about as long."""
NOTHING = "Nothing that is open says when it happened."


class TimePanel(QWidget):
    """A strip of bars with the time that is shown; playing moves it bar by bar.

    Signals
    -------
    span_edited : object
        The time wanted; None for all of it.
    """

    span_edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._document, self._theme = Document(), theme("dark")
        self._tally: Tally | None = None
        self._stale = False
        self._wanted: Span | None = None
        self.plot = TimePlot(self)
        self.plot.span_edited.connect(self._edited)
        self._words, self._scale = plain(), Yielding("", "quiet")
        self.play = QPushButton("Play")
        self.play.setCheckable(True)
        self.play.setToolTip("Move the time shown on, bar by bar")
        self.play.toggled.connect(self._play)
        self.all = link("all of the time", self.plot.clear_span)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(lambda: self.span_edited.emit(self._wanted))
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._count)
        self._beat = QTimer(self, interval=BEAT)
        self._beat.timeout.connect(self._step)
        self._lay_out()

    def show_document(self, document: Document, what: frozenset[str]) -> None:
        """Show the interactions of *document* over time."""
        self._document = document
        if what & {"graph", "roles"}:
            self._stale = True
            if "graph" in what:
                self.play.setChecked(False)
            self._soon.start()  # after what else changes: together it would be felt
        if what & {"graph", "filter"} and not self._rest.isActive():
            self.plot.show_span(document.filter.during)
            self._say()

    def set_theme(self, name: str) -> None:
        """Draw in the colours of a theme."""
        self._theme = theme(name)
        self.plot.show_tally(self._tally, self._theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Count what was not worth counting while nobody looked."""
        self._count()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop playing."""
        self.play.setChecked(False)
        super().hideEvent(event)

    def _count(self) -> None:
        if not self._stale or not self.isVisible():
            return
        self._stale = False
        self._tally = tally(self._document.graph, self._document.roles)
        self.plot.show_tally(self._tally, self._theme)
        self.plot.show_span(self._document.filter.during)
        self.play.setEnabled(self._tally is not None)
        self._say()

    def _say(self) -> None:
        span = self.plot.span
        self._words.setText(NOTHING if self._tally is None else span.words if span else "All times")
        self.all.setVisible(span is not None)
        if self._tally is None:
            self._scale.setText("")
            return
        what = "interactions" if self._tally.exact else "edges, each at its first interaction,"
        self._scale.setText(f"{what} in bars of {self._tally.called}; drag to choose a time")

    def _edited(self, span: Span | None) -> None:
        self._wanted = span
        self._say()
        self._rest.start()

    def _play(self, on: bool) -> None:
        self.play.setText("Pause" if on else "Play")
        if on:
            if self.plot.span is None or self.plot.at_end:
                self.plot.rewind()
            self._beat.start()
        else:
            self._beat.stop()

    def _step(self) -> None:
        if self.plot.at_end:
            self.play.setChecked(False)
        else:
            self.plot.step(1)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(16, GAP, 16, 0)
        row.setSpacing(GAP + 4)
        for widget in (heading("Time"), self._words, self.all):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._scale)
        row.addWidget(self.play)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(row)
        box.addWidget(self.plot, 1)
