from __future__ import annotations

import numpy as np
import pytest

from explorer.layout.adjacency import adjacency
from explorer.layout.crowd import plain
from explorer.layout.mesh import Mesh, log_kernel, mesh_round, potential
from explorer.layout.pairs import Pairs, pairs_of
from explorer.layout.posts import posts_of
from explorer.layout.spread import equalised, levelled, loosened, tamed
from explorer.layout.springs import Home, Plan, attraction, refine, repose, repulsion


def scattered_points(n=400, seed=1):
    return np.random.default_rng(seed).normal(0, 10, (2, n)).astype(np.float32)


def test_masses_on_the_mesh_add_up_and_keep_their_middle():
    at = scattered_points().T.copy()
    mass = np.random.default_rng(3).random(400).astype(np.float32)
    mesh = mesh_round(at, 64)
    density = mesh.density(at, mass)
    i, j = np.mgrid[0:64, 0:64]
    assert density.sum() == pytest.approx(mass.sum(), rel=1e-5)
    middle = [mesh.x + mesh.step * (density * i).sum(), mesh.y + mesh.step * (density * j).sum()]
    found = (np.array(middle) - [mesh.x, mesh.y]) / mass.sum() + [mesh.x, mesh.y]
    assert np.allclose(found, mass @ at / mass.sum(), atol=1e-3)


def test_the_potential_of_one_mass_is_the_logarithm_of_distance():
    density = np.zeros((64, 64), np.float32)
    density[20, 30] = 2
    field = potential(density)
    assert field[50, 30] == pytest.approx(-2 * np.log(30), abs=1e-3)
    assert field[20, 60] == pytest.approx(-2 * np.log(30), abs=1e-3)
    assert field[60, 0] == pytest.approx(-2 * np.log(50), abs=1e-3)
    assert log_kernel(64) is log_kernel(64)


def test_downhill_leads_down():
    x, y = np.mgrid[0:16, 0:16].astype(np.float32)
    at = np.random.default_rng(4).uniform(2, 24, (50, 2)).astype(np.float32)
    slope = Mesh(16, 2.0, 0.0, 0.0).downhill(at, 3 * x - 2 * y)
    assert np.allclose(slope, [-1.5, 1.0])


@pytest.mark.parametrize("stray", [np.nan, np.inf, -1e30, 1e30])
def test_a_point_that_went_astray_is_written_nowhere_else(stray):
    at = np.array([[stray, 3.0], [4.0, 4.0]], np.float32)
    density = Mesh(16, 1.0, 0.0, 0.0).density(at, np.ones(2, np.float32))
    assert density.shape == (16, 16)


def test_repulsion_is_near_the_sum_over_all_pairs():
    at = scattered_points()
    mass = np.random.default_rng(2).random(400) + 0.5
    force, cell = repulsion(at, plain(mass), 512)
    away = at[:, :, None] - at[:, None, :]
    square = (away**2).sum(axis=0)
    far = square > (3 * cell) ** 2
    exact = (mass * np.where(far, away / np.where(far, square, 1), 0)).sum(axis=2) * mass
    assert np.linalg.norm(force - exact) < 0.1 * np.linalg.norm(exact)


def test_springs_pull_along_pairs_only():
    at = np.array([[0, 4, 9], [0, 0, 9]], np.float32)
    pairs = Pairs(3, np.array([0], np.int32), np.array([1], np.int32), np.array([2.0]))
    force, stiffness = attraction(at, pairs, pairs.w.astype(np.float32), 1.0, 0.0)
    assert np.allclose(force, [[8, -8, 0], [0, 0, 0]], rtol=1 / 4000)
    assert np.allclose(stiffness, [2, 2, 0], rtol=1 / 4000)


def test_refining_brings_joined_accounts_together(planted):
    graph, _ = planted
    pairs = pairs_of(graph)
    at = scattered_points(graph.n)
    plan = Plan(30, 128, 0.3, 0.3)

    def relative(at):
        ends = at[:, pairs.u] - at[:, pairs.v]
        return np.hypot(*ends).mean() / at.std()

    ticks = []
    after = refine(at, pairs, plain(np.ones(graph.n)), plan, tick=lambda i, *_: ticks.append(i))
    assert relative(after) < 0.6 * relative(at)
    assert ticks == list(range(1, 31))


