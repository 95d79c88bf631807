import numpy as np
import pytest

from explorer.errors import LayoutError
from explorer.graph.model import Graph, Text
from explorer.job import silent
from explorer.layout.asked import FlockOptions
from explorer.layout.carried import RunCarried, carried
from explorer.layout.flock import place


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path))


def test_places_follow_ids_and_newcomers_have_none():
    at = np.array([[1, 2], [3, 4]], np.float32)
    found = carried(Text.of(["c", "b", "a"]), Text.of(["a", "b"]), at)
    assert np.isnan(found[0]).all()
    assert found[1:].tolist() == [[3, 4], [1, 2]]


def test_with_a_second_archive_the_first_moves_little(planted):
    graph, _ = planted
    ids = [f"id{i}" for i in range(graph.n)]
    before = place(graph, FlockOptions(), None, silent)
    new = np.arange(graph.n, graph.n + 60, dtype=np.int32)
    ends = np.concatenate([graph.source, new]), np.concatenate([graph.target, new // 3])
    larger = Graph(graph.n + 60, *ends)
    job = RunCarried(
        larger, Text.of([*ids, *(f"new{i}" for i in range(60))]), Text.of(ids), before,
        FlockOptions(),
    )  # fmt: skip
    after = job(silent).positions
    moved = np.hypot(*(after[: graph.n] - before).T) / np.ptp(before, axis=0).max()
    assert np.isfinite(after).all()
    assert np.median(moved) < 0.03


def test_a_network_of_strangers_is_refused_with_a_sentence(planted):
    graph, _ = planted
    ids = Text.of(f"id{i}" for i in range(graph.n))
    job = RunCarried(graph, ids, Text.of(["x"]), np.zeros((1, 2), np.float32), FlockOptions())
    with pytest.raises(LayoutError, match="Only 0 of 900 accounts"):
        job(silent)
