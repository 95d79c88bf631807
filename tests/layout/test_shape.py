from itertools import pairwise

import numpy as np
import pytest

from explorer.job import silent
from explorer.layout.asked import FlockOptions
from explorer.layout.flock import place
from explorer.layout.quality import purity
from explorer.layout.shape import MakeShape, corner_of, tray_of


def shape(graph, pinned=()):
    at = place(graph, FlockOptions(), None, silent)
    mask = np.zeros(graph.n, bool)
    mask[list(pinned)] = True
    return MakeShape(graph, at, mask)(silent)


def crowding(at):
    """Return how unevenly accounts fill the tiles of their box."""
    low, high = at.min(axis=0), at.max(axis=0)
    counts = np.histogram2d(*at.T, bins=12, range=list(zip(low, high, strict=True)))[0]
    return float(counts.std())


def test_the_middle_is_the_layout_itself(planted):
    made = shape(planted[0])
    assert made.placed(0, 1) is made.base
    assert np.allclose(made.placed(1e-6, 1), made.base, atol=1e-3)


def test_more_room_evens_crowds_out_and_less_draws_groups_together(planted):
    graph, label = planted
    made = shape(graph)
    crowded = [crowding(made.placed(room, 1)) for room in (-1, 0, 1)]
    assert crowded[0] > crowded[1] > crowded[2]
    assert purity(made.placed(1, 1), label) > 0.8 * purity(made.base, label)


def test_room_grows_without_a_jump(planted):
    made = shape(planted[0])
    steps = [made.placed(room, 1) for room in np.linspace(-1, 1, 41)]
    jumps = [np.abs(b - a).max() for a, b in pairwise(steps)]
    assert max(jumps) < 0.15 * np.ptp(made.base, axis=0).max()


def test_the_tray_is_the_small_components_beside_the_main_one(scattered):
    tray = tray_of(scattered)
    degree = np.bincount(scattered.source, minlength=scattered.n)
    degree += np.bincount(scattered.target, minlength=scattered.n)
    assert tray[degree == 0].all()
    assert (~tray).sum() == 1000


def test_without_a_main_component_there_is_no_tray(make):
    for graph in (make(0, []), make(1, []), make(40, []), make(9, [(0, 1), (2, 3), (4, 5)])):
        assert not tray_of(graph).any()


def test_the_tray_grows_away_from_the_main_component(scattered):
    made = shape(scattered)
    rest = ~made.tray
    for size in (0.5, 2.0):
        at = made.placed(0, size)
        assert np.array_equal(at[rest], made.base[rest])
        wide, was = np.ptp(at[made.tray], axis=0), np.ptp(made.base[made.tray], axis=0)
        assert np.allclose(wide, size * was, rtol=1e-3)
        assert corner_of(at, made.tray) == pytest.approx(made.corner, abs=0.5)


def test_room_leaves_the_tray_and_pins_alone(scattered):
    made = shape(scattered, pinned=(1, 2, 3))
    at = made.placed(0.7, 1)
    still = made.tray | made.pinned
    assert np.array_equal(at[still], made.base[still])
    assert not np.allclose(at[~still], made.base[~still])


def test_two_accounts_can_be_reshaped_too(make):
    graph = make(2, [(0, 1)])
    at = np.array([[0, 0], [1, 0]], np.float32)
    made = MakeShape(graph, at, np.zeros(2, bool))(silent)
    assert np.array_equal(made.placed(1, 2), at)
