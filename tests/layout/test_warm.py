from __future__ import annotations

import numpy as np
import pytest

from explorer.graph.model import Graph
from explorer.job import silent
from explorer.layout.asked import FlockOptions
from explorer.layout.flock import place


def again(graph, start, **options):
    return place(graph, FlockOptions(keep=True, **options), start, silent)


def moved(before, after):
    """Return how far each went, as a share of the picture's width."""
    return np.hypot(*(after - before).T) / np.ptp(before, axis=0).max()


def with_newcomers(graph, hub, k):
    """Return *graph* and *k* new accounts that know *hub*."""
    new = np.arange(graph.n, graph.n + k, dtype=np.int32)
    source = np.concatenate([graph.source, new])
    target = np.concatenate([graph.target, np.full(k, hub, np.int32)])
    return Graph(graph.n + k, source, target)


def extended(positions, k):
    return np.vstack([positions, np.full((k, 2), np.nan, np.float32)])


@pytest.mark.parametrize("intention", ["communities", "balanced", "structure"])
def test_accounts_move_little(scattered, intention):
    before = place(scattered, FlockOptions(intention=intention), None, silent)
    after = again(scattered, before, intention=intention)
    assert np.isfinite(after).all()
    assert np.median(moved(before, after)) < 0.03


def test_newcomers_go_to_who_they_know(planted):
    graph, _ = planted
    before = place(graph, FlockOptions(), None, silent)
    larger = with_newcomers(graph, 5, 4)
    after = again(larger, extended(before, 4))
    assert np.median(moved(before, after[: graph.n])) < 0.03
    apart = np.hypot(*(after[graph.n :] - after[5]).T)
    assert apart.max() < 0.3 * np.ptp(before, axis=0).max()


def test_small_components_without_anybody_new_stay_where_they_are(make):
    graph = make(10, [(0, 1), (1, 2), (2, 3), (4, 5)])
    before = place(graph, FlockOptions(), None, silent)
    assert np.array_equal(again(graph, before), before)


def test_new_components_go_below(planted):
    graph, _ = planted
    before = place(graph, FlockOptions(), None, silent)
    n = graph.n
    pair = np.array([[n], [n + 1]], np.int32)
    larger = Graph(
        n + 3, np.concatenate([graph.source, pair[0]]), np.concatenate([graph.target, pair[1]])
    )
    after = again(larger, extended(before, 3))
    assert np.isfinite(after).all()
    assert after[n:, 1].max() < before[:, 1].min()


def test_without_a_place_to_start_from_it_begins_anew(planted):
    graph, _ = planted
    fresh = place(graph, FlockOptions(), None, silent)
    nowhere = np.full((graph.n, 2), np.nan, np.float32)
    assert np.array_equal(again(graph, None), fresh)
    assert np.array_equal(again(graph, nowhere), fresh)


def test_without_being_asked_the_old_places_do_not_matter(planted):
    graph, _ = planted
    fresh = place(graph, FlockOptions(), None, silent)
    assert np.array_equal(place(graph, FlockOptions(), 2 * fresh, silent), fresh)
