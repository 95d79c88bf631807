import pickle

import numpy as np
import pytest
from scipy.spatial import cKDTree

from explorer.job import silent
from explorer.layout.asked import FlockOptions
from explorer.layout.flock import place
from explorer.layout.local import roominess
from explorer.layout.patch import patch_of
from explorer.layout.quality import stress
from explorer.layout.run import FLOCK
from explorer.layout.steered import Part, RunLocal, RunSteered, in_room
from explorer.layout.untangle import untangled


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path))


@pytest.fixture(scope="module")
def laid():
    from tests.layout.conftest import communities

    graph, label = communities()
    return graph, place(graph, FlockOptions(), None, silent), label


def run(graph, at, moving, intention="balanced"):
    return RunLocal(graph, at, moving, intention)(silent).positions


@pytest.mark.parametrize("count", [1, 2, 3, 10, 150, 700, 900])
@pytest.mark.parametrize("intention", ["balanced", "communities", "structure", ""])
def test_the_rest_stays_and_a_selection_keeps_its_area(laid, count, intention):
    graph, at, _ = laid
    moving = np.zeros(graph.n, bool)
    moving[np.random.default_rng(count).permutation(graph.n)[:count]] = True
    made = run(graph, at, moving, intention)
    assert np.array_equal(made[~moving], at[~moving])
    if count > 1:
        assert np.allclose(made[moving].mean(axis=0), at[moving].mean(axis=0), atol=2.0)
        wide, was = (np.sqrt(one[moving].var(axis=0).sum()) for one in (made, at))
        assert 0.8 < wide / was < 1.25


def test_the_same_is_the_same_again(laid):
    graph, at, label = laid
    moving = label < 3
    job = RunLocal(graph, at, moving, "balanced")
    again = pickle.loads(pickle.dumps(job))
    assert np.array_equal(job(silent).positions, again(silent).positions)


def test_one_account_goes_to_those_it_knows(make):
    graph = make(4, [(0, 1), (0, 2)])
    at = np.array([[50, 50], [0, 0], [2, 0], [9, 9]], np.float32)
    made = run(graph, at, np.array([True, False, False, False]))
    assert made[0].tolist() == [1.0, 0.0]


def test_strangers_to_all_are_not_flung_away(make):
    graph = make(40, [(0, 1)])
    at = np.random.default_rng(1).normal(size=(40, 2)).astype(np.float32)
    moving = np.arange(40) < 20
    made = run(graph, at, moving)
    assert np.abs(made[moving]).max() < 3 * np.abs(at).max()


def test_a_selection_that_lies_in_a_heap_is_laid_out(laid):
    graph, at, label = laid
    moving = label == 0
    heap = at.copy()
    heap[moving] = heap[moving].mean(axis=0)
    made = run(graph, heap, moving)
    assert len(np.unique(made[moving].round(3), axis=0)) > 0.9 * moving.sum()


def test_a_scrambled_component_is_laid_out_anew(make):
    edges = [(i, i + 1) for i in range(29)]
    graph = make(40, edges)
    at = np.random.default_rng(4).normal(size=(40, 2)).astype(np.float32)
    moving = np.arange(40) < 30
    made = run(graph, at, moving)
    assert stress(graph, made) < 0.5 * stress(graph, at)


def crowded(at, least):
    return float((cKDTree(at).query(at, 2)[0][:, 1] < least).mean())


def test_untangling_parts_piles_and_keeps_the_rim():
    random = np.random.default_rng(5)
    at = (random.random((800, 2)) * 100).astype(np.float32)
    at[:300] = 50 + random.normal(0, 0.3, (300, 2))
    from tests.layout.conftest import graph_of

    graph = graph_of(800, [(i, i + 1) for i in range(799)])
    made = run(graph, at, np.ones(800, bool), "")
    least = 0.35 * roominess(at.T)
    assert crowded(made, least) < 0.5 * crowded(at, least)
    low, high = at.min(axis=0), at.max(axis=0)
    assert (made >= low - 1).all()
    assert (made <= high + 1).all()
    rims = [(np.minimum(one - low, high - one) < 0.5).any(axis=1).mean() for one in (at, made)]
    assert rims[1] < rims[0] + 0.03  # nobody is pushed against it
    at_edge = (np.minimum(at - low, high - at) < 0.2).any(axis=1)
    assert np.abs(made - at)[at_edge].max() < 2.0


