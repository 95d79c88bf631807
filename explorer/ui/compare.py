"""Two layouts side by side, on the same accounts, with the numbers that judge them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from explorer.document.model import Document, changes
from explorer.layout.judge import MEASURES
from explorer.ui.canvas.view import Canvas
from explorer.ui.panels.parts import heading, plain, wrapped

if TYPE_CHECKING:
    from explorer.layout.judge import Measure, Quality, Tried

NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
UNKNOWN = "–"
EMPTY = Document()
SETTLED_MS = 400
"""How long the present places must stay as they are before they are judged anew."""


class CompareWindow(QDialog):
    """Shows the present layout beside another; what is selected is lit in both.

    Signals
    -------
    wanted : object
        The key of what should stand at the right; None for nothing.
    moved
        The present places are others than those whose numbers were shown, and stay for now.
    agreed : Tried, object
        The user would rather have the right one; with its key.
    picked : int, str
        An account was clicked at either side, with the mode of selecting.
    """

    wanted = Signal(object)
    moved = Signal()
    agreed = Signal(object, object)
    picked = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Compare layouts")
        self.resize(1180, 780)
        self._document = EMPTY
        self._tried: Tried | None = None
        self._shown: dict[Canvas, Document] = {}
        self._rest = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._rest.timeout.connect(self.moved)
        self.left, self.right = self._canvas(), self._canvas()
        self._now = plain("", "name")
        self.choice = QComboBox()
        self.choice.setAccessibleName("Layout to compare with")
        self.choice.activated.connect(self._choose)
        self.numbers = Numbers()
        self._words = wrapped("", "quiet")
        self.use = QPushButton("Use the right one")
        self.use.clicked.connect(self._agree)
        self._close = QPushButton("Close")
        self._close.setDefault(True)
        self._close.clicked.connect(self.accept)
        self._lay_out()

    def begin(self, document: Document, choices: list[tuple[str, Any]]) -> None:
        """Show *document* at the left, and offer *choices*: titles and keys."""
        self.choice.clear()
        self.choice.addItem("Compare with…", None)
        for title, key in choices:
            self.choice.addItem(title, key)
        self.show_tried(None)
        self.numbers.show_left(None)
        self.show_document(document)
        self._rest.stop()  # who begins has it judged at once

    def show_document(self, document: Document) -> None:
        """Show what has changed in the document; the right keeps its own places."""
        if document.graph is not self._document.graph:
            self.show_tried(None)
        if document.positions is not self._document.positions:
            self.numbers.show_left(None)
            self._rest.start()
        self._document = document
        self._now.setText(f"Now: {document.placing.words}")
        self._show(self.left, document)
        self._show_right()

    def show_tried(self, tried: Tried | None) -> None:
        """Show a layout at the right, with its numbers; nothing if None."""
        self._tried = tried
        self.use.setEnabled(tried is not None)
        self.numbers.show_right(tried.quality if tried else None, tried.seconds if tried else 0.0)
        self._words.setText("" if tried else self._hint)
        self._show_right()

    def say(self, words: str) -> None:
        """Say what is being done."""
        self._words.setText(words)

    def set_theme(self, name: str) -> None:
        """Draw in the colours of a theme."""
        self.left.set_theme(name)
        self.right.set_theme(name)

    def done(self, result: int) -> None:
        """Stop drawing for good: a window is made anew when it is wanted again."""
        self._rest.stop()
        self.left.stop()
        self.right.stop()
        super().done(result)

    @property
    def _hint(self) -> str:
        return "Choose what to compare with; what you click is selected in both pictures."

    def _show_right(self) -> None:
        right = EMPTY
        if self._tried is not None:
            right = replace(self._document, positions=self._tried.positions)
        self._show(self.right, right)

    def _show(self, canvas: Canvas, document: Document) -> None:
        what = changes(self._shown.get(canvas, EMPTY), document)
        if what:
            self._shown[canvas] = document
            canvas.show_document(document, what)

    def _choose(self, row: int) -> None:
        key = self.choice.itemData(row)
        self.show_tried(None)
        self.wanted.emit(key)

    def _agree(self) -> None:
        tried, key = self._tried, self.choice.currentData()
        self.accept()
        self.agreed.emit(tried, key)

    def _canvas(self) -> Canvas:
        canvas = Canvas(self)
        canvas.bare()
        canvas.setMinimumSize(320, 260)
        canvas.picked.connect(self.picked)
        return canvas

    def _lay_out(self) -> None:
        pictures = QGridLayout()
        pictures.setHorizontalSpacing(12)
        for column, parts in enumerate(((self._now, self.left), (self.choice, self.right))):
            pictures.addWidget(parts[0], 0, column)
            pictures.addWidget(parts[1], 1, column)
            pictures.setColumnStretch(column, 1)
        pictures.setRowStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._words, 1)
        buttons.addWidget(self.use)
        buttons.addWidget(self._close)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addLayout(pictures, 1)
        box.addWidget(self.numbers)
        box.addLayout(buttons)


class Numbers(QWidget):
    """A table of measures: what each is called, left, right; the better one strong."""

    def __init__(self) -> None:
        super().__init__()
        self._left: Quality | None = None
        self._right: Quality | None = None
        self._cells: dict[str, tuple[QLabel, QLabel]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(2)
        for column, title in enumerate(("", "Now", "Right")):
            head = heading(title)
            head.setAlignment(NUMBER)
            self._grid.addWidget(head, 0, column)
        self._grid.setColumnStretch(3, 1)
        for measure in MEASURES:
            self._row(measure.name, measure.title, measure.tip)
        self._row("seconds", "Seconds", "How long it took here")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_left(self, quality: Quality | None) -> None:
        """Show the numbers of the present layout; dashes while they are not known."""
        self._left = quality
        self._fill()

    def show_right(self, quality: Quality | None, seconds: float = 0.0) -> None:
        """Show the numbers of the other layout; dashes if there is none."""
        self._right = quality
        self._cells["seconds"][1].setText(f"{seconds:.2f}" if seconds else UNKNOWN)
        self._fill()

    def _row(self, name: str, title: str, tip: str) -> None:
        at = self._grid.rowCount()
        cells = (plain(UNKNOWN), plain(UNKNOWN))
        self._grid.addWidget(plain(title), at, 0)
        for column, cell in enumerate(cells, start=1):
            cell.setAlignment(NUMBER)
            cell.setMinimumWidth(72)
            self._grid.addWidget(cell, at, column)
        self._grid.addWidget(plain(tip, "quiet"), at, 3)
        self._cells[name] = cells

    def _fill(self) -> None:
        for measure in MEASURES:
            values = [
                None if side is None else float(getattr(side, measure.name))
                for side in (self._left, self._right)
            ]
            best = better(measure, values)
            for side, (cell, value) in enumerate(
                zip(self._cells[measure.name], values, strict=True)
            ):
                cell.setText(UNKNOWN if value is None else f"{value:.3f}")
                strong = cell.font()
                strong.setBold(side == best)
                cell.setFont(strong)


def better(measure: Measure, values: list[float | None]) -> int | None:
    """Return 0 or 1 for the side that is better; None if that cannot be said."""
    left, right = values
    if left is None or right is None or round(left, 3) == round(right, 3):
        return None
    return int((right < left) == measure.least_is_best)
