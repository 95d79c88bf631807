"""Ask how large a figure shall be and what it shall show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from explorer.ui.form import INSET
from explorer.ui.panels.parts import wrapped

if TYPE_CHECKING:
    from explorer.document.model import Document

LARGEST = 16384
SIZES = (
    ("Screen", 1600, 1000),
    ("Page, 300 dpi", 3508, 2480),
    ("Poster, 8k", 8192, 5120),
    ("Largest, 16k", 16384, 10240),
)


class ExportWindow(QDialog):
    """Asks for the form of a figure.

    Signals
    -------
    agreed : str, object, bool
        Ending of the file (png, svg or pdf), size in pixels as a pair, and whether the whole
        graph is wanted rather than what is looked at.
    """

    agreed = Signal(str, object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export figure")
        self._format = QComboBox()
        self._format.addItem("PNG picture", "png")
        self._format.addItem("SVG drawing", "svg")
        self._format.addItem("PDF page", "pdf")
        self._what = QComboBox()
        self._what.addItem("The whole graph", True)
        self._what.addItem("What I see now", False)
        self._size = QComboBox()
        for title, width, height in SIZES:
            self._size.addItem(f"{title} · {width:,} × {height:,}", (width, height))
        self._size.addItem("Other", None)
        self._width, self._height = self._side(SIZES[0][1]), self._side(SIZES[0][2])
        self._size.currentIndexChanged.connect(self._sized)
        self._note = wrapped("", "note")
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 20, 22, 18)
        box.setSpacing(14)
        box.addLayout(self._form())
        box.addWidget(self._note)
        box.addLayout(self._buttons())
        self.setMinimumWidth(440)

    def show_document(self, document: Document) -> None:
        """Say what the figure will carry."""
        words = "Legend, counts, rule, layout, filter and the hashes of the inputs go into it."
        if document.receipt.simulated:
            words = f"It will say SIMULATED. {words}"
        self._note.setText(words)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(20)
        form.addRow("Format", self._format)
        form.addRow("Show", self._what)
        form.addRow("Size", self._size)
        form.addRow("Width", self._width)
        form.addRow("Height", self._height)
        return form

    def _buttons(self) -> QHBoxLayout:
        go, cancel = QPushButton("Choose where…"), QPushButton("Cancel")
        go.setObjectName("primary")
        go.setDefault(True)
        go.clicked.connect(self._agree)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(go)
        return buttons

    def _side(self, pixels: int) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(400, LARGEST)
        spin.setSuffix(" px")
        spin.setGroupSeparatorShown(True)
        spin.setValue(pixels)
        spin.lineEdit().setTextMargins(INSET, 0, 0, 0)
        return spin

    def _sized(self) -> None:
        size = self._size.currentData()
        if size:
            self._width.setValue(size[0])
            self._height.setValue(size[1])

    def _agree(self) -> None:
        size = (self._width.value(), self._height.value())
        self.accept()
        self.agreed.emit(self._format.currentData(), size, self._what.currentData())
