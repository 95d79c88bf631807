"""From a layout and its options to a document that is laid out."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from explorer.document import edits
from explorer.document.model import Placing
from explorer.document.partly import bare_for
from explorer.layout.run import RunLayout, layouts

if TYPE_CHECKING:
    from explorer.document.model import Document
    from explorer.job import Report
    from explorer.layout.base import Layout

MAIN = "flock"
"""Id of the layout that a new archive gets."""


def described(layout: Layout, options: Any, complete: bool = True) -> Placing:
    """Return how positions were made, for footers and sessions."""
    values = {field.name: getattr(options, field.name) for field in fields(options)}
    seed = int(values.pop("seed", 0))
    words = ", ".join(f"{name} {value}" for name, value in values.items())
    return Placing(layout.title, words, seed, complete)


def laid_out(document: Document, seed: int, report: Report, name: str = MAIN) -> Document:
    """Return *document* placed by a layout, on the spot: for the command line."""
    layout = layouts()[name]
    options = layout.options(seed=seed)
    positions = RunLayout(bare_for(layout, document), layout, options)(report)
    return edits.place(document, positions, described(layout, options))
