from __future__ import annotations

import numpy as np
import pytest

from explorer.errors import LayoutError
from explorer.job import silent
from explorer.layout.asked import SugiyamaOptions
from explorer.layout.layers import acyclic, layers, place_layers


def ends(edges):
    return np.array(edges, np.int64).reshape(-1, 2).T


def test_a_layer_is_the_longest_way_from_the_top():
    assert layers(5, *ends([(0, 1), (1, 2), (0, 2), (2, 4)])).tolist() == [0, 1, 2, 0, 3]


def test_cycles_are_broken_and_doubles_become_one():
    source, target = acyclic(4, *ends([(0, 1), (1, 2), (2, 0), (1, 0), (3, 1), (3, 1)]))
    assert len(source) == 4
    layer = layers(4, source, target)
    assert (layer[source] < layer[target]).all()


def test_components_stand_side_by_side(make):
    graph = make(9, [(0, 1), (1, 2), (2, 3), (0, 4), (5, 6), (6, 7), (7, 5)])
    at = place_layers(graph, SugiyamaOptions(), None, silent)
    chain, ring, single = at[:5], at[5:8], at[8]
    assert chain[:, 0].max() < ring[:, 0].min()
    assert ring[:, 0].max() < single[0]
    assert chain[:4, 1].tolist() == [0, -1, -2, -3]


def test_edges_that_would_bend_too_often_are_refused():
    chain = [(i, i + 1) for i in range(2000)]
    far = [(i, 2000 - i) for i in range(900)]
    with pytest.raises(LayoutError, match="bends of edges"):
        layers(2001, *ends(chain + far))
