"""The one thing that changes: which document is open now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.document.history import History
from explorer.document.model import changes

if TYPE_CHECKING:
    from explorer.document.model import Document


class Session(QObject):
    """Holds the history; every change goes through ``commit``, ``undo`` or ``redo``.

    Signals
    -------
    changed : Document, frozenset of str
        After every change: the new document and the names of the parts that differ.
    """

    changed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = History()

    @property
    def document(self) -> Document:
        """The document open now."""
        return self._history.now.document

    @property
    def history(self) -> History:
        """The past, the present and the undone."""
        return self._history

    def commit(self, title: str, document: Document, merge: str = "") -> None:
        """Make *document* the present, undoable as *title*."""
        if document is not self.document:
            self._move(self._history.commit(title, document, merge))

    def undo(self) -> None:
        """Go one step back."""
        self._move(self._history.undo())

    def redo(self) -> None:
        """Go one step on."""
        self._move(self._history.redo())

    def _move(self, history: History) -> None:
        old, self._history = self._history, history
        what = changes(old.now.document, history.now.document)
        if what:
            self.changed.emit(history.now.document, what)
