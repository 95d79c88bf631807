"""The first rows of a table, and under the name of each column what it is taken for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem

from explorer.scene.naming import plain as clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SHOWN_ROWS, LONGEST = 12, 60
"""Rows that are shown, letters of a cell."""
WIDEST, ROOM = 220, 16
"""Logical pixels of a column at most, and beside its widest cell."""


class FirstRows(QTableWidget):
    """Shows how a table begins, as plain text; nothing in it can be changed."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setAccessibleName("First rows")
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)

    def show_rows(self, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show the first of *rows*, as many columns as there are *names*."""
        self.clear()
        self.setColumnCount(len(names))
        self.setRowCount(min(len(rows), SHOWN_ROWS))
        for place, row in enumerate(rows[:SHOWN_ROWS]):
            for column, cell in enumerate(row):
                self.setItem(place, column, QTableWidgetItem(clean(cell[:LONGEST])))

    def show_roles(self, names: Sequence[str], roles: Mapping[str, str]) -> None:
        """Call the columns by their *names*, and say what each is taken for."""
        self.setHorizontalHeaderLabels([f"{clean(one)}\n{roles.get(one, '')}" for one in names])
        self.resizeColumnsToContents()
        for column in range(len(names)):
            self.setColumnWidth(column, min(self.columnWidth(column) + ROOM, WIDEST))
