from explorer.graph.convert import to_networkx
from explorer.graph.direct import Listed
from explorer.graph.roles import assign


def test_networkx_gets_every_account_edge_and_role(graph):
    roles = assign(Listed(), graph)
    made = to_networkx(graph, roles)
    assert made.number_of_nodes() == graph.n
    assert made.number_of_edges() == graph.m
    ids = graph.text("id")
    for node in range(graph.n):
        assert made.nodes[ids[node]]["role"] == roles.name(node)
    for edge in range(graph.m):
        ends = ids[graph.source[edge]], ids[graph.target[edge]]
        facts = made.edges[(*ends, graph.edges["kind"][edge])]
        assert facts["count"] == graph.weight()[edge]


def test_values_are_plain_python(graph):
    made = to_networkx(graph)
    kinds = {type(value) for _, facts in made.nodes(data=True) for value in facts.values()}
    assert kinds <= {str, int, bool, float}
