"""Questions to the user behind a protocol, so that tests can answer them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

Answer: TypeAlias = Literal["save", "discard", "cancel"]


class Ask(Protocol):
    """What commands may ask."""

    def open_paths(self, title: str, patterns: str) -> tuple[Path, ...]:
        """Ask for files to read; none if the user thinks better of it."""

    def open_folder(self, title: str) -> Path | None:
        """Ask for a folder to read."""

    def save_path(self, title: str, name: str, patterns: str) -> Path | None:
        """Ask where to write."""

    def whole(self, title: str, label: str, value: int) -> int | None:
        """Ask for a whole number above 0."""

    def words(self, title: str, label: str, value: str) -> str:
        """Ask for a short text; empty if the user thinks better of it."""

    def angle(self, title: str) -> float | None:
        """Ask for an angle in degrees, to the left above 0."""

    def save_changes(self, name: str) -> Answer:
        """Ask what to do with unsaved changes of *name* before it is left."""


class Dialogs:
    """Asks with Qt's dialogs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parent = parent
        self._folder = ""

    def open_paths(self, title: str, patterns: str) -> tuple[Path, ...]:
        """Ask for files to read."""
        names, _ = QFileDialog.getOpenFileNames(self.parent, title, self._folder, patterns)
        if names:
            self._folder = str(Path(names[0]).parent)
        return tuple(Path(name) for name in names)

    def open_folder(self, title: str) -> Path | None:
        """Ask for a folder to read."""
        name = QFileDialog.getExistingDirectory(self.parent, title, self._folder)
        return Path(name) if name else None

    def save_path(self, title: str, name: str, patterns: str) -> Path | None:
        """Ask where to write; Qt asks before it replaces."""
        start = str(Path(self._folder) / name)
        chosen, _ = QFileDialog.getSaveFileName(self.parent, title, start, patterns)
        if chosen:
            self._folder = str(Path(chosen).parent)
        return Path(chosen) if chosen else None

    def whole(self, title: str, label: str, value: int) -> int | None:
        """Ask for a whole number above 0."""
        number, given = QInputDialog.getInt(self.parent, title, label, value, 1, 1_000_000_000)
        return number if given else None

    def words(self, title: str, label: str, value: str) -> str:
        """Ask for a short text."""
        line = QLineEdit.EchoMode.Normal
        text, given = QInputDialog.getText(self.parent, title, label, line, value)
        return text if given else ""

    def angle(self, title: str) -> float | None:
        """Ask for an angle, to a tenth of a degree."""
        label = "Degrees to the left; to the right below 0"
        degrees, given = QInputDialog.getDouble(self.parent, title, label, 45.0, -360, 360, 1)
        return degrees if given else None

    def save_changes(self, name: str) -> Answer:
        """Ask what to do with unsaved changes; closing the question leaves all as it is."""
        box = QMessageBox(self.parent)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Save the changes to “{name}”?" if name else "Save the changes?")
        box.setInformativeText("They are lost otherwise.")
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        answers: dict[int, Answer] = {buttons.Save.value: "save", buttons.Discard.value: "discard"}
        chosen = box.exec()
        box.deleteLater()
        return answers.get(chosen, "cancel")
