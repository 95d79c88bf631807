"""A workbook of three sheets: edges, accounts, and what they are.

Written here and not by a library: every account's id stands once, in the table of shared strings,
and a row of edges is then a few numbers, made by the same C loops as every other format. Text is
of the type text, with the mark that keeps a spreadsheet from ever taking it for a formula, so
nothing has to be put in front of it.
"""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import numpy as np

from explorer.errors import FormatError
from explorer.formats.fields import (
    Dialect,
    always,
    blocks,
    counted,
    in_xml,
    pieces,
)
from explorer.formats.workbook import BOLD, DAY, FIXED, MAIN, TEXT, TIME, XML
from explorer.graph.model import Category, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from explorer.formats.fields import Field, Pieces
    from explorer.formats.network import Network
    from explorer.job import Report

MOST_ROWS = 1_048_576
"""Of a sheet, the header among them: what spreadsheets can hold."""
MOST_LETTERS = 32_767
"""Of a cell."""
PACKED = 1
"""How hard the parts are packed, of 9: more takes three times as long for a fifth less."""
EPOCH = 25_569
"""1970-01-01 as spreadsheets count days."""
COUNTED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What spreadsheets would take for the number of a character."""


class Strings:
    """The table of shared strings, as it grows."""

    def __init__(self) -> None:
        self.all: list[str] = []

    def add(self, strings: Sequence[str]) -> int:
        """Take strings; return the number of the first."""
        first = len(self.all)
        self.all += strings
        return first

    def written(self) -> Iterator[str]:
        """Yield the table as XML, in blocks."""
        yield f'{XML}<sst xmlns="{MAIN}" uniqueCount="{len(self.all)}">'
        for start in range(0, len(self.all), 1 << 15):
            yield "".join(
                f'<si><t xml:space="preserve">{in_xml(COUNTED.sub("_x005F_", _cut(one)))}</t></si>'
                for one in self.all[start : start + (1 << 15)]
            )
        yield "</sst>"


def _cut(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1] + "…"


def write(network: Network, path: Path, report: Report) -> None:
    """Write the workbook.

    Raises
    ------
    FormatError
        If there are more rows than a sheet holds.
    """
    refuse_too_many(network)
    strings = Strings()
    first = strings.add(network.ids.tolist())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=PACKED) as book:
        for name, part in FIXED.items():
            _put(book, name, iter([part]))
        sheets = (
            _table(("source", "target"), *_edges(network, strings, first), network.m, strings),
            _table(("id", "label"), *_accounts(network, strings, first), network.n, strings),
            _story(network, strings),
        )
        before = (0, network.m, network.n + network.m)
        for number, (start, rows) in enumerate(zip(before, sheets, strict=True), 1):
            told = _telling(rows, start, network.n + network.m, report)
            _put(book, f"xl/worksheets/sheet{number}.xml", told)
        _put(book, "xl/sharedStrings.xml", strings.written())


def refuse_too_many(network: Network) -> None:
    """Raise FormatError if a sheet cannot hold the network."""
    for count, what in ((network.m, "edges"), (network.n, "accounts")):
        if count >= MOST_ROWS:
            raise FormatError(
                f"{count:,} {what} do not fit a sheet of a workbook, which holds "
                f"{MOST_ROWS - 1:,} and its header.",
                "Write CSV or Parquet, or show less and write what is shown.",
            )


def _put(book: zipfile.ZipFile, name: str, parts: Iterator[str]) -> None:
    """Write one member, always with the same date: the same network gives the same file."""
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    with book.open(member, "w", force_zip64=True) as file:
        for part in parts:
            file.write(part.encode())


def _telling(
    rows: Iterator[tuple[int, str]], start: int, count: int, report: Report
) -> Iterator[str]:
    for done, text in rows:
        yield text
        report(min((start + done) / max(count, 1), 1.0), "writing the workbook")


def _table(
    first: tuple[str, ...],
    fields: Sequence[Field],
    cells: Sequence[Pieces],
    count: int,
    strings: Strings,
) -> Iterator[tuple[int, str]]:
    """Yield a sheet with a bold header that stays when the rest is scrolled."""
    names = (*first, *(one.name for one in fields))
    at = strings.add(names)
    head = "".join(
        f'<c r="{letters(place)}1" s="{BOLD}" t="s"><v>{at + place}</v></c>'
        for place in range(len(names))
    )
    yield (
        0,
        (
            f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
            f'</sheetView></sheetViews><sheetData><row r="1">{head}</row>\n'
        ),
    )
    columns = [counted('<row r="', '">', 2), *cells, always("</row>\n")]
    yield from blocks(columns, count)
    yield count, "</sheetData></worksheet>"


def _edges(
    network: Network, strings: Strings, first: int
) -> tuple[Sequence[Field], Sequence[Pieces]]:
    fields = network.edge_cells
    ends = [*_shared("A", network.source + first), *_shared("B", network.target + first)]
    return fields, [*ends, *_cells(fields, 2, strings)]


def _accounts(
    network: Network, strings: Strings, first: int
) -> tuple[Sequence[Field], Sequence[Pieces]]:
    fields = network.account_cells
    at = np.arange(network.n)
    labels = strings.add(network.labels.tolist())
    named = [*_shared("A", at + first), *_shared("B", at + labels)]
    return fields, [*named, *_cells(fields, 2, strings)]


def _story(network: Network, strings: Strings) -> Iterator[tuple[int, str]]:
    at = strings.add(network.story)
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" s="{TEXT}" t="s"><v>{at + row - 1}</v></c></row>'
        for row in range(1, len(network.story) + 1)
    )
    yield 0, f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _cells(fields: Sequence[Field], place: int, strings: Strings) -> list[Pieces]:
    return [
        one
        for number, field in enumerate(fields, place)
        for one in _cell(field, letters(number), strings)
    ]


def _cell(field: Field, column: str, strings: Strings) -> list[Pieces]:
    values = field.values
    if isinstance(values, Category):
        return _shared(column, values.codes.astype(np.int64) + strings.add(values.labels))
    if isinstance(values, Text):
        return _shared(column, np.arange(len(values)) + strings.add(values.strings()))
    number = counted(f'<c r="{column}', "", 2)
    if values.dtype.kind == "b":
        return [number, pieces(field, TRUTH, '" t="b"><v>', "</v></c>", '"/>')]
    if field.unit:
        per = 86_400 if field.unit == "time" else 1
        field = field.as_numbers(values / per + EPOCH)
        style = TIME if per > 1 else DAY
        return [number, pieces(field, TRUTH, f'" s="{style}"><v>', "</v></c>", '"/>')]
    return [number, pieces(field, TRUTH, '"><v>', "</v></c>", '"/>')]


TRUTH = Dialect(in_xml, truth=("0", "1"))


def _shared(column: str, numbers: NDArray[np.integer]) -> list[Pieces]:
    """Return what writes cells of shared strings."""
    return [
        counted(f'<c r="{column}', f'" s="{TEXT}" t="s"><v>', 2),
        lambda rows: list(map("%d</v></c>".__mod__, numbers[rows].tolist())),
    ]


def letters(place: int) -> str:
    """Return what a spreadsheet calls the column at *place*, from 0."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
