from dataclasses import replace

import pytest

from explorer.document import edits
from explorer.graph.edges import GROUPS
from explorer.scene.legend import (
    Columns,
    accounts_block,
    block_marks,
    edges_block,
    shown_block,
    toned,
)
from explorer.scene.marks import Words
from explorer.scene.shares import shares
from explorer.scene.theme import THEMES, theme


def measure(text, size, bold=False):
    return 0.6 * size * len(text)


@pytest.fixture
def document(graph):
    return edits.load(graph)


def words_of(block):
    columns = Columns.of((block,), measure)
    marks = block_marks(block, (0.0, 0.0), columns, theme("dark"), measure)
    return [mark for mark in marks if isinstance(mark, Words)]


def test_core_comes_first_and_the_rest_last(document):
    labels = [row.label for row in edges_block(shares(document)).rows]
    assert labels == ["core → core", "amplifier → core", "core → amplifier", "all other"]
    assert [row.label for row in accounts_block(shares(document)).rows] == [
        "core",
        "amplifier",
        "other",
    ]


def test_every_row_tells_its_count(document):
    found = shares(document)
    for row, group in zip(edges_block(found).rows, (GROUPS[3], *GROUPS[:3]), strict=True):
        assert row.value == f"{found.group(group).shown:,}"


def test_a_group_that_is_off_says_so_and_how_much_is_missing(document):
    group = GROUPS[0]
    found = shares(edits.switch_classes(document, group.classes, on=False))
    row = next(row for row in edges_block(found).rows if row.label == group.title)
    assert (row.value, row.off) == ("off", True)
    assert row.rest == f"of {found.group(group).all:,}"


def test_a_group_that_is_partly_off_says_so(document):
    found = shares(edits.switch_classes(document, (0,), on=False))
    assert "all other (1 of 6 off)" in [row.label for row in edges_block(found).rows]


def test_a_selection_is_in_the_key(document):
    found = shares(edits.select_role(document))
    assert accounts_block(found).rows[-1].value == "4"


def test_numbers_end_at_one_edge(document):
    numbers = [mark for mark in words_of(edges_block(shares(document))) if mark.anchor == "end"]
    assert len(numbers) == 4
    assert len({mark.x for mark in numbers}) == 1


def test_words_and_numbers_never_touch(document):
    for mark in words_of(shown_block(shares(document), ("drawn completely",))):
        others = [
            other
            for other in words_of(shown_block(shares(document), ("drawn completely",)))
            if other.y == mark.y and other.anchor != mark.anchor
        ]
        if mark.anchor == "start":
            end = mark.x + measure(mark.text, mark.size)
            assert all(end < other.x - measure(other.text, other.size) for other in others)


def test_labels_give_way_where_there_is_little_room(document):
    block = edges_block(shares(document))
    narrow = Columns.of((block,), measure).within(120.0)
    marks = block_marks(block, (0.0, 0.0), narrow, theme("dark"), measure)
    values = [mark.text for mark in marks if isinstance(mark, Words) and mark.anchor == "end"]
    assert values == [row.value for row in block.rows]
    assert narrow.width == pytest.approx(120.0)


@pytest.mark.parametrize("name", THEMES)
def test_few_and_many_can_be_told_apart_on_the_ground(name):
    colours = theme(name)
    for tone in colours.tones.values():
        few, many = (toned(tone, colours.ground, rank) for rank in (0.3, 1.0))
        assert sum(abs(a - b) for a, b in zip(many, colours.ground, strict=True)) > 60
        assert sum(abs(a - b) for a, b in zip(few, many, strict=True)) > 30


def test_a_fully_opaque_dense_place_has_the_dense_colour():
    tone = replace(theme("dark").tones["rest"], most=1.0)
    assert toned(tone, (0, 0, 0), 1.0) == tone.dense
