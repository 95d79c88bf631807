from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.document import arrange, edits
from explorer.document.content import Beside, packed, unpacked
from explorer.document.model import Document, Placing
from explorer.graph.model import frozen


@pytest.fixture
def document(graph):
    return edits.load(graph)


def some(document, *rows):
    mask = np.zeros(document.graph.n, bool)
    mask[list(rows)] = True
    return mask


def test_nothing_is_pinned_at_first(document):
    assert document.pinned.shape == (document.graph.n,)
    assert not document.pinned.any()


def test_a_document_never_holds_pins_of_another_graph(graph):
    assert len(Document(graph=graph, pinned=frozen(np.ones(3, bool))).pinned) == graph.n


def test_pins_add_up_and_are_taken_away(document):
    one = arrange.pin(document, some(document, 1, 2))
    two = arrange.pin(one, some(document, 2, 3))
    assert np.flatnonzero(two.pinned).tolist() == [1, 2, 3]
    assert np.flatnonzero(arrange.unpin(two, some(document, 2)).pinned).tolist() == [1, 3]
    assert arrange.pin(two, some(document, 1)) is two


def test_pins_are_kept_in_a_session_by_id(document):
    pinned = arrange.pin(document, some(document, 0, 7))
    meta, parts = packed(pinned, Beside())
    assert np.flatnonzero(unpacked(meta, parts, "a").document.pinned).tolist() == [0, 7]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(degrees=st.floats(-360, 360))
def test_turning_keeps_all_distances(document, degrees):
    turned = arrange.turn(document, degrees).positions
    before, after = (np.hypot(*(at - at.mean(axis=0)).T) for at in (document.positions, turned))
    assert np.allclose(before, after, atol=1e-4)


def test_four_turns_lead_back(document):
    turned = document
    for _ in range(4):
        turned = arrange.turn(turned, 90)
    assert np.allclose(turned.positions, document.positions, atol=1e-5)


def test_a_turn_to_the_left_brings_the_right_to_the_top(document):
    before, after = document.positions, arrange.turn(document, 90).positions
    assert after[before[:, 0].argmax(), 1] == pytest.approx(after[:, 1].max())


def test_a_turn_of_a_part_leaves_the_rest(document):
    mask = some(document, 0, 1, 5)
    after = arrange.turn(document, 30, mask).positions
    assert np.array_equal(after[~mask], document.positions[~mask])
    assert not np.allclose(after[mask], document.positions[mask])


def test_a_mirror_twice_is_the_picture_itself(document):
    for axis in ("across", "down"):
        once = arrange.mirror(document, axis)
        assert not np.allclose(once.positions, document.positions)
        assert np.allclose(arrange.mirror(once, axis).positions, document.positions, atol=1e-5)


@pytest.mark.parametrize(
    ("side", "column", "pick"),
    [
        ("left", 0, np.min), ("right", 0, np.max), ("top", 1, np.max), ("bottom", 1, np.min),
        ("centre", 0, lambda at: (at.min() + at.max()) / 2),
        ("middle", 1, lambda at: (at.min() + at.max()) / 2),
    ],
)  # fmt: skip
def test_aligning_puts_all_on_one_line_at_that_side(document, side, column, pick):
    mask = some(document, 0, 1, 6, 10)
    after = arrange.align(document, side, mask).positions
    assert np.allclose(after[mask, column], pick(document.positions[mask, column]))
    assert np.array_equal(after[mask, 1 - column], document.positions[mask, 1 - column])
    assert np.array_equal(after[~mask], document.positions[~mask])


def test_distributing_makes_equal_gaps_and_keeps_order_and_ends(document):
    at = np.random.default_rng(3).random((document.graph.n, 2)).astype(np.float32)
    document, mask = replace(document, positions=frozen(at)), some(document, 0, 3, 4, 8)
    after = arrange.distribute(document, "across", mask).positions
    assert np.allclose(np.diff(np.sort(after[mask, 0]), 2), 0, atol=1e-6)
    assert np.array_equal(np.argsort(after[mask, 0]), np.argsort(at[mask, 0]))
    assert np.array_equal(after[mask, 1], at[mask, 1])


def test_too_few_to_arrange_is_no_edit(document):
    assert arrange.align(document, "left", some(document, 1)) is document
    assert arrange.distribute(document, "down", some(document, 1, 2)) is document
    assert arrange.turn(document, 45, some(document)) is document


def test_what_the_hand_did_is_said_once_and_in_order(document):
    laid = edits.place(document, document.positions, Placing("Flock", "", 7))
    moved = arrange.mirror(arrange.turn(laid, 90), "down")
    assert moved.placing.words == "layout Flock, seed 7, then moved by hand"
    assert moved.placing.followed_by("spread 1.5").then == "moved by hand, spread 1.5"
