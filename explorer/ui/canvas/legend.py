"""The key to the edges, whose rows are switches and selectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QLabel,
    QToolButton,
    QWidget,
)

from explorer.graph.edges import CLASSES, GROUP_OF_CLASS, GROUPS
from explorer.scene.theme import code, theme
from explorer.ui.canvas.arrows import ArrowKey
from explorer.ui.canvas.overlays import rgba

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from explorer.scene.layers import Facts
    from explorer.scene.theme import Colour, Theme

MARGIN = 12
"""Pixels between the legend and the canvas's edge."""
ORDER = ("core>core", "amplifier>core", "core>amplifier", "rest")
"""Groups as a reader asks for them."""
NINE = (8, 5, 7, 4, 3, 6, 2, 1, 0)
"""Classes, in the same spirit."""


class Switch(QAbstractButton):
    """A small switch, on or off."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setChecked(True)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.theme: Theme = theme("dark")

    def sizeHint(self) -> QSize:
        """Return its one size."""
        return QSize(28, 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the track and the knob."""
        window = self.theme.window
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(1, 2, 25, 13)
        painter.setPen(QColor(*window["accent"]) if self.hasFocus() else QColor(*window["quiet"]))
        painter.setBrush(QColor(*(window["blue"] if self.isChecked() else window["raised"])))
        painter.drawRoundedRect(track, 6.5, 6.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(*(window["base"] if self.isChecked() else window["quiet"])))
        left = 15.5 if self.isChecked() else 3.5
        painter.drawEllipse(QRectF(left, 4, 9, 9))


class Swatch(QWidget):
    """A short line in the two colours of a group: thin places and dense ones."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(22, 14)
        self.colours: tuple[Colour, Colour] = ((0, 0, 0), (0, 0, 0))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for left, colour in ((0.0, self.colours[0]), (9.0, self.colours[1])):
            painter.setBrush(QColor(*colour))
            painter.drawRoundedRect(QRectF(left, 5.0, 11.0, 4.0), 2.0, 2.0)


class Row(QObject):
    """One group or class of edges: four widgets in a line of the legend's grid."""

    chosen = Signal(str)
    switched = Signal(tuple, bool)

    def __init__(self, parent: QWidget, name: str, title: str, codes: tuple[int, ...]) -> None:
        super().__init__(parent)
        self.id, self.codes = name, codes
        self.swatch = Swatch(parent)
        self.title = QToolButton(parent)
        self.title.setText(title)
        self.title.setToolTip(f"Select the accounts at both ends of {title} edges")
        self.title.setAutoRaise(True)
        self.title.setCursor(Qt.CursorShape.PointingHandCursor)
        self.count = QLabel("0", parent)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.count.setMinimumWidth(64)
        figures = QFont(self.count.font())
        figures.setFeature(QFont.Tag("tnum"), 1)
        self.count.setFont(figures)
        self.switch = Switch(parent, f"Show {title} edges")
        self.switch.setToolTip(f"Show or hide {title} edges")
        self.title.clicked.connect(lambda: self.chosen.emit(self.id))
        self.switch.clicked.connect(lambda on: self.switched.emit(self.codes, on))

    def set_hidden(self, hidden: bool) -> None:
        """Take its line out of the legend, or put it back."""
        for widget in (self.swatch, self.title, self.count, self.switch):
            widget.setHidden(hidden)

    def show_count(self, classes: tuple[int, ...], hidden: frozenset[int]) -> None:
        """Show how many edges it has, and whether they are drawn."""
        self.count.setText(f"{sum(classes[code] for code in self.codes):,}")
        self.switch.setChecked(not hidden.issuperset(self.codes))

    def set_theme(self, shown: Theme) -> None:
        """Take the colours of a theme."""
        tone = shown.tones[GROUPS[GROUP_OF_CLASS[self.codes[0]]].id]
        self.swatch.colours = (tone.thin, tone.dense)
        self.switch.theme = shown
        self.swatch.update()
        self.switch.update()


