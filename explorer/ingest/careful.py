"""Read a CSV record by record, to name every one that is broken: slower, and only where needed."""

from __future__ import annotations

import csv
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from explorer.ingest.header import Header

LONGEST = 3 << 20
"""Bytes of a record."""
TRIES = 200
"""Lines at which a record swallowed by an open quote is looked for."""
BLOCK = 1 << 20

OPEN_QUOTE = "a quote is not closed"
LOOSE_RETURN = "a carriage return outside quotes"
NOT_UTF8 = "not valid UTF-8"
TOO_LONG = f"longer than {LONGEST >> 20} MB"


@dataclass(frozen=True, slots=True)
class Read:
    """One record, good or not.

    Attributes
    ----------
    number
        From 1, the header not counted.
    line
        Physical line on which it starts, from 1, the header counted.
    cells
        Each with one character a byte (Latin-1): encode them so to have the bytes again. Empty
        ones behind the last column are left out.
    fields
        How many there were.
    reason
        Why it is no good; empty if it is.
    """

    number: int
    line: int
    cells: list[str]
    fields: int
    reason: str


class _Lines:
    """Physical lines, which can be given back."""

    def __init__(self, stream: BinaryIO, end: bytes) -> None:
        self._fresh = _physical(stream, end)
        self._waiting: deque[bytes] = deque()
        self.taken: list[bytes] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else next(self._fresh)
        self.taken.append(line)
        return line.decode("latin-1")

    def give_back(self, lines: list[bytes]) -> None:
        self._waiting.extendleft(reversed(lines))
        self.taken = []

    def drop(self, count: int) -> None:
        for _ in range(count):
            self._waiting.popleft()


def _physical(stream: BinaryIO, end: bytes) -> Iterator[bytes]:
    """Yield lines with their ends; of one longer than a record may be, its beginning."""
    rest, skipping = b"", False
    while block := stream.read(BLOCK):
        *whole, rest = (rest + block).split(end)
        for line in whole:
            if not skipping:
                yield line + end
            skipping = False
        if skipping or len(rest) > LONGEST:
            if not skipping:
                yield rest
            rest, skipping = b"", True
    if rest and not skipping:
        yield rest


def records(stream: BinaryIO, header: Header) -> Iterator[Read]:
    """Yield every record of *stream*, which stands behind the header; blank lines are none.

    After an open quote, reading goes on at the next line that starts a whole record, so that a
    broken record takes no good one with it.
    """
    lines = _Lines(stream, header.end)
    reader = csv.reader(lines, delimiter=header.delimiter, strict=True)
    most = csv.field_size_limit(LONGEST)
    number, line = 0, header.line
    try:
        while True:
            lines.taken = []
            cells, reason = _next(reader)
            taken = lines.taken
            if not taken:
                return
            if cells or reason:
                number += 1
                reason = reason or _fault(cells, taken, len(header.names))
                yield Read(number, line, cells[: len(header.names)], len(cells), reason)
            kept = len(taken)
            if reason and reason != NOT_UTF8 and len(taken) > 1:
                kept = _next_whole(reader, lines, taken, len(header.names))
                lines.give_back(taken[kept:])
            line += kept
    finally:
        csv.field_size_limit(most)


def _next(reader: Iterator[list[str]]) -> tuple[list[str], str]:
    try:
        return next(reader), ""
    except StopIteration:
        return [], ""
    except csv.Error as error:
        words = str(error)
        if "field limit" in words:
            return [], TOO_LONG
        return [], LOOSE_RETURN if "new-line" in words else OPEN_QUOTE


def _fault(cells: list[str], taken: list[bytes], n: int) -> str:
    raw = taken[0] if len(taken) == 1 else b"".join(taken)
    if len(raw) > LONGEST:
        return TOO_LONG
    if not raw.isascii():
        try:
            raw.decode()
        except UnicodeDecodeError:
            return NOT_UTF8
    if len(cells) == n or (len(cells) > n and not any(cells[n:])):
        return ""
    return f"has {len(cells)} field{'s' * (len(cells) != 1)}, not {n}"


def _next_whole(reader: Iterator[list[str]], lines: _Lines, taken: list[bytes], n: int) -> int:
    """Return how many lines of a broken record to pass over until a whole record starts."""
    for passed in range(1, min(len(taken), TRIES)):
        lines.give_back(taken[passed:])
        cells, reason = _next(reader)
        lines.give_back(lines.taken)
        lines.drop(len(taken) - passed)
        if not reason and len(cells) == n:
            return passed
    return len(taken)
