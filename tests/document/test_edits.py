from dataclasses import replace

import numpy as np
import pytest

from explorer.document import edits
from explorer.graph.query import Between, Filter
from explorer.graph.roles import AMPLIFIER, CORE


@pytest.fixture
def document(graph):
    return edits.load(graph)


def test_a_fresh_document_has_every_account_somewhere_else(document):
    assert len(np.unique(document.positions, axis=0)) == document.graph.n
    assert not document.selected.any()


def test_select_core_selects_exactly_the_core(document):
    chosen = edits.select_role(document, CORE).selected
    assert (chosen == (document.roles.codes == CORE)).all()


def test_modes_of_selection(document):
    a, b = np.arange(document.graph.n) < 4, np.arange(document.graph.n) > 2
    start = edits.select(document, a)
    assert (edits.select(start, b, "add").selected == (a | b)).all()
    assert (edits.select(start, b, "toggle").selected == (a ^ b)).all()
    assert (edits.select(start, b, "remove").selected == (a & ~b)).all()
    assert (edits.select(start, b).selected == b).all()


def test_selecting_the_same_again_is_no_edit(document):
    one = edits.select_all(document)
    assert edits.select_all(one) is one


def test_the_selection_is_a_copy_and_cannot_be_written(document):
    mask = np.ones(document.graph.n, bool)
    chosen = edits.select(document, mask)
    mask[:] = False
    assert chosen.selected.all()
    with pytest.raises(ValueError, match="read-only"):
        chosen.selected[0] = False


def test_grow_then_shrink_ends_inside_the_start(document):
    start = edits.select_role(document, AMPLIFIER)
    back = edits.shrink(edits.grow(start))
    assert not (back.selected & ~edits.grow(start).selected).any()
    assert edits.shrink(edits.select_all(document)).selected.all()


def test_hidden_accounts_leave_the_selection(document):
    chosen = edits.select_all(document)
    kept = edits.keep(chosen, Filter((Between("degree", 4),)))
    assert (kept.selected == kept.filter.mask(kept.graph)).all()


def test_show_selection_only_and_hide_it(document):
    core = edits.select_role(document)
    assert (edits.shown(edits.keep_selected(core)) == core.selected).all()
    assert (edits.shown(edits.hide_selected(core)) == ~core.selected).all()


def test_invert_stays_inside_what_is_shown(document):
    kept = edits.keep(document, Filter((Between("degree", 4),)))
    assert (edits.invert(kept).selected == edits.shown(kept)).all()


def test_moving_moves_only_the_mask(document):
    mask = np.arange(document.graph.n) == 2
    moved = edits.move(document, mask, (3.0, -1.0))
    assert np.allclose((moved.positions - document.positions)[mask], [3, -1])
    assert (moved.positions[~mask] == document.positions[~mask]).all()


def test_switching_classes_twice_is_where_we_began(document):
    off = edits.switch_classes(document, (0, 8), on=False)
    assert off.style.hidden == {0, 8}
    assert edits.switch_classes(off, (0, 8), on=True).style == document.style


def test_an_equal_style_is_no_edit(document):
    assert edits.restyle(document, replace(document.style)) is document
