"""Read Excel workbooks: every sheet is one table, its cells as text.

A reader of our own: a workbook is a zip of XML, and both are read here already, with bounds. The
usual library keeps all texts in memory and fills up whatever width and height a sheet claims.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from explorer.errors import SourceError
from explorer.ingest import cells, markup, packed, unrolled, zipstream
from explorer.ingest.entry import Foreign, shown
from explorer.ingest.sheetxml import Sheet, Texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from explorer.ingest.entry import Entry
    from explorer.ingest.zipstream import Member

BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
TEXTS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
MOST_SHEETS = 1000
MOST_TEXTS = 128 << 20
"""Bytes of XML of the texts that sheets share, which are kept in memory: at most 200 MB of it."""


@dataclass(frozen=True, slots=True)
class _Book:
    """What is known of a workbook before its sheets are read."""

    path: Path
    said: str
    parts: Mapping[str, Member]
    sheets: tuple[tuple[str, str], ...]
    mac: bool
    dates: frozenset[int]
    texts: Texts

    def rows(self, part: str, name: str) -> Iterator[list[str]]:
        """Yield the rows of a sheet."""
        first = cells.FIRST_OF_MAC if self.mac else cells.FIRST
        sheet = Sheet(f"{shown(name)} in {self.said}", self.texts, self.dates, first)
        for _ in _parsed(self.path, self.said, self.parts[part], sheet):
            yield from sheet.taken()

    def text(self, part: str, name: str) -> Iterator[bytes]:
        """Yield a sheet as CSV, from its first row whose first two cells are not both empty.

        NodeXL puts the titles of groups of columns above the names of the columns.
        """
        yield from unrolled.written(_table(self.rows(part, name)))


def _table(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    begun = False
    for row in rows:
        begun = begun or any(row[:2])
        if begun:
            yield row


def entries(path: Path, member: Entry | None = None, packed: int = 0) -> tuple[Entry, ...]:
    """Return the sheets of a workbook that hold anything, each as a stream of CSV.

    Parameters
    ----------
    member
        What *path* is a copy of, if that stands in a zip, where it takes *packed* bytes.

    Raises
    ------
    SourceError
        If it is damaged, or built to deceive.
    Foreign
        If it is a workbook in the binary form, or has no sheet with anything in it.
    """
    book = _opened(path, member.shown if member else shown(path.name))
    packed = packed or path.stat().st_size
    disk = member.path if member else path
    above = f"{member.member}/" if member and member.member else ""
    found = [
        unrolled.entry(disk, f"{above}{name}", partial(book.text, part, name), packed)
        for name, part in book.sheets
    ]
    filled = tuple(one for one in found if one.size)
    if not filled:
        raise Foreign(
            f"{book.said} is an Excel workbook without a sheet that holds a table.",
            "Check what was saved.",
        )
    return filled


def _opened(path: Path, said: str) -> _Book:
    members = zipstream.members(path, said)
    parts = {one.name: one for one in members if one.name.startswith("xl/")}
    if "xl/workbook.bin" in parts:
        raise Foreign(
            f"{said} is an Excel workbook in the binary form (.xlsb).",
            "Save it as an Excel workbook (.xlsx), and drop that.",
        )
    bad = next((one for one in members if one.objection), None)
    if bad is not None:
        raise SourceError(f"{shown(bad.name)} in {said} {bad.objection}.")
    if TEXTS in parts and parts[TEXTS].size > MOST_TEXTS:
        raise SourceError(
            f"{said} has {parts[TEXTS].size >> 20:,} MB of texts, more than {MOST_TEXTS >> 20} MB.",
            "Save its sheets as CSV (UTF-8) and drop those.",
        )
    head, texts = _Head(), Texts()
    takers = ((BOOK, head), (LINKS, head), (STYLES, head), (TEXTS, texts))
    for part, taker in takers:
        for _ in _parsed(path, said, parts[part], taker) if part in parts else ():
            pass
    sheets = head.sheets(parts)
    if len(sheets) > MOST_SHEETS:
        raise SourceError(
            f"{said} has {len(sheets):,} sheets, more than {MOST_SHEETS:,}.",
            "Save those that hold accounts and edges as a workbook of their own.",
        )
    return _Book(path, said, parts, sheets, head.mac, frozenset(head.dates), texts)


class _Head:
    """What workbook, links and styles say."""

    def __init__(self) -> None:
        self.mac = False
        self.dates: set[int] = set()
        self._names: list[tuple[str, str]] = []
        self._targets: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        self._formats = -1  # not yet among those that cells refer to

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Take an element."""
        name = markup.local(tag)
        if name == "workbookpr":
            self.mac = given.get("date1904", "0").lower() in ("1", "true")
        elif name == "sheet":
            link = next((v for k, v in given.items() if markup.local(k) == "id"), "")
            self._names.append((given.get("name", ""), link))
        elif name == "relationship":
            self._targets[given.get("Id", "")] = given.get("Target", "")
        elif name == "numfmt":
            self._codes[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif name == "cellxfs":
            self._formats = 0
        elif name == "xf" and self._formats >= 0:
            self._format(given.get("numFmtId", ""))

    def _format(self, number: str) -> None:
        known = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0
        if cells.shows_date(known, self._codes.get(number, "")):
            self.dates.add(self._formats)
        self._formats += 1

    def end(self, tag: str) -> None:
        """Leave an element."""
        if markup.local(tag) == "cellxfs":
            self._formats = -1

    def words(self, text: str) -> None:
        """Take text: there is none of use."""

    def sheets(self, parts: Mapping[str, Member]) -> tuple[tuple[str, str], ...]:
        """Return the name and part of each sheet that is there, each part once."""
        found: dict[str, str] = {}
        for name, link in self._names:
            target = self._targets.get(link, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            part = posixpath.normpath(part)
            if part in parts and part.endswith(".xml") and part not in (BOOK, TEXTS, STYLES):
                found.setdefault(part, name)
        return tuple((name, part) for part, name in found.items())


def _parsed(path: Path, book: str, part: Member, taker: _Head | Texts | Sheet) -> Iterator[None]:
    """Parse one part of a workbook; stop after each block, for the taker to be emptied."""
    said = f"{shown(part.name)} in {book}"
    parser = markup.parser(said)
    parser.StartElementHandler = taker.start
    parser.EndElementHandler = taker.end
    parser.CharacterDataHandler = taker.words
    try:
        with zipstream.open_member(path, part.place) as stream:
            for _ in markup.fed(parser, stream, said):
                yield
    except (*zipstream.DAMAGE, *packed.DAMAGE) as error:
        raise zipstream.damage(path, part.name, error) from None
