"""Read GEXF of any version and namespace as a stream, positions included."""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING

import numpy as np

from explorer.archive.tables import KINDS
from explorer.errors import SourceError
from explorer.ingest import markup
from explorer.ingest.drawn import LINK, Drawn, Refused
from explorer.ingest.values import colour, number, seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from explorer.ingest.entry import Entry

NAMES = ("label", "name", "screen_name", "username")
"""Titles of attributes that may name an account without a label."""
STARTS = ("start", "startopen", "timestamp", "timestamps", "intervals")
ENDS = ("end", "endopen")
TIMES = {*STARTS, *ENDS}
"""Attributes that say when something was there: one time, or several as ``<[a, b]; [c, d]>``."""
TOKEN = re.compile(r"[^\s<>\[\]();,]+")


def read(entry: Entry, heard: Callable[[int], None]) -> Drawn:
    """Return the graph of a GEXF file.

    Raises
    ------
    SourceError
        If it is not well-formed XML, has a document type declaration, or holds no graph.
    """
    graph = _Graph()
    parser = markup.parser(entry.shown)
    parser.StartElementHandler = graph.start
    parser.EndElementHandler = graph.end
    with entry.open() as stream:
        for count in markup.fed(parser, stream, entry.shown):
            heard(count)
    if not graph.seen:
        raise SourceError(
            f"{entry.shown} is a GEXF file that holds no graph.", "Export it again with its graph."
        )
    return graph.drawn()


