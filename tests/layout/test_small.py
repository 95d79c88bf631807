"""Small components: pictures of their distances."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from scipy.sparse.csgraph import shortest_path

from explorer.graph.model import Graph
from explorer.job import silent
from explorer.layout.asked import FlockOptions
from explorer.layout.coarsen import to_igraph
from explorer.layout.pairs import merged
from explorer.layout.run import FLOCK, RunLayout
from explorer.layout.small import by_distance, posed


def pairs_of(network):
    network = nx.convert_node_labels_to_integers(network)
    ends = np.array(network.edges)
    return merged(len(network), ends[:, 0], ends[:, 1], np.ones(len(ends)))


def stress(pairs, at):
    far = shortest_path(pairs.half(np.ones(pairs.m)), directed=False)
    apart = np.hypot(*(np.asarray(at).T[:, None] - np.asarray(at).T[None]).transpose(2, 0, 1))
    above = np.triu_indices(pairs.n, 1)
    ratio = apart[above] / far[above]
    return float(np.mean((ratio * ratio.sum() / (ratio**2).sum() - 1) ** 2))


NETWORKS = {
    "les misérables": nx.les_miserables_graph(),
    "karate": nx.karate_club_graph(),
    "tree": nx.balanced_tree(3, 4),
    "grid": nx.grid_2d_graph(12, 12),
    "ring": nx.cycle_graph(60),
    "clique": nx.complete_graph(30),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_distances_are_at_least_as_true_as_kamada_and_kawai_make_them(name):
    pairs = pairs_of(NETWORKS[name])
    theirs = np.array(to_igraph(pairs).layout_kamada_kawai().coords).T
    assert stress(pairs, by_distance(pairs, None, 7)) < 1.03 * stress(pairs, theirs) + 1e-3


def test_the_miserables_do_not_end_on_a_ring():
    pairs = pairs_of(NETWORKS["les misérables"])
    assert stress(pairs, posed(pairs, 7)) < 0.1


def test_a_path_is_straight_and_its_edges_are_as_long_as_they_should_be():
    pairs = pairs_of(nx.path_graph(40))
    length = 1.0 + (np.arange(39) % 3)
    at = by_distance(pairs, length, 7)
    apart = np.hypot(*(at[:, 1:] - at[:, :-1]))
    assert np.allclose(apart, length, rtol=0.06)
    assert np.hypot(*(at[:, -1] - at[:, 0])) == pytest.approx(length.sum(), rel=0.03)


@pytest.mark.parametrize("intention", ["balanced", "communities"])
def test_no_two_of_a_small_network_share_a_place(intention):
    pairs = pairs_of(NETWORKS["les misérables"])
    graph = Graph(pairs.n, pairs.u, pairs.v, {}, {})
    at = RunLayout(graph, FLOCK, FlockOptions(intention=intention))(silent)
    apart = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    assert apart.min() > 2e-3 * np.ptp(at, axis=0).max()


def test_communities_of_a_small_network_come_out_when_they_are_asked_for():
    network = nx.planted_partition_graph(6, 15, 0.6, 0.03, seed=3)
    pairs = pairs_of(network)
    graph = Graph(pairs.n, pairs.u, pairs.v, {}, {})
    label = np.arange(pairs.n) // 15

    def tight(intention):
        at = RunLayout(graph, FLOCK, FlockOptions(intention=intention))(silent).T
        apart = np.hypot(*(at[:, :, None] - at[:, None, :]))
        same = label[:, None] == label
        return apart[same].mean() / apart[~same].mean()

    assert tight("communities") < 0.8 * tight("balanced")
