from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QPushButton,
    QScrollArea,
    QSlider,
)

from explorer.archive.questions import Post
from explorer.archive.receipt import FileReceipt, Interactions, Receipt, Refusal, Skipped
from explorer.archive.tables import KINDS, PLURALS
from explorer.document import edits
from explorer.document.model import Document
from explorer.graph.direct import Ids, Strengths
from explorer.graph.roles import NO_AMPLIFIERS
from explorer.ui.desk import Facts
from explorer.ui.panels.account import AccountPanel
from explorer.ui.panels.archive import ArchivePanel, span
from explorer.ui.panels.drawing import AppearancePanel, from_step, to_step
from explorer.ui.panels.filters import FilterPanel
from explorer.ui.panels.layout import LayoutPanel
from explorer.ui.panels.receipt import ReceiptWindow, as_text, refused_rows
from explorer.ui.panels.roles import RULES, RolesPanel, sentence

ALL = frozenset(Document.__dataclass_fields__)
RECEIPT = Receipt(
    files=(
        FileReceipt(
            "a.zip", "<b>tweets</b>.csv", "00ff", 10, "takedown tweets", 1200, 1100, 40, 60,
            (Refusal(4, 9, "has 12 fields, not 31"),), (("has 12 fields, not 31", 60),),
        ),
    ),
    skipped=(Skipped("a.zip", "README.txt", "a text"),),
    interactions=Interactions(found=9, retweet=5, self=4),
    posts=1100,
    first=1577836800,
    last=1577923200,
    users_files=1,
)  # fmt: skip


@pytest.fixture
def document(graph):
    return edits.load(graph, RECEIPT)


def texts(widget):
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in widget.findChildren(QLabel)]


def test_the_archive_panel_shows_sums_with_separators(qtbot, document):
    panel = ArchivePanel()
    qtbot.addWidget(panel)
    panel.show_document(document, ALL)
    assert "1,100" in texts(panel)
    assert "2020-01-01 – 2020-01-02" in texts(panel)
    assert panel._simulated.isHidden()


def test_an_unknown_span_is_a_dash():
    assert span(-1, -1) == "–"


def test_the_roles_panel_counts_and_chooses(qtbot, document):
    panel = RolesPanel()
    qtbot.addWidget(panel)
    panel.set_theme("dark")
    panel.show_document(document, ALL)
    counts = document.roles.counts()
    assert panel._counts[2].text() == f"{counts['core']:,}"
    with qtbot.waitSignal(panel.rule_chosen) as chosen:
        panel._choice.activated.emit(1)
    assert chosen.args[0] == RULES[1]


def test_a_rule_with_numbers_asks_for_them(qtbot, document):
    panel = RolesPanel()
    qtbot.addWidget(panel)
    panel.show_document(document, ALL)
    panel._choice.activated.emit(2)
    assert not panel._apply.isHidden()
    with qtbot.waitSignal(panel.rule_chosen) as chosen:
        panel._apply.click()
    assert chosen.args[0] == Strengths()


def test_a_release_without_amplifiers_says_so(document):
    lonely = edits.give_roles(
        document,
        type(document.roles)(np.full(12, 2, np.uint8), document.roles.rule, document.graph),
    )
    assert NO_AMPLIFIERS in sentence(lonely)
    assert NO_AMPLIFIERS not in sentence(document)


def test_a_rule_from_a_list_is_shown_as_that(qtbot, document):
    from explorer.graph.roles import assign

    panel = RolesPanel()
    qtbot.addWidget(panel)
    rule = Ids(frozenset({"id0001="}), "list.txt")
    panel.show_document(edits.give_roles(document, assign(rule, document.graph)), ALL)
    assert panel._choice.currentIndex() == len(RULES)
    assert "list.txt" in panel._sentence.text()


def test_the_filter_panel_switches_kinds(qtbot, document):
    panel = FilterPanel()
    qtbot.addWidget(panel)
    panel.show_document(document, ALL)
    with qtbot.waitSignal(panel.kind_switched) as switched:
        panel._kinds["retweet"][1].click()
    assert switched.args == ["retweet", False]
    assert panel._kinds["link"][0].isHidden()


def test_showing_a_filter_echoes_nothing(qtbot, document):
    from explorer.graph.query import Between, Filter

    panel = FilterPanel()
    qtbot.addWidget(panel)
    kept = edits.keep(document, Filter((Between("in_strength", 3),), frozenset({"quote"})))
    with qtbot.assertNotEmitted(panel.least_edited), qtbot.assertNotEmitted(panel.kind_switched):
        panel.show_document(kept, ALL)
    assert panel._least["in_strength"].value() == 3
    assert not panel._kinds["quote"][1].isChecked()


def test_slider_steps_and_factors_agree():
    assert from_step(0) == 1.0
    assert all(to_step(from_step(step)) == step for step in range(-20, 21))