class _Graph:
    """What was read so far; elements are known by their names without a namespace."""

    def __init__(self) -> None:
        self.seen = False
        self._default = "undirected"
        self._number: dict[str, int] = {}
        self._stated: dict[int, None] = {}
        self._names: dict[int, str] = {}
        self._places: dict[int, tuple[float, float]] = {}
        self._colours: dict[int, str] = {}
        self._sizes: dict[int, float] = {}
        self._ends = array("q"), array("q")
        self._weight, self._time, self._kind = array("d"), array("q"), array("q")
        self._last, self._count = array("q"), array("d")
        self._roles: dict[int, str] = {}
        self._directed = array("b")
        self._titles: dict[tuple[str, str], str] = {}
        self._class = ""
        self._open: list[int] = []  # nodes that others are nested in
        self._edge = False
        self._repeated = 0
        self._refused = Refused()
        self._takes: dict[str, Callable[[dict[str, str]], None] | None] = {}

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Take an element."""
        if tag not in self._takes:
            name = markup.local(tag)
            self._takes[tag] = getattr(self, f"_take_{name}", None)
        take = self._takes[tag]
        if take is not None:
            take(given)

    def end(self, tag: str) -> None:
        """Leave an element."""
        name = markup.local(tag)
        if name == "node" and self._open:
            self._open.pop()
        elif name == "edge":
            self._edge = False

    def _take_graph(self, given: dict[str, str]) -> None:
        self.seen = True
        self._default = given.get("defaultedgetype", self._default).lower()

    def _take_attributes(self, given: dict[str, str]) -> None:
        self._class = given.get("class", "node").lower()

    def _take_attribute(self, given: dict[str, str]) -> None:
        self._titles[self._class, given.get("id", "")] = given.get("title", "").lower()

    def _take_node(self, given: dict[str, str]) -> None:
        id_ = given.get("id")
        if id_ is None:
            self._refused.add("a node without an id")
            self._open.append(-1)
            return
        node = self._at(id_)
        if node in self._stated:
            self._repeated += 1
        self._stated[node] = None
        if given.get("label"):
            self._names[node] = given["label"]
        self._open.append(node)

    def _take_edge(self, given: dict[str, str]) -> None:
        source, target = given.get("source"), given.get("target")
        if source is None or target is None:
            self._refused.add("an edge without a source or target")
            return
        self._edge = True
        self._ends[0].append(self._at(source))
        self._ends[1].append(self._at(target))
        self._directed.append(given.get("type", self._default).lower() == "directed")
        self._weight.append(number(given.get("weight", "")))
        first, last = _span(given)
        self._time.append(first)
        self._kind.append(_kind(given.get("kind", "")))
        self._last.append(last)
        self._count.append(number(""))

    def _take_attvalue(self, given: dict[str, str]) -> None:
        key, value = given.get("for", given.get("id", "")), given.get("value", "")
        if self._edge:
            self._take_fact(self._titles.get(("edge", key), key.lower()), value)
        elif self._open:
            title = self._titles.get(("node", key), "")
            if title in NAMES:
                self._names.setdefault(self._open[-1], value)
            elif title == "role":
                self._roles[self._open[-1]] = value

    def _take_fact(self, title: str, value: str) -> None:
        """Take what is said of the edge that is open."""
        if title == "weight" and np.isnan(self._weight[-1]):
            self._weight[-1] = number(value)
        elif title in ("kind", "edge_type") and value in KINDS:
            self._kind[-1] = _kind(value)
        elif title == "count":
            self._count[-1] = number(value)
        elif title == "first" and self._time[-1] < 0:
            self._time[-1] = seconds(value)
        elif title == "last" and self._last[-1] < 0:
            self._last[-1] = seconds(value)

    def _take_position(self, given: dict[str, str]) -> None:
        if self._open:
            self._places[self._open[-1]] = number(given.get("x", "")), number(given.get("y", ""))

    def _take_color(self, given: dict[str, str]) -> None:
        if self._open and not self._edge:
            parts = ",".join(given.get(part, "") for part in "rgb")
            self._colours[self._open[-1]] = colour(given.get("hex", "") or parts)

    def _take_size(self, given: dict[str, str]) -> None:
        if self._open and not self._edge:
            self._sizes[self._open[-1]] = number(given.get("value", ""))

    def _take_spell(self, given: dict[str, str]) -> None:
        """Take a span in which an edge was there; there may be several. Accounts have no times."""
        if self._edge:
            first, last = _span(given)
            if first >= 0:
                self._time[-1] = min(first, self._time[-1]) if self._time[-1] >= 0 else first
            self._last[-1] = max(last, first, self._last[-1])

    _take_slice = _take_spell  # what GEXF 1.1 called it

    def _at(self, id_: str) -> int:
        return self._number.setdefault(id_, len(self._number))

    def drawn(self) -> Drawn:
        """Return the graph; edges whose ends no node states are refused."""
        stated = np.zeros(len(self._number), bool)
        stated[list(self._stated)] = True
        renumbered = np.cumsum(stated) - 1
        source, target = (np.array(ends, np.int64) for ends in self._ends)
        good = stated[source] & stated[target] if len(source) else np.zeros(0, bool)
        if not good.all():
            self._refused.add("an edge to a node that is not in the file", times=int((~good).sum()))
        kept = [(at, id_) for id_, at in self._number.items() if at in self._stated]
        places = np.array([self._places.get(at, (np.nan, np.nan)) for at, _ in kept], float)
        directed = np.array(self._directed, bool)[good]
        return Drawn(
            f"GEXF graph, {ways(directed)}",
            [id_ for _, id_ in kept],
            renumbered[source[good]],
            renumbered[target[good]],
            directed,
            stated=len(kept),
            names=[self._names.get(at, "") for at, _ in kept],
            places=places.reshape(-1, 2) if self._places else None,
            weight=np.array(self._weight, np.float64)[good],
            time=np.array(self._time, np.int64)[good],
            kind=np.array(self._kind, np.int64)[good],
            last=np.array(self._last, np.int64)[good],
            count=np.array(self._count, np.float64)[good],
            roles=[self._roles.get(at, "") for at, _ in kept] if self._roles else [],
            colours=[self._colours.get(at, "") for at, _ in kept] if self._colours else [],
            sizes=np.array([self._sizes.get(at, np.nan) for at, _ in kept], np.float64),
            repeated=self._repeated,
            refused=self._refused,
        )


def _span(given: dict[str, str]) -> tuple[int, int]:
    """Return when an element says that it was there first and last, -1 where it does not.

    A time is a date, or a number of seconds or milliseconds since 1970, whatever ``timeformat``
    calls it; years and steps as numbers are no times that are known.
    """
    if not given.keys() & TIMES:
        return -1, -1
    told = [seconds(one) for name in STARTS for one in TOKEN.findall(given.get(name, ""))]
    ends = [seconds(one) for name in ENDS for one in TOKEN.findall(given.get(name, ""))]
    starts = [one for one in told if one >= 0]
    several = starts if len(starts) > 1 else []  # of a single one the last is the first
    return min(starts, default=-1), max([*ends, *several], default=-1)


def _kind(word: str) -> int:
    return KINDS.index(word) if word in KINDS else LINK


def ways(directed: NDArray[np.bool_]) -> str:
    """Say in a receipt how edges are directed; what is not is kept as it is written."""
    if directed.all():
        return "directed"
    mixed = "partly " * bool(directed.any())
    return f"{mixed}undirected: an edge runs as it was first written"


def looks(text: str) -> bool:
    """Say whether text begins like GEXF."""
    return re.search(r"<(?:[\w.-]+:)?gexf[\s>]", text) is not None
