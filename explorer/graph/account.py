"""What is known of one account: its numbers and its strongest neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from explorer.graph.model import Category

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Graph
    from explorer.graph.roles import Roles


@dataclass(frozen=True, slots=True)
class Tie:
    """An account at the other end, and the interactions with it by kind."""

    account: int
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Account:
    """One account, for the panel and the tooltip.

    Attributes
    ----------
    facts
        Pairs of a name and a value, in reading order.
    made, received
        The strongest edges that start and end here.
    """

    node: int
    id: str
    name: str
    role: str
    why: str
    facts: tuple[tuple[str, str], ...]
    made: tuple[Tie, ...]
    received: tuple[Tie, ...]


def account(graph: Graph, roles: Roles, node: int, most: int = 8) -> Account:
    """Return what the graph knows of *node*, with its *most* strongest ties each way."""
    out = np.flatnonzero(graph.source == node)
    into = np.flatnonzero(graph.target == node)
    weight = graph.weight()
    facts = [
        ("Interactions received", f"{int(weight[into].sum()):,}"),
        ("from accounts", f"{len(np.unique(graph.source[into])):,}"),
        ("Interactions made", f"{int(weight[out].sum()):,}"),
        ("towards accounts", f"{len(np.unique(graph.target[out])):,}"),
        *_profile(graph, node),
    ]
    return Account(
        node=node,
        id=graph.text("id")[node],
        name=graph.text("name")[node],
        role=roles.name(node),
        why=roles.why(node),
        facts=tuple(facts),
        made=_ties(graph, out, graph.target, most),
        received=_ties(graph, into, graph.source, most),
    )


def _profile(graph: Graph, node: int) -> list[tuple[str, str]]:
    said = []
    for column, title in (("posts", "Posts in the files"), ("followers", "Followers")):
        value = graph.nodes.get(column)
        if isinstance(value, np.ndarray) and value[node] >= 0:
            said.append((title, f"{int(value[node]):,}"))
    created = graph.nodes.get("created")
    if isinstance(created, np.ndarray) and created[node] >= 0:
        day = datetime.fromtimestamp(int(created[node]) * 86400, UTC)
        said.append(("Created", f"{day:%Y-%m-%d}"))
    language = graph.nodes.get("language")
    if isinstance(language, Category) and language[node]:
        said.append(("Language", language[node]))
    named = graph.nodes.get("by_name")
    if isinstance(named, np.ndarray) and named[node]:
        said.append(("Identified by", "screen name only"))
    return said


def _ties(
    graph: Graph, rows: NDArray[np.int64], far: NDArray[np.int32], most: int
) -> tuple[Tie, ...]:
    kind, weight = graph.edges.get("kind"), graph.weight()
    best = rows[np.argsort(-weight[rows], kind="stable")[:most]]
    return tuple(
        Tie(int(far[row]), kind[int(row)] if isinstance(kind, Category) else "", int(weight[row]))
        for row in best
    )
