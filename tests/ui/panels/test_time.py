from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from explorer.document import edits
from explorer.document.model import Document
from explorer.graph.model import Moments
from explorer.graph.moments import DAY, Span
from explorer.ui.panels.parts import Yielding
from explorer.ui.panels.time import NOTHING, TimePanel

ALL = frozenset(Document.__dataclass_fields__)


@pytest.fixture
def dated(graph):
    time = np.arange(graph.m, dtype=np.int64) * DAY + 4 * DAY
    return replace(graph, moments=Moments(time, np.arange(graph.m, dtype=np.int32)))


@pytest.fixture
def panel(qtbot, dated):
    panel = TimePanel()
    qtbot.addWidget(panel)
    panel.resize(600, 130)
    panel.show()
    panel.show_document(edits.load(dated), ALL)
    return panel


def bars(panel, first, last):
    edges = panel.plot._tally.edges
    return Span(int(edges[first]), int(edges[last]))


def test_words_that_have_no_room_give_way_whole(panel):
    panel._scale.setMaximumWidth(60)
    panel.layout().activate()
    assert panel.minimumSizeHint().width() < 330
    empty = Yielding("", "quiet")
    short = Yielding("interactions in bars", "quiet")
    for one in (empty, short):
        one.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        one.resize(40, 20)
    assert short.grab().toImage() == empty.grab().toImage()
    short.resize(400, 20)
    empty.resize(400, 20)
    assert short.grab().toImage() != empty.grab().toImage()


def test_an_axis_without_times_has_no_numbers(panel, graph, qtbot):
    axis = panel.plot._axis
    assert axis.style["showValues"]
    panel.show_document(edits.load(graph.bare("kind", "count")), ALL)
    qtbot.waitUntil(lambda: not axis.style["showValues"])


def test_all_of_the_time_is_shown_at_first(panel):
    assert panel._words.text() == "All times"
    assert panel.all.isHidden()
    assert "in bars of 6 hours" in panel._scale.text()


def test_a_drag_chooses_whole_bars(panel, qtbot):
    edges = panel.plot._tally.edges
    with qtbot.waitSignal(panel.span_edited) as told:
        panel.plot.choose(float(edges[2]) + 5, float(edges[4]) - 5)
    assert told.args == [bars(panel, 2, 4)]
    assert panel._words.text() == bars(panel, 2, 4).words


def test_all_bars_are_all_of_the_time(panel):
    panel.plot.choose(0.0, 1e12)
    assert panel.plot.span is None


def test_arrows_move_the_time_and_stop_at_its_ends(panel, qtbot):
    panel.plot.choose(*map(float, panel.plot._tally.edges[:2]))
    qtbot.keyClick(panel.plot, Qt.Key.Key_Right)
    assert panel.plot.span == bars(panel, 1, 2)
    qtbot.keyClick(panel.plot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert panel.plot.span == bars(panel, 1, 3)
    for _ in range(5):
        qtbot.keyClick(panel.plot, Qt.Key.Key_Left)
    assert panel.plot.span == bars(panel, 0, 2)


def test_a_double_click_shows_all_of_the_time_again(panel, qtbot):
    panel.plot.choose(*map(float, panel.plot._tally.edges[:2]))
    with qtbot.waitSignal(panel.span_edited) as told:
        qtbot.mouseDClick(panel.plot.viewport(), Qt.MouseButton.LeftButton)
    assert told.args == [None]


def test_playing_goes_on_bar_by_bar_and_ends_at_the_end(panel, qtbot):
    panel._beat.setInterval(1)
    panel.play.click()
    assert panel.plot.span == bars(panel, 0, 1)
    qtbot.waitUntil(lambda: not panel.play.isChecked(), timeout=5000)
    assert panel.plot.at_end


def test_playing_ends_when_the_strip_is_put_away(panel):
    panel.play.click()
    panel.hide()
    assert not panel._beat.isActive()


def test_a_graph_that_knows_no_time_says_so(panel, graph, qtbot):
    panel.show_document(edits.load(graph.bare("kind", "count")), ALL)
    qtbot.waitUntil(lambda: panel._words.text() == NOTHING)
    assert not panel.play.isEnabled()
    panel.plot.choose(0, 5)
    panel.plot.step(1)
    assert panel.plot.span is None


def test_what_is_filtered_elsewhere_is_marked(panel, dated):
    document = edits.load(dated)
    span = bars(panel, 1, 3)
    kept = replace(document.filter, during=span)
    panel.show_document(replace(document, graph=panel._document.graph, filter=kept),
                        frozenset({"filter"}))  # fmt: skip
    assert panel.plot.span == span


def test_nothing_is_counted_while_nobody_looks(qtbot, dated):
    panel = TimePanel()
    qtbot.addWidget(panel)
    panel.show_document(edits.load(dated), ALL)
    assert panel.plot._tally is None
    panel.show()
    assert panel.plot._tally is not None


def test_the_time_is_one_undoable_step_however_long_it_is_dragged(commands, session):
    before = session.document
    for day in range(1, 6):
        commands.select.during(Span(0, day * DAY))
    assert session.document.filter.during == Span(0, 5 * DAY)
    session.undo()
    assert session.document is before


def test_active_accounts_are_those_at_the_edges_of_the_time(commands, session, dated):
    session.commit("Open", edits.load(dated))
    commands.select.during(Span(4 * DAY, 6 * DAY))
    commands.select.active()
    rows = {0, 1}
    ends = {int(dated.source[e]) for e in rows} | {int(dated.target[e]) for e in rows}
    assert set(np.flatnonzero(session.document.selected).tolist()) == ends
