"""Every failure a user can meet, and what we tell them.

* StarlingError
    - SourceError       what was dropped cannot be taken in
    - ArchiveError      the tables on disk cannot be made, opened or asked
    - GraphError        the interactions do not make a valid graph
    - RuleError         a rule of roles cannot be used on this graph
    - LayoutError       a layout could not place the accounts
    - FigureError       a figure cannot be made or written
    - FormatError       a network cannot be written in another program's format
    - SessionFileError  a saved session cannot be opened or written

Anything else that escapes is a bug, and is reported with its traceback.
"""

from __future__ import annotations


class StarlingError(Exception):
    """A failure we expect, with a sentence for the user and a way out.

    Parameters
    ----------
    message
        What went wrong and where, one sentence, no jargon.
    hint
        What the user can do next; empty if nothing.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class SourceError(StarlingError):
    """What was dropped cannot be taken in."""


class ArchiveError(StarlingError):
    """The tables on disk cannot be made, opened or asked."""


class GraphError(StarlingError):
    """The interactions do not make a valid graph."""


class RuleError(StarlingError):
    """A rule of roles cannot be used on this graph."""


class LayoutError(StarlingError):
    """A layout could not place the accounts."""


class FigureError(StarlingError):
    """A figure cannot be made or written."""


class FormatError(StarlingError):
    """A network cannot be written in another program's format."""


class SessionFileError(StarlingError):
    """A saved session cannot be opened or written."""