def test_who_is_held_moves_less(planted):
    graph, _ = planted
    pairs = pairs_of(graph)
    at = scattered_points(graph.n)
    crowd, plan = plain(np.ones(graph.n)), Plan(10, 128, 0.3, 0.0)
    free = refine(at, pairs, crowd, plan) - at
    held = refine(at, pairs, crowd, plan, Home(at, np.full(graph.n, 5, np.float32))) - at
    assert np.hypot(*held).mean() < 0.4 * np.hypot(*free).mean()


def test_the_scale_of_rest_does_not_depend_on_the_scale_given(planted):
    graph, _ = planted
    pairs = pairs_of(graph)
    at, crowd, plan = scattered_points(graph.n), plain(np.ones(graph.n)), Plan(1, 256, 0.3, 0)
    one, ten = repose(at, pairs, crowd, plan), repose(10 * at, pairs, crowd, plan)
    assert one / ten == pytest.approx(10, rel=0.05)


def test_stragglers_are_pulled_in_and_the_rest_stay():
    at = scattered_points(1000)
    at[:, 0] = 1000, 1000
    tame = tamed(at)
    radius = np.hypot(*(at - np.median(at, axis=1, keepdims=True)))
    inner = radius <= np.quantile(radius, 0.98)
    assert np.allclose(tame[:, inner], at[:, inner], atol=1e-4)
    assert np.hypot(*tame[:, 0]) < 100


def test_equalising_levels_density_and_keeps_neighbours():
    at = scattered_points(4000)
    even = equalised(at, 40.0)

    def tiles(at):
        return np.histogram2d(*at, bins=20)[0].std()

    assert tiles(even) < 0.85 * tiles(at)
    order = np.argsort(at[0])
    assert np.corrcoef(at[0][order], even[0][order])[0, 1] > 0.9
    assert equalised(at, 0.0) is at


def test_only_those_alone_are_loosened():
    at = np.zeros((2, 100), np.float32)
    alone = np.arange(100) < 50
    loose = loosened(at, alone, 1.0, 7)
    assert len(np.unique(loose[:, :50], axis=1).T) == 50
    assert np.hypot(*loose).max() <= 0.6 + 1e-6
    assert not loose[:, 50:].any()


def test_levelling_lays_a_line_flat():
    line = np.vstack([np.arange(10), 2 * np.arange(10)]).astype(np.float32)
    flat = levelled(line)
    assert np.abs(flat[1]).max() < 1e-4
    assert np.ptp(flat[0]) == pytest.approx(9 * np.sqrt(5), rel=1e-5)


def test_everybody_is_aimed_at_the_right_distance_from_the_posts(make):
    path = pairs_of(make(9, [(i, i + 1) for i in range(8)]))
    line = np.vstack([3.0 * np.arange(9), np.zeros(9)]).astype(np.float32).T.copy()
    posts = posts_of(adjacency(path), None, 1.0, 7)
    assert posts.unit(line) == pytest.approx(3)
    assert posts.stress(line) == pytest.approx(0, abs=1e-6)
    assert np.allclose(posts.goal(line)[0], line, atol=1e-3)
    bent = line.copy()
    bent[8] = 24, 4
    assert posts.stress(bent) > 1e-4
    assert abs(posts.goal(bent)[0][8, 1]) < 4


def test_springs_are_told_from_both_ends(planted):
    pairs = pairs_of(planted[0])
    near = adjacency(pairs)
    assert near.n == pairs.n
    assert np.array_equal(np.diff(near.starts), pairs.degree())
    assert near.weight.sum() == pytest.approx(2 * pairs.w.sum(), rel=1e-5)
    ends = np.repeat(np.arange(near.n), np.diff(near.starts))
    assert len(np.unique(ends * near.n + near.near)) == 2 * pairs.m


def test_a_layout_ends_when_hardly_anybody_moves(planted):
    pairs = pairs_of(planted[0])
    at = scattered_points(pairs.n)
    changes = []

    def tick(_, change, __):
        changes.append(change)
        return change < 0.01

    refine(at, pairs, plain(np.ones(pairs.n)), Plan(60, 128, 0.3, 0.3), None, tick)
    assert len(changes) < 60
    assert changes[-1] < 0.01 <= min(changes[:-1])


def test_a_chain_is_not_loosened():
    at = np.vstack([np.arange(50) / 3, np.zeros(50)]).astype(np.float32)
    assert np.array_equal(loosened(at, np.ones(50, bool), 1.0, 7), at)
