"""What is taken from a document to be written: accounts and edges, and their columns, clean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from explorer.formats.about import about
from explorer.formats.fields import Field, objects
from explorer.formats.network import Network
from explorer.graph.edges import CLASSES, edge_classes
from explorer.graph.model import Category, Text, degree, in_strength, out_strength
from explorer.graph.roles import ROLES
from explorer.layout.judge import communities
from explorer.scene.layers import radii_of
from explorer.scene.naming import plain
from explorer.scene.theme import theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from explorer.document.model import Document
    from explorer.graph.model import Column, Graph, Mask
    from explorer.scene.theme import Theme

What = Literal["all", "shown", "selected"]
BOOKKEEPING = frozenset(
    {"id", "name", "x", "y", "role", "colour", "listed_at", "author", "by_name"}
)
"""Columns of accounts that are written by another name, or mean nothing outside."""
OWN = frozenset(
    {
        "label",
        "color",
        "size",
        "in_strength",
        "out_strength",
        "key",
        "source",
        "target",
        "simulated",
    }
)
"""Names that are ours in some format."""
UNKNOWN = frozenset({"followers", "following", "created", "first", "last"})
"""Columns in which -1 says that nothing is known."""


def chosen(document: Document, what: What) -> tuple[Mask, Mask]:
    """Return the ``(n,)`` and ``(m,)`` masks of what is written.

    Of selected accounts those edges are written that join two of them and are shown.
    """
    graph = document.graph
    if what == "all":
        return np.ones(graph.n, bool), np.ones(graph.m, bool)
    kept = document.filter.mask(graph)
    on = np.array([code not in document.style.hidden for code in range(len(CLASSES))], bool)
    shown = document.filter.edges(graph, kept) & on[edge_classes(graph, document.roles)]
    if what == "shown":
        return kept, shown
    some = document.selected
    return some, shown & some[graph.source] & some[graph.target]


def with_communities(document: Document) -> Document:
    """Return *document* with a column ``community`` of its accounts, unless a file gave one.

    Numbers from 0, the largest community first, found by modularity over all edges (Leiden).
    """
    graph = document.graph
    if "community" in graph.nodes or not graph.m:
        return document
    found = communities(graph)
    by_size = np.argsort(-np.bincount(found), kind="stable")
    rank = np.empty(len(by_size), np.int32)
    rank[by_size] = np.arange(len(by_size), dtype=np.int32)
    return replace(document, graph=replace(graph, nodes={**graph.nodes, "community": rank[found]}))


def network(document: Document, what: What, told: Mapping[str, Any], look: str = "dark") -> Network:
    """Return what is written of *document*.

    Parameters
    ----------
    told
        Its provenance as plain values.
    look
        Name of the theme whose colours are written.
    """
    graph = document.graph
    kept, edges = chosen(document, what)
    rows, lines = np.flatnonzero(kept), np.flatnonzero(edges)
    number = (np.cumsum(kept) - 1).astype(np.int32)
    ids, renamed = _ids(graph.text("id").take(rows))
    placed = bool(document.placing.layout)
    return Network(
        source=number[graph.source[lines]],
        target=number[graph.target[lines]],
        ids=ids,
        labels=_labels(graph, rows, ids),
        accounts=_accounts(document, rows),
        edges=_edges(document, lines),
        positions=np.nan_to_num(document.positions[rows]) if placed else None,
        colours=_colours(document, theme(look))[rows],
        sizes=radii_of(degree(graph), document.roles)[rows] * document.style.node_size,
        weight=_weight(document, what)[lines],
        about=about(document.receipt, told, what, (len(rows), len(lines))),
        renamed=renamed,
    )


def _ids(given: list[str]) -> tuple[NDArray[np.object_], int]:
    """Return ids without what cannot be seen, no two alike, and how many were changed."""
    clean = [plain(one) for one in given]
    changed = [row for row, one in enumerate(clean) if one != given[row] or not one]
    taken = set(given) if changed else set()
    for row in changed:  # the few whose id was made to deceive
        clean[row] = _free(clean[row] or "account", taken)
        taken.add(clean[row])
    return objects(clean), len(changed)


def _free(name: str, taken: set[str]) -> str:
    made, number = name, 2
    while made in taken:
        made, number = f"{name} ({number})", number + 1
    return made


def _labels(graph: Graph, rows: NDArray[np.intp], ids: NDArray[np.object_]) -> NDArray[np.object_]:
    names = graph.text("name").take(rows) if "name" in graph.nodes else [""] * len(rows)
    return objects([plain(name) or id_ for name, id_ in zip(names, ids.tolist(), strict=True)])


def _colours(document: Document, look: Theme) -> NDArray[np.uint8]:
    """Return ``(n, 3)`` uint8 colours as drawn."""
    return np.array(look.roles, np.uint8)[document.roles.codes]


def _weight(document: Document, what: What) -> NDArray[Any]:
    """Return ``(m,)`` the weight a file gave, else interactions: in the time shown, if one is."""
    given = document.graph.edges.get("weight")
    if isinstance(given, np.ndarray):
        return given
    return document.graph.weight() if what == "all" else document.filter.weight(document.graph)


def _accounts(document: Document, rows: NDArray[np.intp]) -> tuple[Field, ...]:
    graph = document.graph
    further = {
        name: column
        for name, column in graph.nodes.items()
        if name not in BOOKKEEPING | OWN and not _says_nothing(column)
    }
    own: dict[str, Column] = {
        "role": Category(document.roles.codes, ROLES),
        "in_strength": in_strength(graph),
        "out_strength": out_strength(graph),
    }
    return tuple(_field(name, column, rows) for name, column in (own | further).items())


def _edges(document: Document, lines: NDArray[np.intp]) -> tuple[Field, ...]:
    graph = document.graph
    classes = Category(edge_classes(graph, document.roles), CLASSES)
    nothing = np.full(graph.m, -1, np.int64)
    own: dict[str, Column] = {
        "kind": graph.edges.get("kind", Category(np.zeros(graph.m, np.uint8), ("link",))),
        "class": classes,
        "count": graph.weight(),
        "first": graph.edges.get("first", nothing),
        "last": graph.edges.get("last", nothing),
    }
    further = {
        name: column
        for name, column in graph.edges.items()
        if name not in own and name not in OWN | {"weight"}
    }
    return tuple(_field(name, column, lines) for name, column in (own | further).items())


def _says_nothing(column: Column) -> bool:
    """Tell whether a column holds one and the same empty value in every row."""
    if isinstance(column, Category):
        return not any(column.labels)
    if isinstance(column, Text):
        return not len(column.data)
    return bool(len(column)) and column.dtype.kind in "iu" and bool((column == -1).all())


def _field(name: str, column: Column, rows: NDArray[np.intp]) -> Field:
    name = plain(name)
    if isinstance(column, Text):
        return Field(name, Text.of(plain(one) for one in column.take(rows)))
    if isinstance(column, Category):
        return Field(name, Category(column.codes[rows], tuple(map(plain, column.labels))))
    values = column[rows]
    if values.dtype.kind == "f":
        known = np.isfinite(values)
    else:
        known = values != -1 if name in UNKNOWN else np.ones(len(values), bool)
    unit: Literal["", "time", "day"] = ""
    if name in ("first", "last"):
        unit = "time"
    elif name == "created":
        unit = "day"
    return Field(name, values, unit, None if known.all() else known)
