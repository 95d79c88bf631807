from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.errors import GraphError
from explorer.graph.direct import Listed
from explorer.graph.model import Graph, Moments
from explorer.graph.moments import DAY, Span, extent, moments_of, tally, weight_in
from explorer.graph.query import Filter
from explorer.graph.roles import assign

ALWAYS = Span(0, 2**40)


def dated(graph, seed=0):
    """The graph with a moment for each of its interactions, over 100 days."""
    random = np.random.default_rng(seed)
    edge = np.repeat(np.arange(graph.m, dtype=np.int32), graph.weight())
    time = np.sort(random.integers(0, 100 * DAY, len(edge)))
    return replace(graph, moments=Moments(time, random.permutation(edge)))


def test_all_of_the_time_weighs_what_the_graph_weighs(graph):
    dates = dated(graph)
    assert (weight_in(dates, ALWAYS) == graph.weight()).all()
    assert Filter(during=ALWAYS).edges(dates, np.ones(graph.n, bool)).all()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(cuts=st.lists(st.integers(0, 100 * DAY), min_size=1, max_size=6))
def test_spans_that_follow_each_other_share_out_every_interaction(graph, cuts):
    dates = dated(graph)
    edges = [0, *sorted(cuts), 100 * DAY + 1]
    parts = [weight_in(dates, Span(a, b)) for a, b in pairwise(edges)]
    assert (sum(parts) == graph.weight()).all()


def test_a_span_has_its_start_and_not_its_end(graph):
    one = replace(graph, moments=Moments(np.array([10, 20]), np.array([0, 1], np.int32)))
    assert weight_in(one, Span(10, 20))[:2].tolist() == [1, 0]
    assert extent(one) == Span(10, 21)


def test_a_filter_by_time_keeps_every_account_and_the_edges_of_that_time(graph):
    dates = replace(graph, moments=Moments(np.array([10, 20]), np.array([0, 1], np.int32)))
    during = Filter(during=Span(15, 25))
    assert during.mask(dates).all()
    assert during.edges(dates, np.ones(graph.n, bool)).nonzero()[0].tolist() == [1]
    assert during.weight(dates).sum() == 1


def test_an_edge_known_by_its_ends_of_time_counts_where_these_overlap(graph):
    first = np.full(graph.m, 100, np.int64)
    last = np.full(graph.m, 200, np.int64)
    last[0] = first[0] = -1
    known = Graph(graph.n, graph.source, graph.target, graph.nodes,
                  {**graph.edges, "first": first, "last": last})  # fmt: skip
    for span, inside in (
        (Span(0, 100), 0),
        (Span(0, 101), 1),
        (Span(200, 300), 1),
        (Span(201, 300), 0),
    ):
        weights = weight_in(known, span)
        assert weights[0] == 0
        assert (weights[1:] == inside * graph.weight()[1:]).all()


def test_a_graph_without_times_has_nothing_in_any_span(graph):
    bare = graph.bare("kind", "count")
    assert not weight_in(bare, ALWAYS).any()
    assert extent(bare) is None
    assert tally(bare, assign(Listed(), bare)) is None


def test_bars_hold_every_interaction_and_say_their_width(graph):
    dates = dated(graph)
    found = tally(dates, assign(Listed(), dates))
    assert found.counts.sum() == graph.weight().sum()
    assert found.called == "a day"
    assert (np.diff(found.edges) == DAY).all()
    assert found.edges[0] <= dates.moments.time[0] < dates.moments.time[-1] < found.edges[-1]
    assert found.exact


def test_there_are_never_more_bars_than_asked_for(graph):
    dates = dated(graph)
    roles = assign(Listed(), dates)
    for most in (3, 10, 50, 240):
        assert tally(dates, roles, most).counts.shape[1] <= most


def test_bars_of_a_graph_file_hold_edges_at_their_first_interaction(graph):
    found = tally(graph, assign(Listed(), graph))
    assert not found.exact
    assert found.counts.sum() == graph.weight().sum()


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(0, DAY), "1970-01-01"),
        (Span(0, 3 * DAY), "1970-01-01 to 1970-01-03"),
        (Span(60, 3600), "1970-01-01T00:01 to 1970-01-01T01:00 UTC"),
    ],
)
def test_a_span_says_itself_in_days_where_it_can(span, words):
    assert span.words == words


def test_moments_are_matched_to_their_edges_and_strangers_left_out():
    edges = {"kind": np.zeros(2, np.uint8)}
    graph = Graph(3, np.array([0, 1], np.int32), np.array([1, 2], np.int32), {}, edges)
    ends = tuple(np.array(one, np.int32) for one in ([1, 0, 2, 1], [2, 1, 0, 2], [0, 0, 0, 1]))
    found = moments_of(graph, ends, np.array([5, 7, 6, 8]), 2)
    assert found.time.tolist() == [5, 7]
    assert found.edge.tolist() == [1, 0]


@pytest.mark.parametrize(
    "moments",
    [
        Moments(np.array([1]), np.array([99], np.int32)),
        Moments(np.array([1]), np.array([-1], np.int32)),
        Moments(np.array([2, 1]), np.array([0, 1], np.int32)),
        Moments(np.array([2]), np.array([0, 1], np.int32)),
    ],
)
def test_moments_that_fit_no_edge_or_no_order_are_refused(graph, moments):
    with pytest.raises(GraphError):
        replace(graph, moments=moments)
