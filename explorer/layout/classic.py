"""The layouts of igraph as they are: right for small networks, and known by name.

They see every two accounts that interact once, whatever the direction and kind; Sugiyama's sees
directions too. Components are not packed: igraph decides where they go.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.errors import LayoutError
from explorer.layout.asked import (
    DrlOptions,
    ForceOptions,
    SeedOnly,
    SugiyamaOptions,
    UmapOptions,
)
from explorer.layout.base import Layout

if TYPE_CHECKING:
    from collections.abc import Callable

    import igraph

    from explorer.graph.model import Graph, Positions
    from explorer.job import Report
    from explorer.layout.pairs import Pairs

    Draw = Callable[[igraph.Graph, Pairs], Any]

MEMORY = 2e9
"""Bytes above which a layout that keeps numbers for every two accounts refuses."""


def placed_by(draw: Draw, graph: Graph, seed: int, report: Report) -> Positions:
    """Return ``(n, 2)`` float32: what *draw* makes of the pairs of *graph*."""
    from explorer.layout.coarsen import to_igraph  # the window lists layouts, and its memory
    from explorer.layout.pairs import pairs_of  # is none of igraph's and scipy's

    if graph.n < 2:
        report(1.0)
        return np.zeros((graph.n, 2), np.float32)
    report(0.0, "counting pairs")
    pairs = pairs_of(graph)
    report(0.1, "placing accounts")
    random.seed(seed)  # igraph draws from Python's generator
    layout = draw(to_igraph(pairs), pairs)
    placed = np.array(layout.coords, np.float32).reshape(-1, 2)
    report(1.0, "", placed)
    return placed


def refuse_above_memory(title: str, n: int, each: int) -> None:
    """Raise if *each* bytes for every two of *n* accounts are more than there should be.

    Raises
    ------
    LayoutError
        With the estimate, and how many accounts would do.
    """
    needed = each * n * n
    if needed > MEMORY:
        most = int((MEMORY / each) ** 0.5)
        raise LayoutError(
            f"{title} would need {needed / 1e9:,.0f} GB of memory for {n:,} accounts.",
            f"Filter to {most:,} accounts or fewer, or use Flock.",
        )


def place_force(
    graph: Graph, options: Any, _start: Positions | None, report: Report, /
) -> Positions:
    """Place by Fruchterman and Reingold (1991)."""

    def draw(whole: igraph.Graph, pairs: Pairs) -> Any:
        weights = pairs.w.tolist() if options.weighted else None
        return whole.layout_fruchterman_reingold(niter=options.rounds, weights=weights)

    return placed_by(draw, graph, options.seed, report)


def place_distances(
    graph: Graph, options: Any, _start: Positions | None, report: Report, /
) -> Positions:
    """Place by Kamada and Kawai (1989)."""
    refuse_above_memory("Kamada-Kawai", graph.n, 24)
    return placed_by(lambda whole, _: whole.layout_kamada_kawai(), graph, options.seed, report)


def place_drl(graph: Graph, options: Any, _start: Positions | None, report: Report, /) -> Positions:
    """Place by DrL (Martin et al. 2011)."""

    def draw(whole: igraph.Graph, pairs: Pairs) -> Any:
        weights = pairs.w.tolist() if options.weighted else None
        return whole.layout_drl(options=options.preset, weights=weights)

    return placed_by(draw, graph, options.seed, report)


def place_umap(
    graph: Graph, options: Any, _start: Positions | None, report: Report, /
) -> Positions:
    """Place by UMAP (McInnes et al. 2018), all pairs at the same distance."""

    def draw(whole: igraph.Graph, _: Pairs) -> Any:
        return whole.layout_umap(epochs=options.epochs, min_dist=options.apart)

    return placed_by(draw, graph, options.seed, report)


def place_scaled(
    graph: Graph, options: Any, _start: Positions | None, report: Report, /
) -> Positions:
    """Place by multidimensional scaling of graph distances."""
    refuse_above_memory("Multidimensional scaling", graph.n, 16)
    return placed_by(lambda whole, _: whole.layout_mds(), graph, options.seed, report)


def place_in_layers(
    graph: Graph, options: Any, start: Positions | None, report: Report, /
) -> Positions:
    """Place by Sugiyama, Tagawa and Toda (1981); see `explorer.layout.layers`."""
    from explorer.layout.layers import place_layers  # needs igraph: only where it runs

    return place_layers(graph, options, start, report)


def place_circle(
    graph: Graph, options: Any, _start: Positions | None, report: Report, /
) -> Positions:
    """Place on a circle, in the order of the accounts."""
    return placed_by(lambda whole, _: whole.layout_circle(), graph, options.seed, report)


def place_grid(
    graph: Graph, options: Any, _start: Positions | None, report: Report, /
) -> Positions:
    """Place on a square grid, in the order of the accounts."""
    return placed_by(lambda whole, _: whole.layout_grid(), graph, options.seed, report)


def place_random(
    graph: Graph, options: Any, _start: Positions | None, report: Report, /
) -> Positions:
    """Place anywhere in a square."""
    return placed_by(lambda whole, _: whole.layout_random(), graph, options.seed, report)


FORCE = Layout(
    "fr",
    "Fruchterman-Reingold",
    "Springs and repulsion: an even, familiar picture of up to some thousand accounts.",
    ForceOptions,
    place_force,
    most=20_000,
    rests=False,
)
DISTANCES = Layout(
    "kk",
    "Kamada-Kawai",
    "Distances in the picture follow steps in the network: best below a few hundred accounts.",
    SeedOnly,
    place_distances,
    most=2_000,
    rests=False,
)
DRL = Layout(
    "drl",
    "DrL",
    "Dense groups drawn tight and far from each other: slow, and strong on communities.",
    DrlOptions,
    place_drl,
    most=5_000,
    rests=False,
)
UMAP = Layout(
    "umap",
    "UMAP",
    "Neighbourhoods kept at the cost of distances: communities become islands.",
    UmapOptions,
    place_umap,
    most=10_000,
    rests=False,
)
SCALED = Layout(
    "mds",
    "Multidimensional scaling",
    "The flattest map of all distances at once: no chance in it, but much overlap.",
    SeedOnly,
    place_scaled,
    most=1_500,
    rests=False,
)
LAYERS = Layout(
    "sugiyama",
    "Layers (Sugiyama)",
    "Who acts above, whom it concerns below: for chains and hierarchies.",
    SugiyamaOptions,
    place_in_layers,
    most=3_000,
    rests=False,
)
CIRCLE = Layout(
    "circle",
    "Circle",
    "All on one circle, where every edge of a small network can be seen.",
    SeedOnly,
    place_circle,
)
GRID = Layout(
    "grid",
    "Grid",
    "Rows and columns in the order of the table: for looking accounts up.",
    SeedOnly,
    place_grid,
)
RANDOM = Layout(
    "random",
    "Random",
    "Anywhere: what a picture looks like that means nothing.",
    SeedOnly,
    place_random,
)
CLASSIC = (FORCE, DISTANCES, DRL, UMAP, SCALED, LAYERS, CIRCLE, GRID, RANDOM)
