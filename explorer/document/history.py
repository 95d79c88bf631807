"""Undo: a line of documents and where we stand on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from explorer.document.model import Document

if TYPE_CHECKING:
    from explorer.document.steps import Log

DEPTH = 200


@dataclass(frozen=True, slots=True)
class Moment:
    """A document, the name of the edit that made it, and the log of all steps up to it."""

    title: str
    document: Document
    merge: str = ""
    log: Log = ()


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """The past, the present, and the undone; every step is a new History."""

    past: tuple[Moment, ...] = ()
    now: Moment = field(default_factory=lambda: Moment("", Document()))
    future: tuple[Moment, ...] = ()

    def commit(self, title: str, document: Document, merge: str = "", log: Log = ()) -> History:
        """Return the history after an edit; edits with the same *merge* key become one."""
        moment = Moment(title, document, merge, log)
        if merge and merge == self.now.merge:
            return History(self.past, moment)
        return History((*self.past, self.now)[-DEPTH:], moment)

    def undo(self) -> History:
        """Return the history one step back, or itself at the beginning."""
        if not self.past:
            return self
        return History(self.past[:-1], self.past[-1], (self.now, *self.future))

    def redo(self) -> History:
        """Return the history one step on, or itself at the end."""
        if not self.future:
            return self
        return History((*self.past, self.now), self.future[0], self.future[1:])

    @property
    def moments(self) -> tuple[Moment, ...]:
        """All that can be gone to, the first one first: past, present, undone."""
        return (*self.past, self.now, *self.future)

    def jump(self, place: int) -> History:
        """Return the history at one of its ``moments``, however many steps that takes.

        Raises
        ------
        IndexError
            If there is no such moment.
        """
        line = self.moments
        if not 0 <= place < len(line):
            raise IndexError(place)
        return History(line[:place], line[place], line[place + 1 :])
