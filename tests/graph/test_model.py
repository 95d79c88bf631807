import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import GraphError
from explorer.graph.model import Category, Graph, Text, degree, in_strength, neighbours


def line(n):
    at = np.arange(n - 1, dtype=np.int32)
    return Graph(n, at, at + 1)


def test_neighbours_goes_both_ways():
    seed = np.array([False, False, True, False, False])
    assert neighbours(line(5), seed).tolist() == [False, True, True, True, False]


@pytest.mark.parametrize(("source", "target"), [([0], [2]), ([-1], [0]), ([0, 1], [1])])
def test_edges_must_stay_inside(source, target):
    with pytest.raises(GraphError):
        Graph(2, np.array(source, np.int32), np.array(target, np.int32))


def test_a_column_of_the_wrong_length_is_named():
    with pytest.raises(GraphError, match="'size' has 3 rows, not 2"):
        Graph(2, np.empty(0, np.int32), np.empty(0, np.int32), {"size": np.zeros(3)})


def test_columns_cannot_be_written():
    g = line(3)
    with pytest.raises(ValueError, match="read-only"):
        g.source[0] = 1


def test_degree_counts_both_ends():
    assert degree(line(4)).tolist() == [1, 2, 2, 1]


def test_strength_counts_interactions_and_not_edges():
    g = Graph(2, np.array([0], np.int32), np.array([1], np.int32), {}, {"count": np.array([7])})
    assert in_strength(g).tolist() == [0, 7]


def test_a_pickled_graph_comes_back_whole(graph):
    again = pickle.loads(pickle.dumps(graph, protocol=5))
    assert again.n == graph.n
    np.testing.assert_array_equal(again.target, graph.target)
    assert again.text("id").strings() == graph.text("id").strings()
    assert again.edges["kind"].labels == graph.edges["kind"].labels


def test_a_bare_graph_keeps_only_what_was_named(graph):
    bare = graph.bare("count")
    assert set(bare.edges) == {"count"}
    assert not bare.nodes
    assert bare.source is graph.source


@given(st.lists(st.text(max_size=12), max_size=30))
def test_text_gives_back_what_went_in(rows):
    column = Text.of(rows)
    expected = [row.encode("utf-8", "replace").decode() for row in rows]
    assert column.strings() == expected
    assert [column[i] for i in range(len(column))] == expected


def test_a_category_finds_its_rows():
    column = Category(np.array([0, 1, 0]), ("a", "b"))
    assert column.equals("a").tolist() == [True, False, True]
    assert not column.equals("z").any()
    assert column[1] == "b"
