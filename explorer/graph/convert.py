"""To and from networkx: for those who go on in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from explorer.graph.model import Category, Text

if TYPE_CHECKING:
    from explorer.graph.model import Column, Graph
    from explorer.graph.roles import Roles


def new_multigraph() -> Any:
    """Return an empty directed networkx multigraph, one edge a kind."""
    return nx.MultiDiGraph()


def to_networkx(graph: Graph, roles: Roles | None = None) -> Any:
    """Return *graph* as a directed networkx multigraph.

    Nodes are account ids as text, edges are keyed by kind; every column becomes an attribute as a
    plain Python value. Roles become the node attribute ``role`` and the graph attribute ``rule``.
    """
    made = new_multigraph()
    ids = graph.text("id").strings()
    columns = {name: _values(column) for name, column in graph.nodes.items() if name != "id"}
    if roles is not None:
        columns["role"] = [roles.name(node) for node in range(graph.n)]
        made.graph["rule"] = roles.sentence
    rows = zip(*columns.values(), strict=True) if columns else [()] * graph.n
    made.add_nodes_from(
        (one, dict(zip(columns, row, strict=True))) for one, row in zip(ids, rows, strict=True)
    )
    facts = {name: _values(column) for name, column in graph.edges.items()}
    keys = facts.pop("kind", ["link"] * graph.m)
    lines = zip(*facts.values(), strict=True) if facts else [()] * graph.m
    ends = zip(graph.source.tolist(), graph.target.tolist(), keys, lines, strict=True)
    made.add_edges_from(
        (ids[a], ids[b], key, dict(zip(facts, row, strict=True))) for a, b, key, row in ends
    )
    return made


def _values(column: Column) -> list[Any]:
    if isinstance(column, Text):
        return column.strings()
    if isinstance(column, Category):
        return [column.labels[code] for code in column.codes.tolist()]
    return list(np.asarray(column).tolist())
