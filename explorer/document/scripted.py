"""The log of a document that no window made: the command line records its steps as it does them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from explorer.document.history import History
from explorer.document.recording import logged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from explorer.document.model import Document
    from explorer.document.steps import Done, Log

Edit: TypeAlias = "tuple[str, Document, Done | None]"
"""A title, what came of the edit, and how it was done; None to take down what it changed."""


def log_of(edits: Iterable[Edit], when: str) -> Log:
    """Return the log of *edits* one after another; *when* is UTC, ISO 8601 to the second."""
    history = History()
    for title, document, done in edits:
        if document is not history.now.document:
            log = logged(history, title, document, "", done, when)
            history = history.commit(title, document, log=log)
    return history.now.log
