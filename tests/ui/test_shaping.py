from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from explorer.document import arrange, edits
from explorer.document.content import Beside, packed, unpacked
from explorer.graph.model import Graph, frozen
from explorer.graph.query import EVERYTHING, Folded, folded
from explorer.job import silent
from explorer.ui.tasks import Task


@pytest.fixture
def session(session):
    """A session with a network of one large and some small components."""
    n = 40
    source = np.array([*range(29), 30, 32], np.int32)
    target = np.array([*range(1, 30), 31, 33], np.int32)
    at = np.random.default_rng(1).normal(size=(n, 2)).astype(np.float32)
    at[30:] += 9
    document = replace(edits.load(Graph(n, source, target)), positions=frozen(at))
    session.commit("Open", document)
    return session


def test_a_drag_is_one_step_and_can_be_undone(session, commands):
    before, steps = session.document, len(session.history.past)
    commands.shape.begin()
    for room in (0.1, 0.4, 0.8):
        commands.shape.room(room)
    assert len(session.history.past) == steps + 1
    assert session.history.now.title == "Room for crowds"
    assert commands.shape.values(session.document) == (0.8, 1.0)
    commands.edit.undo()
    assert session.document is before
    assert commands.shape.values(before) == (0.0, 1.0)
    commands.edit.redo()
    assert commands.shape.values(session.document) == (0.8, 1.0)


def test_the_way_to_a_value_does_not_matter(session, commands):
    commands.shape.room(0.9)
    commands.shape.room(-0.2)
    commands.shape.room(0.5)
    wandered = session.document.positions
    commands.edit.undo()
    commands.shape.begin()
    commands.shape.room(0.5)
    assert np.array_equal(session.document.positions, wandered)


def test_room_and_tray_go_together(session, commands):
    before = session.document.positions
    commands.shape.begin()
    commands.shape.room(0.5)
    commands.shape.begin()
    commands.shape.tray(2.0)
    assert session.history.now.title == "Size of tray"
    assert commands.shape.values(session.document) == (0.5, 2.0)
    commands.shape.room(0.0)
    commands.shape.tray(1.0)
    assert session.document.positions is before


def test_what_was_done_is_said_under_a_figure(session, commands):
    commands.layout.run()
    commands.shape.room(0.4)
    assert session.document.placing.words.endswith("then crowds given room by 40%")


def test_after_a_move_by_hand_the_sliders_begin_anew(session, commands):
    commands.shape.room(0.5)
    mask = np.arange(session.document.graph.n) == 3
    session.commit("Move", edits.move(session.document, mask, (1, 1)))
    assert commands.shape.values(session.document) == (0.0, 1.0)
    commands.shape.room(0.25)
    assert commands.shape.values(session.document) == (0.25, 1.0)


def test_pinned_accounts_are_not_reshaped(session, commands):
    mask = np.arange(session.document.graph.n) < 5
    session.commit("Pin", arrange.pin(session.document, mask))
    before = session.document.positions
    commands.shape.room(0.5)
    assert np.array_equal(session.document.positions[mask], before[mask])


def test_the_tray_is_folded_and_unfolded_and_counted(session, commands, desk, said):
    commands.shape.fold()
    assert session.history.now.title == "Fold tray"
    assert desk.facts.folded == folded(session.document.filter) == 10
    assert edits.shown(session.document).sum() == 30
    assert session.document.filter.words == "10 accounts in the folded tray"
    assert said.told == ["10 accounts folded away."]
    commands.shape.fold()
    assert session.document.filter == EVERYTHING


def test_showing_everything_unfolds_too(session, commands, desk):
    commands.shape.fold()
    commands.select.show_all()
    assert desk.facts.folded == 0


def test_where_nothing_stands_out_there_is_nothing_to_fold(session, commands, said):
    none = np.empty(0, np.int32)
    session.commit("Open", edits.load(Graph(9, none, none)))
    steps = len(session.history.past)
    commands.shape.fold()
    assert len(session.history.past) == steps
    assert "no tray" in said.told[0]


def test_a_folded_tray_stays_folded_in_a_session(session, commands):
    commands.shape.fold()
    meta, parts = packed(session.document, Beside())
    (clause,) = unpacked(meta, parts, "a").document.filter.clauses
    assert isinstance(clause, Folded)
    assert np.array_equal(clause.kept, session.document.filter.clauses[0].kept)


def test_a_slider_that_is_pressed_gets_ready_and_changes_nothing(session, commands):
    before = session.history
    commands.shape.begin()
    assert commands.shape._found(session.document) is not None
    assert session.history is before


def test_what_was_stopped_is_not_done_at_the_next_drag(session, commands, desk, monkeypatch):
    class Pending(Task):
        def cancel(self, wait=False):
            self.ended.emit(self)

    before = session.document
    with monkeypatch.context() as slow:
        slow.setattr(desk, "runner", SimpleNamespace(task=lambda job: Pending(job, desk)))
        commands.shape.begin()
        commands.shape.room(0.5)
        commands.edit.stop_or_none()
    commands.shape.begin()
    assert session.document is before


def test_a_slider_that_was_made_ready_acts_at_its_first_move(session, commands, desk, monkeypatch):
    before = session.history
    commands.shape.prepare()
    assert session.history is before
    monkeypatch.setattr(desk, "runner", None)  # nothing needs to be worked out any more
    commands.shape.begin()
    commands.shape.room(0.5)
    assert commands.shape.values(session.document) == (0.5, 1.0)


def test_a_drag_joins_what_is_being_made_ready(session, commands, desk, monkeypatch):
    class Later(Task):
        def finish(self):
            self.succeeded.emit(self.job(silent))
            self.ended.emit(self)

    asked = []
    runner = SimpleNamespace(task=lambda job: asked.append(Later(job, desk)) or asked[-1])
    monkeypatch.setattr(desk, "runner", runner)
    commands.shape.prepare()
    commands.shape.prepare()
    commands.shape.begin()
    commands.shape.room(0.5)
    assert len(asked) == 1
    asked[0].finish()
    assert commands.shape.values(session.document) == (0.5, 1.0)


def test_nothing_is_made_ready_without_a_network(session, commands):
    session.commit("Open", edits.load(Graph(0, np.empty(0, np.int32), np.empty(0, np.int32))))
    commands.shape.prepare()
    assert commands.shape._found(session.document) is None
