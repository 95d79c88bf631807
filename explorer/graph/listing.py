"""Ids of a list as a set that travels between processes without an object an id."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from explorer.graph.model import Text

S = TypeVar("S")
BLOCK = 16_384
"""Ids of a block: so few that the window takes a block in less than a millisecond."""


@dataclass(frozen=True, slots=True, eq=False)
class Listing(Set[str]):
    """A set of ids, equal to a frozenset of the same.

    Two million ids as a frozenset hold the window for seconds when they come out of a pickle.

    Attributes
    ----------
    blocks
        Ids in ascending order, each once; all blocks but the last hold as many.
    """

    blocks: tuple[Text, ...]

    @classmethod
    def of(cls, ids: Iterable[str]) -> Listing:
        """Return the set of *ids*."""
        rows = sorted(frozenset(ids))
        starts = range(0, len(rows), BLOCK)
        return cls(tuple(Text.of(rows[start : start + BLOCK]) for start in starts))

    @classmethod
    def _from_iterable(cls, it: Iterable[S]) -> Set[S]:
        return frozenset(it)

    def __len__(self) -> int:
        return sum(len(block) for block in self.blocks)

    def __iter__(self) -> Iterator[str]:
        for block in self.blocks:
            yield from block.strings()

    def __contains__(self, one: object) -> bool:
        if not isinstance(one, str):
            return False
        place = bisect_right(self.blocks, one, key=lambda block: block[0]) - 1
        return place >= 0 and one in self.blocks[place].strings()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Listing):
            pairs = zip(self.blocks, other.blocks, strict=False)
            return len(self) == len(other) and all(_same(a, b) for a, b in pairs)
        if isinstance(other, Set):
            return len(self) == len(other) and all(one in other for one in self)
        return NotImplemented

    def __hash__(self) -> int:
        return self._hash()


def _same(a: Text, b: Text) -> bool:
    return np.array_equal(a.offsets, b.offsets) and np.array_equal(a.data, b.data)
