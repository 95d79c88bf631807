import numpy as np

from explorer.graph.account import account
from explorer.graph.direct import Listed
from explorer.graph.roles import assign


def test_an_account_knows_its_sums_and_strongest_ties(graph):
    roles = assign(Listed(), graph)
    weight = graph.weight()
    for node in range(graph.n):
        one = account(graph, roles, node, most=2)
        facts = dict(one.facts)
        made = weight[graph.source == node]
        assert facts["Interactions made"] == f"{made.sum():,}"
        assert facts["from accounts"] == f"{len(np.unique(graph.source[graph.target == node])):,}"
        assert [tie.count for tie in one.made] == sorted(made.tolist(), reverse=True)[:2]
        assert one.role in one.why.lower()
