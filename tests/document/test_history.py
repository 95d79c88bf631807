import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.document import edits
from explorer.document.history import DEPTH, History
from explorer.document.model import changes
from explorer.document.steps import Step


def test_undo_then_redo_returns_the_very_same_document(graph):
    first = History().commit("Open", edits.load(graph))
    second = first.commit("Select", edits.select(first.now.document, np.ones(graph.n, bool)))
    assert second.undo().now.document is first.now.document
    assert second.undo().redo().now.document is second.now.document


def test_edits_with_one_merge_key_are_one_step(graph):
    start = History().commit("Open", edits.load(graph))
    document = start.now.document
    one = start.commit("Move", edits.move(document, document.selected, (1, 0)), merge="drag")
    two = one.commit("Move", edits.move(document, document.selected, (2, 0)), merge="drag")
    assert two.undo().now.document is document


def test_changes_names_only_what_moved(graph):
    old = edits.load(graph)
    assert changes(old, edits.select_all(old)) == {"selected"}
    assert changes(old, old) == frozenset()


step = st.one_of(st.sampled_from(["edit", "undo", "redo"]), st.integers(0, 70))


@given(st.lists(step, max_size=60))
def test_any_sequence_of_do_undo_redo_and_jump_keeps_the_line_straight(steps):
    history = History()
    line, here = [history.now.document], 0
    for turn, step in enumerate(steps):
        if step == "edit":
            document = history.now.document
            moved = edits.move(document, document.selected, (1, 1))
            entry = Step(str(turn), "set")
            history = history.commit(str(turn), moved, log=(*history.now.log, entry))
            line, here = [*line[: here + 1], moved], here + 1
        elif step == "undo":
            history, here = history.undo(), max(here - 1, 0)
        elif step == "redo":
            history, here = history.redo(), min(here + 1, len(line) - 1)
        else:
            here = step % len(line)
            history = history.jump(here)
        assert [moment.document for moment in history.moments] == line
        assert history.now.document is line[here]
        assert len(history.past) == here
        assert [entry.title for entry in history.now.log] == [
            moment.title for moment in history.moments[1 : here + 1]
        ]


def test_there_is_no_jump_to_where_nothing_is():
    with pytest.raises(IndexError):
        History().jump(1)
    with pytest.raises(IndexError):
        History().jump(-1)


def test_the_past_is_bounded():
    history = History()
    for _ in range(DEPTH + 50):
        document = history.now.document
        history = history.commit("x", edits.move(document, document.selected, (0, 1)))
    assert len(history.past) == DEPTH
