import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.document import edits
from explorer.document.history import DEPTH, History
from explorer.document.model import changes


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


@given(st.lists(st.sampled_from(["edit", "undo", "redo"]), max_size=60))
def test_any_sequence_of_do_undo_and_redo_keeps_the_line_straight(steps):
    history = History()
    done, undone = [history.now.document], []
    for step in steps:
        if step == "edit":
            history = history.commit(
                step, edits.move(history.now.document, done[-1].selected, (1, 1))
            )
            done.append(history.now.document)
            undone.clear()
        elif step == "undo":
            history = history.undo()
            if len(done) > 1:
                undone.append(done.pop())
        else:
            history = history.redo()
            if undone:
                done.append(undone.pop())
        assert history.now.document is done[-1]
        assert len(history.past) == len(done) - 1
        assert len(history.future) == len(undone)


def test_the_past_is_bounded():
    history = History()
    for _ in range(DEPTH + 50):
        document = history.now.document
        history = history.commit("x", edits.move(document, document.selected, (0, 1)))
    assert len(history.past) == DEPTH
