"""Walks the graph by keys: the neighbours one after the other, there, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from explorer.document.model import Document
from explorer.scene.walk import Walk, beginning

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

Key = Qt.Key
GO = (Key.Key_Return, Key.Key_Enter)
STEPS = {Key.Key_Tab: 1, Key.Key_Backtab: -1}
ALONE = ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
"""Modifiers that make another key of one."""


class Walker(QObject):
    """Knows where the keyboard stands in the graph.

    Signals
    -------
    looked : int, str
        At this account now, and what to announce beside it; -1 for none.
    arrived : int
        One went to this account, or back to it.
    """

    looked = Signal(int, str)
    arrived = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._document = Document()
        self._walk = Walk()

    def show_document(self, document: Document, what: frozenset[str]) -> None:
        """Walk in this document; in another graph from its beginning."""
        self._document = document
        if "graph" in what:
            self._walk = Walk()
        elif "filter" in what:
            self._walk = Walk(self._walk.trail)

    def stand(self, account: int) -> None:
        """Walk on from an account that was pointed at."""
        self._walk = self._walk.at(account)

    def key(self, event: QKeyEvent) -> bool:
        """Take a key; return whether it meant something here."""
        key = Key(event.key())
        if event.modifiers() & ALONE or not self._document.graph.n:
            return False
        if key in STEPS:
            backward = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._look(-1 if backward else STEPS[key])
        elif key in GO and self._walk.seen != self._walk.here:
            self._go(self._walk.gone())
        elif key == Key.Key_Backspace and self._walk.trail:
            self._go(self._walk.back())
        else:
            return False
        return True

    def _look(self, by: int) -> None:
        if self._walk.here < 0:
            start = beginning(self._document)
            if start >= 0:
                self._go(self._walk.at(start))
            return
        self._walk = self._walk.turned(self._document, by)
        self.looked.emit(self._walk.seen, self._walk.words)

    def _go(self, walk: Walk) -> None:
        self._walk = walk
        self.looked.emit(walk.here, "")
        self.arrived.emit(walk.here)
