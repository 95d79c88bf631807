"""How it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QSlider, QWidget

from explorer.graph.query import countable
from explorer.ui.panels.parts import Section
from explorer.ui.still import still

if TYPE_CHECKING:
    from explorer.document.model import Document

LABELS = (
    ("none", "None"),
    ("hover", "Under the cursor"),
    ("selected", "Selected"),
    ("top", "The first 50"),
    ("all", "All that fit"),
)
ORDERS = {
    "in_strength": "Most amplified",
    "out_strength": "Most active",
    "degree": "Most edges",
    "posts": "Most posts",
    "followers": "Most followers",
    "created": "Youngest",
    "listed_at": "Last in the users file",
}
"""What to call the numbers by which names come first; others go by their own name."""
STEPS = 20
"""Slider steps to a factor of e: the middle is 1."""


class AppearancePanel(Section):
    """Size of accounts, strength of edges, labels.

    Signals
    -------
    size_edited, strength_edited : float
        Factor wanted; 1 is the theme's own.
    labels_chosen : str
        Which accounts to label.
    order_chosen : str
        Measure or column by which names come first.
    """

    size_edited = Signal(float)
    strength_edited = Signal(float)
    labels_chosen = Signal(str)
    order_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("Appearance")
        form = QWidget()
        box = QFormLayout(form)
        box.setContentsMargins(0, 0, 0, 0)
        self._size = self._slider(self.size_edited)
        self._strength = self._slider(self.strength_edited)
        self._labels = still(QComboBox())
        for key, title in LABELS:
            self._labels.addItem(title, key)
        self._labels.activated.connect(lambda i: self.labels_chosen.emit(LABELS[i][0]))
        box.addRow("Accounts", self._size)
        box.addRow("Edges", self._strength)
        self._order = still(QComboBox())
        self._order.setToolTip("Which names come first where not all fit")
        self._order.activated.connect(lambda i: self.order_chosen.emit(self._order.itemData(i)))
        box.addRow("Labels", self._labels)
        box.addRow("First", self._order)
        self.add(form)

    def show_document(self, document: Document, what: frozenset[str]) -> None:
        """Show the style."""
        if "style" not in what and "graph" not in what:
            return
        style = document.style
        for slider, value in ((self._size, style.node_size), (self._strength, style.edge_strength)):
            with QSignalBlocker(slider):
                slider.setValue(to_step(value))
        with QSignalBlocker(self._labels):
            self._labels.setCurrentIndex(self._labels.findData(style.labels))
        with QSignalBlocker(self._order):
            if "graph" in what:
                self._order.clear()
                for number in countable(document.graph):
                    self._order.addItem(ORDERS.get(number, number.replace("_", " ")), number)
            self._order.setCurrentIndex(self._order.findData(style.labels_by))

    def _slider(self, edited: Any) -> QSlider:
        slider = still(QSlider(Qt.Orientation.Horizontal))
        slider.setRange(-STEPS, STEPS)
        slider.valueChanged.connect(lambda step: edited.emit(from_step(step)))
        return slider


def from_step(step: int) -> float:
    """Return the factor of a slider's step."""
    return float(3.0 ** (step / STEPS))


def to_step(factor: float) -> int:
    """Return the step nearest to a factor."""
    return min(range(-STEPS, STEPS + 1), key=lambda step: abs(from_step(step) - factor))
