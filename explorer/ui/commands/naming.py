"""Names for selections: give one, come back to it, forget it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.document import edits
from explorer.scene.naming import counted
from explorer.scene.naming import plain as clean
from explorer.ui.desk import called

if TYPE_CHECKING:
    from explorer.ui.desk import Desk

LONGEST = 60
"""Letters of a name; more do not fit into a menu."""


class Namings:
    """Named selections; each change is one undoable step."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def name(self) -> None:
        """Ask what to call the selection."""
        desk, document = self._desk, self._desk.document
        suggested = called(document) or f"Selection {len(document.named) + 1}"
        title = clean(desk.ask.words("Name the selection", "Name", suggested), LONGEST)
        if title:
            desk.session.commit(f"Name “{title}”", edits.name_selection(document, title))

    def recall(self, place: int) -> None:
        """Select what was named, as far as it is shown."""
        desk, document = self._desk, self._desk.document
        if place >= len(document.named):
            return
        one = document.named[place]
        desk.session.commit(f"Select “{one.title}”", edits.recall(document, place))
        hidden = int((one.mask & ~edits.shown(document)).sum())
        if hidden:
            desk.notices.tell(
                f"{counted(hidden, 'account')} of “{one.title}” not selected: the filter hides "
                f"{'it' if hidden == 1 else 'them'}."
            )

    def forget(self) -> None:
        """Forget the name of the selection."""
        document = self._desk.document
        title = called(document)
        for place, one in enumerate(document.named):
            if one.title == title:
                self._desk.session.commit(f"Forget “{title}”", edits.forget(document, place))
