"""Edit: undo and redo, and stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.document import edits
from explorer.document.recording import moved
from explorer.document.steps import Done

if TYPE_CHECKING:
    from explorer.graph.model import Mask
    from explorer.ui.desk import Desk


class Edits:
    """Take back, do again, stop."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def undo(self) -> None:
        """Take back the last edit."""
        self._desk.session.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self._desk.session.redo()

    def jump(self, place: int) -> None:
        """Go to a moment of the history, over any number of steps."""
        self._desk.session.jump(place)

    def move(self, mask: Mask, dx: float, dy: float) -> None:
        """Move accounts by a world vector."""
        after = edits.move(self._desk.document, mask, (dx, dy))
        self._desk.session.commit("Move accounts", after, done=moved(mask, (dx, dy)))

    def stop_or_none(self) -> None:
        """Stop what runs; if nothing runs, select nothing.

        A look at posts, begun by selecting, is stopped on the way: it is not what one would stop.
        """
        desk = self._desk
        works = desk.at_work
        desk.stop()
        if not works:
            after = edits.select_none(desk.document)
            desk.session.commit("Select none", after, done=Done("select none"))
