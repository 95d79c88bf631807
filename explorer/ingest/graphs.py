"""One door for everything that is a graph already: told apart by content, read, made one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from explorer.archive.receipt import SIMULATED
from explorer.errors import SourceError
from explorer.ingest import (
    dot,
    encodings,
    gexf,
    graphfiles,
    graphjson,
    magic,
    mapped,
    matrixmarket,
    neighbours,
    sections,
    tabular,
    ucinet,
)
from explorer.ingest.entry import Damaged, Foreign
from explorer.ingest.header import read_header
from explorer.ingest.progress import READ, Found
from explorer.ingest.union import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import duckdb

    from explorer.archive.receipt import FileReceipt, Interactions
    from explorer.ingest.drawn import Drawn
    from explorer.ingest.entry import Entry
    from explorer.ingest.mapping import Columns
    from explorer.ingest.progress import Meter

BLANK = r"(?:\s++|//[^\n]*+|/\*[\s\S]*?\*/|#[^\n]*+)*+"
"""What may stand between two words of DOT."""
SIGNATURES = (
    ("GraphML", r"(?s).*<(?:[\w.-]+:)?graphml[\s>]"),
    ("GML", r'(?:\s*(?:#[^\n]*\n|(?:creator|version|comment)\s+(?:"[^"]*"|\S+)))*\s*graph\s*\['),
    ("Pajek", r"(?:\s*(?:%[^\n]*\n|\*network[^\n]*\n))*\s*\*vertices\b"),
    ("UCINET DL", r"\s*dl\s+(?:n|nr|nm|nc|format|labels)\b"),
    ("VNA", r"\s*\*(?:node data|node properties|tie data)\b"),
    ("GDF", r"\s*nodedef\s*>"),
    ("DOT", rf"{BLANK}(?:strict{BLANK}(?<!strict))?(?:di)?graph(?![\w.:-])[^\[{{]*+\{{"),
    ("Matrix Market", r"%%matrixmarket\b"),
)
"""How the text of a graph file begins, without case."""
ENDINGS = {
    ".graphml": "GraphML",
    ".gml": "GML",
    ".net": "Pajek",
    ".dl": "UCINET DL",
    ".lgl": "LGL",
    ".dot": "DOT",
    ".gv": "DOT",
    ".mtx": "Matrix Market",
    ".adjlist": "a list of neighbours",
}
"""What a file claims to be: then what is wrong with it can be said."""
OURS: dict[str, Callable[[Entry, Callable[[int], None]], Drawn]] = {
    "UCINET DL": ucinet.read,
    "VNA": sections.read_vna,
    "GDF": sections.read_gdf,
    "DOT": dot.read,
    "Matrix Market": matrixmarket.read,
    "a list of neighbours": neighbours.read,
}
"""What is read without igraph."""
MARK = "simulated"
"""The column of a table that says of every row whether it is."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A stream that holds a graph, and what reads it."""

    entry: Entry
    read: Callable[[Callable[[int], None]], Drawn]
    nodes_only: bool = False
    simulated: bool = False


def recognise(entry: Entry, sample: bytes) -> Claim | None:
    """Return how to read a graph, or None if the stream begins like none.

    Raises
    ------
    SourceError
        If it is text of a kind that must be saved anew first.
    """
    text = _decoded(sample)
    found = _recognised(entry, sample, text)
    return found and replace(found, simulated=_simulated(entry, sample, text))


def _simulated(entry: Entry, sample: bytes, text: str) -> bool:
    """Say whether a stream says of itself that it is simulated: in words, or row by row."""
    if SIMULATED in text:
        return True
    header = None if text.startswith(("<", "{", "[")) else read_header(sample, entry.shown)
    if header is None or MARK not in header.keys:
        return False
    rows = sample[header.start :]
    return MARK.upper().encode() in rows or not rows.strip()


