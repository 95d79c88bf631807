"""A look at the first rows of a table, so that somebody can say what its columns mean."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from explorer.errors import SourceError
from explorer.ingest import magic
from explorer.ingest.encodings import as_utf8, is_utf8, recoded
from explorer.ingest.entry import SAMPLE
from explorer.ingest.header import Header, read_header
from explorer.ingest.mapping import told_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from explorer.ingest.entry import Entry
    from explorer.job import Report

MOST_TABLES, MOST_BYTES = 20, SAMPLE
MOST_ROWS, MOST_COLUMNS = 50, 500


@dataclass(frozen=True, slots=True)
class Table:
    """The beginning of a table: what it is called, and its first bytes as CSV."""

    name: str
    sample: bytes
    whole: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a table, read in one way.

    Attributes
    ----------
    names
        Of its columns; their numbers as text where it has no header.
    rows
        As many cells as *names* each.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str


@dataclass(frozen=True, slots=True)
class LookAtTables:
    """Job: find the tables in what was chosen, and show how they begin."""

    paths: tuple[Path, ...]

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        return f"Look at {self.paths[0].name}"

    def __call__(self, report: Report, /) -> tuple[Table, ...]:
        """Return the tables; raise SourceError if there is none."""
        from explorer.ingest import inside, source  # DuckDB and all readers: only where it runs

        found: list[Table] = []
        with inside.Copies() as copies:
            for path in self.paths:
                report(0.0, f"looking at {path.name}")
                found += _tables(source.streams(path, copies)[0], MOST_TABLES - len(found))
        if not found:
            raise SourceError(
                f"{self.paths[0].name} holds no table whose columns could be named.",
                "Tables are CSV and TSV, Excel workbooks and Parquet.",
            )
        report(1.0)
        return tuple(found)


def _tables(entries: Iterable[Entry], most: int) -> Iterator[Table]:
    """Yield the first tables among streams."""
    plain = (one if magic.media(one.name) else recoded(one) for one in entries)
    samples = ((entry, entry.sample()) for entry in plain)
    found = ((entry, sample) for entry, sample in samples if is_table(sample))
    for entry, sample in islice(found, max(most, 0)):
        whole = len(sample) == entry.size <= MOST_BYTES
        yield Table(entry.shown, sample[:MOST_BYTES], whole)


def is_table(sample: bytes) -> bool:
    """Say whether bytes begin like a table of at least two columns."""
    if b"\x00" in sample[:4096] or sample.lstrip()[:1] in (b"<", b"{", b"["):
        return False
    try:
        table = Table("", sample[:MOST_BYTES], False)
        return len(preview(table, encoding="" if is_utf8(sample) else "iso-8859-1").names) >= 2
    except SourceError:
        return False


def preview(
    table: Table, delimiter: str = "", header: bool | None = None, encoding: str = ""
) -> Preview:
    """Return the first rows of a table, read with a delimiter and with or without a header.

    Raises
    ------
    SourceError
        If it is no table.
    """
    sample = as_utf8(table.sample, encoding)
    found = read_header(sample, table.name, delimiter)
    if found is None:
        raise SourceError(f"{table.name} is no table.", "Tables are CSV, TSV, XLSX and Parquet.")
    if header is None:
        header = names_columns(found.names)
    found = _named(found, sample, header)
    text = sample[found.start :].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    if not table.whole:  # its last line may be cut off
        text = text[: text.rfind("\n") + 1] or text
    names, rows = found.names[:MOST_COLUMNS], list[tuple[str, ...]]()
    n = len(names)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=found.delimiter):
            if any(cells) and len(rows) < MOST_ROWS:
                rows.append((*cells[:n], *[""] * (n - len(cells))))
    except csv.Error:  # what is whole up to there is shown
        pass
    return Preview(names, tuple(rows), found.delimiter)


def names_columns(cells: tuple[str, ...]) -> bool:
    """Say whether the first record of a table seems to name its columns: none is a number."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(set(filled)) == len(filled) > 0 and not any(_number(cell) for cell in filled)


def _number(cell: str) -> bool:
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return True


def header_of(sample: bytes, name: str, delimiter: str, header: bool) -> Header | None:
    """Return the header of a table read with *delimiter*; without one, columns are numbered."""
    found = read_header(sample, name, delimiter)
    return found and _named(found, sample, header)


def _named(found: Header, sample: bytes, header: bool) -> Header:
    """Return a header whose columns can be told apart, or go by numbers if it is none."""
    if header:
        return replace(found, names=told_apart(found.names))
    numbers = tuple(str(place + 1) for place in range(len(found.names)))
    start = 3 if sample.startswith(b"\xef\xbb\xbf") else 0
    return replace(found, names=numbers, start=start, line=1)
