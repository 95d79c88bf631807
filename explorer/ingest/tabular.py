"""Read tables of edges and nodes: by the names of their columns, or as bare pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from explorer.ingest.entry import SAMPLE, Foreign
from explorer.ingest.header import read_header
from explorer.ingest.links import Links
from explorer.ingest.rows import lines, records
from explorer.ingest.tablerows import EdgeColumns, edges_of, nodes_of
from explorer.ingest.values import number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from explorer.ingest.drawn import Drawn
    from explorer.ingest.entry import Entry
    from explorer.ingest.header import Header
    from explorer.ingest.rows import Row

ENDS = (
    ("source", "target"),
    ("sourceid", "targetid"),
    ("source_id", "target_id"),
    ("from", "to"),
    ("from_id", "to_id"),
    ("src", "dst"),
    ("vertex 1", "vertex 2"),
    (":start_id", ":end_id"),
    ("account_id", "account_id_y"),
)
"""Names of the two columns that make a table of edges, without case."""
EITHER_WAY = ("account_id_y",)
"""Targets of tables whose edges have no direction: pairs that CooRTweet found to share as one."""
TIMES = ("timestamp", "time", "date", "created_at")
BARE = (".edgelist", ".edges", ".ncol", ".el", ".txt", ".dat", ".csv", ".tsv")
"""Endings of files that may be bare pairs."""
SURE = (".edgelist", ".edges", ".ncol", ".el")
"""Endings that nothing but bare pairs have."""
LEAST_PAIRS, SAMPLED = 3, 200
"""Lines that must be seen, and that are looked at."""
COMMENT = ("#", "%")

Kind = Literal["edges", "nodes", "matrix", "pairs"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that was recognised; *header* is None for bare pairs."""

    kind: Kind
    header: Header | None
    delimiter: str | None = None


def recognise(entry: Entry, sample: bytes) -> Sheet | None:
    """Return what kind of table begins like this, or None.

    Raises
    ------
    Foreign
        If it is a table of nodes that nothing can point to.
    SourceError
        If it is text of a kind that must be saved anew first.
    """
    header = read_header(sample, entry.shown)
    if header is not None:
        keys = header.keys
        if _ends(keys):
            return Sheet("edges", header)
        if "id" in keys and ("label" in keys or keys == ("id",)):
            return Sheet("nodes", header)
        if keys[0] in ("label", "name") and len(keys) > 1 and "id" not in keys:
            raise Foreign(
                f"{entry.shown} looks like a table of nodes, but has no column Id that edges "
                "could point to.",
                "Add the column, and drop it together with its table of edges.",
            )
        if _matrix(header, sample):
            return Sheet("matrix", header)
    return _pairs(entry, sample)


def _ends(keys: tuple[str, ...]) -> tuple[int, int] | None:
    return next(((keys.index(a), keys.index(b)) for a, b in ENDS if a in keys and b in keys), None)


def _matrix(header: Header, sample: bytes) -> bool:
    """Say whether a table has the same names along its side as on top."""
    if len(header.names) < 3 or header.keys[0]:
        return False
    below = sample[header.start :].decode("utf-8", "replace").splitlines()[: len(header.names) - 1]
    side = [line.split(header.delimiter)[0].strip().lower() for line in below if line.strip()]
    return bool(side) and tuple(side) == header.keys[1 : 1 + len(side)]


def _pairs(entry: Entry, sample: bytes) -> Sheet | None:
    """Recognise lines of two or three words, the third a number."""
    if entry.ending not in BARE or b"\x00" in sample:
        return None
    rows = _sampled(sample)
    for delimiter in (None, "\t", ",", ";"):
        pairs = [_split(line, delimiter) for line in rows]
        good = sum(map(_pair, pairs))
        if entry.ending in SURE and 2 * good > len(pairs):
            return Sheet("pairs", None, delimiter)
        if good == len(pairs) and _alike(pairs, delimiter):
            return Sheet("pairs", None, delimiter)
    return None