def test_untangling_a_line_or_a_few_leaves_them(make):
    graph = make(5, [(0, 1), (1, 2)])
    line = np.column_stack([np.arange(5), np.zeros(5)]).astype(np.float32)
    for moving in (np.ones(5, bool), np.arange(5) < 2):
        patch = patch_of(graph, line, moving)
        assert np.array_equal(untangled(patch), patch.at)


def test_what_a_filter_shows_is_laid_out_in_its_own_room(laid):
    graph, at, label = laid
    part = Part(label < 2, np.ones(graph.m, bool))
    job = RunSteered(graph, FLOCK, FlockOptions(), at, np.zeros(graph.n, bool), part)
    made = job(silent).positions
    inside = part.accounts
    assert np.array_equal(made[~inside], at[~inside])
    assert not np.allclose(made[inside], at[inside])
    low, high = at[inside].min(axis=0), at[inside].max(axis=0)
    now = (made[inside].min(axis=0) + made[inside].max(axis=0)) / 2
    assert np.allclose(now, (low + high) / 2, atol=1e-2)


def test_settling_what_a_filter_shows_moves_it_little(laid):
    graph, at, label = laid
    part = Part(label < 4, np.arange(graph.m) % 10 > 0)
    job = RunSteered(graph, FLOCK, FlockOptions(keep=True), at, np.zeros(graph.n, bool), part)
    made = job(silent).positions
    moved = np.hypot(*(made - at).T) / np.ptp(at, axis=0).max()
    assert 0 < np.median(moved[part.accounts]) < 0.03


def test_a_room_without_width_is_made():
    placed = np.array([[0, 0], [1, 0], [0, 2]], np.float32)
    heap = np.ones((3, 2), np.float32)
    assert np.allclose(np.ptp(in_room(placed, heap), axis=0), [1, 2])
    assert np.array_equal(in_room(heap, placed), placed)


def test_the_room_of_nobody_is_no_room():
    nobody = np.empty((0, 2), np.float32)
    assert in_room(nobody, nobody).shape == (0, 2)


def beside(make):
    """Return 40 accounts in a ring that knows an account that stays, a star and three strangers."""
    ring = [(i, (i + 1) % 40) for i in range(40)]
    star = [(41, 42 + i) for i in range(6)]
    graph = make(52, [*ring, (0, 40), *star, (48, 49)])
    at = np.random.default_rng(5).normal(0, 10, (52, 2)).astype(np.float32)
    at[41:48] = [100, 0] + at[41:48] / 10
    at[48:] = [[120, 0], [121, 0], [122, 0], [123, 0]]
    return graph, at


def test_who_knows_nobody_stays_beside_the_picture(make):
    graph, at = beside(make)
    moving = np.ones(52, bool)
    moving[40] = False
    made = run(graph, at, moving)
    assert np.array_equal(made[48:], at[48:])
    assert not np.array_equal(made[:40], at[:40])
    assert abs(made[:40] - at[:40].mean(axis=0)).max() < 60
    assert abs(made[41:48] - at[41:48].mean(axis=0)).max() < 4
    assert not np.array_equal(made[41:48], at[41:48])


def test_where_nobody_is_tied_outward_the_largest_component_is_laid_out(make):
    graph, at = beside(make)
    moving = np.arange(52) > 40
    made = run(graph, at, moving)
    assert np.array_equal(made[48:], at[48:])
    assert not np.array_equal(made[41:48], at[41:48])
    assert np.allclose(made[41:48].mean(axis=0), at[41:48].mean(axis=0), atol=0.5)


def test_strangers_among_themselves_all_move(make):
    graph, at = beside(make)
    made = run(graph, at, np.arange(52) > 47)
    assert not np.array_equal(made[48:], at[48:])
