"""The words of DOT: one regular expression, so that a file of millions of edges is read in time."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

from explorer.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = re.compile(
    r"""(?:[\s\ufeff]++|//[^\n]*+|/\*.*?\*/|(?:(?<=\n)|\A)\#[^\n]*+)++
    | (?P<op>->|--)
    | (?P<id>-?(?:\.[0-9]++|[0-9]++(?:\.[0-9]*+)?)(?![\w\x80-\U0010ffff])|[\w\x80-\U0010ffff]++)
    | (?P<quoted>"(?:[^"\\]++|\\.)*+")
    | (?P<mark>[{}\[\];,=:+])
    | (?P<html><)""",
    re.VERBOSE | re.DOTALL,
)
"""Blanks and comments match without a name. Atomic throughout: no text makes it go back."""
ANGLE = re.compile("[<>]")
DEEPEST = 200
"""Angle brackets, or subgraphs, within each other."""


class Word(NamedTuple):
    """One word: *kind* is ``id``, ``op``, ``mark`` or ``end``; quotes are gone from *text*."""

    kind: str
    text: str
    at: int
    plain: bool = True


class Malformed(Exception):  # noqa: N818 - caught on its way, where the name of the file is known
    """The text is no DOT; says what and where."""

    def __init__(self, why: str, at: int) -> None:
        super().__init__(why)
        self.why, self.at = why, at

    def told(self, shown: str, text: str) -> SourceError:
        """Return the failure, with the line it stands on."""
        line = text.count("\n", 0, self.at) + 1
        return SourceError(
            f"{shown} is not whole DOT: {self.why} in line {line:,}.",
            "Export it again from the program that made it.",
        )


def words(text: str) -> Iterator[Word]:
    """Yield the words of *text*, strings that ``+`` joins as one, and at last ``end``.

    Raises
    ------
    Malformed
        Where no word begins.
    """
    held: Word | None = None  # a quoted string that another may be joined to
    joining = False
    for word in _each(text):
        if held is not None and joining:
            if word.plain or word.kind != "id":
                raise Malformed("a + that joins nothing", word.at)
            held, joining = held._replace(text=held.text + word.text), False
        elif held is not None and word.text == "+" and word.kind == "mark":
            joining = True
        else:
            if held is not None:
                yield held
            held = word if word.kind == "id" and not word.plain else None
            if held is None:
                yield word
    if held is not None or joining:
        raise Malformed("the end comes too early", len(text))


def _each(text: str) -> Iterator[Word]:
    at, match = 0, WORD.match
    while at < len(text):
        found = match(text, at)
        if found is None:
            raise Malformed("what is not closed or no word", at)
        kind = found.lastgroup
        if kind == "html":
            end = _closed(text, at)
            yield Word("id", text[at:end], at)
            at = end
            continue
        if kind == "quoted":
            yield Word("id", _unquoted(found[0]), at, plain=False)
        elif kind is not None:
            yield Word(kind, found[0], at)
        at = found.end()
    yield Word("end", "", at)


def _unquoted(text: str) -> str:
    return text[1:-1].replace("\\\r\n", "").replace("\\\n", "").replace('\\"', '"')


def _closed(text: str, start: int) -> int:
    """Return where the text in angle brackets that begins at *start* ends."""
    depth = 0
    for found in ANGLE.finditer(text, start):
        depth += 1 if found[0] == "<" else -1
        if not depth:
            return found.end()
        if depth > DEEPEST:
            break
    raise Malformed("a < that is not closed", start)


def label(text: str) -> str:
    """Return a label as one line of plain text."""
    if text in ("\\N", "\\G", "\\L"):
        return ""
    if text.startswith("<") and text.endswith(">"):
        text = html.unescape(re.sub(r"<[^<>]*>", " ", text[1:-1]))
    return " ".join(re.sub(r"\\[nlr]", " ", text).replace("\\\\", "\\").split())