def _recognised(entry: Entry, sample: bytes, text: str) -> Claim | None:
    if gexf.looks(text[:4096]) or entry.ending == ".gexf":
        return Claim(entry, partial(gexf.read, entry))
    format_ = _format(entry, sample, text)
    if format_ in OURS:
        return Claim(entry, partial(OURS[format_], entry))
    if format_:
        return Claim(entry, partial(graphfiles.read, entry, format_))
    return _other(entry, sample, text)


def recognise_mapped(entry: Entry, sample: bytes, mapping: Columns) -> Claim | None:
    """Return how to read a table with columns of known meaning, or a table of nodes beside it.

    Raises
    ------
    Foreign
        If it is a table with other columns.
    """
    try:
        found = mapped.recognise(entry, sample, mapping)
    except Foreign:
        plain = recognise(entry, sample)
        if plain is not None and plain.nodes_only:
            return plain
        raise
    if found is None:
        return None
    simulated = _simulated(entry, sample, _decoded(sample))
    return Claim(entry, partial(mapped.read, entry, found), found.nodes, simulated)


def _format(entry: Entry, sample: bytes, text: str) -> str:
    begins = text[:4096].lower()
    found = next((name for name, begin in SIGNATURES if re.match(begin, begins)), "")
    return found or ("" if magic.binary(sample) else ENDINGS.get(entry.ending, ""))


def _other(entry: Entry, sample: bytes, text: str) -> Claim | None:
    if text.startswith(("{", "[")):
        return Claim(entry, partial(graphjson.read, entry)) if graphjson.looks(text) else None
    if text.startswith("<") or magic.what(sample, "") != "a text":
        return None
    sheet = tabular.recognise(entry, sample)
    if sheet is None:
        return None
    return Claim(entry, partial(tabular.read, entry, sheet), sheet.kind == "nodes")


def _decoded(sample: bytes) -> str:
    wide = sample.startswith((b"\xff\xfe", b"\xfe\xff"))
    return sample.decode("utf-16" if wide else "utf-8-sig", "replace").lstrip()


def read(
    db: duckdb.DuckDBPyConnection,
    claims: Sequence[Claim],
    hashes: Mapping[Path, str],
    meter: Meter,
) -> tuple[tuple[FileReceipt, ...], Interactions]:
    """Read graphs, make one of them, and write it into the archive.

    Raises
    ------
    SourceError
        If there are tables of nodes and nothing else.
    """
    if all(claim.nodes_only for claim in claims):
        raise SourceError(
            f"{claims[0].entry.shown} is a table of nodes: it names accounts, but no edges.",
            "Drop it together with its table of edges.",
        )
    drawings: list[tuple[Entry, Any]] = []
    for claim in claims:
        try:
            drawings.append((claim.entry, claim.read(meter.reading(claim.entry))))
        except SourceError as error:
            raise Damaged(claim.entry.path, error) from None
        if claim.simulated:  # it says so itself, whatever it is called now
            drawings[-1][1].format += ", SIMULATED"
        accounts = sum(len(one.ids) for _, one in drawings)
        meter.step(0.0, "", Found(accounts, 0, sum(one.m for _, one in drawings)))
    if not any(one.ids or one.m for _, one in drawings):
        raise _empty(*drawings[0])
    meter.step(READ, "merging repeated edges")
    return fill(db, drawings, hashes)


def _empty(entry: Entry, drawn: Drawn) -> SourceError:
    """Say why there is nobody in a graph."""
    refused = drawn.refused
    if refused.total:
        reason = max(refused.reasons, key=refused.reasons.__getitem__)
        return SourceError(
            f"None of the {refused.total:,} records in {entry.shown} can be used: {reason}.",
            encodings.hint(entry.sample())
            if "UTF-8" in reason
            else "Check what was exported, and which columns were named.",
        )
    if drawn.format.startswith("table"):
        return SourceError(
            f"{entry.shown} holds no records, only a header.", "Drop the whole file."
        )
    return SourceError(
        f"{entry.shown} is a graph without accounts and edges.", "Check what was exported."
    )
