from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import dijkstra

from explorer.graph.model import Graph
from explorer.layout.adjacency import adjacency
from explorer.layout.coarsen import communities, to_igraph
from explorer.layout.pairs import pairs_of


def drawn(n, m, seed):
    ends = np.random.default_rng(seed).integers(0, n, (2, m)).astype(np.int32)
    ends = ends[:, ends[0] != ends[1]]
    return pairs_of(Graph(n, ends[0].copy(), ends[1].copy()))


def test_planted_groups_are_found(planted):
    graph, label = planted
    found = communities(pairs_of(graph), 7)[-1]
    assert found.max() == label.max()
    pair = label * 100 + found
    assert len(np.unique(pair[np.bincount(pair)[pair] > 10])) == label.max() + 1


def test_they_are_about_as_good_as_those_of_igraph():
    pairs = drawn(3000, 9000, 5)
    whole = to_igraph(pairs)
    theirs = whole.community_multilevel(weights=pairs.w.tolist()).membership
    ours = communities(pairs, 7)[-1].tolist()
    weights = pairs.w.tolist()
    good = whole.modularity(theirs, weights=weights)
    assert whole.modularity(ours, weights=weights) > 0.95 * good


def test_levels_lie_in_each_other_and_shrink():
    levels = communities(drawn(5000, 9000, 6), 7)
    assert len(levels) > 1
    for fine, coarse in pairwise(levels):
        assert 3 * (coarse.max() + 1) <= fine.max() + 1
        assert all(len(np.unique(coarse[fine == c])) == 1 for c in range(0, fine.max(), 50))


@given(seed=st.integers(0, 10**6), n=st.integers(2, 120), dense=st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_steps_are_those_of_dijkstra(seed, n, dense):
    pairs = drawn(n, n * dense, seed)
    sources = np.random.default_rng(seed).choice(n, min(n, 64), replace=False).astype(np.int32)
    steps = adjacency(pairs).steps(sources)
    exact = dijkstra(pairs.half(np.ones(pairs.m)), directed=False, indices=sources, unweighted=True)
    assert np.array_equal(np.where(np.isfinite(exact), exact, 255), steps.T)


def test_what_is_further_than_can_be_told_is_far(make):
    path = pairs_of(make(400, [(i, i + 1) for i in range(399)]))
    steps = adjacency(path).steps(np.zeros(1, np.int32))[:, 0]
    assert steps[:255].tolist() == list(range(255))
    assert (steps[255:] == 255).all()
