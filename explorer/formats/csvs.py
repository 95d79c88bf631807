"""Two tables as CSV, edges and accounts, safe to open in a spreadsheet.

A text that a spreadsheet would take for a formula gets an apostrophe in front, and so does one
that begins with an apostrophe and such a sign: to take one off again is always right.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from explorer.formats.fields import Dialect, always, blocks, looked_up, objects, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from explorer.formats.fields import Field, Pieces
    from explorer.formats.network import Network

FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
NOTE = (
    "A text that a spreadsheet would take for a formula has an apostrophe in front; so has one "
    "that begins with apostrophes and such a sign. Take one apostrophe off to get it back."
)


def guarded(text: str) -> str:
    """Return *text* as a quoted cell that no spreadsheet takes for a formula."""
    safe = f"'{text}" if FORMULA.match(text) else text
    return '"' + safe.replace('"', '""') + '"'


CSV = Dialect(guarded, iso=True)


def edges(network: Network) -> Iterator[tuple[int, str]]:
    """Yield how many edges are written, and the table of edges in blocks."""
    ids = objects([f"{guarded(one)}," for one in network.ids.tolist()])
    fields = network.edge_cells
    yield 0, _header(("source", "target", "type"), fields)
    ends = [looked_up(ids, network.source), looked_up(ids, network.target), always("Directed,")]
    yield from blocks([*ends, *_cells(fields)], network.m)


def accounts(network: Network) -> Iterator[tuple[int, str]]:
    """Yield how many accounts are written, and the table of accounts in blocks."""
    rows = zip(network.ids.tolist(), network.labels.tolist(), strict=True)
    begun = objects([f"{guarded(one)},{guarded(label)}," for one, label in rows])
    fields = network.account_cells
    yield 0, _header(("id", "label"), fields)
    yield from blocks([lambda rows: begun[rows].tolist(), *_cells(fields)], network.n)


def about(network: Network) -> Iterator[tuple[int, str]]:
    """Yield the story of both tables as JSON."""
    told = {"story": network.story, "text": NOTE, **network.about}
    yield 0, json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _header(first: tuple[str, ...], fields: Sequence[Field]) -> str:
    return ",".join([*first, *(guarded(one.name) for one in fields)]) + "\n"


def _cells(fields: Sequence[Field]) -> list[Pieces]:
    ends = [","] * (len(fields) - 1) + ["\n"]
    return [pieces(one, CSV, after=end, missing=end) for one, end in zip(fields, ends, strict=True)]
