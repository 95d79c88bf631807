"""A small network for figures: few accounts, all of them named."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from explorer.document import edits
from explorer.document.model import ArchiveRef, Style
from explorer.graph.model import Category, Graph, Text


def ring(names, title="Tiny"):
    """A ring of accounts, the first two core, each retweeting the one before it."""
    n = len(names)
    at = np.arange(n, dtype=np.int32)
    graph = Graph(
        n,
        at,
        np.roll(at, 1),
        nodes={
            "id": Text.of(str(1000 + i) for i in range(n)),
            "name": Text.of(names),
            "listed_in": Category((at < 2).astype(np.uint8), ("", "users.csv")),
        },
    )
    angle = 2 * np.pi * at / n
    places = np.column_stack([np.cos(angle), np.sin(angle)]).astype(np.float32)
    made = edits.load(graph, archive=ArchiveRef(Path(), "", title))
    return replace(made, positions=places, style=Style(labels="all"))
