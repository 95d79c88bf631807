"""When interactions were: what an edge weighs between two times, and how many there were when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.graph.edges import GROUP_OF_CLASS, GROUPS, edge_classes
from explorer.graph.model import Moments, frozen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Graph
    from explorer.graph.roles import Roles

HOUR, DAY = 3600, 86_400
WIDTHS = (
    (HOUR, "an hour"),
    (6 * HOUR, "6 hours"),
    (DAY, "a day"),
    (7 * DAY, "a week"),
    (28 * DAY, "4 weeks"),
    (91 * DAY, "13 weeks"),
    (364 * DAY, "52 weeks"),
)
"""Widths of a bar in seconds, and what to call them."""
MONDAY = 4 * DAY
"""The first Monday of the epoch: where weeks are counted from."""


@dataclass(frozen=True, slots=True)
class Span:
    """A time from *start* up to but without *end*, UTC seconds since 1970."""

    start: int
    end: int

    @property
    def words(self) -> str:
        """Say the span: as days if it is made of whole ones."""
        whole = self.start % DAY == 0 and self.end % DAY == 0
        unit, last = ("D", self.end - DAY) if whole else ("m", self.end)
        first, until = (
            str(np.datetime64(at, "s").astype(f"M8[{unit}]")) for at in (self.start, last)
        )
        said = first if first == until else f"{first} to {until}"
        return said if whole else f"{said} UTC"


def weight_in(graph: Graph, span: Span) -> NDArray[np.int64]:
    """Return ``(m,)`` int64 interactions of each edge within *span*.

    Exact where the graph knows its moments. Where it knows only the first and last of each edge,
    as from a graph file, an edge counts whole if these overlap the span. Edges without any time
    count nothing.
    """
    if graph.moments is not None:
        first, end = np.searchsorted(graph.moments.time, (span.start, span.end))
        return np.bincount(graph.moments.edge[first:end], minlength=graph.m)
    times = ends_of_time(graph)
    if times is None:
        return np.zeros(graph.m, np.int64)
    first, last = times
    inside = (first < span.end) & (last >= span.start) & (last >= 0)
    return np.where(inside, graph.weight(), 0)


def ends_of_time(graph: Graph) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Return ``(m,)`` int64 first and last time of each edge; None if the graph has none."""
    first, last = graph.edges.get("first"), graph.edges.get("last")
    if not isinstance(first, np.ndarray) or not isinstance(last, np.ndarray):
        return None
    return first.astype(np.int64, copy=False), last.astype(np.int64, copy=False)


def extent(graph: Graph) -> Span | None:
    """Return the time from the first known interaction to the last; None if none is known."""
    if graph.moments is not None and len(graph.moments.time):
        return Span(int(graph.moments.time[0]), int(graph.moments.time[-1]) + 1)
    times = ends_of_time(graph)
    if times is None or not (times[1] >= 0).any():
        return None
    first, last = times
    return Span(int(first[first >= 0].min(initial=last.max())), int(last.max()) + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Interactions by time.

    Attributes
    ----------
    edges
        ``(b + 1,)`` int64 times at which a bar begins, and the end of the last.
    counts
        ``(4, b)`` int64 interactions in each bar by group of ``graph.edges.GROUPS``.
    called
        What one bar stands for, such as ``a day``.
    exact
        Whether every interaction stands at its own time; else an edge's at its first.
    """

    edges: NDArray[np.int64]
    counts: NDArray[np.int64]
    called: str
    exact: bool


def tally(graph: Graph, roles: Roles, most: int = 240) -> Tally | None:
    """Count interactions in at most *most* bars; None if no time is known."""
    whole = extent(graph)
    if whole is None:
        return None
    width, called = next(
        (one for one in WIDTHS if (whole.end - whole.start) / one[0] <= most - 1), WIDTHS[-1]
    )
    begin = (whole.start - MONDAY) // width * width + MONDAY
    bars = int(-(-(whole.end - begin) // width))
    groups = GROUP_OF_CLASS[edge_classes(graph, roles)]
    times = begin + width * np.arange(bars + 1, dtype=np.int64)
    if graph.moments is not None:
        group, weight = groups[graph.moments.edge], None
        inside = np.diff(np.searchsorted(graph.moments.time, times))  # they are in order
        bar = np.repeat(np.arange(bars), inside)
    else:
        first, last = ends_of_time(graph) or (np.empty(0), np.empty(0))
        known = last >= 0
        at = np.where(first >= 0, first, last)[known]
        group, weight = groups[known], graph.weight()[known]
        bar = (at - begin) // width
    cell = group.astype(np.int64) * bars + bar
    counts = np.bincount(cell, weight, len(GROUPS) * bars).astype(np.int64)
    return Tally(
        times,
        counts.reshape(len(GROUPS), bars),
        called,
        graph.moments is not None,
    )


def moments_of(
    graph: Graph, ends: tuple[NDArray[np.int32], ...], time: NDArray[np.int64], kinds: int
) -> Moments:
    """Return the moments of interactions given by source, target and code of kind.

    The edges of *graph* must be in the order of source, target and kind. Interactions of unknown
    time, or that belong to no edge, are left out.
    """
    kind = graph.edges["kind"]
    codes = getattr(kind, "codes", np.zeros(graph.m, np.uint8))
    keys = (graph.source.astype(np.int64) * graph.n + graph.target) * kinds + codes
    source, target, code = (one.astype(np.int64) for one in ends)
    wanted = (source * graph.n + target) * kinds + code
    edge = np.searchsorted(keys, wanted)
    there = (time >= 0) & (edge < graph.m)
    there[there] = keys[edge[there]] == wanted[there]
    order = np.argsort(time[there], kind="stable")
    return Moments(frozen(time[there][order]), frozen(edge[there][order].astype(np.int32)))
