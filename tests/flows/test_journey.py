from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from explorer.assets import sample
from explorer.graph.roles import CORE
from explorer.layout.asked import FlockOptions
from explorer.ui.desk import WORK

pytestmark = pytest.mark.slow


def document(window):
    return window.commands.desk.document


def placed(window):
    return document(window).placing.complete and document(window).placing.layout != ""


def drop(window, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPoint(300, 300), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(300, 300), copy, data, left, none)
    QApplication.sendEvent(window, event)


@pytest.fixture
def opened(qtbot, window, sample_known):
    drop(window, sample())
    qtbot.waitUntil(lambda: placed(window), timeout=60_000)
    qtbot.waitUntil(lambda: window.stage.canvas.settled, timeout=60_000)
    return window


def test_an_empty_window_offers_a_way_in_and_no_panels(window):
    assert window.pages.currentWidget() is window.empty
    assert not window.side.left.isVisible()
    assert window.windowTitle() == "Starling"


@pytest.mark.parametrize("wide", [1100, 1300, 1500])
def test_a_window_that_opens_shows_its_search_field_whatever_its_width(window, qtbot, wide):
    window.hide()
    window.resize(wide, 800)
    window.tools.fit(9999)  # as if nothing had been measured yet
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(window.search.isVisible, timeout=5000)
    assert window.search.mapTo(window, window.search.rect().bottomRight()).x() < window.width()


def test_a_drop_shows_progress_then_the_picture_then_the_receipt(qtbot, window):
    drop(window, sample())
    assert window.pages.currentWidget() is window.progress
    qtbot.waitUntil(lambda: placed(window), timeout=60_000)
    assert window.pages.currentWidget() is window.stage
    assert window.side.left.isVisible()
    assert "Read" in window.notices.said
    window.menus.actions["file.receipt"].trigger()
    assert window.sheets.receipt.isVisible()
    assert "Every sum adds up." in window.sheets.receipt._words.text()
    window.sheets.receipt.close()


def test_the_letter_c_selects_exactly_the_core_and_lights_its_amplifiers(qtbot, opened):
    opened.activateWindow()
    opened.stage.canvas.setFocus()
    qtbot.keyClick(opened.stage.canvas, Qt.Key.Key_C)
    chosen = document(opened).selected
    assert (chosen == document(opened).roles.mask(CORE)).all()
    qtbot.waitUntil(lambda: opened.stage.canvas.settled, timeout=60_000)
    facts = opened.stage.canvas.picture.facts
    assert facts.selected == chosen.sum()
    assert facts.lit[0] == facts.classes[5] > 0  # amplifier>core, all of them


def test_the_legend_selects_the_core_and_switches_classes(qtbot, opened):
    opened.stage.canvas.legend.chosen.emit("core>core")
    assert (document(opened).selected == document(opened).roles.mask(CORE)).all()
    opened.stage.canvas.legend.switched.emit((5,), False)
    assert document(opened).style.hidden == {5}
    opened.menus.actions["edit.undo"].trigger()
    assert not document(opened).style.hidden


def test_the_palette_selects_the_core(qtbot, opened):
    palette = opened.sheets.palette
    palette.ask()
    palette._words.setText("select core")
    assert palette._list.topLevelItemCount() == 1
    qtbot.keyClick(palette._words, Qt.Key.Key_Return)
    assert document(opened).selected.any()


def test_undo_is_named_in_the_menu(opened):
    opened.commands.select.core()
    undo = opened.menus.actions["edit.undo"]
    assert undo.text() == "Undo Select core"
    undo.trigger()
    assert not document(opened).selected.any()
    assert opened.menus.actions["edit.redo"].text() == "Redo Select core"


def test_another_rule_recolours_at_once(qtbot, opened):
    before = opened.stage.canvas.picture.facts.classes
    opened.side.roles._choice.activated.emit(1)
    qtbot.waitUntil(lambda: opened.stage.canvas.settled, timeout=60_000)
    assert document(opened).roles.rule.title == "Authors of the posts"
    assert opened.stage.canvas.picture.facts.classes != before


def test_a_clicked_account_shows_its_posts(qtbot, opened):
    author = int(np.argmax(document(opened).graph.nodes["posts"]))
    opened.commands.select.one(author, "replace")
    panel = opened.side.account
    qtbot.waitUntil(lambda: panel._posts.isVisible(), timeout=60_000)
    texts = [child.text() for child in panel._posts.findChildren(type(panel._name))]
    assert any("SIMULATED" in text for text in texts)


def test_cancel_leaves_an_empty_window_and_an_empty_cache(qtbot, window, tmp_path):
    drop(window, sample())
    window.progress.cancel_asked.emit()
    assert window.pages.currentWidget() is window.empty
    assert document(window).graph.n == 0
    incoming = (tmp_path / "cache").glob
    qtbot.waitUntil(lambda: not list(incoming("incoming-*")), timeout=10_000)


def test_a_killed_import_is_one_sentence_and_leaves_nothing(qtbot, opened, tmp_path):
    before = document(opened)
    drop(opened, sample())
    task = opened.commands.desk.running(WORK)
    task._worker.process.kill()
    qtbot.waitUntil(lambda: "stopped unexpectedly" in opened.notices.said, timeout=20_000)
    assert document(opened) is before
    incoming = (tmp_path / "cache").glob
    qtbot.waitUntil(lambda: not list(incoming("incoming-*")), timeout=10_000)


