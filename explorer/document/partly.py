"""Layouts of a document that leave some accounts where they are: as jobs, and what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from explorer.document import arrange, edits
from explorer.graph.model import Graph
from explorer.layout.steered import Part, Placed, RunLocal, RunSteered

if TYPE_CHECKING:
    from explorer.document.model import Document
    from explorer.graph.model import Mask
    from explorer.layout.base import Layout


def bare_for(layout: Layout, document: Document) -> Graph:
    """Return of the graph what *layout* asks for: light to send to a process."""
    bare = document.graph.bare("count")
    role = {"role": document.roles.codes} if layout.roles else {}
    return Graph(bare.n, bare.source, bare.target, role, bare.edges)


def whole(document: Document, layout: Layout, options: Any) -> RunSteered:
    """Return the job of laying out everybody but the pinned."""
    bare = bare_for(layout, document)
    return RunSteered(bare, layout, options, document.positions, document.pinned)


def shown(document: Document, layout: Layout, options: Any) -> RunSteered:
    """Return the job of laying out what the filter shows by itself, in the room it has."""
    part = None
    if document.filter.clauses or document.filter.hidden_kinds or document.filter.during:
        accounts = edits.shown(document)
        part = Part(accounts, document.filter.edges(document.graph, accounts))
    bare = bare_for(layout, document)
    return RunSteered(bare, layout, options, document.positions, document.pinned, part)


def local(document: Document, moving: Mask, intention: str = "", seed: int = 7) -> RunLocal:
    """Return the job of laying out the accounts of *moving* where they are."""
    return RunLocal(document.graph.bare("count"), document.positions, moving, intention, seed)


def taken(document: Document, placed: Placed, moving: Mask, words: str) -> Document:
    """Return *document* with the new places of *moving*, the pinned left where they are."""
    return arrange.put(document, moving & ~document.pinned, placed.positions, words)
