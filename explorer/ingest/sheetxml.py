"""The XML of a sheet and of the texts that sheets share, taken as a parser comes upon it."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from explorer.errors import SourceError
from explorer.ingest import cells, markup

if TYPE_CHECKING:
    from datetime import datetime

MOST_COLUMNS = 16_384
MOST_LETTERS = 3
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LONGEST = 1_000_000
"""Characters of one cell; Excel itself allows 32,767."""
DIGITS = "0123456789"


class _Runs:
    """Text that may come in several runs; how it is pronounced is left out."""

    def __init__(self) -> None:
        self.runs: list[str] = []
        self._open = self._spoken = False
        self._names: dict[str, str] = {}

    def _name(self, tag: str) -> str:
        name = self._names.get(tag)
        if name is None:
            name = self._names[tag] = markup.local(tag)
        return name

    def words(self, text: str) -> None:
        """Take text."""
        if self._open:
            self.runs.append(text)

    def joined(self) -> str:
        """Return the text since the last time."""
        text = "".join(self.runs) if len(self.runs) != 1 else self.runs[0]
        self.runs.clear()
        return text[:LONGEST]


class Texts(_Runs):
    """The texts that sheets share, by number: as UTF-8, a third of what strings would take."""

    def __init__(self) -> None:
        super().__init__()
        self._bytes, self._ends = bytearray(), array("q", [0])

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode()

    def start(self, tag: str, _given: dict[str, str]) -> None:
        """Take an element."""
        name = self._name(tag)
        if name == "t":
            self._open = not self._spoken
        elif name == "rph":
            self._spoken = True

    def end(self, tag: str) -> None:
        """Leave an element."""
        name = self._name(tag)
        if name == "t":
            self._open = False
        elif name == "rph":
            self._spoken = False
        elif name == "si":
            self._bytes += self.joined().encode("utf-8", "replace")
            self._ends.append(len(self._bytes))


class Sheet(_Runs):
    """The rows of a sheet, without the empty cells at their ends and without empty rows."""

    def __init__(self, shown: str, texts: Texts, dates: frozenset[int], first: datetime) -> None:
        super().__init__()
        self._shown, self._texts, self._dates, self._first = shown, texts, dates, first
        self._rows: list[list[str]] = []
        self._row: list[str] = []
        self._at = -1
        self._kind = self._style = ""
        self._columns: dict[str, int] = {}

    def taken(self) -> list[list[str]]:
        """Return the rows that are whole since the last time."""
        rows, self._rows = self._rows, []
        return rows

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Take an element."""
        name = self._name(tag)
        if name == "c":
            self._kind, self._style = given.get("t", "n"), given.get("s", "")
            place = given.get("r")
            self._at = self._at + 1 if place is None else self._column(place)
            self.runs.clear()
        elif name in ("v", "t"):
            self._open = not self._spoken
        elif name == "row":
            self._row, self._at = [], -1
        elif name == "rph":
            self._spoken = True

    def end(self, tag: str) -> None:
        """Leave an element."""
        name = self._name(tag)
        if name in ("v", "t"):
            self._open = False
        elif name == "c":
            self._put(self._value(self.joined()))
        elif name == "row" and self._row:
            self._rows.append(self._row)
            self._row = []
        elif name == "rph":
            self._spoken = False

    def _column(self, place: str) -> int:
        """Return the number of a column from what a cell is called: 27 for AB7."""
        letters = place.rstrip(DIGITS)
        column = self._columns.get(letters)
        if column is None:
            if len(letters) > MOST_LETTERS or not letters or letters.strip(LETTERS):
                raise SourceError(f"{self._shown} has a cell called {place[:20]!r}.")
            column = 0
            for letter in letters:
                column = column * 26 + LETTERS.index(letter) + 1
            self._columns[letters] = column = column - 1
        return column

    def _put(self, value: str) -> None:
        if not value:
            return
        at, row = self._at, self._row
        if at >= MOST_COLUMNS:
            raise SourceError(f"{self._shown} has more than {MOST_COLUMNS:,} columns.")
        if at >= len(row):
            row.extend([""] * (at - len(row)))
            row.append(value)
        else:
            row[at] = value

    def _value(self, text: str) -> str:
        """Return what a cell shows; numbers are kept as they were meant, errors are nothing."""
        kind = self._kind
        if kind == "n" and text:
            style = self._style
            if self._dates and style.isdecimal() and int(style[:9]) in self._dates:
                return cells.moment(text, self._first)
            return cells.figure(text)
        if kind == "s":
            return self._shared(text)
        if kind == "b":
            return "true" if text == "1" else "false"
        return "" if kind == "e" else text

    def _shared(self, text: str) -> str:
        if text.isascii() and text.isdecimal() and len(text) < 10 and int(text) < len(self._texts):
            return self._texts[int(text)]
        raise SourceError(
            f"{self._shown} is damaged: a cell points to a text that is not there.", "Save it anew."
        )
