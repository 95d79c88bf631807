"""Find accounts by a piece of their name or id, without a Python object a row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from explorer.graph.model import Text

if TYPE_CHECKING:
    from explorer.graph.model import Graph, Mask

COLUMNS = ("name", "id", "display")


def find(graph: Graph, words: str) -> Mask:
    """Return the ``(n,)`` mask of accounts whose name or id contains *words*, case forgotten.

    Only ASCII letters are compared without case; a leading ``@`` is not part of a name.
    """
    found = np.zeros(graph.n, bool)
    wanted = words.strip().removeprefix("@")
    if not wanted:
        return found
    for name in COLUMNS:
        column = graph.nodes.get(name)
        if isinstance(column, Text):
            found |= _contains(column, wanted)
    return found


def _contains(column: Text, words: str) -> Mask:
    # One search over all rows end to end; a hit counts if it lies within one row.
    wanted = re.escape(words.encode())
    if _overlaps(words.encode().lower()):  # a hit across two rows would hide one behind it
        wanted = b"(?=" + wanted + b")"
    pattern = re.compile(wanted, re.IGNORECASE)
    starts = np.array([hit.start() for hit in pattern.finditer(column.data.tobytes())], np.int64)
    rows = np.searchsorted(column.offsets, starts, side="right") - 1
    within = starts + len(words.encode()) <= column.offsets[rows + 1]
    mask = np.zeros(len(column), bool)
    mask[rows[within]] = True
    return mask


def _overlaps(word: bytes) -> bool:
    """Tell whether a word can begin again before it ends, as ``ana`` does."""
    return any(word.endswith(word[:size]) for size in range(1, len(word)))
