"""The graph: immutable columns, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from explorer.errors import GraphError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Mask: TypeAlias = NDArray[np.bool_]
Index: TypeAlias = NDArray[np.int32]
Positions: TypeAlias = NDArray[np.float32]


def frozen(array: NDArray[Any]) -> NDArray[Any]:
    """Return *array*, made read-only in place."""
    array.flags.writeable = False
    return array


@dataclass(frozen=True, slots=True, eq=False)
class Category:
    """A column of few values: numbers, not strings.

    Attributes
    ----------
    codes
        ``(n,)`` integers, index into *labels*.
    """

    codes: NDArray[np.integer[Any]]
    labels: tuple[str, ...]

    def __post_init__(self) -> None:
        frozen(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> str:
        return self.labels[int(self.codes[row])]

    def equals(self, label: str) -> Mask:
        """Return the ``(n,)`` mask of rows with this label; all false if there is no such."""
        if label not in self.labels:
            return np.zeros(len(self), bool)
        return np.asarray(self.codes == self.labels.index(label))


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A column of strings as UTF-8 in one piece of memory: no Python object a row.

    Attributes
    ----------
    data
        ``(bytes,)`` uint8, all strings end to end.
    offsets
        ``(n + 1,)`` int64; row ``i`` is ``data[offsets[i]:offsets[i + 1]]``.
    """

    data: NDArray[np.uint8]
    offsets: NDArray[np.int64]

    def __post_init__(self) -> None:
        frozen(self.data)
        frozen(self.offsets)

    @classmethod
    def of(cls, strings: Iterable[str]) -> Text:
        """Return the column of *strings*; lone surrogates become question marks."""
        rows = [string.encode("utf-8", "replace") for string in strings]
        offsets = np.zeros(len(rows) + 1, np.int64)
        np.cumsum([len(row) for row in rows], out=offsets[1:])
        return cls(np.frombuffer(b"".join(rows), np.uint8), offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, row: int) -> str:
        start, end = self.offsets[row : row + 2].tolist()
        return self.data[start:end].tobytes().decode()

    def take(self, rows: NDArray[np.integer[Any]]) -> list[str]:
        """Return the strings of *rows*: for the few that are shown or written."""
        return [self[int(row)] for row in rows]

    def strings(self) -> list[str]:
        """Return every string: for writing files, not for drawing."""
        data, ends = self.data.tobytes(), self.offsets.tolist()
        return [data[a:b].decode() for a, b in pairwise(ends)]


