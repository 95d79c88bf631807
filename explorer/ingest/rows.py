"""Read the records of any table, one by one, with the reason for each that is no good."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple, cast

from explorer.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from explorer.ingest.entry import Entry
    from explorer.ingest.header import Header

NOT_UTF8 = "not valid UTF-8"
TOO_LONG = "a field that is too long"
LONGEST_LINE = 64 << 20
"""Letters of one line: of a table, a list or posts in JSON."""


class Row(NamedTuple):
    """One record: *cells* are as many as columns at least, *reason* is empty if it is good.

    *line* is the last that it stands on.
    """

    number: int
    line: int
    cells: list[str]
    reason: str


class _Heard(io.RawIOBase):
    """A stream that says how much of it was read."""

    def __init__(self, stream: io.BufferedIOBase, heard: Callable[[int], None]) -> None:
        self._stream, self._heard = stream, heard

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        view = memoryview(cast("bytearray", buffer))
        block = self._stream.read(len(view))
        view[: len(block)] = block
        self._heard(len(block))
        return len(block)


def lines(
    entry: Entry, heard: Callable[[int], None], skip: int = 0, newline: str | None = None
) -> Iterator[str]:
    """Yield the lines of a stream after *skip* bytes; what is not UTF-8 as lone surrogates.

    Raises
    ------
    SourceError
        If a line is so long that it may be there to fill memory.
    """
    with entry.open() as stream:
        stream.read(skip)
        text = io.TextIOWrapper(
            io.BufferedReader(_Heard(cast("io.BufferedIOBase", stream), heard), 1 << 20),
            "utf-8",
            "surrogateescape",
            newline=newline,
        )
        while line := text.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE:
                raise SourceError(
                    f"{entry.shown} has a line of more than {LONGEST_LINE:,} letters.",
                    "It may be built to fill memory. Check what was exported.",
                )
            yield line


def records(entry: Entry, header: Header, heard: Callable[[int], None]) -> Iterator[Row]:
    """Yield every record after the header; blank lines are none.

    One with more fields than the header is no good, unless those are empty; fields that lack at its
    end are filled with nothing.
    """
    reader = csv.reader(lines(entry, heard, header.start, newline=""), delimiter=header.delimiter)
    number, n = 0, len(header.names)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            number += 1
            yield Row(number, reader.line_num + header.line - 1, [""] * n, TOO_LONG)
            continue
        if cells is None:
            return
        if not any(map(str.strip, cells)):
            continue
        number += 1
        reason = _fault(cells, n)
        cells += [""] * (n - len(cells))
        yield Row(number, reader.line_num + header.line - 1, cells, reason)


def _fault(cells: list[str], n: int) -> str:
    if any(
        "\udc80" <= letter <= "\udcff" for cell in cells if not cell.isascii() for letter in cell
    ):
        return NOT_UTF8
    return f"has {len(cells)} fields, not {n}" if any(cells[n:]) else ""
