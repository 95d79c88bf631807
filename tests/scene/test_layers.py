from dataclasses import replace

import numpy as np
import pytest

from explorer.document import edits
from explorer.document.model import Document
from explorer.graph.edges import CLASSES, GROUPS, edge_classes
from explorer.graph.query import Between, Chosen, Filter
from explorer.graph.roles import CORE
from explorer.scene.layers import Gatherer

EDGES = {group.id: number for number, group in enumerate(GROUPS)}


@pytest.fixture
def document(graph):
    return edits.load(graph)


@pytest.fixture
def gatherer():
    return Gatherer()


def pairs(ends):
    return sorted(map(tuple, ends.tolist()))


def test_every_edge_is_in_the_group_of_its_class(document, gatherer):
    graph, layers = document.graph, gatherer.layers(document)
    classes = edge_classes(graph, document.roles)
    for group, ends in zip(GROUPS, layers.groups, strict=True):
        rows = np.isin(classes, group.classes)
        expected = zip(graph.source[rows].tolist(), graph.target[rows].tolist(), strict=True)
        assert pairs(ends) == sorted(expected)


def test_every_account_is_in_its_role_small_ones_first(document, gatherer):
    graph, layers = document.graph, gatherer.layers(document)
    edges = np.bincount(graph.source, minlength=graph.n) + np.bincount(
        graph.target, minlength=graph.n
    )
    assert sorted(np.concatenate(layers.accounts).tolist()) == list(range(graph.n))
    for role, rows in enumerate(layers.accounts):
        assert (document.roles.codes[rows] == role).all()
        assert (np.diff(edges[rows]) >= 0).all()


def test_a_hidden_class_is_left_out_and_still_counted(document, gatherer):
    before = gatherer.layers(document)
    code = CLASSES.index("core>core")
    after = gatherer.layers(edits.switch_classes(document, (code,), on=False))
    assert after.groups[EDGES["core>core"]] is None
    assert after.facts.classes == before.facts.classes
    assert after.facts.edges == before.facts.edges - before.facts.classes[code]


def test_other_roles_are_counted_anew(document, gatherer):
    before = gatherer.layers(document).facts
    swapped = replace(document, roles=replace(document.roles, codes=2 - document.roles.codes))
    after = gatherer.layers(swapped).facts
    assert after.classes == before.classes[::-1]
    assert after.interactions == before.interactions == document.graph.weight().sum()


def test_edges_that_are_all_lit_are_the_very_same(document, gatherer):
    everybody = gatherer.layers(edits.select_all(document))
    assert all(a is b for a, b in zip(everybody.lit, everybody.groups, strict=True))


def test_what_did_not_change_is_the_same_object(document, gatherer):
    before = gatherer.layers(document)
    hidden = gatherer.layers(edits.switch_classes(document, (CLASSES.index("core>core"),), False))
    again = gatherer.layers(document)
    assert hidden.groups[0] is before.groups[0]
    assert all(a is b for a, b in zip(again.groups, before.groups, strict=True))
    assert again.accounts is before.accounts


def test_edges_at_the_selection_are_lit(document, gatherer):
    layers = gatherer.layers(edits.select_role(document, CORE))
    for ends, lit in zip(layers.groups, layers.lit, strict=True):
        touching = (document.roles.codes[ends] == CORE).any(axis=1)
        assert pairs(lit) == pairs(ends[touching])
    assert layers.facts.selected == int((document.roles.codes == CORE).sum())
    assert layers.facts.lit == tuple(map(len, layers.lit))
    assert gatherer.layers(document).lit is None


def test_a_filter_leaves_out_accounts_and_their_edges(document, gatherer):
    kept = np.ones(document.graph.n, bool)
    kept[0] = False
    layers = gatherer.layers(edits.keep(document, Filter((Chosen(kept),))))
    assert 0 not in np.concatenate(layers.accounts)
    assert not any((ends == 0).any() for ends in layers.groups)
    assert layers.facts.accounts == document.graph.n - 1
    assert layers.facts.all_edges == document.graph.m
    assert layers.facts.edges == sum(len(ends) for ends in layers.groups)


def test_a_filter_taken_back_gives_the_same_as_before(document, gatherer):
    before = gatherer.layers(document).facts
    kept = np.arange(document.graph.n) > 3
    gatherer.layers(edits.keep(document, Filter((Chosen(kept),))))
    assert gatherer.layers(document).facts == before


def test_a_filter_that_keeps_nothing_leaves_nothing(document, gatherer):
    layers = gatherer.layers(edits.keep(document, Filter((Between("degree", 1e9),))))
    assert layers.facts.accounts == layers.facts.edges == layers.facts.interactions == 0


def test_interactions_are_counted_by_weight(document, gatherer):
    facts = gatherer.layers(document).facts
    assert facts.interactions == facts.all_interactions == int(document.graph.weight().sum())


def test_positions_that_are_not_numbers_are_put_at_the_origin(document, gatherer):
    broken = document.positions.copy()
    broken[3] = np.nan, np.inf
    layers = gatherer.layers(replace(document, positions=broken))
    assert layers.positions[3].tolist() == [0.0, 0.0]
    assert np.isfinite(layers.positions).all()


def test_the_edges_of_one_account_are_found(document, gatherer):
    graph, layers = document.graph, gatherer.layers(document)
    found = sum(len(ends) for ends in layers.at(5) if ends is not None)
    assert found == int(((graph.source == 5) | (graph.target == 5)).sum())


def test_an_empty_document_has_empty_layers(gatherer):
    layers = gatherer.layers(Document())
    assert layers.facts.all_accounts == 0
    assert not any(len(ends) for ends in layers.groups)
