from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from explorer.layout.crowd import fold, sunflower
from explorer.layout.pairs import pairs_of


def test_a_sunflower_is_even():
    at = sunflower(np.arange(2000))
    radius = np.hypot(*at)
    assert np.argmin(radius) == 0
    for r in (5, 10, 20):
        assert abs((radius < r).sum() / (np.pi * r * r) - 1) < 0.05
    nearest = cKDTree(at.T).query(at.T, 2)[0][:, 1]
    assert nearest.min() > 0.5


def test_leaves_ride_on_their_hub(make):
    edges = [(0, 1), (1, 2), (2, 0), *[(i, 0) for i in range(3, 30)], (30, 1)]
    folded = fold(pairs_of(make(31, edges)))
    assert folded.core.n == 4  # the triangle, and the one leaf that is no crowd
    assert (folded.anchor[3:30] == folded.anchor[0]).all()
    assert folded.order[0] == 0
    assert sorted(folded.order[3:30]) == list(range(1, 28))
    assert folded.anchor[30] != folded.anchor[1]


def test_the_strongest_leaf_is_nearest(make):
    edges = [(0, 1), (1, 2), (2, 0), *[(i, 0) for i in range(3, 30)]]
    counts = [1] * 3 + list(range(1, 28))
    folded = fold(pairs_of(make(30, edges, counts)))
    assert folded.order[29] == 1
    assert folded.order[3] == 27


def test_accounts_with_the_same_neighbours_ride_together(make):
    edges = [(i, hub) for i in range(2, 40) for hub in (0, 1)]
    folded = fold(pairs_of(make(40, edges)))
    assert folded.core.n == 3
    assert folded.core.m == 2
    assert len(set(folded.anchor[2:].tolist())) == 1
    assert sorted(folded.order[2:]) == list(range(38))
    assert folded.anchor[0] != folded.anchor[1]


def test_without_crowds_nothing_is_folded(make):
    pairs = pairs_of(make(10, [(i, (i + 1) % 10) for i in range(10)]))
    folded = fold(pairs)
    assert folded.core is pairs
    assert folded.crowd(np.ones(10), 1).alone


def test_a_crowd_keeps_all_mass(make):
    edges = [(0, 1), (1, 2), (2, 0), *[(i, 0) for i in range(3, 30)]]
    crowd = fold(pairs_of(make(30, edges))).crowd(np.arange(30.0), 1)
    assert crowd.total.sum() == crowd.mass.sum() == 435
    assert crowd.riding().sum() == 28
    at = crowd.spread(np.array([[0, 5, 9], [0, 5, 0]], np.float32))
    assert at.shape == (2, 30)
    assert np.allclose(at[:, 1:3], [[5, 9], [5, 0]])
