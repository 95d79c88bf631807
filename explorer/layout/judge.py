"""The job of judging a layout, and of trying another beside it."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.layout.run import RunLayout
from explorer.layout.steered import RunSteered

if TYPE_CHECKING:
    from explorer.graph.model import Graph, Index, Mask, Positions
    from explorer.job import Report
    from explorer.layout.base import Layout

COMMUNITY_SEED = 1
"""One partition for every layout that is compared: else purities could not be."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How good a layout is, as numbers.

    Attributes
    ----------
    stress
        Distances against steps; 0 is perfect.
    kept
        Neighbourhood preservation, in [0, 1]; 1 is perfect.
    purity
        Share of the ten nearest accounts of the same community, in [0, 1].
    communities
        How many communities that is measured against.
    pixels
        Accounts that own a pixel of a 1600 by 1200 picture, in [0, 1].
    area
        Share of that picture's tiles that show an account, in [0, 1].
    """

    stress: float
    kept: float
    purity: float
    communities: int
    pixels: float
    area: float


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of `Quality`: what to call it and what it says."""

    name: str
    title: str
    tip: str
    least_is_best: bool = False


MEASURES = (
    Measure(
        "stress",
        "Stress",
        "How far distances are from steps in the network; 0 is perfect, less is better",
        least_is_best=True,
    ),
    Measure(
        "kept",
        "Neighbours kept",
        "How many of the accounts nearest to one are those it is tied to; more is better",
    ),
    Measure(
        "purity",
        "Purity",
        "Of the ten accounts nearest to one, how many are of its community; more is better",
    ),
    Measure("pixels", "Own pixel", "Accounts that lie on no other at 1600 × 1200; more is better"),
    Measure("area", "Area used", "Share of the picture that shows any account; more is better"),
)


def communities(graph: Graph, seed: int = COMMUNITY_SEED) -> Index:
    """Return ``(n,)`` int32 communities by modularity (Traag, Waltman and van Eck 2019, Leiden)."""
    from explorer.layout.coarsen import to_igraph  # igraph: only in the process that measures
    from explorer.layout.pairs import pairs_of

    pairs = pairs_of(graph)
    if not pairs.m:
        return np.arange(graph.n, dtype=np.int32)
    random.seed(seed)  # igraph draws from Python's generator
    found = to_igraph(pairs).community_leiden(
        objective_function="modularity", weights=pairs.w.tolist(), n_iterations=2
    )
    return np.array(found.membership, np.int32)


def judged(graph: Graph, positions: Positions, labels: Index) -> Quality:
    """Return the quality of *positions*; *labels* are the communities of `communities`.

    Accounts without any edge have no community and no neighbour: they are left out of both.
    """
    from explorer.layout import quality  # scipy: only in the process that measures

    tied = np.zeros(graph.n, bool)
    tied[graph.source] = tied[graph.target] = True
    return Quality(
        stress=quality.stress(graph, positions),
        kept=quality.preservation(graph, positions),
        purity=quality.purity(positions[tied], labels[tied]) if tied.any() else 0.0,
        communities=len(np.unique(labels[tied])),
        pixels=quality.distinct_pixels(positions),
        area=quality.area_used(positions),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Tried:
    """A layout that was tried: where it put the accounts, and how good that is."""

    positions: Positions
    quality: Quality
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class JudgeLayout:
    """Job: the quality of positions that are there."""

    graph: Graph
    positions: Positions

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        return "Quality of the layout"

    def __call__(self, report: Report, /) -> Tried:
        """Find the communities, then measure."""
        report(0.1, "finding communities")
        labels = communities(self.graph)
        report(0.5, "measuring")
        return Tried(self.positions, judged(self.graph, self.positions, labels), 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class TryLayout:
    """Job: run a layout, and measure what it gave.

    Attributes
    ----------
    at, pinned
        Where everybody is, and the mask of those who stay there; None if nobody is pinned.
    """

    graph: Graph
    layout: Layout
    options: Any
    at: Positions | None = None
    pinned: Mask | None = None

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        return f"Try {self.layout.title}"

    @property
    def rests(self) -> bool:
        """Whether it can rest between two rounds."""
        return self.layout.rests

    def __call__(self, report: Report, /) -> Tried:
        """Place, then measure; raise what the layout raises."""
        began = time.perf_counter()

        def placing(done: float, note: str = "", _partial: object = None, /) -> None:
            report(0.6 * done, note)  # what is tried is shown when it is done

        positions = self._run(placing)
        seconds = time.perf_counter() - began
        report(0.7, "finding communities")
        labels = communities(self.graph)
        report(0.9, "measuring")
        return Tried(positions, judged(self.graph, positions, labels), seconds)

    def _run(self, report: Report) -> Positions:
        """Place anew, never from the cache: the seconds are part of what is told."""
        if self.at is None or self.pinned is None:
            return RunLayout(self.graph, self.layout, self.options)(report)
        run = RunSteered(
            self.graph, self.layout, self.options, self.at, self.pinned, None, fresh=True
        )
        return run(report).positions
