from __future__ import annotations

import numpy as np
import pytest

from explorer.layout import quality


def at(*points):
    return np.array(points, np.float32).reshape(-1, 2)


def test_a_straight_path_has_no_stress(make):
    path = make(5, [(i, i + 1) for i in range(4)])
    assert quality.stress(path, at(*[(3 * i, 0) for i in range(5)])) == pytest.approx(0)


def test_stress_of_a_bent_path_is_as_by_hand(make):
    # steps 1, 1, 2 each way; distances 1, 1 and the diagonal: ratios 1, 1, 0.7071
    ratio = np.array([1, 1, np.sqrt(2) / 2])
    scale = ratio.sum() / (ratio**2).sum()
    expected = np.mean((scale * ratio - 1) ** 2)
    path = make(3, [(0, 1), (1, 2)])
    assert quality.stress(path, at((0, 0), (1, 0), (1, 1))) == pytest.approx(expected)


def test_stress_does_not_depend_on_scale(planted):
    graph, _ = planted
    places = np.random.default_rng(1).random((graph.n, 2)).astype(np.float32)
    assert quality.stress(graph, places) == pytest.approx(
        quality.stress(graph, 100 * places), rel=1e-4
    )


def test_stress_without_pairs_is_nothing(make):
    assert quality.stress(make(3, []), at((0, 0), (1, 0), (2, 0))) == 0


def test_all_in_one_place_is_all_stress(make):
    assert quality.stress(make(2, [(0, 1)]), at((1, 1), (1, 1))) == 1


def test_neighbours_next_to_each_other_are_preserved(make):
    pairs = make(4, [(0, 1), (2, 3)])
    near, far = at((0, 0), (1, 0), (9, 0), (10, 0)), at((0, 0), (9, 0), (1, 0), (10, 0))
    assert quality.preservation(pairs, near) == 1
    assert quality.preservation(pairs, far) == 0


def test_preservation_is_as_by_hand(make):
    # a path 0 1 2 in a row, and a stranger between 1 and 2
    path = make(4, [(0, 1), (1, 2)])
    places = at((0, 0), (1, 0), (3, 0), (2.2, 0))
    # 0: {1} and {1}: 1; 1: {0, 2} and {0, 3}: 1/3; 2: {1} and {3}: 0
    assert quality.preservation(path, places) == pytest.approx((1 + 1 / 3 + 0) / 3)


def test_preservation_without_edges_is_nothing(make):
    assert quality.preservation(make(2, []), at((0, 0), (1, 0))) == 0


def test_purity_is_as_by_hand():
    places = at((0, 0), (1, 0), (10, 0), (11.5, 0))
    assert quality.purity(places, np.array([0, 0, 1, 1]), k=1) == 1
    assert quality.purity(places, np.array([0, 1, 0, 1]), k=1) == 0
    assert quality.purity(places, np.array([0, 0, 0, 1]), k=3) == pytest.approx((2 * 3 + 0) / 12)


def test_purity_of_one_account_is_whole():
    assert quality.purity(at((0, 0)), np.array([1])) == 1


def test_purity_of_a_pile_counts_k_others():
    assert quality.purity(np.zeros((50, 2), np.float32), np.zeros(50), k=5) == 1


def test_accounts_on_one_pixel_are_counted_once():
    places = at((0, 0), (0.1, 0), (100, 0), (100, 50))
    assert quality.distinct_pixels(places, (101, 51)) == 3 / 4


def test_area_is_counted_in_tiles():
    corners = at((0, 0), (80, 0), (0, 80), (80, 80))
    assert quality.area_used(corners, (80, 80), 8) == 4 / 100


def test_nobody_uses_nothing():
    nobody = np.empty((0, 2), np.float32)
    assert quality.distinct_pixels(nobody) == 0
    assert quality.area_used(nobody) == 0
