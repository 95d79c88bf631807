"""The first record of a CSV, read in Python before anything else, so that columns go by name."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cached_property

from explorer.errors import SourceError
from explorer.ingest.entry import SAMPLE

DELIMITERS = (",", ";", "\t")
NEWLINES = (b"\r\n", b"\n", b"\r")
BOM = b"\xef\xbb\xbf"
MOST_SHOWN = 8
"""Names of columns that a message lists."""


@dataclass(frozen=True)
class Header:
    """Where the records of a CSV start, and what its columns are called.

    Attributes
    ----------
    names
        As in the file.
    start
        Offset of the first record after the header, in bytes.
    line
        Physical line on which that record starts, from 1.
    newline
        What ends a record: line feed, both, or carriage return alone in files of old.
    """

    names: tuple[str, ...]
    delimiter: str
    start: int
    line: int
    newline: bytes

    @property
    def end(self) -> bytes:
        """The one byte that ends a physical line."""
        return self.newline[-1:]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The names without case and blanks around them."""
        return tuple(name.strip().lower() for name in self.names)

    @property
    def words(self) -> str:
        """The columns, for a sentence."""
        printable = ["".join(filter(str.isprintable, name))[:40] for name in self.names]
        more = len(printable) - MOST_SHOWN
        return ", ".join(printable[:MOST_SHOWN]) + (f" and {more} more" if more > 0 else "")


def read_header(sample: bytes, name: str, delimiter: str = "") -> Header | None:
    """Return the header at the start of *sample*, or None if this is no CSV.

    The delimiter is what the header holds most of outside quotes, unless one is given. A header
    that does not end within the sample is none.

    Raises
    ------
    SourceError
        If it is text of a kind that must be saved anew first.
    """
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(
            f"{name} is text in UTF-16, which is not read.", "Save it as UTF-8 and drop it again."
        )
    body = sample.removeprefix(BOM)
    blank = len(body) - len(body.lstrip(b"\r\n"))
    length = _record_length(body[blank:])
    record = body[blank : blank + length]
    endless = blank + length == len(body) and len(sample) >= SAMPLE and record[-1:] not in b"\r\n"
    if not record or b"\x00" in record or endless:
        return None
    try:
        text = record.decode()
    except UnicodeDecodeError:
        return None
    newline = next((one for one in NEWLINES if record.endswith(one)), b"\n")
    before = body[: blank + length]
    delimiter = delimiter or max(DELIMITERS, key=re.sub(r'"[^"]*"', "", text).count)
    try:
        names = next(csv.reader([text.rstrip("\r\n")], delimiter=delimiter, strict=True))
    except (csv.Error, StopIteration):
        return None
    start = len(sample) - len(body) + len(before)
    return Header(tuple(names), delimiter, start, 1 + before.count(newline), newline)


def _record_length(body: bytes) -> int:
    """Return the length of the first record, its line end included."""
    inside = False
    for found in re.finditer(rb'"|\r\n|\n|\r', body):
        if found[0] == b'"':
            inside = not inside
        elif not inside:
            return found.end()
    return len(body)
