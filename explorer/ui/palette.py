"""The command palette, and the sheet of all keys and gestures: both read the action table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from explorer.ui.panels.parts import heading, plain

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from explorer.ui.menus import Menus

GESTURES = (
    ("Drag on the background", "Pan (left, middle or right button)"),
    ("Wheel, pinch", "Zoom to the cursor"),
    ("Two fingers on a touchpad; arrows", "Pan"),
    ("Double-click on the background", "Fit all"),
    ("Double-click on an account; Enter", "Ego view: the account and its neighbours"),
    ("Hover", "Light an account and its neighbours"),
    ("Click; Shift+click; Ctrl+click", "Select; add; toggle"),
    ("Click on an edge, where they are few", "Its ends, its class, the posts behind it"),
    ("Shift+drag", "Box, adding"),
    ("Ctrl+Shift+drag", "Lasso, adding"),
    ("Box or Lasso tool, then drag", "Replace; with Shift add, Ctrl toggle, Alt take away"),
    ("Hold Space", "Pan meanwhile, whatever the tool"),
    ("Move tool, then drag", "Move accounts"),
    ("Right-click", "Menu"),
    ("Tab, Shift+Tab on the picture", "Walk the neighbours by weight"),
    ("Enter; Backspace", "Go there; go back"),
    ("Ctrl+Tab", "Leave the picture by keyboard"),
)


class CommandPalette(QDialog):
    """Type a few letters of what you want; Enter does it."""

    def __init__(self, menus: Menus, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._menus = menus
        self.setFixedWidth(520)
        self._words = QLineEdit()
        self._words.setPlaceholderText("What would you like to do?")
        self._words.textChanged.connect(self._filter)
        self._words.installEventFilter(self)
        self._list = QTreeWidget()
        self._list.setColumnCount(2)
        self._list.setHeaderHidden(True)
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setFixedHeight(340)
        self._list.header().setStretchLastSection(False)
        self._list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._list.itemClicked.connect(self._do)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 10, 10, 10)
        box.addWidget(self._words)
        box.addWidget(self._list)

    def ask(self) -> None:
        """Open over the middle of the window."""
        parent = self.parentWidget()
        assert parent is not None
        self._words.clear()
        self._filter("")
        self.adjustSize()
        corner = parent.mapToGlobal(parent.rect().center())
        self.move(corner.x() - self.width() // 2, corner.y() - self.height() // 2 - 60)
        self.show()
        self._words.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows walk the list while the words keep the cursor; Enter does."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self._walk(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._do(self._list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _filter(self, words: str) -> None:
        self._list.clear()
        wanted = words.lower().split()
        for row in self._menus.table:
            action = self._menus.actions[row.id]
            said = f"{row.menu}: {action.text()}"
            if action.isEnabled() and all(word in said.lower() for word in wanted):
                item = QTreeWidgetItem([said, keys(action)])
                item.setData(0, Qt.ItemDataRole.UserRole, row.id)
                item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
                self._list.addTopLevelItem(item)
        self._walk(0)

    def _walk(self, step: int) -> None:
        """Go up or down the list, round its ends."""
        now, count = self._list.currentItem(), self._list.topLevelItemCount()
        row = self._list.indexOfTopLevelItem(now) + step if now is not None else 0
        there = self._list.topLevelItem(row % count) if count else None
        if there is not None:
            self._list.setCurrentItem(there)

    def _do(self, item: QTreeWidgetItem | None) -> None:
        self.hide()
        if item is not None:
            self._menus.actions[item.data(0, Qt.ItemDataRole.UserRole)].trigger()


SAID = {
    "select.none": ("Esc", "Stop what runs; else select none"),
    "select.named1": ("Ctrl+1 … Ctrl+8", "Recall a named selection"),
}
"""Rows of the sheet that say more than a menu can."""
ALIKE = frozenset(f"select.named{place}" for place in range(2, 10))
"""Rows that the first of their kind stands for."""


class KeySheet(QDialog):
    """All keys and gestures on one page."""

    def __init__(self, menus: Menus, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys and gestures")
        self.resize(980, 680)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(4)  # else that between the columns is inherited
        left.addWidget(heading("Mouse and touchpad"))
        left.addWidget(_pairs(GESTURES))
        left.addStretch(1)
        for menu in dict.fromkeys(row.menu for row in menus.table):
            rows = [
                SAID.get(row.id) or (keys(menus.actions[row.id]), row.title.partition(" {")[0])
                for row in menus.table
                if row.menu == menu and row.keys and row.id not in ALIKE
            ]
            if rows:
                right.addWidget(heading(menu))
                right.addWidget(_pairs(tuple(rows)))
        right.addStretch(1)
        columns = QWidget()
        row = QHBoxLayout(columns)
        row.setContentsMargins(24, 20, 24, 20)
        row.setSpacing(40)
        row.addLayout(left, 5)
        row.addLayout(right, 4)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(columns)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(area)


def keys(action: QAction) -> str:
    """Return all shortcuts of an action as the system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(key.toString(native) for key in action.shortcuts())


def _pairs(rows: tuple[tuple[str, str], ...]) -> QWidget:
    whole = QWidget()
    form = QFormLayout(whole)
    form.setContentsMargins(0, 2, 0, 12)
    form.setHorizontalSpacing(20)
    whole.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    for left, right in rows:
        words = plain(right)
        words.setWordWrap(True)
        form.addRow(plain(left, "quiet"), words)
    return whole
