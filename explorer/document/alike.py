"""Whether two documents hold the same, down to the last bit."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from explorer.document import when
from explorer.graph.model import Category, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from explorer.document.model import Document
    from explorer.graph.model import Column as GraphColumn
    from explorer.graph.model import Graph


def fingerprint(graph: Graph) -> str:
    """Return the SHA-256 over the number of accounts and the ends of all edges, in order."""
    made_of = sha256(f"{graph.n} {graph.m} ".encode())
    for ends in (graph.source, graph.target):
        made_of.update(np.ascontiguousarray(ends, "<i4").tobytes())
    return made_of.hexdigest()


def same(one: Document, other: Document) -> bool:
    """Tell whether two documents hold the same accounts, edges, places, roles and selection."""
    return (
        fingerprint(one.graph) == fingerprint(other.graph)
        and _alike(one.graph.nodes, other.graph.nodes)
        and _alike(one.graph.edges, other.graph.edges)
        and when.alike(one.graph.moments, other.graph.moments)
        and np.array_equal(one.positions, other.positions)
        and np.array_equal(one.roles.codes, other.roles.codes)
        and np.array_equal(one.selected, other.selected)
        and np.array_equal(one.pinned, other.pinned)
        and [n.title for n in one.named] == [n.title for n in other.named]
        and all(map(np.array_equal, *([n.mask for n in both.named] for both in (one, other))))
    )


def _alike(some: Mapping[str, GraphColumn], others: Mapping[str, GraphColumn]) -> bool:
    return list(some) == list(others) and all(
        _equal(column, others[name]) for name, column in some.items()
    )


def _equal(one: GraphColumn, other: GraphColumn) -> bool:
    match one, other:
        case Text(), Text():
            return one.strings() == other.strings()
        case Category(), Category():
            return one.labels == other.labels and np.array_equal(one.codes, other.codes)
        case np.ndarray(), np.ndarray():
            floats = one.dtype.kind == "f"
            return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=floats)
        case _:
            return False
