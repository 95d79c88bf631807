from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from explorer.document import edits
from explorer.document.history import History
from explorer.document.recording import logged
from explorer.document.steps import Done, Step
from explorer.ui.panels.history import EARLIER, NOW, UNDONE, HistoryPanel, lines

WHEN = "2026-01-02T03:04:05+00:00"


@pytest.fixture
def panel(qtbot):
    made = HistoryPanel()
    qtbot.addWidget(made)
    made.resize(280, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def row(panel, number):
    return panel.view.visualRect(panel.model.index(number)).center()


def test_every_step_is_listed_with_its_parameters_and_the_present_is_marked(commands):
    commands.view.node_size(1.5)
    commands.select.core()
    commands.edit.undo()
    told = lines(commands.desk.session.history)
    assert [(line.title, line.words) for line in told[-2:]] == [
        ("Size of accounts", "node size 1.5"),
        ("Select core", ""),
    ]
    assert [line.state for line in told[-2:]] == [NOW, UNDONE]


def test_a_click_goes_there_over_many_steps(qtbot, commands, panel):
    session = commands.desk.session
    first = session.document
    for size in (1.1, 1.2, 1.3):
        commands.view.node_size(size)
        commands.select.invert()
    panel.show_history(session.history)
    panel.jumped.connect(session.jump)
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=row(panel, 1))
    assert session.document is first
    panel.show_history(session.history)
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=row(panel, 3))
    assert len(session.history.past) == 3


def test_arrows_and_enter_go_there_too(qtbot, commands, panel):
    session = commands.desk.session
    commands.select.everything()
    commands.select.invert()
    panel.show_history(session.history)
    with qtbot.waitSignal(panel.jumped) as asked:
        panel.view.setFocus()
        qtbot.keyClick(panel.view, Qt.Key.Key_Up)
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert asked.args == [len(session.history.past) - 1]


def test_nothing_done_is_said(panel):
    panel.show_history(History())
    assert not panel.view.isVisible()
    assert panel._empty.isVisible()


def test_steps_from_before_a_session_was_opened_are_listed_and_out_of_reach(graph, qtbot, panel):
    document = edits.load(graph)
    old = tuple(Step(title, "set", words="x") for title in ("Open A", "Select core"))
    log = logged(History(), "Open a.starling", document, "o", Done("resume", log=old), WHEN)
    history = History().commit("Open a.starling", document, "o", log)
    told = lines(history)
    assert [(line.title, line.state) for line in told] == [
        ("Empty window", "done"),
        ("Open A", EARLIER),
        ("Select core", EARLIER),
        ("Open a.starling", NOW),
    ]
    panel.show_history(history)
    heard = []
    panel.jumped.connect(heard.append)
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=row(panel, 1))
    assert heard == []


def test_a_hidden_list_is_filled_when_it_is_shown(qtbot, commands):
    panel = HistoryPanel()
    qtbot.addWidget(panel)
    panel.show_history(commands.desk.session.history)
    assert panel.model.lines == ()
    panel.show()
    assert len(panel.model.lines) == 2


def test_names_are_shown_as_plain_text_without_tricks(graph, panel):
    document = edits.load(graph)
    history = History().commit("Find \u202e<b>x</b>", document)
    panel.show_history(history)
    said = panel.model.index(1).data()
    assert said == "Find <b>x</b>"
    heard = panel.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard.endswith("here you are")


@given(st.lists(st.sampled_from(["edit", "undo", "redo", "merge"]), max_size=40))
def test_whatever_was_done_there_is_one_row_a_moment_and_one_of_them_is_now(steps):
    history = History()
    for turn, step in enumerate(steps):
        document = history.now.document
        moved = replace(document, style=replace(document.style, node_size=1.0 + turn))
        if step in {"edit", "merge"}:
            key = "slider" if step == "merge" else ""
            log = logged(history, f"{step} {turn}", moved, key, None, WHEN)
            history = history.commit(f"{step} {turn}", moved, key, log)
        else:
            history = history.undo() if step == "undo" else history.redo()
    told = lines(history)
    assert [line.place for line in told if line.place >= 0] == list(range(len(history.moments)))
    assert [line.place for line in told if line.state == NOW] == [len(history.past)]


def test_a_long_history_keeps_every_older_step_in_sight(graph):
    document = edits.load(graph)
    history = History().commit("Open", document)
    for turn in range(260):
        mask = np.arange(graph.n) == turn % graph.n
        after = edits.select(history.now.document, mask)
        log = logged(history, f"Select {turn}", after, "", None, WHEN)
        history = history.commit(f"Select {turn}", after, "", log)
    told = lines(history)
    assert [line.title for line in told][-260:] == [f"Select {turn}" for turn in range(260)]
    assert sum(line.state == EARLIER for line in told) == 59