def _sampled(sample: bytes) -> list[str]:
    text = sample.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    found = [line for line in text.splitlines() if line.strip() and not line.startswith(COMMENT)]
    return found[: min(SAMPLED, len(found) - (len(sample) >= SAMPLE))]


def _split(line: str, delimiter: str | None) -> list[str]:
    return [word.strip().strip('"') for word in line.split(delimiter)]


def _pair(words: list[str]) -> bool:
    if len(words) == 3 and number(words[2]) != number(words[2]):
        return False
    return len(words) in (2, 3) and all(words) and len(words[0]) < 200


def _alike(pairs: list[list[str]], delimiter: str | None) -> bool:
    """Say whether both columns seem to name the same kind of thing, so that pairs are edges."""
    left, right = {words[0] for words in pairs}, {words[1] for words in pairs}
    plain = delimiter is None and all(one.isdigit() for one in left | right)
    return len(pairs) >= LEAST_PAIRS and (bool(left & right) or plain)


def read(entry: Entry, sheet: Sheet, heard: Callable[[int], None]) -> Drawn:
    """Return the graph of a table; a table of nodes alone has no edges."""
    if sheet.kind == "pairs":
        return _read_pairs(entry, sheet.delimiter, heard)
    assert sheet.header is not None  # only pairs go without
    make = {"edges": _read_edges, "nodes": _read_nodes, "matrix": _read_matrix}[sheet.kind]
    return make(entry, sheet.header, heard)


def _read_edges(entry: Entry, header: Header, heard: Callable[[int], None]) -> Drawn:
    keys = header.keys
    ends = _ends(keys)
    assert ends is not None  # it was recognised by them
    weight, type_, kind, first, last, count = (
        keys.index(name) if name in keys else -1
        for name in ("weight", "type", "kind", "first", "last", "count")
    )
    time = next((keys.index(name) for name in TIMES if name in keys), -1)
    directed = keys[ends[1]] not in EITHER_WAY
    places = EdgeColumns(ends, weight, time, kind, type_, (first, last, count), directed=directed)
    return edges_of(entry, header, heard, places).drawn("table of edges")


def _read_pairs(entry: Entry, delimiter: str | None, heard: Callable[[int], None]) -> Drawn:
    links = Links()
    for place, line in enumerate(lines(entry, heard), 1):
        text = line.removeprefix("\ufeff").strip()
        if not text or text.startswith(COMMENT):
            continue
        words = _split(text, delimiter)
        if not _pair(words):
            reason = f"has {len(words)} words, not 2 or 3 with a number at the end"
        elif not text.isascii() and any("\udc80" <= letter <= "\udcff" for letter in text):
            reason = "not valid UTF-8"
        else:
            reason = links.add((words[0], words[1]), words[2] if len(words) == 3 else "")
        if reason:
            links.refused.add(reason, 0, place)
    return links.drawn("list of edges")


def _read_nodes(entry: Entry, header: Header, heard: Callable[[int], None]) -> Drawn:
    keys = header.keys
    label = keys.index("label") if "label" in keys else -1
    return nodes_of(entry, header, heard, (keys.index("id"), label))


def _read_matrix(entry: Entry, header: Header, heard: Callable[[int], None]) -> Drawn:
    links = Links()
    names = [name.strip() for name in header.names[1:]]
    links.state(names)
    for row in records(entry, header, heard):
        if row.reason:
            links.refused.add(row.reason, row.number, row.line)
            continue
        for target, cell in _filled(row, names):
            reason = links.add((row.cells[0].strip(), target), cell)
            if reason:
                links.refused.add(reason, row.number, row.line)
    return links.drawn("matrix of edges")


def _filled(row: Row, names: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the cells of a row of a matrix that are an edge."""
    for target, cell in zip(names, row.cells[1:], strict=False):
        if cell.strip() and number(cell) != 0:
            yield target, cell
