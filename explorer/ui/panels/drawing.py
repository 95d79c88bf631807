"""How it is drawn, and how it is laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QPushButton, QSlider, QWidget

from explorer.graph.query import countable
from explorer.layout.run import layouts
from explorer.ui.form import Form
from explorer.ui.panels.parts import Section, wrapped

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
        self._labels = QComboBox()
        for key, title in LABELS:
            self._labels.addItem(title, key)
        self._labels.activated.connect(lambda i: self.labels_chosen.emit(LABELS[i][0]))
        box.addRow("Accounts", self._size)
        box.addRow("Edges", self._strength)
        self._order = QComboBox()
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
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(-STEPS, STEPS)
        slider.valueChanged.connect(lambda step: edited.emit(from_step(step)))
        return slider


def from_step(step: int) -> float:
    """Return the factor of a slider's step."""
    return float(3.0 ** (step / STEPS))


def to_step(factor: float) -> int:
    """Return the step nearest to a factor."""
    return min(range(-STEPS, STEPS + 1), key=lambda step: abs(from_step(step) - factor))


class LayoutPanel(Section):
    """Which layout, with which options; run and stop.

    Signals
    -------
    chosen : str, object
        Id of a layout and its options.
    run_asked, stop_asked
        The user would like it to begin or end.
    """

    chosen = Signal(str, object)
    run_asked = Signal()
    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__("Layout")
        self._choice = QComboBox()
        for layout in layouts().values():
            self._choice.addItem(layout.title, layout.id)
            self._choice.setItemData(
                self._choice.count() - 1, layout.tip, Qt.ItemDataRole.ToolTipRole
            )
        self._choice.activated.connect(self._chose)
        self._tip = wrapped("", "quiet")
        self._form: Form | None = None
        self._run = QPushButton("Run")
        self._stop = QPushButton("Stop")
        self._run.clicked.connect(self.run_asked)
        self._stop.clicked.connect(self.stop_asked)
        buttons = QWidget()
        box = QHBoxLayout(buttons)
        box.setContentsMargins(0, 4, 0, 0)
        box.addWidget(self._run)
        box.addWidget(self._stop)
        self.add(self._choice)
        self.add(self._tip)
        self.add(buttons)
        self._buttons = buttons
        self._show_form(next(iter(layouts().values())).id)

    def show_facts(self, placing: bool, has_graph: bool) -> None:
        """Enable what can be done now."""
        self._run.setEnabled(has_graph and not placing)
        self._stop.setEnabled(placing)

    def _chose(self, index: int) -> None:
        self._show_form(self._choice.itemData(index))
        self._tell()

    def _show_form(self, name: str) -> None:
        if self._form is not None:
            self._form.setParent(None)
            self._form.deleteLater()
        layout = layouts()[name]
        self._form = Form(layout.options())
        self._form.edited.connect(lambda _: self._tell())
        self._tip.setText(layout.tip)
        self.box.insertWidget(self.box.indexOf(self._buttons), self._form)

    def _tell(self) -> None:
        assert self._form is not None
        self.chosen.emit(self._choice.currentData(), self._form.options)