def test_the_appearance_panel_shows_without_echo(qtbot, document):
    panel = AppearancePanel()
    qtbot.addWidget(panel)
    styled = edits.restyle(document, replace(document.style, node_size=3.0, labels="top"))
    with qtbot.assertNotEmitted(panel.size_edited), qtbot.assertNotEmitted(panel.labels_chosen):
        panel.show_document(styled, ALL)
    assert panel._size.value() == 20


def test_names_can_come_first_by_any_number_of_the_graph(qtbot, document):
    panel = AppearancePanel()
    qtbot.addWidget(panel)
    panel.show_document(document, ALL)
    offered = [panel._order.itemText(i) for i in range(panel._order.count())]
    assert offered[:3] == ["Most edges", "Most amplified", "Most active"]
    assert "Most posts" in offered
    assert panel._order.currentText() == "Most amplified"
    with qtbot.waitSignal(panel.order_chosen) as told:
        panel._order.activated.emit(offered.index("Most posts"))
    assert told.args == ["posts"]


def test_the_layout_panel_offers_every_layout_with_its_options(qtbot):
    panel = LayoutPanel()
    qtbot.addWidget(panel)
    for index in range(panel._choice.count()):
        panel._choice.setCurrentIndex(index)
        with qtbot.waitSignal(panel.chosen) as chosen:
            panel._choice.activated.emit(index)
        assert hasattr(chosen.args[1], "seed")


def test_one_selected_account_is_shown_with_its_reason(qtbot, document):
    panel = AccountPanel()
    qtbot.addWidget(panel)
    mask = np.arange(document.graph.n) == 1
    with qtbot.waitSignal(panel.posts_asked):
        panel.show_document(edits.select(document, mask), ALL)
    assert panel.id == "id0001="
    assert "listed in users.csv, record 2" in panel._why.text().replace("\u200b", "")


def test_many_selected_accounts_are_counted(qtbot, document):
    panel = AccountPanel()
    qtbot.addWidget(panel)
    panel.show_document(edits.select_all(document), ALL)
    assert panel._hint.text() == "12 accounts selected."
    assert panel.id == ""
    counts = document.roles.counts()
    shown = texts(panel._body)
    for name in ("core", "amplifier", "other"):
        assert shown[shown.index(name.capitalize()) + 1] == f"{counts[name]:,}"


def test_the_receipt_window_shows_names_as_plain_text(qtbot):
    window = ReceiptWindow()
    qtbot.addWidget(window)
    window.show_receipt(RECEIPT)
    window.show_receipt(RECEIPT)
    table = window._tabs.widget(0)
    assert table.item(0, 0).text() == "a.zip › <b>tweets</b>.csv"
    assert table.item(0, 2).text() == "1,200"
    assert window._tabs.count() == 4


def test_refused_records_beyond_those_kept_are_counted():
    rows = refused_rows(RECEIPT)
    assert rows[0][1:] == ("4", "9", "has 12 fields, not 31")
    assert "and 59 more" in rows[1][3]


def test_the_receipt_as_text_holds_every_hash_and_reason():
    text = as_text(RECEIPT)
    assert "00ff" in text
    assert "has 12 fields, not 31" in text
    assert "README.txt" in text


def test_intentions_come_first_and_are_told_with_the_options(qtbot):
    panel = LayoutPanel()
    qtbot.addWidget(panel)
    with qtbot.waitSignal(panel.chosen) as chosen:
        panel._group.button(0).click()
    assert chosen.args[0] == "flock"
    assert chosen.args[1].intention == "communities"
    assert panel._tip.text().startswith("Who belongs together")


def test_another_layout_unchecks_the_intentions_and_warns_of_its_time(qtbot, document):
    panel = LayoutPanel()
    qtbot.addWidget(panel)
    panel._accounts = 176_033
    place = panel._choice.findData("kk")
    panel._choice.setCurrentIndex(place)
    panel._choice.activated.emit(place)
    assert panel._group.checkedButton() is None
    assert panel._time.text() == (
        "About 7 hours for 176,033 accounts. It is meant for 2,000 or fewer."
    )
    panel._group.button(1).click()
    assert panel._choice.currentData() == "flock"
    assert panel._group.checkedButton() is panel._group.button(1)


def test_expert_options_are_folded_until_asked_for(qtbot):
    panel = LayoutPanel()
    qtbot.addWidget(panel)
    panel.show()
    assert not panel._choice.isVisible()
    panel._more.click()
    assert panel._choice.isVisible()
    panel._more.click()
    assert not panel._choice.isVisible()


def test_expert_options_that_lie_below_the_edge_are_scrolled_to(qtbot):
    panel, area = LayoutPanel(), QScrollArea()
    qtbot.addWidget(area)
    area.setWidget(panel)
    area.setWidgetResizable(True)
    area.resize(280, 220)
    area.show()
    panel._more.click()
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 0)
    assert not panel._choice.visibleRegion().isEmpty()


