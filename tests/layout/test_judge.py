from __future__ import annotations

import numpy as np
import pytest

from explorer.job import silent
from explorer.layout.judge import MEASURES, JudgeLayout, Quality, TryLayout, communities, judged
from explorer.layout.run import layouts


def two_cliques(make, size=5):
    pairs = [(a, b) for a in range(size) for b in range(a)]
    return make(2 * size, [*pairs, *((a + size, b + size) for a, b in pairs), (0, size)])


def test_two_cliques_are_two_communities(make):
    labels = communities(two_cliques(make))
    assert len(set(labels[:5])) == len(set(labels[5:])) == 1
    assert labels[0] != labels[5]


def test_a_graph_without_edges_has_no_communities_to_be_pure_in(make):
    graph = make(3, [])
    found = judged(graph, np.eye(3, 2, dtype=np.float32), communities(graph))
    assert (found.communities, found.purity, found.stress, found.kept) == (0, 0, 0, 0)


def test_cliques_apart_are_purer_than_cliques_mixed(make):
    graph = two_cliques(make, 15)
    labels = communities(graph)
    at = np.random.default_rng(1).random((30, 2)).astype(np.float32)
    apart = at + 20 * labels[:, None]
    assert judged(graph, apart, labels).purity > judged(graph, at, labels).purity


def test_every_measure_is_a_number_of_the_quality():
    assert {one.name for one in MEASURES} == set(Quality.__slots__) - {"communities"}


@pytest.mark.parametrize("n", [0, 1, 2])
def test_the_smallest_graphs_are_judged(make, n):
    graph = make(n, [])
    places = np.arange(2 * n, dtype=np.float32).reshape(n, 2)
    found = JudgeLayout(graph, places)(silent).quality
    assert np.isfinite([getattr(found, one.name) for one in MEASURES]).all()


def test_a_tried_layout_says_how_good_it_is_and_how_long_it_took(make):
    graph = two_cliques(make)
    layout = layouts()["flock"]
    tried = TryLayout(graph, layout, layout.options(seed=3))(silent)
    assert tried.positions.shape == (10, 2)
    assert tried.seconds > 0
    assert JudgeLayout(graph, tried.positions)(silent).quality == tried.quality
