from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from explorer.graph.model import Graph
from explorer.job import silent
from explorer.layout import quality
from explorer.layout.asked import FlockOptions
from explorer.layout.flock import INTENTIONS, place, recipe
from explorer.layout.pairs import pairs_of, pieces_of


def placed(graph, **options):
    return place(graph, FlockOptions(**options), None, silent)


def box(positions):
    return positions.min(axis=0), positions.max(axis=0)


def followed(graph, options):
    """Return (done, note, partial) of every step, and the end."""
    steps = []

    def report(done, note="", partial=None, /):
        steps.append((done, note, partial))

    return steps, place(graph, options, None, report)


@pytest.mark.parametrize("intention", INTENTIONS)
def test_large_networks_are_placed(large, intention):
    at = placed(large, intention=intention)
    assert at.shape == (large.n, 2)
    assert at.dtype == np.float32
    assert np.isfinite(at).all()
    assert quality.distinct_pixels(at) > 0.5


def test_progress_grows_to_the_end_and_partials_are_whole(large):
    steps, last = followed(large, FlockOptions(rounds=60))
    done = [step[0] for step in steps]
    assert done == sorted(done)
    assert done[-1] == 1.0
    pictures = [step[2] for step in steps if isinstance(step[2], np.ndarray)]
    assert pictures[-1] is last
    for picture in pictures:
        assert picture.shape == last.shape
        assert picture.dtype == np.float32
        assert np.isfinite(picture).all()


def test_partials_have_the_scale_and_the_turn_of_the_last(planted):
    graph, _ = planted
    steps, last = followed(graph, FlockOptions())
    first = next(step[2] for step in steps if isinstance(step[2], np.ndarray))
    ratio = np.ptp(first, axis=0) / np.ptp(last, axis=0)
    assert (ratio > 0.6).all()
    assert (ratio < 1.7).all()
    agreement = [np.corrcoef(first[:, axis], last[:, axis])[0, 1] for axis in (0, 1)]
    assert min(agreement) > 0.7


def test_notes_are_plain_words(planted):
    steps, _ = followed(planted[0], FlockOptions(rounds=200))
    notes = [step[1] for step in steps]
    assert "finding communities" in notes
    assert any(note.startswith("placing accounts") for note in notes)


def test_another_seed_gives_another_picture(planted):
    graph, _ = planted
    assert not np.array_equal(placed(graph, seed=1), placed(graph, seed=2))


