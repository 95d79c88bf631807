"""What is left out, and how to bring it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QSpinBox, QWidget

from explorer.archive.tables import KINDS
from explorer.graph.model import Category
from explorer.graph.query import Between
from explorer.ui.form import INSET
from explorer.ui.panels.parts import Section, link, plain, wrapped
from explorer.ui.still import still

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from explorer.document.model import Document

MEASURES = (("in_strength", "Received, at least"), ("out_strength", "Made, at least"))
TITLES = {
    "retweet": "Retweets",
    "reply": "Replies",
    "quote": "Quotes",
    "mention": "Mentions",
    "link": "Links",
}


class FilterPanel(Section):
    """Kinds of interaction as switches, least strengths as numbers.

    Signals
    -------
    kind_switched : str, bool
        The user would like edges of a kind shown or hidden.
    least_edited : str, int
        The user would like accounts whose measure is at least this.
    reset_asked
        The user would like to see everything.
    """

    kind_switched = Signal(str, bool)
    least_edited = Signal(str, int)
    reset_asked = Signal()

    def __init__(self) -> None:
        super().__init__("Filters")
        self._kinds: dict[str, tuple[QWidget, QCheckBox, QLabel]] = {}
        for kind in KINDS:
            self.add(self._kind(kind))
        form = QWidget()
        box = QFormLayout(form)
        box.setContentsMargins(0, 4, 0, 0)
        self._least: dict[str, QSpinBox] = {}
        for measure, title in MEASURES:
            box.addRow(title, self._spin(measure))
        self.add(form)
        self._words = wrapped("", "quiet")
        self._reset = link("show everything", self.reset_asked.emit)
        self.add(self._words)
        self.add(self._reset)

    def show_document(self, document: Document, what: frozenset[str]) -> None:
        """Show the filter."""
        if "graph" in what:
            self._show_kinds(document)
        if not what & {"graph", "filter"}:
            return
        for kind, (_, check, _) in self._kinds.items():
            with QSignalBlocker(check):
                check.setChecked(kind not in document.filter.hidden_kinds)
        lows = {
            clause.column: clause.low
            for clause in document.filter.clauses
            if isinstance(clause, Between)
        }
        for measure, spin in self._least.items():
            with QSignalBlocker(spin):
                spin.setValue(int(lows.get(measure, 0)))
        self._words.setText(document.filter.words)
        self._words.setVisible(bool(document.filter.words))
        self._reset.setVisible(bool(document.filter.words))

    def _show_kinds(self, document: Document) -> None:
        kind = document.graph.edges.get("kind")
        counts = dict.fromkeys(KINDS, 0)
        if isinstance(kind, Category):
            found = np.bincount(kind.codes, minlength=len(kind.labels)).tolist()
            counts |= dict(zip(kind.labels, found, strict=True))
        for name, (row, _, number) in self._kinds.items():
            number.setText(f"{counts[name]:,}")
            row.setVisible(counts[name] > 0)

    def _kind(self, kind: str) -> QWidget:
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        check, number = QCheckBox(TITLES[kind]), plain("0")
        check.setChecked(True)
        check.toggled.connect(lambda on: self.kind_switched.emit(kind, on))
        box.addWidget(check)
        box.addStretch(1)
        box.addWidget(number)
        self._kinds[kind] = (row, check, number)
        return row

    def _spin(self, measure: str) -> QSpinBox:
        spin = still(QSpinBox())
        spin.setRange(0, 1_000_000_000)
        spin.setGroupSeparatorShown(True)
        spin.setKeyboardTracking(False)
        spin.lineEdit().setTextMargins(INSET, 0, 0, 0)
        spin.setToolTip("Interactions; 0 keeps every account")
        spin.valueChanged.connect(lambda low: self.least_edited.emit(measure, low))
        self._least[measure] = spin
        return spin
