"""From the table of actions to the menu bar, the tool bar and the shortcuts."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from explorer.ui.icons import icon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow, QMenu

    from explorer.scene.theme import Theme
    from explorer.ui.actions import Action
    from explorer.ui.commands import Commands
    from explorer.ui.desk import Facts


UNNAMED = ("",) * 9
LETTERS = {
    "File": "&File",
    "Edit": "&Edit",
    "Select": "&Select",
    "Filter": "F&ilter",
    "Layout": "&Layout",
    "Arrange": "&Arrange",
    "View": "&View",
    "Help": "&Help",
}
"""Menus by title, with the letter that opens each together with Alt."""


def menu_text(title: str) -> str:
    """Return *title* for a menu: what comes from a user holds no mark of a shortcut."""
    return title.replace("&", "&&")


class Menus:
    """The actions of a window, kept true to the facts."""

    def __init__(self, window: QMainWindow, commands: Commands, table: tuple[Action, ...]) -> None:
        self.table = table
        self._commands = commands
        self.actions = {row.id: _qaction(row, commands, window) for row in table}
        self.menus = {
            name: window.menuBar().addMenu(LETTERS.get(name, name))
            for name in dict.fromkeys(row.menu for row in table)
        }
        self._fill()
        window.addActions(list(self.actions.values()))
        commands.desk.facts_changed.connect(self.refresh)
        self.refresh(commands.desk.facts)

    def refresh(self, facts: Facts) -> None:
        """Enable, tick and name every action."""
        words = asdict(facts)
        words |= {f"name{i + 1}": one for i, one in enumerate((facts.named + UNNAMED)[:9])}
        for row in self.table:
            action = self.actions[row.id]
            usable = row.enabled(facts)
            if row.id.startswith("select.named"):  # nine places that are mostly empty
                action.setVisible(usable)
            action.setEnabled(usable)  # after it is seen: Qt calls what is hidden disabled
            action.setText(menu_text(row.title.format(**words).strip()))
            if row.checked is not None:
                action.setChecked(row.checked(facts))

    def tint(self, theme: Theme) -> None:
        """Colour the icons for a theme."""
        for row in self.table:
            if row.icon:
                self.actions[row.id].setIcon(icon(row.icon, theme))

    def menu(self, name: str) -> QMenu:
        """Return one menu of the menu bar."""
        return self.menus[name]

    def _fill(self) -> None:
        group: dict[str, int] = {}
        for row in sorted(self.table, key=lambda row: row.group):  # stable: rows keep their order
            menu = self.menus[row.menu]
            if group.setdefault(row.menu, row.group) != row.group:
                menu.addSeparator()
                group[row.menu] = row.group
            menu.addAction(self.actions[row.id])


def _qaction(row: Action, commands: Commands, window: QMainWindow) -> QAction:
    action = QAction(window)
    action.setObjectName(row.id)
    action.setCheckable(row.checked is not None)
    keys = [QKeySequence(key) for key in row.keys]
    action.setShortcuts(keys)
    shown = f" ({keys[0].toString(QKeySequence.SequenceFormat.NativeText)})" if keys else ""
    title = row.title.partition(" {")[0].rstrip("…")
    action.setIconText(f" {title}")  # the space keeps a tool's words off its icon
    action.setToolTip(f"{row.tip or title}{shown}")
    action.triggered.connect(lambda: commands.desk.run(lambda: row.run(commands)))
    return action
