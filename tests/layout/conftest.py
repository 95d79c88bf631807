"""Networks of every kind that a layout must cope with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from explorer.graph.model import Category, Graph, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def graph_of(n: int, edges: Iterable[tuple[int, int]], counts: list[int] | None = None) -> Graph:
    ends = np.array(list(edges), np.int32).reshape(-1, 2)
    columns = {} if counts is None else {"count": np.array(counts, np.int32)}
    return Graph(n, ends[:, 0].copy(), ends[:, 1].copy(), {}, columns)


def star(leaves: int, hub: int = 0) -> list[tuple[int, int]]:
    return [(hub + i, hub) for i in range(1, leaves + 1)]


def grid(side: int) -> list[tuple[int, int]]:
    at = np.arange(side * side).reshape(side, side)
    ends = [np.stack([at[:-1], at[1:]], -1), np.stack([at[:, :-1], at[:, 1:]], -1)]
    return [(int(a), int(b)) for some in ends for a, b in some.reshape(-1, 2)]


def clique(k: int, first: int = 0) -> list[tuple[int, int]]:
    return [(first + i, first + j) for i in range(k) for j in range(i)]


def communities(seed: int = 1, groups: int = 6, each: int = 150) -> tuple[Graph, np.ndarray]:
    """Return a connected graph of equal groups with few edges between them, and the labels."""
    random = np.random.default_rng(seed)
    n = groups * each
    label = np.arange(n) // each
    a = np.repeat(np.arange(n), 4)
    home = random.random(len(a)) < 0.93
    b = np.where(
        home, label[a] * each + random.integers(0, each, len(a)), random.integers(0, n, len(a))
    )
    spine = np.arange(n - 1)
    ends = np.vstack([np.concatenate([a, spine]), np.concatenate([b, spine + 1])]).astype(np.int32)
    ends = ends[:, ends[0] != ends[1]]
    return Graph(n, ends[0].copy(), ends[1].copy()), label


def shattered(giant: int = 1000, seed: int = 2) -> Graph:
    """Return a giant component, stars, pairs and singles, accounts in no order."""
    random = np.random.default_rng(seed)
    edges = [(i, int(random.integers(0, i))) for i in range(1, giant)]
    edges += [(int(a), int(b)) for a, b in random.integers(0, giant, (giant, 2)) if a != b]
    n = giant
    for size in [9] * 6 + [4] * 25 + [3] * 40 + [2] * 120:
        edges += star(size - 1, n)
        n += size
    n += 150
    shuffled = random.permutation(n)
    return graph_of(n, [(int(shuffled[a]), int(shuffled[b])) for a, b in edges])


NETWORKS = {
    "nobody": graph_of(0, []),
    "one": graph_of(1, []),
    "two strangers": graph_of(2, []),
    "a pair": graph_of(2, [(0, 1), (1, 0)]),
    "singles": graph_of(40, []),
    "pairs": graph_of(60, [(2 * i, 2 * i + 1) for i in range(30)]),
    "a triangle": graph_of(3, [(0, 1), (1, 2), (2, 0)]),
    "a star": graph_of(61, star(60)),
    "two hubs of one crowd": graph_of(52, [(i, j) for i in range(2, 52) for j in (0, 1)]),
    "a path": graph_of(50, [(i, i + 1) for i in range(49)]),
    "a ring": graph_of(30, [(i, (i + 1) % 30) for i in range(30)]),
    "a grid": graph_of(64, grid(8)),
    "a clique": graph_of(25, clique(25)),
    "all edges twice": graph_of(20, [(i, 0) for i in range(1, 20)] * 2),
    "shattered": shattered(80),
}
"""Small ones, for every layout."""

LARGE = {
    "shattered": shattered(),
    "a long path": graph_of(700, [(i, i + 1) for i in range(699)]),
    "a large star": graph_of(2001, star(2000)),
    "a large grid": graph_of(900, grid(30)),
    "two stars joined": graph_of(1002, [*star(600), *star(400, 601), (0, 601)]),
    "two cliques joined": graph_of(90, [*clique(45), *clique(45, 45), (0, 45)]),
    "complete, in two parts": graph_of(900, [(i, j) for i in range(30) for j in range(30, 900)]),
    "communities": communities()[0],
}
"""Large enough that every stage of Flock has work."""


@pytest.fixture(params=NETWORKS.values(), ids=NETWORKS.keys())
def network(request: pytest.FixtureRequest) -> Graph:
    return request.param


@pytest.fixture(params=LARGE.values(), ids=LARGE.keys())
def large(request: pytest.FixtureRequest) -> Graph:
    return request.param


@pytest.fixture
def scattered() -> Graph:
    """A giant component with most of the accounts, and hundreds of small ones."""
    return LARGE["shattered"]


@pytest.fixture
def named() -> Graph:
    """The shattered network with names, and kinds of edges."""
    bare = shattered(80)
    names = Text.of(f"account {i}" for i in range(bare.n, 0, -1))
    kind = Category(np.zeros(bare.m, np.int8), ("retweet",))
    return Graph(bare.n, bare.source, bare.target, {"name": names}, {"kind": kind})


@pytest.fixture
def planted() -> tuple[Graph, np.ndarray]:
    """A network of six groups, and the group of every account."""
    return communities()


@pytest.fixture
def make() -> Callable[..., Graph]:
    """The function that makes a graph of a number of accounts and a list of edges."""
    return graph_of
