import numpy as np

from explorer.graph.query import EVERYTHING, Between, Chosen, Filter, OneOf


def test_a_filter_is_the_meet_of_its_clauses(graph):
    low, high = Between("degree", 0, 3), Between("degree", 3, 99)
    both = Filter((low, high)).mask(graph)
    assert (both == (low.mask(graph) & high.mask(graph))).all()


def test_no_clause_keeps_everything(graph):
    assert EVERYTHING.mask(graph).all()
    assert EVERYTHING.edges(graph, np.ones(graph.n, bool)).all()
    assert EVERYTHING.words == ""


def test_edges_need_both_ends_and_a_kind_that_is_not_hidden(graph):
    kept = np.arange(graph.n) < 6
    shown = Filter(hidden_kinds=frozenset({"retweet"})).edges(graph, kept)
    for edge in range(graph.m):
        both = kept[graph.source[edge]] and kept[graph.target[edge]]
        assert shown[edge] == (both and graph.edges["kind"][edge] != "retweet")


def test_one_of_reads_categories_and_text(graph):
    assert OneOf("listed_in", ("users.csv",)).mask(graph).sum() == 4
    assert OneOf("id", ("id0003=",)).mask(graph).nonzero()[0].tolist() == [3]
    assert not OneOf("nothing", ("x",)).mask(graph).any()


def test_chosen_accounts_of_another_graph_match_nobody(graph):
    assert not Chosen(np.ones(3, bool)).mask(graph).any()


def test_a_filter_says_itself_in_words(graph):
    words = Filter((Between("in_strength", 5),), frozenset({"mention"})).words
    assert words == "interactions received at least 5; without mention"
