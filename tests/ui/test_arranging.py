import numpy as np
import pytest

from explorer.document import edits
from explorer.ui.actions import ACTIONS


def choose(session, *rows):
    mask = np.zeros(session.document.graph.n, bool)
    mask[list(rows)] = True
    session.commit("Select", edits.select(session.document, mask))


def test_pinning_is_one_named_step_that_can_be_undone(session, commands, desk):
    choose(session, 1, 2)
    commands.arrange.pin()
    assert session.history.now.title == "Pin 2 accounts"
    assert desk.facts.pinned == 2
    commands.edit.undo()
    assert desk.facts.pinned == 0


def test_unpin_lets_the_selected_go_else_all(session, commands, desk):
    choose(session, 1, 2, 3)
    commands.arrange.pin()
    choose(session, 3, 4)
    commands.arrange.unpin()
    assert desk.facts.pinned == 2
    choose(session, 9)
    commands.arrange.unpin()
    assert desk.facts.pinned == 0


def test_presses_of_an_arrow_in_a_row_are_one_step(session, commands):
    choose(session, 0)
    before, steps = session.document.positions, len(session.history.past)
    for _ in range(5):
        commands.arrange.nudge(1, 0)
    assert len(session.history.past) == steps + 1
    moved = session.document.positions - before
    assert moved[0].tolist() == [5.0, 0.0]
    assert not moved[1:].any()


def test_an_angle_is_asked_for_and_may_be_declined(session, commands, answers):
    before = session.document
    commands.arrange.turn_by()
    assert session.document is before
    answers.number = 30.0
    commands.arrange.turn_by()
    assert session.history.now.title == "Turn picture by 30°"
    choose(session, 0, 1, 2)
    commands.arrange.turn_selection()
    assert session.history.now.title == "Turn selection by 30°"


def test_what_changes_nothing_is_said_and_is_no_step(session, commands, said):
    choose(session, 0, 1)
    commands.arrange.align("left")
    steps = len(session.history.past)
    commands.arrange.align("left")
    assert len(session.history.past) == steps
    assert said.told == ["That changes nothing here."]


@pytest.mark.parametrize(
    "row", [row for row in ACTIONS if row.menu == "Arrange"], ids=lambda r: r.id
)
def test_every_row_of_the_menu_does_one_thing_that_can_be_undone(row, session, commands, answers):
    answers.number = 17.0
    if row.id == "arrange.unpin":
        choose(session, 0, 3, 7)
        commands.arrange.pin()
    choose(session, 0, 3, 7)
    before = session.document
    row.run(commands)
    assert session.document is not before
    commands.edit.undo()
    assert session.document is before
