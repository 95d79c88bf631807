"""What is known of one edge: who acted towards whom, how often, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from explorer.graph.model import Category

if TYPE_CHECKING:
    from explorer.graph.model import Graph
    from explorer.graph.roles import Roles

TIMES = (("first", "First"), ("last", "Last"))


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge, for the panel and the tooltip.

    Attributes
    ----------
    kind
        Empty if the graph knows of no kinds.
    count
        Interactions behind it, whatever the filter keeps.
    class_
        Role of source -> role of target.
    facts
        Pairs of a name and a value, in reading order.
    """

    row: int
    source: int
    target: int
    kind: str
    count: int
    class_: str
    facts: tuple[tuple[str, str], ...]


def edge(graph: Graph, roles: Roles, row: int) -> Edge:
    """Return what the graph knows of the edge at *row*."""
    source, target = int(graph.source[row]), int(graph.target[row])
    kinds = graph.edges.get("kind")
    count = int(graph.weight()[row])
    class_ = f"{roles.name(source)} → {roles.name(target)}"
    return Edge(
        row=row,
        source=source,
        target=target,
        kind=kinds[row] if isinstance(kinds, Category) else "",
        count=count,
        class_=class_,
        facts=(("Interactions", f"{count:,}"), ("Edge class", class_), *_times(graph, row)),
    )


def _times(graph: Graph, row: int) -> list[tuple[str, str]]:
    said = []
    for column, title in TIMES:
        value = graph.edges.get(column)
        if isinstance(value, np.ndarray) and value[row] >= 0:
            when = datetime.fromtimestamp(int(value[row]), UTC)
            said.append((title, f"{when:%Y-%m-%d %H:%M} UTC"))
    return said
