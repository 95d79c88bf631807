"""What igraph leaves out of GraphML without a word: graphs in accounts, second graphs, hyperedges.

Graphs within accounts are laid open before igraph reads them; what cannot be is refused by name.
"""

from __future__ import annotations

import mmap
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from explorer.errors import SourceError
from explorer.ingest import markup

if TYPE_CHECKING:
    from pathlib import Path
    from xml.parsers.expat import XMLParserType

BLOCK = 1 << 20
GRAPH = re.compile(rb"<(?:[\w.-]+:)?graph[\s>/]")
UNUSUAL = re.compile(rb"hyperedge|\sdirected\s*=|<!--|<!\[CDATA")
"""Where counting tags is not enough: only a parser can tell what is a tag there."""
NODE = re.compile(rb"<(?:[\w.-]+:)?node[\s>/]")
TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
"""How a file in UTF-16 begins."""


@dataclass(slots=True)
class Told:
    """What a file holds by its elements.

    Attributes
    ----------
    nodes, hyperedges, graphs
        How many there are; of graphs those that stand in no account.
    directed
        Of each edge in file order, if any says so itself; else empty.
    """

    nodes: int = 0
    hyperedges: int = 0
    graphs: int = 0
    directed: list[bool] = field(default_factory=list)


def opened(path: Path, shown: str) -> Told:
    """Lay the graphs within accounts of the file at *path* open, and tell what it holds.

    The accounts of such a graph follow the one that held them.

    Raises
    ------
    SourceError
        If it holds several graphs beside each other, graphs of both ways within each other, or a
        tag without end.
    """
    with path.open("rb") as file:
        if not sum(map(len, markup.blocks(file, shown))):
            return Told()
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            graphs = sum(1 for _ in GRAPH.finditer(data))
            if graphs == 1 and UNUSUAL.search(data) is None:
                return Told(sum(1 for _ in NODE.finditer(data)), graphs=1)
            wide = data[:2] in WIDE
            reader = _Reader(shown, data)
            with path.open("rb") as stream:
                for _ in markup.fed(reader.parser, stream, shown):
                    pass
            _check(shown, reader, wide=wide)
            whole = _without(data, reader.marks) if reader.marks else b""
    if whole:
        path.write_bytes(whole)
    return reader.told


def _check(shown: str, reader: _Reader, *, wide: bool) -> None:
    if reader.told.graphs > 1:
        raise SourceError(
            f"{shown} holds {reader.told.graphs:,} graphs beside each other.",
            "Save each in a file of its own, and open them together.",
        )
    if reader.odd:
        raise SourceError(
            f"{shown} has a graph within an edge, which nothing here can show.",
            "Save the inner graph in a file of its own.",
        )
    if len(reader.ways) > 1:
        raise SourceError(
            f"{shown} holds a directed graph and an undirected one within each other.",
            "Save it with one kind of edges.",
        )
    if wide and reader.marks:
        raise SourceError(
            f"{shown} has graphs within accounts and is in UTF-16.", "Save it as UTF-8."
        )


class _Reader:
    """Follows the elements of one file; *marks* are the bytes at which something is to be cut."""

    def __init__(self, shown: str, data: mmap.mmap) -> None:
        self.told = Told()
        self.odd = False
        self.ways: set[str] = set()
        self.marks: list[tuple[int, bytes]] = []
        self.parser: XMLParserType = markup.parser(shown)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._data = data
        self._open: list[str] = []
        """What is open: ``graph``, ``node``, ``edge``; a graph in a node is ``inner``, or ``bare``
        if there is nothing in it; a node is ``spent`` once its inner graph was laid open."""
        self._ways: list[bool] = []
        self._own = False

    def _start(self, tag: str, given: dict[str, str]) -> None:
        name = markup.local(tag)
        if name == "graph":
            self._graph(tag, given)
        elif name == "node":
            self.told.nodes += 1
            self._open.append("node")
        elif name == "hyperedge":
            self.told.hyperedges += 1
        elif name == "edge" and self._ways:
            self._own = self._own or "directed" in given
            self.told.directed.append(_way(given.get("directed"), self._ways[-1]))
            self._open.append("edge")

    def _graph(self, tag: str, given: dict[str, str]) -> None:
        way = given.get("edgedefault", "undirected").lower()
        self.ways.add(way)
        self._ways.append(way == "directed")
        self.told.graphs += not self._open
        holder = self._open[-1] if self._open else ""
        self.odd = self.odd or holder in ("edge", "spent")
        if holder != "node":
            self._open.append("graph")
            return
        at = self.parser.CurrentByteIndex
        written = TAG.match(self._data, at)
        bare = written is not None and written[0].endswith(b"/>")
        self._open.append("bare" if bare else "inner")
        prefix, colon, _ = tag.rpartition(":")
        self.marks.append((at, b"" if bare else f"</{prefix}{colon}node>".encode()))

    def _end(self, tag: str) -> None:
        name = markup.local(tag)
        if name not in ("graph", "node", "edge") or not self._open:
            return
        what = self._open.pop()
        if what in ("inner", "spent"):
            self.marks.append((self.parser.CurrentByteIndex, b""))
        if what == "inner":
            self._open[-1] = "spent"
        if name == "graph":
            self._ways.pop()
        if not self._open and not self._own:
            self.told.directed.clear()


def _way(given: str | None, default: bool) -> bool:
    return default if given is None else given.strip().lower() in ("true", "1")


def _without(data: mmap.mmap, marks: list[tuple[int, bytes]]) -> bytes:
    """Return *data* with other bytes in place of the tags at *marks*."""
    parts, done = list[bytes](), 0
    for at, instead in marks:
        tag = TAG.match(data, at)
        assert tag is not None, "the parser saw a tag there"
        parts += [data[done:at], instead]
        done = tag.end()
    return b"".join([*parts, data[done:]])