@pytest.mark.slow
def test_another_process_with_another_hash_seed_gives_the_same_bits(tmp_path):
    code = (
        "import sys, hashlib, numpy as np\n"
        "from explorer.graph.model import Graph\n"
        "from explorer.job import silent\n"
        "from explorer.layout.asked import FlockOptions\n"
        "from explorer.layout.flock import place\n"
        "random = np.random.default_rng(3)\n"
        "a, b = random.integers(0, 900, (2, 2500)).astype(np.int32)\n"
        "at = place(Graph(950, a[a != b], b[a != b]), FlockOptions(), None, silent)\n"
        "print(hashlib.sha256(at.tobytes()).hexdigest())\n"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(prints) == 1


def test_a_star_has_its_hub_in_the_middle_of_an_even_disc(make):
    for leaves in (5, 60, 3000):
        hub = leaves // 2  # not the first account
        others = [i for i in range(leaves + 1) if i != hub]
        at = placed(make(leaves + 1, [(i, hub) for i in others]))
        low, high = box(at)
        middle, radius = (low + high) / 2, (high - low).max() / 2
        assert np.hypot(*(at[hub] - middle)) < 0.2 * radius
        distance = np.hypot(*(at[others] - at[hub]).T) / radius
        if leaves > 7:  # an even disc has a quarter of its leaves inside half its radius
            assert abs((distance < 0.5).mean() - 0.25) < 0.08


def test_leaves_of_a_hub_in_a_larger_network_surround_it(planted):
    graph, _ = planted
    leaves = np.arange(graph.n, graph.n + 300, dtype=np.int32)
    hub = 17
    source = np.concatenate([graph.source, leaves])
    target = np.concatenate([graph.target, np.full(300, hub, np.int32)])
    at = placed(Graph(graph.n + 300, source, target))
    away = at[leaves] - at[hub]
    radius = np.hypot(*away.T)
    assert np.hypot(*away.mean(axis=0)) < 0.25 * radius.max()
    assert radius.max() < 0.25 * np.ptp(at, axis=0).max()
    assert len(np.unique(np.round(at[leaves], 3), axis=0)) == 300


def test_the_largest_component_fills_most_of_the_picture(scattered):
    pieces = pieces_of(pairs_of(scattered))
    giant = pieces.nodes[: pieces.sizes()[0]]
    at = placed(scattered)
    whole, inside = np.ptp(at, axis=0), np.ptp(at[giant], axis=0)
    assert inside.prod() > 0.7 * whole.prod()


def test_components_do_not_lie_on_each_other(large):
    pieces = pieces_of(pairs_of(large))
    at = placed(large)[pieces.nodes]
    low, high = box(at[pieces.span(0)])
    rest = at[pieces.sizes()[0] :]
    assert not ((rest > low) & (rest < high)).all(axis=1).any()


def test_everything_is_centred_on_the_origin(large):
    low, high = box(placed(large))
    assert np.abs(low + high).max() < 1e-3 * (high - low).max()


def test_pairs_and_singles_stand_in_rows(make):
    at = placed(make(100, [(2 * i, 2 * i + 1) for i in range(30)]))
    assert len(np.unique(np.round(at[:, 1], 3))) < 12
    left, right = at[0:60:2], at[1:60:2]
    assert np.allclose(np.abs(left - right)[:, 1], 0, atol=1e-4)
    assert np.ptp(np.abs(left - right)[:, 0]) < 1e-3


def test_groups_are_told_apart(planted):
    graph, label = planted
    assert quality.purity(placed(graph), label) > 0.85
    assert quality.purity(placed(graph, intention="communities"), label) > 0.85


def test_structure_has_truer_distances_than_communities(planted):
    graph, _ = planted
    true = quality.stress(graph, placed(graph, intention="structure"))
    apart = quality.stress(graph, placed(graph, intention="communities"))
    assert true < apart


def test_two_cliques_are_two_groups(make):
    edges = [(first + i, first + j) for first in (0, 45) for i in range(45) for j in range(i)]
    at = placed(make(90, [*edges, (0, 45)]))
    assert quality.purity(at, np.arange(90) // 45) > 0.95


def test_two_hubs_that_share_a_crowd_stand_on_both_sides_of_it(make):
    at = placed(make(302, [(i, j) for i in range(2, 302) for j in (0, 1)]))
    crowd = at[2:].mean(axis=0)
    one, other = at[0] - crowd, at[1] - crowd
    assert one @ other < 0


def test_spread_gives_room(planted):
    graph, _ = planted
    tight = quality.area_used(placed(graph, spread=0.0), (400, 300))
    wide = quality.area_used(placed(graph, spread=2.0), (400, 300))
    assert wide > tight


def test_options_become_numbers():
    chosen = recipe(FlockOptions(intention="structure", spread=2.0, rounds=50, seed=3))
    base = INTENTIONS["structure"]
    assert chosen == replace(base, reach=2 * base.reach, rounds=50, seed=3)


def test_hubs_of_large_crowds_do_not_lie_in_each_other(make):
    leaves = [(i, 0) for i in range(3, 1503)] + [(i, 1) for i in range(1503, 2503)]
    at = placed(make(3003, [*leaves, *[(i, 2) for i in range(2503, 3003)], (0, 1), (1, 2)]))
    discs = [at[3:1503], at[1503:2503], at[2503:]]
    for hub, disc in enumerate(discs):
        radius = np.hypot(*(disc - at[hub]).T).max()
        for other in range(3):
            if other != hub:
                assert np.hypot(*(at[other] - at[hub])) > radius


@pytest.mark.parametrize("intention", INTENTIONS)
def test_the_heaviest_weights_are_borne(intention):
    random = np.random.default_rng(8)
    ends = random.integers(0, 900, (2, 3000)).astype(np.int32)
    count = (10 ** random.uniform(0, 6, 3000)).astype(np.int64)
    at = placed(Graph(900, ends[0], ends[1], {}, {"count": count}), intention=intention)
    assert np.isfinite(at).all()
    assert quality.distinct_pixels(at) > 0.9