def test_stopping_a_layout_keeps_the_best_so_far(qtbot, opened):
    before = document(opened).positions
    opened.commands.layout.choose("flock", FlockOptions(seed=8))  # the first is in the cache
    opened.commands.layout.run()
    task = opened.commands.desk.running(WORK)
    with qtbot.waitSignal(
        task.stepped, timeout=60_000, check_params_cb=lambda s: s.partial is not None
    ):
        pass
    kept = document(opened).positions
    opened.commands.layout.stop()
    assert document(opened).positions is kept
    assert kept is not before
    opened.menus.actions["edit.undo"].trigger()
    assert document(opened).positions is before


def test_an_export_is_written_by_a_process(qtbot, opened, tmp_path):
    path = tmp_path / "core.png"
    opened.commands.figure.write(path, (800, 600), True)
    qtbot.waitUntil(lambda: "Wrote core.png" in opened.notices.said, timeout=60_000)
    assert path.read_bytes()[:4] == b"\x89PNG"


def test_a_second_archive_can_be_undone_to_the_first(qtbot, opened, tmp_path):
    first = document(opened)
    other = tmp_path / "users.csv"
    other.write_text(
        '"userid","user_display_name","user_screen_name","user_reported_location",'
        '"user_profile_description","user_profile_url","follower_count","following_count",'
        '"account_creation_date","account_language"\n'
        '"123","a","a","","","","1","1","2019-11-04","zh"\n'
    )
    drop(opened, other)
    qtbot.waitUntil(lambda: document(opened).graph.n == 1, timeout=60_000)
    qtbot.waitUntil(lambda: placed(opened), timeout=60_000)
    assert "Amplifiers were not published" in opened.side.roles._sentence.text()
    opened.menus.actions["edit.undo"].trigger()
    assert document(opened).graph is first.graph


def test_nothing_is_drawn_while_nothing_happens(qtbot, opened):
    qtbot.wait(300)
    drawn = []
    opened.stage.canvas.drawn.connect(drawn.append)
    qtbot.wait(1000)
    assert drawn == []


def test_copied_ids_paste_elsewhere(opened):
    opened.commands.select.core()
    opened.menus.actions["edit.copy"].trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == document(opened).roles.counts()["core"]


def test_every_sheet_opens_and_closes(opened):
    for name in ("help.guide", "help.keys", "help.about", "file.export"):
        opened.menus.actions[name].trigger()
    for sheet in opened.sheets._made.values():
        assert sheet.isVisible()
        sheet.close()


def test_files_of_any_name_are_taken(qtbot, window, tmp_path):
    strange = tmp_path / "пример 推特 'x'.ZIP"
    strange.write_bytes(Path(sample()).read_bytes())
    drop(window, strange)
    qtbot.waitUntil(lambda: placed(window), timeout=60_000)


def settled(qtbot, window):
    qtbot.waitUntil(lambda: window.stage.canvas.settled, timeout=60_000)


def test_a_selection_survives_another_rule_and_the_picture_follows(qtbot, opened):
    opened.commands.select.core()
    settled(qtbot, opened)
    opened.side.roles._choice.activated.emit(1)
    settled(qtbot, opened)
    opened.commands.select.core()
    settled(qtbot, opened)
    counts = document(opened).roles.counts()
    assert opened.stage.canvas.picture.facts.selected == counts["core"]
    assert "Something broke" not in opened.notices.said


def test_a_selection_survives_filters_coming_and_going(qtbot, opened):
    opened.commands.select.core()
    settled(qtbot, opened)
    opened.commands.select.at_least("in_strength", 20)
    settled(qtbot, opened)
    opened.commands.select.core()
    settled(qtbot, opened)
    opened.commands.select.show_all()
    settled(qtbot, opened)
    assert opened.stage.canvas.picture.accounts == document(opened).graph.n
    assert "Something broke" not in opened.notices.said


def test_select_core_under_a_filter_selects_what_can_be_seen(opened):
    opened.commands.select.at_least("in_strength", 20)
    opened.commands.select.core()
    shown = document(opened).filter.mask(document(opened).graph)
    assert not (document(opened).selected & ~shown).any()


def test_a_small_window_cuts_no_number_off(qtbot, opened):
    opened.resize(900, 600)
    qtbot.wait(50)
    for side in (opened.side.left, opened.side.right):
        area = side.widget()
        assert area.viewport().width() >= area.widget().minimumSizeHint().width()


def test_the_history_opens_by_its_key_and_leads_back(qtbot, opened):
    first = document(opened)
    opened.commands.select.core()
    opened.commands.view.node_size(1.5)
    assert not opened.side.past.isVisible()
    opened.menus.actions["view.history"].trigger()
    assert opened.side.past.isVisible()
    panel = opened.side.history
    place = next(line.place for line in panel.model.lines if line.title.startswith("Open "))
    panel.jumped.emit(place)
    assert document(opened) is first
    opened.menus.actions["view.history"].trigger()
    assert not opened.side.past.isVisible()
