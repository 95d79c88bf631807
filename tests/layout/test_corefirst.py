"""The core placed by its own ties, whoever surrounds it."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.graph.model import Graph
from explorer.graph.roles import AMPLIFIER, CORE, OTHER
from explorer.job import silent
from explorer.layout.asked import CoreOptions, FlockOptions
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
