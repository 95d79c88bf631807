import numpy as np

from explorer.archive.tables import KINDS
from explorer.graph.direct import Listed
from explorer.graph.model import Category, Graph
from explorer.graph.roles import assign
from explorer.graph.tie import edge


def test_an_edge_knows_its_ends_kind_class_and_times(graph):
    roles = assign(Listed(), graph)
    kinds = graph.edges["kind"]
    for row in range(graph.m):
        one = edge(graph, roles, row)
        assert (one.source, one.target) == (graph.source[row], graph.target[row])
        assert one.kind == kinds[row]
        assert dict(one.facts)["Interactions"] == f"{graph.weight()[row]:,}"
        assert one.class_ == f"{roles.name(one.source)} → {roles.name(one.target)}"


def test_times_are_told_where_they_are_known():
    ends = np.array([0, 1], np.int32)
    times = {"first": np.array([1577836800, -1]), "last": np.array([1577836860, -1])}
    kinds = Category(np.zeros(2, np.uint8), KINDS)
    graph = Graph(2, ends, ends[::-1].copy(), edges={"kind": kinds, **times})
    roles = assign(Listed(), graph)
    assert dict(edge(graph, roles, 0).facts)["Last"] == "2020-01-01 00:01 UTC"
    assert "First" not in dict(edge(graph, roles, 1).facts)