Column: TypeAlias = NDArray[Any] | Category | Text


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """When each interaction was, the earliest first.

    Attributes
    ----------
    time
        ``(k,)`` int64 UTC seconds, ascending; interactions of unknown time are not among them.
    edge
        ``(k,)`` int32 row of the edge that each is part of.
    """

    time: NDArray[np.int64]
    edge: Index

    def __post_init__(self) -> None:
        frozen(self.time)
        frozen(self.edge)


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """A directed graph with one row per account and one row per edge.

    Two graphs are the same only if they are the same object, so that a change is found by ``is``
    and never by comparing 670,000 edges. An edge is all interactions of one kind from one account
    to another; no edge joins an account to itself.

    Attributes
    ----------
    source, target
        ``(m,)`` int32 node numbers, ``0 <= number < n``.
    nodes
        Columns of length ``n``. A graph from an archive has ``id`` and ``name`` (Text),
        ``listed_in`` and ``language`` (Category), ``listed_at``, ``posts``, ``followers``,
        ``created`` (int32), ``author`` and ``by_name`` (bool): see ``archive/tables.py``.
    edges
        Columns of length ``m``: ``kind`` (Category over ``KINDS``), ``count`` (int32), ``first``
        and ``last`` (int64, UTC seconds, -1 if unknown).
    moments
        When each interaction was; None where only edges are known.

    Raises
    ------
    GraphError
        If a column has the wrong length, or an edge or a moment points outside.
    """

    n: int
    source: Index
    target: Index
    nodes: Mapping[str, Column] = field(default_factory=dict)
    edges: Mapping[str, Column] = field(default_factory=dict)
    moments: Moments | None = None

    def __post_init__(self) -> None:
        m = len(self.source)
        expected = {"source": m, "target": m}
        actual: dict[str, Column] = {"source": self.source, "target": self.target}
        for names, length in ((self.nodes, self.n), (self.edges, m)):
            expected |= dict.fromkeys(names, length)
            actual |= names
        for name, column in actual.items():
            if len(column) != expected[name]:
                raise GraphError(f"Column {name!r} has {len(column)} rows, not {expected[name]}.")
            if isinstance(column, np.ndarray):
                frozen(column)
        if m and min(self.source.min(), self.target.min()) < 0:
            raise GraphError("An edge points to a negative account number.")
        if m and max(self.source.max(), self.target.max()) >= self.n:
            raise GraphError(f"An edge points past the last of {self.n} accounts.")
        self._check_moments()
        object.__setattr__(self, "nodes", MappingProxyType(dict(self.nodes)))
        object.__setattr__(self, "edges", MappingProxyType(dict(self.edges)))

    def _check_moments(self) -> None:
        if self.moments is None or not len(self.moments.edge):
            return
        edge, time = self.moments.edge, self.moments.time
        if len(edge) != len(time) or edge.min() < 0 or edge.max() >= self.m:
            raise GraphError(f"A moment points to none of {self.m} edges.")
        if (np.diff(time) < 0).any():
            raise GraphError("The moments are not in the order of time.")

    @property
    def m(self) -> int:
        """Number of edges."""
        return len(self.source)

    def bare(self, *edges: str) -> Graph:
        """Return the same graph with only the named edge columns: light to send to a process."""
        kept = {name: self.edges[name] for name in edges if name in self.edges}
        return Graph(self.n, self.source, self.target, {}, kept)

    def text(self, name: str) -> Text:
        """Return a node column of strings; the node numbers themselves if there is none."""
        column = self.nodes.get(name)
        return column if isinstance(column, Text) else Text.of(str(i) for i in range(self.n))

    def weight(self) -> NDArray[np.int64]:
        """Return ``(m,)`` int64 interactions behind each edge; 1 where nothing is said."""
        count = self.edges.get("count")
        return np.asarray(count, np.int64) if count is not None else np.ones(self.m, np.int64)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by columns: a mapping proxy has no pickle of its own."""
        columns = dict(self.nodes), dict(self.edges)
        return Graph, (self.n, self.source, self.target, *columns, self.moments)


EMPTY = Graph(0, np.empty(0, np.int32), np.empty(0, np.int32))


def neighbours(graph: Graph, seed: Mask) -> Mask:
    """Return the mask of accounts one edge away from *seed*, either way, *seed* included."""
    reached = seed.copy()
    reached[graph.target[seed[graph.source]]] = True
    reached[graph.source[seed[graph.target]]] = True
    return reached


def degree(graph: Graph) -> NDArray[np.int64]:
    """Return ``(n,)`` edges at each account, both ways."""
    return in_degree(graph) + out_degree(graph)


def in_degree(graph: Graph) -> NDArray[np.int64]:
    """Return ``(n,)`` edges that end at each account."""
    return np.bincount(graph.target, minlength=graph.n)


def out_degree(graph: Graph) -> NDArray[np.int64]:
    """Return ``(n,)`` edges that start at each account."""
    return np.bincount(graph.source, minlength=graph.n)


def in_strength(graph: Graph) -> NDArray[np.int64]:
    """Return ``(n,)`` interactions that each account receives."""
    return np.bincount(graph.target, graph.weight(), graph.n).astype(np.int64)


def out_strength(graph: Graph) -> NDArray[np.int64]:
    """Return ``(n,)`` interactions that each account makes."""
    return np.bincount(graph.source, graph.weight(), graph.n).astype(np.int64)
