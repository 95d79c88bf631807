from dataclasses import replace

import numpy as np
import pytest

from explorer.document import edits
from explorer.graph.query import Filter, OneOf
from explorer.ui.actions import ACTIONS
from explorer.ui.menus import Menus, menu_text


@pytest.fixture
def named(commands, answers):
    commands.select.core()
    answers.word = "the ring"
    commands.names.name()
    return commands


def test_a_selection_gets_a_name_and_is_found_again_by_it(named, session):
    core = session.document.selected
    named.select.nothing()
    named.names.recall(0)
    assert (session.document.selected == core).all()
    assert session.history.now.title == "Select “the ring”"


def test_a_name_is_one_undoable_step(named, session):
    assert [one.title for one in session.document.named] == ["the ring"]
    session.undo()
    assert session.document.named == ()


def test_the_same_name_is_given_anew(named, session, answers):
    named.select.everything()
    named.names.name()
    (one,) = session.document.named
    assert one.mask.all()


def test_the_next_name_is_suggested_and_none_given_changes_nothing(named, session, answers):
    named.select.everything()
    before, answers.word = session.document, ""
    named.names.name()
    assert answers.asked[-1] == "Selection 2"
    assert session.document is before


def test_a_selection_that_has_a_name_is_called_by_it_and_can_be_forgotten(named, session, desk):
    assert desk.facts.called == "the ring"
    named.names.forget()
    assert session.document.named == ()
    assert desk.facts.called == ""


def test_a_name_holds_nothing_that_disturbs_a_menu(commands, session, answers):
    commands.select.core()
    answers.word = "a\u202eb & <b>c</b> {x}" + "d" * 99
    commands.names.name()
    (one,) = session.document.named
    assert "\u202e" not in one.title
    assert len(one.title) <= 60
    assert menu_text("R & D") == "R && D"


def test_what_the_filter_hides_is_not_selected_and_said(named, session, said):
    kept = Filter((OneOf("id", ("id0000=", "id0009=")),))
    session.commit("Filter", edits.keep(session.document, kept))
    named.names.recall(0)
    assert np.flatnonzero(session.document.selected).tolist() == [0]
    assert said.told[-1] == "3 accounts of “the ring” not selected: the filter hides them."


def test_a_place_without_a_name_selects_nothing(commands, session):
    before = session.document
    commands.names.recall(4)
    assert session.document is before


def test_another_graph_has_no_names_of_the_old_one(named, session, graph):
    assert replace(session.document, graph=graph.bare("kind")).named != ()
    fresh = edits.load(graph)
    assert fresh.named == ()


def test_menus_show_names_that_are_there_and_no_empty_places(named, qtbot):
    from PySide6.QtWidgets import QMainWindow

    window = QMainWindow()
    qtbot.addWidget(window)
    menus = Menus(window, named, ACTIONS)
    assert menus.actions["select.named1"].text() == "Recall the ring"
    assert menus.actions["select.named1"].isVisible()
    assert not menus.actions["select.named2"].isVisible()
    assert menus.actions["select.forget"].text() == "Forget “the ring”"


def test_a_menu_holds_each_group_together(commands, qtbot):
    from PySide6.QtWidgets import QMainWindow

    window = QMainWindow()
    qtbot.addWidget(window)
    menus = Menus(window, commands, ACTIONS)
    group = {row.id: row.group for row in ACTIONS}
    for menu in menus.menus.values():
        found = [group[one.objectName()] for one in menu.actions() if not one.isSeparator()]
        assert found == sorted(found)
        separators = sum(one.isSeparator() for one in menu.actions())
        assert separators == len(set(found)) - 1


def test_a_selection_named_later_can_be_recalled_by_its_key(commands, qtbot, answers):
    from PySide6.QtWidgets import QMainWindow

    window = QMainWindow()
    qtbot.addWidget(window)
    menus = Menus(window, commands, ACTIONS)
    first = menus.actions["select.named1"]
    assert not first.isVisible()
    commands.select.core()
    answers.word = "the ring"
    commands.names.name()
    assert first.isVisible()
    assert first.isEnabled()
    commands.names.forget()
    assert not first.isVisible()


def test_every_menu_opens_by_a_letter_of_its_own(commands, qtbot):
    from PySide6.QtWidgets import QMainWindow

    window = QMainWindow()
    qtbot.addWidget(window)
    titles = [menu.title() for menu in Menus(window, commands, ACTIONS).menus.values()]
    letters = [title[title.index("&") + 1].lower() for title in titles]
    assert len(set(letters)) == len(titles)
