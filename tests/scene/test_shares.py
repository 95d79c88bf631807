from dataclasses import replace

import numpy as np
import pytest

from explorer.document import edits
from explorer.graph.edges import CLASSES, GROUPS
from explorer.graph.query import Chosen, Filter
from explorer.scene.layers import Gatherer
from explorer.scene.shares import Share, shares


@pytest.fixture
def document(graph):
    return edits.load(graph)


@pytest.mark.parametrize(
    ("shown", "all_", "percent"),
    [
        (10, 10, "100 %"),
        (0, 10, "0 %"),
        (0, 0, "100 %"),
        (1, 1_000_000, "under 0.1 %"),
        (999_999, 1_000_000, "over 99.9 %"),
        (996, 1000, "99.6 %"),
        (4, 1000, "0.4 %"),
        (38, 100, "38 %"),
    ],
)
def test_a_share_never_says_all_or_nothing_unless_it_is(shown, all_, percent):
    assert Share(shown, all_).percent == percent


def test_a_fresh_document_shows_all(document):
    found = shares(document)
    assert found.accounts == Share(12, 12)
    assert found.edges.whole
    assert found.sentence == f"Shown: all 12 accounts and {document.graph.m} edges"


def test_classes_and_roles_add_up(document):
    found = shares(edits.keep(document, Filter((Chosen(np.arange(12) < 7),))))
    assert sum(found.roles, Share()) == found.accounts
    assert sum(found.classes, Share()) == found.edges
    assert sum((found.group(group) for group in GROUPS), Share()) == found.edges


def test_what_is_counted_is_what_the_painter_draws(document):
    kept = edits.keep(document, Filter((Chosen(np.arange(12) < 9),), frozenset({"reply"})))
    hidden = edits.switch_classes(kept, (8, 0), on=False)
    found, layers = shares(hidden), Gatherer().layers(hidden)
    drawn = [0 if ends is None else len(ends) for ends in layers.groups]
    assert drawn == [found.group(group).shown for group in GROUPS]
    assert layers.facts.edges == found.edges.shown
    assert layers.facts.interactions == found.interactions.shown
    assert [len(rows) for rows in layers.accounts] == [share.shown for share in found.roles]


def test_a_class_switched_off_is_named_and_still_counted(document):
    code = CLASSES.index("core>core")
    found = shares(edits.switch_classes(document, (code,), on=False))
    assert found.hidden == ("core → core",)
    assert found.classes[code].shown == 0
    assert found.classes[code].all == shares(document).classes[code].all


def test_a_whole_group_switched_off_goes_by_its_title(document):
    rest = next(group for group in GROUPS if group.id == "rest")
    assert shares(edits.switch_classes(document, rest.classes, on=False)).hidden == ("all other",)


def test_hidden_kinds_are_not_shown(document):
    quiet = replace(document, filter=Filter(hidden_kinds=frozenset({"retweet", "mention"})))
    assert shares(quiet).edges.shown < document.graph.m
