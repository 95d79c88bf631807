"""The job of running a layout, and the list of layouts to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.errors import LayoutError
from explorer.graph.model import frozen
from explorer.layout.asked import CoreOptions, FlockOptions
from explorer.layout.base import Layout
from explorer.layout.classic import CLASSIC
from explorer.plugins import extras

if TYPE_CHECKING:
    from explorer.graph.model import Graph, Positions
    from explorer.job import Report


def place_flock(
    graph: Graph, options: Any, start: Positions | None, report: Report, /
) -> Positions:
    """Place by communities, forces and room; see `explorer.layout.flock`."""
    from explorer.layout.flock import place  # igraph and scipy: only in the process that runs it

    return place(graph, options, start, report)


def place_round_core(
    graph: Graph, options: Any, start: Positions | None, report: Report, /
) -> Positions:
    """Place the core, then amplifiers; see `explorer.layout.corefirst`."""
    from explorer.layout.corefirst import place_round_core as place

    return place(graph, options, start, report)


def place_in_rings(
    graph: Graph, options: Any, start: Positions | None, report: Report, /
) -> Positions:
    """Place the core inside, amplifiers round it; see `explorer.layout.rings`."""
    from explorer.layout.rings import place_in_rings as place

    return place(graph, options, start, report)


FLOCK = Layout(
    id="flock",
    title="Flock",
    tip="Communities, then every account: for any size, and the place to begin.",
    options=FlockOptions,
    place=place_flock,
)
CORE_FIRST = Layout(
    id="core-first",
    title="Core first",
    tip="The core by its own ties alone, and amplifiers round what they amplify.",
    options=CoreOptions,
    place=place_round_core,
    roles=True,
)
RINGS = Layout(
    id="rings",
    title="Rings",
    tip="The core in the middle, its amplifiers in a ring round it, others outside.",
    options=CoreOptions,
    place=place_in_rings,
    roles=True,
)
BUILT_IN: tuple[Layout, ...] = (FLOCK, CORE_FIRST, RINGS, *CLASSIC)
"""Ours, the one to begin with first."""


def layouts() -> dict[str, Layout]:
    """Return every layout by id: ours, then those of plugins."""
    found = {layout.id: layout for layout in BUILT_IN}
    for _, extra in extras("starling.layouts"):
        if isinstance(extra, Layout):
            found.setdefault(extra.id, extra)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class RunLayout:
    """Place the accounts of *graph*; the value is ``(n, 2)`` finite float32."""

    graph: Graph
    layout: Layout
    options: Any
    start: Positions | None = None

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        return f"Layout: {self.layout.title}"

    @property
    def rests(self) -> bool:
        """Whether it can rest between two rounds."""
        return self.layout.rests

    def __call__(self, report: Report, /) -> Positions:
        """Run the layout and check what it gave."""
        placed = np.asarray(
            self.layout.place(self.graph, self.options, self.start, report), np.float32
        )
        return checked(placed, self.graph.n, self.layout.title)


def checked(placed: Positions, n: int, title: str) -> Positions:
    """Return *placed*, frozen, if every account has a finite place and not all the same.

    Raises
    ------
    LayoutError
        If not; the old positions then stay.
    """
    if placed.shape != (n, 2):
        raise LayoutError(f"{title} gave places {placed.shape}, not ({n}, 2).")
    lost = int(n - np.isfinite(placed).all(axis=1).sum())
    if lost:
        raise LayoutError(
            f"{title} lost {lost:,} of {n:,} accounts at infinity.",
            "The old positions are kept; try another layout or seed.",
        )
    if n > 1 and not np.ptp(placed, axis=0).any():
        raise LayoutError(
            f"{title} put all {n:,} accounts in one place.",
            "The old positions are kept; try another layout.",
        )
    return frozen(placed)
