"""Read DOT, the language of Graphviz: subgraphs as ends of edges, chains, defaults, any quoting."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from explorer.errors import SourceError
from explorer.ingest.dotwords import DEEPEST, Malformed, Word, label, words
from explorer.ingest.links import Links
from explorer.ingest.values import colour, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from explorer.ingest.drawn import Drawn
    from explorer.ingest.entry import Entry

MOST_BYTES = 512 << 20
"""Of a file that is read as a whole."""
MOST_EDGES = 2_000_000
"""Of groups: two that are joined by one arrow are as many edges as their product."""
DEFAULTS = ("graph", "node", "edge")


def read(entry: Entry, heard: Callable[[int], None]) -> Drawn:
    """Return the graph of a DOT file; several in one file are one.

    Raises
    ------
    SourceError
        If it is not whole, not text, or joins groups into more edges than can be held.
    """
    if entry.size > MOST_BYTES:
        raise SourceError(
            f"{entry.shown} is {entry.size / 1e9:,.1f} GB of DOT, more than "
            f"{MOST_BYTES / 1e9:,.1f} GB.",
            "Save it as GEXF or as a table of edges: those are read as streams.",
        )
    with entry.open() as stream:
        data = stream.read()
    text = _decoded(entry, data)
    heard(len(data))
    graph = _Graph()
    try:
        graph.take(words(text))
    except Malformed as error:
        raise error.told(entry.shown, text) from None
    return graph.drawn()


def _decoded(entry: Entry, data: bytes) -> str:
    latin = re.search(rb'(?i)\bcharset\s*=\s*"?(?:latin-?1|iso-?8859-?1)\b', data[:4096])
    try:
        return data.decode("latin-1" if latin else "utf-8-sig")
    except UnicodeDecodeError:
        raise SourceError(
            f"{entry.shown} is not in UTF-8: its names would come out wrong.",
            "Open it in a text editor and save it as UTF-8.",
        ) from None


@dataclass(slots=True)
class _Scope:
    """A graph or subgraph that is open: its nodes, its defaults, and its statement so far."""

    name: str = ""
    node: dict[str, str] = field(default_factory=dict)
    edge: dict[str, str] = field(default_factory=dict)
    members: dict[str, None] = field(default_factory=dict)
    chain: list[list[str]] = field(default_factory=list)
    ways: list[bool] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=dict)


class _Graph:
    """What was read so far; scopes are a list and not calls, so that no nesting is too deep."""

    def __init__(self) -> None:
        self._links = Links()
        self._facts: dict[str, dict[str, str]] = {}
        self._named: dict[str, dict[str, None]] = {}
        self._open: list[_Scope] = []
        self._seen: set[tuple[str, str]] | None = None
        self._edges = self._repeated = self._graphs = 0
        self._word = Word("end", "", 0)

    def take(self, all_words: Iterator[Word]) -> None:
        """Take every graph of a file."""
        self._rest = all_words
        self._next()
        while self._word.kind != "end":
            self._begin()
            while self._open:
                self._statement()

    def _next(self) -> Word:
        """Go one word on, and return the one that was passed."""
        passed, self._word = self._word, next(self._rest, self._word)
        return passed

    def _is(self, *texts: str) -> bool:
        word = self._word
        return word.kind == "mark" and word.text in texts

    def _key(self) -> str:
        """Return the keyword that comes next, '' if it is none."""
        word = self._word
        return word.text.lower() if word.kind == "id" and word.plain else ""

    def _id(self) -> str:
        if self._word.kind != "id":
            raise Malformed(self._unfit(), self._word.at)
        return self._next().text

    def _unfit(self) -> str:
        if self._word.kind == "end":
            return "the end comes too early"
        return f"{self._word.text[:20]!r} where it does not belong"

    def _must(self, mark: str) -> None:
        if not self._is(mark):
            raise Malformed(self._unfit(), self._word.at)
        self._next()

    def _begin(self) -> None:
        strict = self._key() == "strict"
        if strict:
            self._next()
        if self._key() not in ("graph", "digraph"):
            raise Malformed(self._unfit(), self._word.at)
        self._next()
        if self._word.kind == "id":
            self._next()
        self._must("{")
        self._seen = set() if strict else None
        self._graphs += 1
        self._named.clear()
        self._open.append(_Scope())

    def _statement(self) -> None:
        """Take what comes next inside a graph: a mark, a keyword, an arrow or a name."""
        scope = self._open[-1]
        if self._word.kind == "op":
            if not scope.chain or len(scope.ways) == len(scope.chain):
                raise Malformed(self._unfit(), self._word.at)
            scope.ways.append(self._next().text == "->")
        elif self._word.kind == "mark":
            self._mark(scope)
        elif (key := self._key()) in DEFAULTS:
            self._default(scope, key)
        elif key == "subgraph":
            self._subgraph(scope)
        else:
            self._name(scope)

    def _mark(self, scope: _Scope) -> None:
        if self._is("[") and scope.chain:
            scope.given |= self._attributes()
        elif self._is("{"):
            self._descend("")
        elif self._is("}"):
            self._finish(scope)
            self._next()
            self._ascend()
        elif self._is(";", ","):
            self._finish(scope)
            self._next()
        else:
            raise Malformed(self._unfit(), self._word.at)

    def _default(self, scope: _Scope, key: str) -> None:
        self._finish(scope)
        self._next()
        given = self._attributes()
        if key == "node":
            scope.node = scope.node | given
        elif key == "edge":
            scope.edge = scope.edge | given

    def _subgraph(self, scope: _Scope) -> None:
        self._next()
        name = self._next().text if self._word.kind == "id" else ""
        if self._is("{"):
            self._descend(name)
        else:  # one that was described before
            self._operand(scope, list(self._named.get(name, {})))

    def _descend(self, name: str) -> None:
        if len(self._open) > DEEPEST:
            raise Malformed(f"subgraphs more than {DEEPEST} deep", self._word.at)
        self._next()
        outer = self._open[-1]
        self._open.append(_Scope(name, outer.node, outer.edge))

    def _ascend(self) -> None:
        inner = self._open.pop()
        if self._open:
            outer = self._open[-1]
            outer.members |= inner.members
            if inner.name:
                self._named.setdefault(inner.name, {}).update(inner.members)
            self._operand(outer, list(inner.members))

    def _name(self, scope: _Scope) -> None:
        name = self._id()
        if self._is("="):  # an attribute of the graph
            self._next()
            self._id()
            self._finish(scope)
            return
        for _ in range(2):  # port and compass point
            if self._is(":"):
                self._next()
                self._id()
        if name not in self._facts:
            self._facts[name] = dict(scope.node)
            self._links.state([name])
        scope.members[name] = None
        self._operand(scope, [name])

    def _operand(self, scope: _Scope, group: list[str]) -> None:
        if len(scope.ways) < len(scope.chain):  # no arrow before it: a new statement
            self._finish(scope)
        scope.chain.append(group)

    def _attributes(self) -> dict[str, str]:
        given: dict[str, str] = {}
        while self._is("["):
            self._next()
            while not self._is("]"):
                key = self._id()
                value = "true"
                if self._is("="):
                    self._next()
                    value = self._id()
                given[key.lower()] = value
                while self._is(";", ","):
                    self._next()
            self._next()
        return given

    def _finish(self, scope: _Scope) -> None:
        """Take the statement that ends: edges, or what is said of a node."""
        chain, ways, given = scope.chain, scope.ways, scope.given
        if chain and len(ways) >= len(chain):
            raise Malformed(self._unfit(), self._word.at)
        if len(chain) == 1 and len(chain[0]) == 1 and given:
            self._facts[chain[0][0]].update(given)
        elif len(chain) > 1:
            facts = scope.edge | given
            for (sources, targets), directed in zip(pairwise(chain), ways, strict=True):
                self._edges += len(sources) * len(targets) - 1
                if self._edges > MOST_EDGES:
                    raise Malformed(
                        f"groups joined by more than {MOST_EDGES:,} edges", self._word.at
                    )
                self._join(sources, targets, directed, facts)
        scope.chain, scope.ways, scope.given = [], [], {}

    def _join(
        self, sources: list[str], targets: list[str], directed: bool, facts: dict[str, str]
    ) -> None:
        weight, kind = facts.get("weight", ""), facts.get("kind", "")
        for source in sources:
            for target in targets:
                ends = (source, target)
                if self._seen is not None:  # strict: an edge is there or not
                    key = ends if directed or source <= target else (target, source)
                    if key in self._seen:
                        self._repeated += 1
                        continue
                    self._seen.add(key)
                reason = self._links.add(ends, weight, "", kind, directed)
                if reason:
                    self._links.refused.add(reason)

    def drawn(self) -> Drawn:
        """Return the graph."""
        many = f"s, {self._graphs} as one" if self._graphs > 1 else ""
        made = self._links.drawn(f"DOT graph{many}")
        facts = [self._facts[id_] for id_ in made.ids]
        made.stated, made.repeated = len(facts), self._repeated
        made.names = [label(one.get("label", "")) for one in facts]
        made.colours = [colour(one.get("fillcolor") or one.get("color", "")) for one in facts]
        made.sizes = np.array([number(one.get("width", "")) for one in facts], np.float64)
        places = np.array([_place(one.get("pos", "")) for one in facts], np.float64).reshape(-1, 2)
        made.places = places if np.isfinite(places).any() else None
        return made


def _place(text: str) -> tuple[float, float]:
    x, _, y = text.rstrip("!").partition(",")
    return number(x), number(y.partition(",")[0])