class EdgeLegend(QFrame):
    """The four groups of edges, on request all nine classes, with counts and switches.

    Signals
    -------
    switched : tuple of int, bool
        Codes of edge classes that are to be shown or hidden.
    chosen : str
        Id of a group, or name of a class, whose accounts are to be selected.
    """

    switched = Signal(tuple, bool)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("legend")
        self._told: tuple[tuple[int, ...], frozenset[int]] | None = None
        self._head = QLabel("EDGES", self)
        self._head.setObjectName("heading")
        self._more = QToolButton(self)
        self._more.setCheckable(True)
        self._more.setAutoRaise(True)
        self._more.setObjectName("more")
        groups = {group.id: group for group in GROUPS}
        self._groups = [self._row(i, groups[i].title, groups[i].classes) for i in ORDER]
        self._classes = [
            self._row(CLASSES[number], CLASSES[number].replace(">", " → "), (number,))
            for number in NINE
        ]
        self._arrows = ArrowKey(self)
        self._told_kinds: tuple[str, ...] = ()
        self._grid = QGridLayout(self)
        self._lay_out()
        self._more.toggled.connect(self.expand)
        self.set_theme(theme("dark"))
        self.expand(False)

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, the four groups and then the nine classes."""
        return (*self._groups, *self._classes)

    def expand(self, wide: bool) -> None:
        """Show all nine classes, or the four groups."""
        for row in self._groups:
            row.set_hidden(wide)
        for row in self._classes:
            row.set_hidden(not wide)
        self._more.setText("Four groups" if wide else "All nine classes")
        self._more.setChecked(wide)
        self._settle()

    def show_facts(self, facts: Facts, hidden: frozenset[int]) -> None:
        """Show the counts of a picture and which classes are switched off."""
        told = facts.classes, hidden
        if told == self._told:  # as in most pictures: only places or the camera are new
            return
        self._told = told
        for row in self.rows:
            row.show_count(facts.classes, hidden)
        self._settle()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of interaction whose arrows are explained."""
        return self._arrows.kinds

    def show_kinds(self, kinds: tuple[str, ...]) -> None:
        """Explain arrows and dashes while edges of these *kinds* are drawn each as itself."""
        if kinds == self._told_kinds:
            return
        self._told_kinds = kinds
        self._arrows.show_kinds(kinds)
        self._settle()

    def set_theme(self, shown: Theme) -> None:
        """Take the colours of a theme."""
        window = shown.window
        quiet, text = code(window["quiet"]), code(window["text"])
        self.setStyleSheet(
            f"#legend {{ background: {rgba(window['window'], 0.93)};"
            f" border: 1px solid {code(window['line'])}; border-radius: 8px; }}"
            f"QLabel {{ color: {text}; background: transparent; }}"
            f"QLabel#heading {{ color: {quiet}; font-size: 11px; font-weight: 600; }}"
            f"QLabel#note {{ color: {quiet}; font-size: 11px; }}"
            f"QToolButton {{ color: {text}; border: 0; background: transparent;"
            " padding: 2px 0; text-align: left; }"
            f"QToolButton:hover {{ color: {code(window['accent'])}; }}"
            f"QToolButton#more {{ color: {quiet}; }}"
        )
        for row in self.rows:
            row.set_theme(shown)
        self._arrows.set_theme(shown)

    def _row(self, name: str, title: str, codes: tuple[int, ...]) -> Row:
        made = Row(self, name, title, codes)
        made.chosen.connect(self.chosen)
        made.switched.connect(self._forget)  # before what is asked for may be refused
        made.switched.connect(self.switched)
        return made

    def _forget(self) -> None:
        """Say everything anew with the next picture: a hand has changed a switch."""
        self._told = None

    def _lay_out(self) -> None:
        layout = self._grid
        layout.setContentsMargins(14, 10, 12, 8)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(2)
        layout.addWidget(self._head, 0, 0, 1, 4)
        for line, row in enumerate(self.rows, 1):
            for column, widget in enumerate((row.swatch, row.title, row.count, row.switch)):
                layout.addWidget(widget, line, column)
        layout.addWidget(self._more, len(self.rows) + 1, 0, 1, 4)
        layout.addWidget(self._arrows, len(self.rows) + 2, 0, 1, 4)
        layout.setColumnStretch(2, 1)

    def _settle(self) -> None:
        """Keep the lower edge where it is."""
        edge = self.y() + self.height()
        self._grid.activate()
        self.adjustSize()
        self.move(self.x(), edge - self.height())
