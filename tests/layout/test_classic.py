from __future__ import annotations

import numpy as np
import pytest

from explorer.errors import LayoutError
from explorer.graph.model import Graph
from explorer.job import silent
from explorer.layout import quality
from explorer.layout.classic import CIRCLE, DISTANCES, GRID, LAYERS, SCALED
from explorer.layout.run import RunLayout, layouts


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


@pytest.mark.parametrize("name", ["fr", "kk", "drl", "umap", "mds", "sugiyama"])
def test_what_igraph_does_in_one_call_cannot_rest_and_says_so(name):
    assert not layouts()[name].rests
    assert layouts()["flock"].rests
