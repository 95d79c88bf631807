import numpy as np
import pytest

from explorer.job import silent
from explorer.layout.asked import FlockOptions
from explorer.layout.pairs import pairs_of
from explorer.layout.pins import fitted, settled
from explorer.layout.run import FLOCK, layouts
from explorer.layout.steered import RunSteered


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path))


def some(n, *rows):
    mask = np.zeros(n, bool)
    mask[list(rows)] = True
    return mask


def turned(at, degrees, scale=1.0, mirrored=False):
    a = np.radians(degrees)
    matrix = scale * np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    if mirrored:
        matrix[:, 0] *= -1
    return (at @ matrix + [3, -4]).astype(np.float32)


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_picture_that_was_only_turned_is_turned_back(mirrored):
    at = np.random.default_rng(1).normal(size=(50, 2)).astype(np.float32)
    placed = turned(at, 70, 1.7, mirrored)
    assert np.allclose(fitted(placed, some(50, 1, 7, 30), at), at, atol=1e-4)


def test_one_pin_moves_a_picture_and_keeps_it_as_large():
    at = np.random.default_rng(1).normal(size=(50, 2)).astype(np.float32)
    made = fitted(3 * at, some(50, 4), at)
    assert np.allclose(made, at, atol=1e-5)


def test_pins_that_stand_in_one_place_do_not_blow_a_picture_up():
    at = np.random.default_rng(1).normal(size=(50, 2)).astype(np.float32)
    placed = at.copy()
    placed[:2] = 1e-6 * at[:2]
    made = fitted(placed, some(50, 0, 1), at)
    assert np.ptp(made, axis=0).max() < 10 * np.ptp(at, axis=0).max()


def test_without_pins_nothing_happens():
    at = np.random.default_rng(1).normal(size=(9, 2)).astype(np.float32)
    assert fitted(at, np.zeros(9, bool), at) is at


def test_a_pin_drags_its_leaves_and_not_those_far_away(make):
    graph = make(30, [(i, 0) for i in range(1, 10)] + [(i, i + 1) for i in range(10, 29)])
    at = np.random.default_rng(2).normal(size=(30, 2)).astype(np.float32)
    wanted = at.copy()
    wanted[0] += 5.0
    pinned = some(30, 0, 12, 20, 28)
    made = settled(at, pinned, wanted, pairs_of(graph))
    base = fitted(at, pinned, wanted)
    assert np.array_equal(made[pinned], wanted[pinned])
    assert (np.hypot(*(made - base)[1:10].T) > 2.0).all()
    assert np.abs((made - base)[22:27]).max() < 0.5


@pytest.mark.parametrize("layout", layouts().values(), ids=lambda one: one.id)
def test_every_layout_leaves_pinned_accounts_exactly_in_place(layout, named):
    n = named.n
    at = np.random.default_rng(3).normal(0, 9, (n, 2)).astype(np.float32)
    pinned = some(n, 0, 5, n - 1)
    partials = []
    job = RunSteered(named.bare(), layout, layout.options(), at, pinned)
    placed = job(lambda done, note="", partial=None: partials.append(partial)).positions
    assert np.array_equal(placed[pinned], at[pinned])
    assert np.isfinite(placed).all()
    assert len(np.unique(placed, axis=0)) > n / 2
    for partial in partials:
        assert partial is None or np.array_equal(partial[pinned], at[pinned])


def test_going_on_from_here_keeps_pins_too(planted):
    graph, _ = planted
    free = np.zeros(graph.n, bool)
    nowhere = np.zeros((graph.n, 2), np.float32)
    first = RunSteered(graph, FLOCK, FlockOptions(), nowhere, free)(silent).positions
    pinned = some(graph.n, 3, 90, 400)
    again = RunSteered(graph, FLOCK, FlockOptions(keep=True), first, pinned)(silent).positions
    assert np.array_equal(again[pinned], first[pinned])
    moved = np.hypot(*(again - first).T) / np.ptp(first, axis=0).max()
    assert np.median(moved) < 0.05
