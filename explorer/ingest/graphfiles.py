"""Read GraphML, GML, Pajek and LGL through igraph, with ids kept as text."""

from __future__ import annotations

import html
import re
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import igraph
import numpy as np

from explorer.archive.tables import KINDS
from explorer.errors import SourceError
from explorer.ingest import graphml, markup, yed
from explorer.ingest.drawn import LINK, Drawn
from explorer.ingest.gexf import ways
from explorer.ingest.readable import EXACT, on_disk
from explorer.ingest.values import colour, number, seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from explorer.ingest.entry import Entry

READERS: dict[str, Callable[[str], Any]] = {
    "GraphML": igraph.Graph.Read_GraphML,
    "GML": igraph.Graph.Read_GML,
    "Pajek": igraph.Graph.Read_Pajek,
    "LGL": lambda path: igraph.Graph.Read_Lgl(path, directed=False),
}
MOST_BYTES = 1 << 30
"""Of a file that is read as a whole: it takes up to nine times as much memory."""
NAMES = ("label", "Label", "name", "screen_name", "user_screen_name", "username")
"""Attributes that may name an account."""
KIND = ("kind", "edge_type")
ACCOUNT = "account"
"""Attribute that holds the id of an account where the format itself has only numbers for it."""
OWN_ID = "already an 'id' vertex attribute"
"""What igraph warns of where ids are data of the nodes: then they are read as they are."""


def read(entry: Entry, format_: str, heard: Callable[[int], None]) -> Drawn:
    """Return the graph of a file in one of ``READERS``.

    Raises
    ------
    SourceError
        If it is not whole, has a document type declaration, or is far too large.
    """
    if entry.size > MOST_BYTES:
        raise SourceError(
            f"{entry.shown} is {entry.size / 1e9:,.1f} GB of {format_}, more than "
            f"{MOST_BYTES / 1e9:,.1f} GB.",
            "Save it as GEXF or as a table of edges: those are read as streams.",
        )
    if format_ == "GraphML":
        markup.refuse_dtd(entry)
    with (
        on_disk(entry, format_, heard) as (path, long_ids),
        warnings.catch_warnings(record=True) as warned,
    ):
        warnings.simplefilter("always")  # of attributes that we do not use, and of one that we do
        told = graphml.opened(path, entry.shown) if format_ == "GraphML" else None
        try:
            graph = READERS[format_](str(path))
        except (igraph.InternalError, ValueError, OverflowError) as error:
            raise _malformed(entry, format_, error) from None
    if format_ == "GraphML" and not any(OWN_ID in str(one.message) for one in warned):
        _repair(graph)
    drawn = _drawn(entry, format_, graph, long_ids)
    return drawn if told is None else yed.looked(entry, _as_told(drawn, told))


def _as_told(drawn: Drawn, told: graphml.Told) -> Drawn:
    """Return *drawn* with what igraph does not say: what was repeated, left out, and each way."""
    if told.hyperedges:
        drawn.refused.add("a hyperedge, which joins any number of accounts", times=told.hyperedges)
    directed = drawn.directed
    if len(told.directed) == drawn.m:
        directed = np.array(told.directed, np.bool_)
    return replace(
        drawn,
        format=f"GraphML graph, {ways(directed)}",
        directed=directed,
        repeated=max(0, told.nodes - len(drawn.ids)),
    )


def _repair(graph: Any) -> None:
    """Give the ids of nodes their ampersands, which igraph leaves half read in XML's attributes.

    Wherever one is written, ``&amp;#38;`` included, it stands as a reference once: nothing is lost.
    """
    if "id" in graph.vs.attributes():
        ids = graph.vs["id"]
        graph.vs["id"] = [one.replace("&#38;", "&") if isinstance(one, str) else one for one in ids]


def _malformed(entry: Entry, format_: str, error: Exception) -> SourceError:
    words = re.sub(r"^Error at [^ ]+: |\s*\.? -- .*$", "", str(error), flags=re.DOTALL)
    plain = "".join(filter(str.isprintable, words))[:200].rstrip(". ")
    return SourceError(
        f"{entry.shown} is not whole {format_}: {plain}.",
        "Export it again from the program that made it.",
    )