def test_the_sliders_show_a_shape_without_asking_for_it(qtbot):
    panel = LayoutPanel()
    qtbot.addWidget(panel)
    with qtbot.assertNotEmitted(panel.room_edited), qtbot.assertNotEmitted(panel.tray_edited):
        panel.show_shape(0.5, 3.0)
    assert (panel._room.value(), panel._tray.value()) == (10, 20)
    assert (panel._room_said.text(), panel._tray_said.text()) == ("+50%", "× 3")


def test_what_can_be_done_while_a_layout_runs(qtbot):
    panel = LayoutPanel()
    qtbot.addWidget(panel)
    panel.show_facts(Facts(has_graph=True, placing=True, paused=True, folded=1234))
    assert not panel._run.isEnabled()
    assert panel._pause.isEnabled()
    assert panel._pause.text() == "Go on"
    assert not panel._room.isEnabled()
    assert panel._fold.text() == "Fold tray away (1,234)"
    assert panel._fold.isChecked()


def test_a_layout_that_cannot_rest_says_so(qtbot):
    panel = LayoutPanel()
    qtbot.addWidget(panel)
    panel.show_facts(Facts(has_graph=True, placing=True, stuck=True))
    assert not panel._pause.isEnabled()
    assert "cannot rest" in panel._pause.toolTip()
    assert panel._stop.isEnabled()
    panel.show_facts(Facts(has_graph=True, placing=True))
    assert panel._pause.isEnabled()
    assert "cannot" not in panel._pause.toolTip()


def test_sliders_are_made_ready_when_the_pointer_comes_near(qtbot):
    panel = LayoutPanel()
    qtbot.addWidget(panel)
    here = QPointF(3, 3)
    with qtbot.waitSignal(panel.neared, timeout=1000):
        panel.enterEvent(QEnterEvent(here, here, here))


def test_every_kind_of_interaction_has_a_plural():
    assert PLURALS.keys() == set(KINDS)


def turned(widget):
    """Send a notch of the wheel to *widget*."""
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at, QPointF(widget.mapToGlobal(at)), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_a_wheel_over_a_panel_changes_no_value_and_takes_no_focus(qtbot, document):
    panels = RolesPanel(), FilterPanel(), AppearancePanel(), LayoutPanel()
    for panel in panels:
        qtbot.addWidget(panel)
        panel.show_document(document, ALL)
        panel.show()
        editors = [
            one
            for kind in (QComboBox, QAbstractSpinBox, QSlider)
            for one in panel.findChildren(kind)
        ]
        assert editors
        for editor in editors:
            before = editor.currentIndex() if isinstance(editor, QComboBox) else editor.value()
            turned(editor)
            after = editor.currentIndex() if isinstance(editor, QComboBox) else editor.value()
            assert after == before
            assert (
                not editor.focusPolicy() & Qt.FocusPolicy.WheelFocus & ~Qt.FocusPolicy.StrongFocus
            )


def test_a_neighbour_of_the_account_can_be_gone_to(qtbot, document):
    panel = AccountPanel()
    qtbot.addWidget(panel)
    panel.show_document(edits.select(document, np.arange(document.graph.n) == 1), ALL)
    neighbours = [one for one in panel.findChildren(QPushButton) if one.objectName() == "row"]
    with qtbot.waitSignal(panel.account_chosen) as chosen:
        neighbours[0].click()
    graph = document.graph
    ties = np.flatnonzero((graph.source == 1) | (graph.target == 1))
    assert chosen.args[0] in {*graph.source[ties], *graph.target[ties]} - {1}


def test_an_edge_shows_its_ends_and_asks_for_the_posts_behind_it(qtbot, document):
    panel = AccountPanel()
    qtbot.addWidget(panel)
    graph = document.graph
    panel.show_document(document, ALL)
    with qtbot.waitSignal(panel.tie_asked) as asked:
        panel.show_edge(2)
    kind = graph.edges["kind"][2]
    assert asked.args == [graph.source[2], graph.target[2], kind]
    assert f"{graph.weight()[2]:,}" in texts(panel)
    assert panel.subject == "edge 2"
    assert panel.id == ""
    panel.show_document(edits.select(document, np.arange(graph.n) == 1), ALL)
    assert panel.subject == panel.id != ""


def test_posts_say_how_many_of_them_are_shown(qtbot, document):
    panel = AccountPanel()
    qtbot.addWidget(panel)
    panel.show_posts("Posts", (), 0)
    assert "POSTS · 0" in texts(panel)
    post = Post("1", "a", "a", 1577836800, "reply", "en", "web", "words", "", "")
    panel.show_posts("Posts", (post,), 1200)
    assert "POSTS · FIRST 1 OF 1,200" in texts(panel)
