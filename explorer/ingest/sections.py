"""Read GDF and VNA: a table of nodes and a table of edges in one file, one after the other."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from explorer.ingest.links import Links
from explorer.ingest.rows import NOT_UTF8, lines
from explorer.ingest.values import colour, number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from explorer.ingest.drawn import Drawn
    from explorer.ingest.entry import Entry

IDS = ("name", "id")
FROM, TO = ("node1", "from"), ("node2", "to")
SIZES = ("size", "width")
LABELS = ("label", "shortlabel")
WEIGHTS = ("weight", "strength")


@dataclass(slots=True)
class _Parts:
    """What was read so far; *edges* wait until all nodes are known."""

    names: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[float, float]] = field(default_factory=dict)
    look: dict[str, tuple[str, float]] = field(default_factory=dict)
    edges: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    bad: list[tuple[str, int]] = field(default_factory=list)
    repeated: int = 0

    def node(self, line: int, row: Mapping[str, str], again: bool) -> None:
        """Take a node, or *again* what another table says of it."""
        id_ = _cell(row, IDS)
        if not id_:
            self.bad.append(("no id", line))
            return
        self.repeated += id_ in self.names and not again
        self.names[id_] = self.names.get(id_) or _cell(row, LABELS)
        if "color" in row or _cell(row, SIZES):
            self.look[id_] = colour(row.get("color", "")), number(_cell(row, SIZES))
        if "x" in row and "y" in row:
            self.places.setdefault(id_, (number(row["x"]), number(row["y"])))

    def drawn(self, what: str, directed: bool) -> Drawn:
        """Return the graph; edges say whether they are directed, else all are or none."""
        links = Links()
        links.state(self.names)
        for reason, line in self.bad:
            links.refused.add(reason, 0, line)
        for line, row in self.edges:
            way = row.get("directed", "").lower()
            reason = links.add(
                (_cell(row, FROM), _cell(row, TO)),
                _cell(row, WEIGHTS),
                directed=way == "true" if way else directed,
            )
            if reason:
                links.refused.add(reason, 0, line)
        made = links.drawn(what)
        made.stated, made.repeated = len(self.names), self.repeated
        made.names = [self.names.get(id_, "") for id_ in made.ids]
        places = [self.places.get(id_, (np.nan, np.nan)) for id_ in made.ids]
        look = [self.look.get(id_, ("", np.nan)) for id_ in made.ids]
        made.colours = [one for one, _ in look]
        made.sizes = np.array([one for _, one in look], np.float64)
        made.places = np.array(places, np.float64) if self.places else None
        return made


def _cell(row: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((row[name] for name in names if row.get(name)), "")


def read_gdf(entry: Entry, heard: Callable[[int], None]) -> Drawn:
    """Return the graph of a GDF file; edges are undirected unless they say otherwise."""
    parts, columns, edges = _Parts(), list[str](), False
    for place, line in enumerate(lines(entry, heard), 1):
        text = line.removeprefix("\ufeff").strip()
        start = text[:8].lower()
        if start in ("nodedef>", "edgedef>"):
            edges = start == "edgedef>"
            columns = [_name(one) for one in text[8:].split(",")]
        elif text and _is_text(parts, text, place):
            row = dict(zip(columns, _cells(text), strict=False))
            if edges:
                parts.edges.append((place, row))
            else:
                parts.node(place, row, False)
    return parts.drawn("GDF graph", False)


def _name(column: str) -> str:
    """Return the name of a column, without its type."""
    return column.split()[0].lower() if column.split() else ""


def _cells(text: str) -> list[str]:
    quote = "'" if "'" in text and '"' not in text else '"'
    try:
        row = next(csv.reader([text], quotechar=quote, skipinitialspace=True), [])
    except csv.Error:
        return []
    return [cell.strip() for cell in row]


def read_vna(entry: Entry, heard: Callable[[int], None]) -> Drawn:
    """Return the graph of a VNA file; its ties are directed."""
    parts, columns, section = _Parts(), list[str](), ""
    stated = False
    for place, line in enumerate(lines(entry, heard), 1):
        text = line.removeprefix("\ufeff").strip()
        if text.startswith("*"):
            stated = stated or bool(parts.names)
            section, columns = text[1:].strip().lower(), []
        elif text and _is_text(parts, text, place):
            words = _vna_words(text)
            if not columns:
                columns = [word.lower() for word in words]
            elif section == "tie data":
                parts.edges.append((place, dict(zip(columns, words, strict=False))))
            elif section.startswith("node"):
                parts.node(place, dict(zip(columns, words, strict=False)), stated)
    return parts.drawn("VNA graph", True)


def _vna_words(text: str) -> list[str]:
    try:
        return next(csv.reader([" ".join(text.split())], delimiter=" "), [])
    except csv.Error:
        return []


def _is_text(parts: _Parts, text: str, line: int) -> bool:
    if text.isascii() or not any("\udc80" <= letter <= "\udcff" for letter in text):
        return True
    parts.bad.append((NOT_UTF8, line))
    return False
