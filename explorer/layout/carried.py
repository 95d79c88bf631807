"""A layout continued in another network: who is in both stays where they were."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from explorer.errors import LayoutError
from explorer.layout.run import FLOCK
from explorer.layout.steered import RunSteered

if TYPE_CHECKING:
    from explorer.graph.model import Graph, Positions, Text
    from explorer.job import Report
    from explorer.layout.asked import FlockOptions
    from explorer.layout.steered import Placed


@dataclass(frozen=True, slots=True, eq=False)
class RunCarried:
    """Lay *graph* out from the places that its accounts had in an earlier network.

    Attributes
    ----------
    ids
        Of the accounts of *graph*.
    before
        Of those of the earlier network, whose places are ``(k, 2)`` *at*.
    """

    graph: Graph
    ids: Text
    before: Text
    at: Positions
    options: FlockOptions

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        return "Layout from earlier places"

    def __call__(self, report: Report, /) -> Placed:
        """Find who was there before, and settle the others beside them.

        Raises
        ------
        LayoutError
            If hardly anybody was.
        """
        report(0.0, "finding who was there before")
        start = carried(self.ids, self.before, self.at)
        known = int(np.isfinite(start[:, 0]).sum())
        if known < 2:
            raise LayoutError(
                f"Only {known:,} of {self.graph.n:,} accounts were in the earlier network.",
                "Run a layout instead.",
            )
        nobody = np.zeros(self.graph.n, bool)
        options = replace(self.options, keep=True)
        return RunSteered(self.graph, FLOCK, options, start, nobody)(report)


def carried(ids: Text, before: Text, at: Positions) -> Positions:
    """Return ``(n, 2)`` float32 places of the accounts *ids*; NaN for those not in *before*."""
    row_of = {one: row for row, one in enumerate(before.strings())}
    rows = np.fromiter((row_of.get(one, -1) for one in ids.strings()), np.int64, len(ids))
    found = np.full((len(ids), 2), np.nan, np.float32)
    found[rows >= 0] = at[rows[rows >= 0]]
    return found