def _drawn(entry: Entry, format_: str, graph: Any, long_ids: list[str]) -> Drawn:
    columns = {name: graph.vs[name] for name in graph.vs.attributes()}
    ids, names = _ids(entry, format_, graph.vcount(), columns, long_ids)
    ends = np.array(graph.get_edgelist(), np.int64).reshape(-1, 2)
    directed = np.full(len(ends), graph.is_directed())
    facts = {name: graph.es[name] for name in graph.es.attributes()}
    return Drawn(
        f"{format_} graph, {ways(directed)}",
        ids,
        ends[:, 0],
        ends[:, 1],
        directed,
        stated=len(ids),
        names=names,
        places=_places(columns),
        colours=_colours(columns),
        sizes=_numbers(columns.get("size")),
        weight=_numbers(facts.get("weight", facts.get("value"))),
        kind=_kinds(facts, format_),
        time=_times(facts.get("first")),
        last=_times(facts.get("last")),
        count=_numbers(facts.get("count")),
        roles=_words(columns["role"], graph.vcount()) if "role" in columns else [],
    )


def _ids(
    entry: Entry, format_: str, n: int, columns: dict[str, list[Any]], long_ids: list[str]
) -> tuple[list[str], list[str]]:
    """Return what identifies each account, and its name ('' for none)."""
    told = ("name", *NAMES) if ACCOUNT in columns else NAMES
    names = next((_words(columns[name], n) for name in told if name in columns), [""] * n)
    if format_ == "GML":  # which is ASCII, with character references for all else
        names = [html.unescape(one) if "&" in one else one for one in names]
    if format_ in ("Pajek", "LGL"):  # their labels are what people know them by
        unlike = len(set(names)) == n and "" not in names
        return (names, []) if unlike else ([str(place + 1) for place in range(n)], names)
    accounts = columns.get(ACCOUNT, [])
    if all(isinstance(one, str) for one in accounts) and len(set(accounts)) == n > 0:
        return [html.unescape(one) if format_ == "GML" else one for one in accounts], names
    given = columns.get("id")
    if given is None or all(one != one for one in given):  # NaN: no node says its id
        return [str(place) for place in range(n)], names
    ids = [_id(entry, one, long_ids) for one in given]
    if len(set(ids)) < n:
        raise SourceError(
            f"{entry.shown} gives several nodes the same id, or none.",
            "Give each node an id of its own and export it again.",
        )
    return ids, names


def _words(column: list[Any], n: int) -> list[str]:
    return column if all(isinstance(one, str) for one in column) else [""] * n


def _id(entry: Entry, given: object, long_ids: list[str]) -> str:
    if isinstance(given, str):
        return given
    if not isinstance(given, float) or given != given // 1 or abs(given) >= EXACT:
        raise SourceError(
            f"{entry.shown} has an attribute called id that is no whole text or number.",
            "Rename that attribute, so that the ids of the nodes themselves can be read.",
        )
    place = EXACT - 1 - int(given)
    return long_ids[place] if place < len(long_ids) else str(int(given))


def _places(columns: dict[str, list[Any]]) -> NDArray[np.float64] | None:
    x, y = _numbers(columns.get("x")), _numbers(columns.get("y"))
    return None if x is None or y is None else np.column_stack([x, y])


def _colours(columns: dict[str, list[Any]]) -> list[str]:
    """Return the colours that Gephi writes as three attributes, or others as one."""
    if columns.keys() >= set("rgb"):
        given = ([number(str(one)) for one in columns[part]] for part in "rgb")
        return [
            colour(",".join(str(int(part)) for part in parts)) if min(parts) >= 0 else ""
            for parts in zip(*given, strict=True)
        ]
    return [colour(one) if isinstance(one, str) else "" for one in columns.get("color", [])]


def _numbers(column: list[Any] | None) -> NDArray[np.float64] | None:
    """Return an attribute as numbers, NaN where it is none."""
    if column is None:
        return None
    return np.array(
        [one if isinstance(one, float | int) else number(str(one)) for one in column], np.float64
    )


def _times(column: list[Any] | None) -> NDArray[np.int64] | None:
    """Return an attribute as UTC seconds, -1 where it is no time."""
    if column is None:
        return None
    return np.array([seconds(str(one)) for one in column], np.int64)


def _kinds(facts: dict[str, list[Any]], format_: str) -> NDArray[np.int64] | None:
    names = (*KIND, "label") if format_ == "Pajek" else KIND  # Pajek has labels, nothing else
    given = next((facts[name] for name in names if name in facts), None)
    if given is None:
        return None
    known = {kind: place for place, kind in enumerate(KINDS)}
    return np.array([known.get(str(one), LINK) for one in given], np.int64)
