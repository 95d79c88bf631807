"""Read a CSV record by record where it is broken, to name every record that is refused."""

from __future__ import annotations

import csv
from collections import deque
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import numpy as np

from explorer.ingest.counting import QUOTE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from explorer.ingest.header import Header

LONGEST = 3 << 20
"""Bytes of a record."""
TRIES = 200
"""Lines at which a record swallowed by an open quote is looked for."""
BLOCK = 1 << 20
TAIL = 1 << 16

OPEN_QUOTE = "a quote is not closed"
LOOSE_RETURN = "a carriage return outside quotes"
NOT_UTF8 = "not valid UTF-8"
TOO_LONG = f"longer than {LONGEST >> 20} MB"


class Read(NamedTuple):
    """One record, good or not.

    Attributes
    ----------
    number
        From 1, the header not counted.
    line
        Physical line on which it starts, from 1, the header counted.
    raw
        As it stands in the file, line end included.
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
    raw: bytes
    cells: list[str]
    fields: int
    reason: str


class Records:
    """The records of a stream, in blocks where all is well, one by one where it is not.

    Attributes
    ----------
    number, line
        Of the record that comes next.
    behind
        Bytes of all records before it.
    """

    def __init__(self, stream: BinaryIO, header: Header) -> None:
        self._lines = _Lines(stream, header.end)
        self._header = header
        self.number, self.line, self.behind = 1, header.line, 0

    def block(self, size: int) -> bytes | None:
        """Take about *size* bytes that end with a record, if all quotes in them are well.

        Return nothing if no record seems to end there, None if there is nothing more.
        """
        block = self._lines.take(size)
        if not block:
            return None
        whole = ends_at(block, self._header.end) if len(block) >= size else len(block)
        self._lines.put_back(block[whole:])
        return block[:whole]

    def passed(self, block: bytes, records: int) -> None:
        """Note that a block was good, and how many records it held."""
        self.number += records
        self.behind += len(block)
        self.line += block.count(self._header.end)

    def put_back(self, block: bytes) -> None:
        """Put a block back, to be read one by one."""
        self._lines.put_back(block)

    def read(self, size: int) -> Iterator[Read]:
        """Yield records until *size* bytes and a good record are behind; blank lines are none.

        After an open quote, reading goes on at the next line that starts a whole record, so that
        a broken record takes no good one with it.
        """
        lines, n, until = self._lines, len(self._header.names), self.behind + size
        reader = csv.reader(lines, delimiter=self._header.delimiter, strict=True)
        most = csv.field_size_limit(LONGEST)
        try:
            while True:
                lines.taken = []
                cells, reason = _next(reader)
                if not (taken := lines.taken):
                    return
                raw = taken[0] if len(taken) == 1 else b"".join(taken)
                if cells or reason:
                    reason = reason or _fault(cells, raw, n)
                    yield Read(self.number, self.line, raw, cells[:n], len(cells), reason)
                    self.number += 1
                kept = len(taken)
                if reason and reason != NOT_UTF8 and kept > 1:
                    kept = _next_whole(reader, lines, taken, n)
                    lines.give_back(taken[kept:])
                self.line += kept
                self.behind += sum(map(len, taken[:kept]))
                if self.behind >= until and not reason:
                    return
        finally:
            csv.field_size_limit(most)


def ends_at(block: bytes, end: bytes) -> int:
    """Return where the last record of *block* ends; 0 if none seems to."""
    for tail in (TAIL, len(block)):  # the whole only if no record ends in the last of it
        start = max(0, len(block) - tail)
        letters = np.frombuffer(block, np.uint8, offset=start)
        before = block.count(b'"', 0, start) & 1
        inside = (np.cumsum(letters == QUOTE, dtype=np.uint8) + before) & 1
        ends = np.flatnonzero((letters == ord(end)) & (inside == 0))
        if len(ends):
            return start + int(ends[-1]) + 1
    return 0


class _Lines:
    """Physical lines, which can be given back; of one that is too long, its beginning."""

    def __init__(self, stream: BinaryIO, end: bytes) -> None:
        self._stream, self._end = stream, end
        self._waiting: deque[bytes] = deque()
        self._rest = b""
        self._at = 0
        self.taken: list[bytes] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._line()
        if not line:
            raise StopIteration
        self.taken.append(line)
        return line.decode("latin-1")

    def _line(self) -> bytes:
        while (found := self._rest.find(self._end, self._at)) < 0:
            if len(self._rest) - self._at > LONGEST:
                return self._skipped()
            if not (more := self._stream.read(BLOCK)):
                found = len(self._rest) - 1
                break
            self._rest, self._at = self._rest[self._at :] + more, 0
        line = self._rest[self._at : found + 1]
        self._at = found + 1
        return line

    def _skipped(self) -> bytes:
        """Pass over the tail of a line that is too long."""
        line, more = self._rest[self._at :], b""
        while self._end not in more and (more := self._stream.read(BLOCK)):
            pass
        self._rest, self._at = more, more.find(self._end) + 1
        return line

    def take(self, size: int) -> bytes:
        """Return at least *size* bytes, or all that is left."""
        pieces = [*self._waiting, self._rest[self._at :]]
        self._waiting.clear()
        self._rest, self._at = b"", 0
        missing = size - sum(map(len, pieces))
        while missing > 0 and (more := self._stream.read(missing)):
            pieces.append(more)
            missing -= len(more)
        return b"".join(pieces)

    def put_back(self, block: bytes) -> None:
        """Put back what was taken last, or its end."""
        self._rest, self._at = block + self._rest[self._at :], 0

    def give_back(self, lines: list[bytes]) -> None:
        """Put lines back."""
        self._waiting.extendleft(reversed(lines))
        self.taken = []

    def drop(self, count: int) -> None:
        """Forget lines that were given back."""
        for _ in range(count):
            self._waiting.popleft()


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


def _fault(cells: list[str], raw: bytes, n: int) -> str:
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
