"""Read graphs in JSON: node-link as networkx and d3 write it, graphology, Cytoscape."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.archive.tables import KINDS
from explorer.errors import SourceError
from explorer.ingest.drawn import LINK, Drawn, Refused
from explorer.ingest.gexf import ways
from explorer.ingest.values import colour, number, seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from explorer.ingest.entry import Entry

MOST_BYTES = 512 << 20
"""Of a file that is read as a whole: it takes up to sixteen times as much memory."""
NAMES = ("label", "name", "screen_name", "username")
FIRST = re.compile(
    r'\{\s*"(directed|multigraph|graph|options|attributes|nodes|links|edges|elements|data|'
    r'format_version|generated_by|target_cytoscapejs_version)"'
)
LISTS = re.compile(r'"(nodes|edges|links|elements)"\s*:\s*[\[{]')
DEEPEST = "is nested too deep"


def looks(text: str) -> bool:
    """Say whether text begins like a graph in JSON."""
    return FIRST.match(text) is not None and LISTS.search(text) is not None


def load(entry: Entry, heard: Callable[[int], None] = lambda _count: None) -> Any:
    """Return the value that a JSON file is; raise SourceError if it is none."""
    if entry.size > MOST_BYTES:
        raise SourceError(
            f"{entry.shown} is {entry.size / 1e9:,.1f} GB of JSON in one piece, more than "
            f"{MOST_BYTES / 1e9:,.1f} GB.",
            "Save it as GEXF, as a table of edges, or with one post a line.",
        )
    try:
        with entry.open() as stream:
            data = stream.read()
        heard(len(data))
        return json.loads(data.decode("utf-8-sig"), parse_int=_int)
    except RecursionError:
        raise SourceError(f"{entry.shown} {DEEPEST}.", "Export it again.") from None
    except ValueError as error:
        where = f" in line {error.lineno:,}" if isinstance(error, json.JSONDecodeError) else ""
        raise SourceError(
            f"{entry.shown} is not whole JSON{where}.", "It may have been cut off; get it again."
        ) from None


def _int(digits: str) -> int | str:
    """Return a whole number; one that is longer than any id stays text."""
    return int(digits) if len(digits) < 100 else digits


def read(entry: Entry, heard: Callable[[int], None]) -> Drawn:
    """Return the graph of a JSON file.

    Raises
    ------
    SourceError
        If it is not whole, or holds no lists of nodes and edges.
    """
    made = _Made(load(entry, heard), entry)
    made.take_nodes()
    made.take_edges()
    return made.drawn()


class _Made:
    """A graph in JSON, as far as it is understood."""

    def __init__(self, value: Any, entry: Entry) -> None:
        whole = value if isinstance(value, dict) else {}
        self._dialect, self._nodes, self._edges = _lists(whole)
        if not isinstance(self._nodes, list) or not isinstance(self._edges, list):
            raise SourceError(
                f"{entry.shown} is JSON without lists of nodes and edges.",
                "Graphs in JSON are read as node-link, graphology or Cytoscape write them.",
            )
        self._directed = _directed(whole)
        self._number: dict[str, int] = {}
        self._names: list[str] = []
        self._places: list[tuple[float, float]] = []
        self._roles: list[str] = []
        self._look: list[tuple[str, float]] = []
        self._ends: list[tuple[int, int, float, int, bool]] = []
        self._told: list[tuple[int, int, float]] = []
        self._refused, self._repeated, self._stated = Refused(), 0, 0

    def take_nodes(self) -> None:
        """Give every node its number."""
        for place, node in enumerate(self._nodes, 1):
            facts = _facts(node)
            id_ = _text(facts.get("id", facts.get("key", facts.get("name"))))
            if not id_:
                self._refused.add("a node without an id", place)
            elif id_ in self._number:
                self._repeated += 1
            else:
                self._number[id_] = len(self._number)
                self._names.append(next((_text(facts[n]) for n in NAMES if facts.get(n)), ""))
                self._places.append(_place(node, facts))
                self._roles.append(_text(facts.get("role")))
                self._look.append((colour(_tint(facts)), number(_text(facts.get("size")))))
        self._stated = len(self._number)

    def take_edges(self) -> None:
        """Take the edges whose ends are nodes."""
        indices = self._by_index()
        for place, edge in enumerate(self._edges, 1):
            facts = _facts(edge)
            ends = [self._end(facts.get(name), indices) for name in ("source", "target")]
            if None in ends:
                self._refused.add("an edge to a node that is not in the file", place)
                continue
            weight = facts.get("weight", facts.get("value"))
            kind = facts.get("kind", facts.get("key"))
            self._ends.append(
                (
                    ends[0] or 0,
                    ends[1] or 0,
                    number(str(weight)) if weight is not None else math.nan,
                    KINDS.index(kind) if kind in KINDS else LINK,
                    not facts["undirected"]
                    if isinstance(facts.get("undirected"), bool)
                    else self._directed,
                )
            )
            self._told.append(
                (
                    seconds(_text(facts.get("first"))),
                    seconds(_text(facts.get("last"))),
                    number(_text(facts.get("count"))),
                )
            )

    def _by_index(self) -> bool:
        """Say whether edges name their ends by place, as d3 does; only if no id fits."""
        ends = [_facts(edge).get(name) for edge in self._edges for name in ("source", "target")]
        return (
            all(type(end) is int and 0 <= end < self._stated for end in ends)
            and not any(_text(end) in self._number for end in ends)
            and not self._refused.total
            and not self._repeated
        )

    def _end(self, given: Any, indices: bool) -> int | None:
        if isinstance(given, dict):  # d3 puts the node itself in
            given = given.get("id")
        return given if indices else self._number.get(_text(given))

    def drawn(self) -> Drawn:
        """Return the graph."""
        rows = np.array(self._ends, np.float64).reshape(-1, 5)
        directed = rows[:, 4].astype(bool)
        told = np.array(self._told, np.float64).reshape(-1, 3)
        return Drawn(
            f"{self._dialect} graph, {ways(directed) if len(rows) else 'without edges'}",
            list(self._number),
            rows[:, 0].astype(np.int64),
            rows[:, 1].astype(np.int64),
            directed,
            stated=self._stated,
            names=self._names,
            places=np.array(self._places, np.float64).reshape(-1, 2),
            weight=rows[:, 2],
            kind=rows[:, 3].astype(np.int64),
            time=told[:, 0].astype(np.int64),
            last=told[:, 1].astype(np.int64),
            count=told[:, 2],
            roles=self._roles if any(self._roles) else [],
            colours=[one for one, _ in self._look],
            sizes=np.array([one for _, one in self._look], np.float64),
            repeated=self._repeated,
            refused=self._refused,
        )


def _lists(whole: Mapping[str, Any]) -> tuple[str, Any, Any]:
    elements = whole.get("elements")
    if isinstance(elements, list):
        edges = [one for one in elements if "source" in _facts(one)]
        return "Cytoscape", [one for one in elements if "source" not in _facts(one)], edges
    if isinstance(elements, dict):
        return "Cytoscape", elements.get("nodes", []), elements.get("edges", [])
    nodes = whole.get("nodes")
    keyed = isinstance(nodes, list) and any(isinstance(n, dict) and "key" in n for n in nodes[:1])
    return (
        "graphology" if "options" in whole or keyed else "node-link",
        nodes,
        whole.get("links", whole.get("edges")),
    )


def _directed(whole: Mapping[str, Any]) -> bool:
    options = whole.get("options")
    if isinstance(options, dict):
        return options.get("type") != "undirected"
    return whole.get("directed") is not False


def _facts(one: Any) -> dict[str, Any]:
    """Return what is said of a node or edge, on whichever level it is said."""
    if not isinstance(one, dict):
        return {}
    attributes, data = one.get("attributes"), one.get("data")
    told = {**attributes, **one} if isinstance(attributes, dict) else dict(one)
    return {**told, **data} if isinstance(data, dict) else told


def _tint(facts: dict[str, Any]) -> str:
    """Return what says the colour of a node: one value, or three as our own files have."""
    return _text(facts.get("color")) or ",".join(_text(facts.get(part)) for part in "rgb")


def _place(node: Any, facts: Mapping[str, Any]) -> tuple[float, float]:
    inner = node.get("position") if isinstance(node, dict) else None
    at = inner if isinstance(inner, dict) else facts
    return number(str(at.get("x"))), number(str(at.get("y")))


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)
