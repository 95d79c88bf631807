"""How far a layout is, in numbers, also round pins and of a part."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.layout import quality, sheet
from explorer.layout.asked import FlockOptions
from explorer.layout.progress import PATIENCE, End, Progress
from explorer.layout.run import FLOCK
from explorer.layout.steered import Part, RunSteered


@pytest.fixture(autouse=True)
def every_picture(monkeypatch):
    monkeypatch.setattr(sheet, "PAUSE", 0.0)


def partials_of(job):
    found = []

    def report(_done, _note="", partial=None, /):
        if partial is not None:
            found.append(partial)

    return job(report), found


def test_numbers_come_with_pictures_and_grow_better(planted):
    graph, _ = planted
    nobody = np.zeros(graph.n, bool)
    at = np.zeros((graph.n, 2), np.float32)
    placed, found = partials_of(RunSteered(graph, FLOCK, FlockOptions(), at, nobody, fresh=True))
    numbers = [one for one in found if isinstance(one, Progress)]
    assert [one.round for one in numbers] == list(range(1, len(numbers) + 1))
    assert numbers[-1].change < numbers[0].change
    assert 0 < numbers[-1].kept <= 1
    assert numbers[-1].stress == pytest.approx(quality.stress(graph, placed.positions), rel=0.25)
    elapsed = [one.elapsed for one in numbers]
    assert elapsed == sorted(elapsed)
    assert "round 1," in numbers[0].words


def test_it_ends_by_itself_before_as_many_rounds_as_it_may(planted):
    graph, _ = planted
    nobody = np.zeros(graph.n, bool)
    at = np.zeros((graph.n, 2), np.float32)
    job = RunSteered(graph, FLOCK, FlockOptions(rounds=200), at, nobody, fresh=True)
    numbers = [one for one in partials_of(job)[1] if isinstance(one, Progress)]
    assert len(numbers) < 400  # of 800: small networks may take four times as many


@pytest.mark.parametrize("whole", [True, False])
def test_pins_and_parts_only_touch_pictures(planted, whole):
    graph, _ = planted
    at = np.random.default_rng(1).random((graph.n, 2)).astype(np.float32)
    pinned = np.arange(graph.n) < 3
    part = None if whole else Part(np.arange(graph.n) < 700, np.ones(graph.m, bool))
    job = RunSteered(graph, FLOCK, FlockOptions(), at, pinned, part, fresh=True)
    placed, found = partials_of(job)
    kinds = {type(one) for one in found}
    assert kinds == {Progress, np.ndarray}
    assert np.allclose(placed.positions[:3], at[:3])


def test_the_end_comes_when_moves_are_small_or_fall_no_more():
    small = End(100, 0.01)
    parts = [small.heard(i, change) for i, change in enumerate((0.5, 0.1, 0.02), start=1)]
    assert parts == sorted(parts)
    assert not small.come
    small.heard(4, 0.009)
    assert small.come
    stuck = End(100, 0.01)
    for i in range(1, PATIENCE + 2):
        assert not stuck.come
        stuck.heard(i, 0.5)
    assert stuck.come


def test_the_end_comes_when_moves_fall_by_next_to_nothing():
    slow = End(1000, 1e-4)
    for i in range(1, 200):
        slow.heard(i, 0.01 * 0.9995**i)
        if slow.come:
            break
    assert i < 30
