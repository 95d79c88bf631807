from __future__ import annotations

import numpy as np

from explorer.layout.pairs import pairs_of, pieces_of


def test_directions_and_kinds_are_counted_together(make):
    pairs = pairs_of(make(3, [(0, 1), (1, 0), (1, 0), (2, 1)], [2, 3, 5, 1]))
    assert pairs.u.tolist() == [0, 1]
    assert pairs.v.tolist() == [1, 2]
    assert np.allclose(pairs.w, [1 + np.log(10), 1])
    assert pairs.degree().tolist() == [1, 2, 1]
    assert np.allclose(pairs.strength(), [1 + np.log(10), 2 + np.log(10), 1])


def test_an_edge_from_an_account_to_itself_is_left_out(make):
    assert pairs_of(make(2, [(1, 1), (0, 1)])).m == 1


def test_a_count_of_nothing_is_one(make):
    assert pairs_of(make(2, [(0, 1)], [0])).w.tolist() == [1.0]


def test_nobody_has_no_pairs(make):
    pieces = pieces_of(pairs_of(make(0, [])))
    assert len(pieces) == 0
    assert pieces.local.m == 0


def test_components_come_largest_first(make):
    pieces = pieces_of(pairs_of(make(7, [(6, 4), (4, 1), (0, 5)])))
    assert pieces.sizes().tolist() == [3, 2, 1, 1]
    assert pieces.nodes.tolist() == [1, 4, 6, 0, 5, 2, 3]
    first, second = pieces.pairs(0), pieces.pairs(1)
    assert (first.u.tolist(), first.v.tolist()) == ([0, 1], [1, 2])
    assert (second.u.tolist(), second.v.tolist()) == ([0], [1])
    assert pieces.pairs(2).m == 0


def test_components_keep_every_pair(scattered):
    pairs = pairs_of(scattered)
    pieces = pieces_of(pairs)
    assert sum(pieces.pairs(c).m for c in range(len(pieces))) == pairs.m
    assert np.isclose(sum(pieces.pairs(c).w.sum() for c in range(len(pieces))), pairs.w.sum())
    assert sorted(pieces.nodes.tolist()) == list(range(scattered.n))
