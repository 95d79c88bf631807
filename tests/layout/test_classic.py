from __future__ import annotations

import numpy as np
import pytest

from explorer.errors import LayoutError
from explorer.graph.model import Graph
from explorer.job import silent
from explorer.layout import quality
from explorer.layout.classic import CIRCLE, DISTANCES, GRID, LAYERS, SCALED, layered
from explorer.layout.run import RunLayout


def placed(layout, graph):
    return RunLayout(graph, layout, layout.options())(silent)


@pytest.mark.parametrize("layout", [DISTANCES, SCALED], ids=lambda layout: layout.id)
def test_what_memory_cannot_hold_is_refused_with_the_estimate(layout):
    none = np.empty(0, np.int32)
    with pytest.raises(LayoutError, match=r"GB of memory for 200,000 accounts") as refused:
        placed(layout, Graph(200_000, none, none))
    assert "or fewer" in refused.value.hint


def test_kamada_and_kawai_follow_steps(make):
    path = make(12, [(i, i + 1) for i in range(11)])
    assert quality.stress(path, placed(DISTANCES, path)) < 0.02


def test_layers_run_down(make):
    chain = make(4, [(3, 2), (2, 1), (1, 0)])
    y = placed(LAYERS, chain)[:, 1]
    assert (np.diff(y) > 0).all()


def test_a_circle_is_round(make):
    at = placed(CIRCLE, make(9, [(0, 1)]))
    assert np.allclose(np.hypot(*(at - at.mean(axis=0)).T), 1, atol=1e-5)


def test_a_grid_is_square(make):
    at = placed(GRID, make(16, []))
    assert len(np.unique(at[:, 0])) == len(np.unique(at[:, 1])) == 4


def test_components_that_begin_in_different_layers_are_layered_each_from_the_top(make):
    # a chain, a pair, a ring and a single: igraph's own layering of such crashes now and then
    graph = make(9, [(0, 1), (1, 2), (2, 3), (4, 5), (6, 7), (7, 8), (8, 6)])
    _, layer = layered(graph)
    assert layer[:6].tolist() == [0, 1, 2, 3, 0, 1]
    assert sorted(layer[6:].tolist()) == [0, 1, 2]


def test_edges_that_would_bend_too_often_are_refused(make):
    chain = [(i, i + 1) for i in range(2000)]
    far = [(i, 2000 - i) for i in range(900)]
    with pytest.raises(LayoutError, match="bends of edges"):
        layered(make(2001, chain + far))
