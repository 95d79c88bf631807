"""The one thing that changes: which document is open now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.document.history import History
from explorer.document.model import changes
from explorer.document.recording import logged

if TYPE_CHECKING:
    from explorer.document.model import Document
    from explorer.document.steps import Done


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

    def commit(
        self, title: str, document: Document, merge: str = "", done: Done | None = None
    ) -> None:
        """Make *document* the present, undoable as *title*; *done* says how it was done.

        Without *done* the log of steps takes down what is different.
        """
        if document is not self.document:
            when = datetime.now(UTC).isoformat(timespec="seconds")
            log = logged(self._history, title, document, merge, done, when)
            self._move(self._history.commit(title, document, merge, log))

    def undo(self) -> None:
        """Go one step back."""
        self._move(self._history.undo())

    def redo(self) -> None:
        """Go one step on."""
        self._move(self._history.redo())

    def jump(self, place: int) -> None:
        """Go to one of the moments of the history, over any number of steps."""
        self._move(self._history.jump(place))

    def _move(self, history: History) -> None:
        old, self._history = self._history, history
        what = changes(old.now.document, history.now.document)
        if what:
            self.changed.emit(history.now.document, what)
