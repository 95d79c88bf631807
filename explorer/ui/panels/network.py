"""Ask in which format a network shall be written, and which accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
)

from explorer.formats.taken import chosen
from explorer.formats.write import FORMATS, Format
from explorer.scene.naming import counted
from explorer.ui.panels.parts import wrapped

if TYPE_CHECKING:
    from PySide6.QtGui import QStandardItemModel
    from PySide6.QtWidgets import QWidget

    from explorer.document.model import Document
    from explorer.formats.taken import What

WHAT: tuple[tuple[What, str], ...] = (
    ("all", "All accounts"),
    ("shown", "Accounts shown"),
    ("selected", "Selected accounts"),
)
CARRIED = (
    "Roles, positions, colours, counts and times go into it, with the rule, the filter and the "
    "hashes of the inputs."
)


class NetworkWindow(QDialog):
    """Asks for the form of a network.

    Signals
    -------
    agreed : str, str, bool
        Id of the format; which accounts: all, shown or selected; whether to find communities.
    """

    agreed = Signal(str, str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export network")
        self._format, self._what = QComboBox(), QComboBox()
        for one in FORMATS:
            self._format.addItem(one.title, one.id)
        for what, title in WHAT:
            self._what.addItem(title, what)
        self._communities = QCheckBox("Find communities (Leiden)")
        self._communities.setChecked(True)
        self._communities.setToolTip("Writes a column with the number of each account's community")
        self._counts: dict[What, tuple[int, int]] = {}
        self._simulated, self._placed = False, True
        self._size, self._note = wrapped("", "value"), wrapped("", "note")
        self._go = QPushButton("Choose where…")
        self._format.currentIndexChanged.connect(self._show)
        self._what.currentIndexChanged.connect(self._show)
        form = QFormLayout()
        form.setHorizontalSpacing(20)
        form.addRow("Format", self._format)
        form.addRow("Accounts", self._what)
        form.addRow("Column", self._communities)
        form.addRow("Writes", self._size)
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 20, 22, 18)
        box.setSpacing(14)
        box.addLayout(form)
        box.addWidget(self._note)
        box.addStretch(1)
        box.addLayout(self._buttons())
        self.setMinimumSize(480, 270)

    def show_document(self, document: Document, format_: str = "") -> None:
        """Count what could be written of *document*; offer the format *format_* first."""
        self._counts = {}
        for what, _ in WHAT:
            accounts, edges = chosen(document, what)
            self._counts[what] = int(accounts.sum()), int(edges.sum())
        self._simulated = document.receipt.simulated
        self._placed = bool(document.placing.layout)
        found = self._format.findData(format_)
        if found >= 0:
            self._format.setCurrentIndex(found)
        model: QStandardItemModel = self._what.model()  # type: ignore[assignment]  # its own kind
        for row, (what, _) in enumerate(WHAT):
            model.item(row).setEnabled(self._counts[what][0] > 0)
        if not self._counts[self._what.currentData()][0]:
            self._what.setCurrentIndex(0)
        self._show()

    def _show(self) -> None:
        accounts, edges = self._counts.get(self._what.currentData(), (0, 0))
        self._size.setText(f"{counted(accounts, 'account')}, {counted(edges, 'edge')}")
        self._note.setText(" ".join(self._notes(self._chosen())))
        self._go.setEnabled(accounts > 0)
        self._communities.setEnabled(self._format.currentData() != "pajek")

    def _notes(self, one: Format) -> tuple[str, ...]:
        return tuple(
            words
            for words in (
                "It will say SIMULATED." if self._simulated else "",
                CARRIED if one.id != "pajek" else "",
                "" if self._placed else "There are no positions: nothing is laid out yet.",
                one.note,
            )
            if words
        )

    def _chosen(self) -> Format:
        return next(one for one in FORMATS if one.id == self._format.currentData())

    def _buttons(self) -> QHBoxLayout:
        cancel = QPushButton("Cancel")
        self._go.setObjectName("primary")
        self._go.setDefault(True)
        self._go.clicked.connect(self._agree)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._go)
        return buttons

    def _agree(self) -> None:
        self.accept()
        communities = self._communities.isChecked() and self._communities.isEnabled()
        self.agreed.emit(self._format.currentData(), self._what.currentData(), communities)
