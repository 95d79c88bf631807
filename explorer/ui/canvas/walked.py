"""A canvas that can be walked by the keyboard, and tells a screen reader where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from explorer.ui.canvas.screen import Screen
from explorer.ui.canvas.walker import Walker

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from explorer.document.model import Document

TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class WalkedScreen(Screen):
    """A screen with one focused account, from which Tab, Enter and Backspace lead on.

    Attributes
    ----------
    describe
        Says what the tooltip of an account shows, as plain lines.
    walker
        Knows where the keyboard stands.

    Signals
    -------
    picked : int, str
        An account was clicked or walked to, with the mode; -1 for the background, to replace.
    """

    picked = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.describe: Callable[[int], str] = lambda account: f"Account {account + 1:,}"
        self.walker = Walker(self)
        self.walker.looked.connect(self.set_focus_account)
        self.walker.arrived.connect(self._arrive)

    def show_document(self, document: Document, what: frozenset[str]) -> None:
        """Show *document*, of which the parts *what* are new."""
        self.walker.show_document(document, what)
        super().show_document(document, what)

    def set_focus_account(self, account: int, words: str = "") -> None:
        """Put the ring of the keyboard round an account and announce it; -1 for none.

        *words* are announced after what the account is.
        """
        self._focus = account
        text = self.describe(account) if account >= 0 else ""
        text += f"\n{words}" if text and words else ""
        self.setAccessibleDescription(text)
        if text and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        self.viewport().update()

    def walk_by(self, event: QKeyEvent) -> bool:
        """Take a key that walks, or leaves by Ctrl+Tab; return whether it was one."""
        if event.key() in TABS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return QWidget.focusNextPrevChild(self, event.key() == Qt.Key.Key_Tab)
        return self.walker.key(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Leave Tab to the walk while there is one; Ctrl+Tab goes on to the next widget."""
        if self.hasFocus() and self._document.graph.n:
            return False
        return QWidget.focusNextPrevChild(self, forward)

    def _arrive(self, account: int) -> None:
        """Bring an account into sight that the keyboard went to, and pick it."""
        at = self.to_screen(*self._document.positions[account].tolist())
        if not self.viewport().rect().contains(at.toPoint()):
            self.go_to(account)
        self.picked.emit(account, "replace")
