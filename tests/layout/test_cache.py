from dataclasses import replace

import numpy as np
import pytest

from explorer.job import silent
from explorer.layout import cache
from explorer.layout.asked import FlockOptions
from explorer.layout.base import Layout
from explorer.layout.run import FLOCK, layouts
from explorer.layout.steered import RunSteered


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path))
    return tmp_path / cache.FOLDER


def run(graph, layout=FLOCK, options=None, said=silent):
    nowhere = np.zeros((graph.n, 2), np.float32)
    free = np.zeros(graph.n, bool)
    return RunSteered(graph, layout, options or layout.options(), nowhere, free)(said)


def test_the_same_question_is_answered_from_the_cache(planted):
    graph, _ = planted
    notes = []
    first = run(graph)
    again = run(graph, said=lambda done, note="", partial=None: notes.append(note))
    assert (first.cached, again.cached) == (False, True)
    assert np.array_equal(first.positions, again.positions)
    assert notes == ["from the cache"]


def test_another_seed_layout_option_or_count_is_another_question(planted):
    graph, _ = planted
    heavier = replace(graph, edges={"count": np.full(graph.m, 2, np.int32)})
    shorter = replace(graph, source=graph.source[:-1], target=graph.target[:-1])
    start = np.zeros((graph.n, 2), np.float32)
    keys = [
        cache.key_of(graph, FLOCK, FlockOptions(), None),
        cache.key_of(graph, FLOCK, FlockOptions(seed=8), None),
        cache.key_of(graph, FLOCK, FlockOptions(spread=1.5), None),
        cache.key_of(graph, FLOCK, FlockOptions(), start),
        cache.key_of(graph, layouts()["fr"], layouts()["fr"].options(), None),
        cache.key_of(heavier, FLOCK, FlockOptions(), None),
        cache.key_of(shorter, FLOCK, FlockOptions(), None),
    ]
    assert len(set(keys)) == len(keys)


def test_a_layout_of_a_plugin_is_never_kept(planted, folder):
    graph, _ = planted
    ours = layouts()["circle"]
    foreign = Layout("x", "X", "", ours.options, lambda g, o, s, r: ours.place(g, o, s, r))
    assert not run(graph, foreign).cached
    assert not run(graph, foreign).cached
    assert not folder.exists()


@pytest.mark.parametrize("spoil", [
    lambda body: body[:-1], lambda body: body[:40] + b"\0\0\0\1" + body[44:], lambda _: b"",
])  # fmt: skip
def test_a_damaged_entry_is_made_anew(planted, folder, spoil):
    graph, _ = planted
    first = run(graph)
    (kept,) = folder.iterdir()
    kept.write_bytes(spoil(kept.read_bytes()))
    again = run(graph)
    assert not again.cached
    assert np.array_equal(first.positions, again.positions)
    assert run(graph).cached


def test_the_oldest_go_when_there_is_no_room(folder):
    at = np.zeros((10, 2), np.float32)
    for name in "abcd":
        cache.remember(name, at, most=3 * 112)
        cache.recall("a", 10)  # asked for, so it stays
    assert sorted(path.stem for path in folder.iterdir()) == ["a", "c", "d"]
    cache.remember("large", np.zeros((999, 2), np.float32), most=112)
    assert cache.recall("large", 999) is None


def test_a_folder_that_cannot_be_written_is_no_failure(planted, monkeypatch, tmp_path):
    graph, _ = planted
    file = tmp_path / "file"
    file.write_text("")
    monkeypatch.setenv("STARLING_CACHE", str(file))
    assert not run(graph).cached
