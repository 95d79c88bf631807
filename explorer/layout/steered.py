"""The job of a layout as a user steers it: from the cache, round pins, of a part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.graph.model import Graph, frozen
from explorer.layout.base import roles_of
from explorer.layout.cache import key_of, recall, remember
from explorer.layout.pins import fitted, settled
from explorer.layout.run import RunLayout, checked

if TYPE_CHECKING:
    from explorer.graph.model import Mask, Positions
    from explorer.job import Report
    from explorer.layout.base import Layout


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Where everybody is now.

    Attributes
    ----------
    positions
        ``(n, 2)`` finite float32.
    cached
        Whether they were worked out before, and kept.
    """

    positions: Positions
    cached: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The part of a graph that is laid out; the rest stays.

    Attributes
    ----------
    accounts
        ``(n,)`` mask.
    edges
        ``(m,)`` mask; those that leave *accounts* do not count.
    """

    accounts: Mask
    edges: Mask


@dataclass(frozen=True, slots=True, eq=False)
class RunSteered:
    """Place the accounts of *graph*, the pinned ones staying where they are.

    Attributes
    ----------
    at
        ``(n, 2)`` where everybody is before; rows that are not numbers are new.
    pinned
        ``(n,)`` mask.
    part
        What to lay out, in the room that it has now; None for all.
    fresh
        Do not look into the cache: to prove that the same comes out again.
    """

    graph: Graph
    layout: Layout
    options: Any
    at: Positions
    pinned: Mask
    part: Part | None = None
    fresh: bool = False

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        return f"Layout: {self.layout.title}"

    @property
    def rests(self) -> bool:
        """Whether it can rest between two rounds."""
        return self.layout.rests

    def __call__(self, report: Report, /) -> Placed:
        """Run the layout, or remember what it gave."""
        if self.part is not None:
            return self._of_part(self.part, report)
        start = self.at if getattr(self.options, "keep", False) else None
        key = None if self.fresh else key_of(self.graph, self.layout, self.options, start)
        kept = None if key is None else recall(key, self.graph.n)
        if kept is not None:
            report(0.9, "from the cache")
            return Placed(self._round_pins(kept), cached=True)
        placed = RunLayout(self.graph, self.layout, self.options, start)(self._shown(report))
        if key is not None:
            remember(key, placed)
        return Placed(self._round_pins(placed))

    def _shown(self, report: Report) -> Report:
        """Return *report* for a layout that knows of no pins."""
        if not self.pinned.any():
            return report

        def tell(done: float, note: str = "", partial: Any = None, /) -> None:
            if isinstance(partial, np.ndarray):  # not numbers of progress
                partial = fitted(partial, self.pinned, self.at)
            report(min(done, 0.97), note, partial)

        return tell

    def _round_pins(self, placed: Positions) -> Positions:
        if not self.pinned.any():
            return placed
        from explorer.layout.pairs import pairs_of  # scipy: only in the process that lays out

        made = settled(placed, self.pinned, self.at, pairs_of(self.graph))
        return checked(made, self.graph.n, self.layout.title)

    def _of_part(self, part: Part, report: Report) -> Placed:
        """Lay a part out by itself, and put it in the room it had."""
        rows = np.flatnonzero(part.accounts)
        number = np.full(self.graph.n, -1, np.int32)
        number[rows] = np.arange(len(rows), dtype=np.int32)
        kept = part.edges & part.accounts[self.graph.source] & part.accounts[self.graph.target]
        count = {"count": self.graph.weight()[kept]}
        ends = number[self.graph.source[kept]], number[self.graph.target[kept]]
        nodes = {name: role[rows] for name, role in roles_of(self.graph).items()}
        inner = Graph(len(rows), *ends, nodes, count)
        pinned, before = self.pinned[rows], self.at[rows]
        keep = getattr(self.options, "keep", False)

        def whole(placed: Positions) -> Positions:
            made = self.at.copy()
            made[rows] = placed if keep or pinned.any() else in_room(placed, before)
            return frozen(made)

        def tell(done: float, note: str = "", partial: Any = None, /) -> None:
            report(done, note, whole(partial) if isinstance(partial, np.ndarray) else partial)

        job = RunSteered(inner, self.layout, self.options, before, pinned, fresh=self.fresh)
        placed = job(tell)
        return Placed(whole(placed.positions), placed.cached)


@dataclass(frozen=True, slots=True, eq=False)
class RunLocal:
    """Place the accounts of *moving* where they are; all others stay.

    Attributes
    ----------
    at
        ``(n, 2)`` where everybody is.
    moving
        ``(n,)`` mask.
    intention, seed
        As of Flock. No intention: loosen and untangle only, for what is seen at a deep zoom.
    """

    graph: Graph
    at: Positions
    moving: Mask
    intention: str = ""
    seed: int = 7

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        return "Layout of the selection" if self.intention else "Untangle view"

    def __call__(self, report: Report, /) -> Placed:
        """Run the layout and check what it gave."""
        from explorer.layout import local, untangle  # scipy: only where it runs
        from explorer.layout.patch import patch_of

        report(0.0, "finding their ties")
        patch = patch_of(self.graph, self.at, self.moving)
        if self.intention:
            moved = local.laid_out(patch, self.intention, self.seed, report)
        else:
            moved = untangle.untangled(patch)
        made = self.at.copy()
        made[self.moving] = moved.T
        report(1.0)
        return Placed(checked(made, self.graph.n, self.title))


def in_room(placed: Positions, before: Positions) -> Positions:
    """Return ``(k, 2)`` *placed*, moved and scaled to the room that *before* took."""
    if not len(placed):
        return before
    low, high = before.min(axis=0), before.max(axis=0)
    own_low, own_high = placed.min(axis=0), placed.max(axis=0)
    room, own = (high - low).astype(np.float64), (own_high - own_low).astype(np.float64)
    if len(placed) < 2 or not own.any():
        return before
    if not room.any():
        room = own
    scale = float(np.min(np.maximum(room, 0.5 * room.max()) / np.maximum(own, 1e-9)))
    middle = (low + high) / 2
    return np.asarray((placed - (own_low + own_high) / 2) * np.float32(scale) + middle, np.float32)
