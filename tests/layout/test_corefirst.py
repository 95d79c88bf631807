"""The core placed by its own ties, whoever surrounds it."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.graph.model import Graph
from explorer.graph.roles import AMPLIFIER, CORE, OTHER
from explorer.job import silent
from explorer.layout.asked import CoreOptions, FlockOptions
from explorer.layout.rings import annulus, arcs
from explorer.layout.run import CORE_FIRST, FLOCK, RINGS, RunLayout


@pytest.fixture
def amplified(planted):
    """The planted network as core, 2,000 amplifiers, 30 others behind these, and 9 strangers."""
    core, _ = planted
    random = np.random.default_rng(5)
    who = np.concatenate([np.arange(2000), random.integers(0, 2000, 3000)])
    hubs = 150 * (who % 6) + random.zipf(1.5, 5000) % 150  # each amplifies one community
    who += core.n
    others = np.arange(30) + core.n + 2000
    source = np.concatenate([core.source, who, others])
    target = np.concatenate([core.target, hubs, core.n + np.arange(30)])
    n = core.n + 2039
    role = np.full(n, OTHER, np.uint8)
    role[: core.n], role[core.n : core.n + 2000] = CORE, AMPLIFIER
    whole = Graph(n, source.astype(np.int32), target.astype(np.int32), {"role": role})
    return whole, core


def placed(layout, graph, **options):
    return RunLayout(graph, layout, CoreOptions(**options))(silent)


def alike(a, b):
    """Return how far *a* is from *b* at the best turn, scale and shift, as a share of its width."""
    here, there = a - a.mean(axis=0), b - b.mean(axis=0)
    left, size, right = np.linalg.svd(here.T @ there)
    fitted = here @ (left @ right) * (size.sum() / (here * here).sum())
    return np.abs(fitted - there).max() / np.ptp(there, axis=0).max()


@pytest.mark.parametrize("intention", ["balanced", "structure"])
def test_the_core_stands_as_if_there_were_nobody_else(amplified, intention):
    whole, core = amplified
    alone = RunLayout(core, FLOCK, FlockOptions(intention=intention))(silent)
    at = placed(CORE_FIRST, whole, intention=intention)
    assert alike(at[: core.n], alone) < 1e-4


def test_amplifiers_stand_round_what_they_amplify(amplified):
    whole, core = amplified
    at = placed(CORE_FIRST, whole)
    amplifying = whole.source >= core.n
    apart = np.hypot(*(at[whole.source[amplifying]] - at[whole.target[amplifying]]).T)
    random = np.random.default_rng(1).permutation(whole.target[amplifying])
    anywhere = np.hypot(*(at[whole.source[amplifying]] - at[random]).T)
    assert apart.mean() < 0.7 * anywhere.mean()
    assert len(np.unique(np.round(at, 3), axis=0)) > 0.98 * whole.n


def test_who_knows_nobody_stands_below(amplified):
    whole, _ = amplified
    at = placed(CORE_FIRST, whole)
    assert at[-9:, 1].max() < at[:-9, 1].min()


def test_many_who_have_no_tie_to_the_core_do_not_make_a_tower():
    random = np.random.default_rng(2)
    n, pairs = 600, 2 * np.arange(250)
    source = np.concatenate([random.integers(0, 40, 80), 60 + pairs]).astype(np.int32)
    target = np.concatenate([random.integers(0, 40, 80), 61 + pairs]).astype(np.int32)
    role = np.where(np.arange(n) < 40, CORE, OTHER).astype(np.uint8)
    width, height = np.ptp(placed(CORE_FIRST, Graph(n, source, target, {"role": role})), axis=0)
    assert 0.7 < width / height < 3.5


def test_rings_lie_in_each_other(amplified):
    whole, _ = amplified
    at = placed(RINGS, whole)
    radius, role = np.hypot(*at.T), whole.nodes["role"]
    assert radius[role == CORE].max() < radius[role == AMPLIFIER].min()
    assert radius[role == AMPLIFIER].max() < radius[role == OTHER].min()


def test_amplifiers_in_a_ring_stand_in_the_direction_of_what_they_amplify(amplified):
    whole, core = amplified
    at = placed(RINGS, whole)
    amplifying = (whole.source >= core.n) & (whole.target < core.n)
    here, there = at[whole.source[amplifying]], at[whole.target[amplifying]]
    towards = (here * there).sum(axis=1) / np.hypot(*here.T) / np.maximum(np.hypot(*there.T), 1e-9)
    assert np.median(towards) > 0.5


def test_who_of_the_core_knows_only_amplifiers_stands_among_them(amplified):
    whole, core = amplified
    lonely, fans = whole.n, core.n + np.arange(20)
    source = np.append(whole.source, fans).astype(np.int32)
    target = np.append(whole.target, np.full(20, lonely)).astype(np.int32)
    role = np.append(whole.nodes["role"], np.uint8(CORE))
    at = placed(CORE_FIRST, Graph(whole.n + 1, source, target, {"role": role}))
    strangers = at[whole.n - 9 : whole.n]
    assert at[lonely, 1] > strangers[:, 1].max()
    apart = np.hypot(*(at[fans] - at[lonely]).T)
    assert np.median(apart) < 0.5 * np.ptp(at[: core.n], axis=0).max()
    ringed = placed(RINGS, Graph(whole.n + 1, source, target, {"role": role}))
    assert np.hypot(*ringed[lonely]) < np.hypot(*ringed[fans].T).min()


def test_who_of_the_core_knows_nobody_stands_round_it_in_rings(amplified):
    whole, core = amplified
    role = np.append(whole.nodes["role"], np.full(200, CORE, np.uint8))
    at = placed(RINGS, Graph(whole.n + 200, whole.source, whole.target, {"role": role}))
    radius = np.hypot(*at.T)
    assert radius[-200:].min() > 0.95 * radius[: core.n].max()
    assert radius[-200:].max() < radius[role == AMPLIFIER].min()
    assert np.hypot(*(at[-200:] / radius[-200:, None]).mean(axis=0)) < 0.1  # all the way round


def test_who_has_no_tie_to_the_core_stands_beside_whom_they_know():
    random = np.random.default_rng(2)
    fans = 30 + np.arange(400)  # forty each of ten core accounts that no other of the core knows
    source = np.concatenate([random.integers(0, 20, 60), fans]).astype(np.int32)
    target = np.concatenate([random.integers(0, 20, 60), 20 + (np.arange(400) % 10)])
    role = np.where(np.arange(430) < 30, CORE, AMPLIFIER).astype(np.uint8)
    at = placed(RINGS, Graph(430, source, target.astype(np.int32), {"role": role}))
    here, there = at[source[60:]], at[target[60:]]
    towards = (here * there).sum(axis=1) / (np.hypot(*here.T) * np.hypot(*there.T))
    assert np.median(towards) > 0.7


def test_each_community_has_an_arc_of_its_own():
    random = np.random.default_rng(4)
    label = random.integers(0, 5, 2000)
    turn = np.angle(np.exp(1j * (label * 2 * np.pi / 5 + random.normal(0, 0.8, 2000))))
    angle, free = arcs(turn, label)
    order = label[np.argsort(angle)]
    assert (np.diff(order) != 0).sum() <= 5  # one arc may lie over the seam
    assert 0 < free < 0.2
    widest = np.sort(np.diff(np.sort(angle)))[-4:]
    assert (widest > 5 * np.median(np.diff(np.sort(angle)))).all()


def test_a_ring_is_even_without_a_pattern():
    draw = np.random.default_rng(1)
    at, outer = annulus(np.linspace(-3, 3, 20_000), np.zeros(20_000, np.int32), (50.0, 1.0), draw)
    radius, angle = np.hypot(*at), np.arctan2(at[1], at[0])
    assert radius.min() >= 49.9
    assert radius.max() <= outer + 0.1
    rows = np.floor(np.clip((radius**2 - 50**2) / (outer**2 - 50**2), 0, 1) * 9.999).astype(int)
    cells = 40 * rows + np.floor((angle + np.pi) / (2 * np.pi) * 39.999).astype(int)
    counts = np.bincount(cells, minlength=400)
    assert counts.std() < 0.75 * np.sqrt(counts.mean())  # chance alone would give 1
    some = at[:, np.hypot(at[0] - 70, at[1]) < 10]
    x, y = np.meshgrid(*[np.linspace(-8, 8, 81)] * 2)
    short = np.hypot(x, y) > 2  # waves of three spacings or fewer
    waves = np.exp(1j * (x[short][:, None] * some[0] + y[short][:, None] * some[1])).sum(axis=1)
    assert (np.abs(waves) ** 2).max() < 20 * some.shape[1]  # a lattice has 66, chance alone 9


@pytest.mark.parametrize("layout", [CORE_FIRST, RINGS], ids=lambda layout: layout.id)
@pytest.mark.parametrize("share", [0, 1])
def test_without_core_or_without_others_all_are_placed_by_their_own_ties(planted, layout, share):
    graph, _ = planted
    role = np.full(graph.n, CORE * share, np.uint8)
    roles = Graph(graph.n, graph.source, graph.target, {"role": role})
    expected = RunLayout(graph, FLOCK, FlockOptions())(silent)
    assert np.array_equal(placed(layout, roles), expected)


@pytest.mark.parametrize("layout", [CORE_FIRST, RINGS], ids=lambda layout: layout.id)
def test_networks_of_every_kind_are_placed_round_any_core(layout, network):
    random = np.random.default_rng(3)
    role = random.integers(0, 3, network.n).astype(np.uint8)
    graph = Graph(network.n, network.source, network.target, {"role": role})
    at = placed(layout, graph)
    assert at.shape == (graph.n, 2)
    assert np.array_equal(at, placed(layout, graph))
