"""The window that asks what columns mean: what it guesses, says, remembers, and hands on."""

import pytest
from PySide6.QtCore import Qt

from explorer.ingest.mapping import Columns
from explorer.ingest.peek import Table
from explorer.ui.panels.mapping import MappingWindow

CALLS = b"von;nach;zahl\na;b;2,5\nb;a;1\n"
PEOPLE = b"id,name\na,Ann\n"


def nothing(_key):
    return None


@pytest.fixture
def window(qtbot, tmp_path):
    made = MappingWindow()
    qtbot.addWidget(made)

    def ask(*samples, remembered=nothing):
        tables = tuple(Table(f"t{place}.csv", data, True) for place, data in enumerate(samples))
        made.ask((tmp_path / "t0.csv",), tables, remembered)
        return made

    return ask


def choose(window, role, value):
    combo = window._columns[role]
    combo.setCurrentIndex(combo.findData(value))


def test_a_table_with_clear_names_is_guessed_and_can_be_opened_at_once(window, qtbot):
    asked = window(b"Sender,Receiver,Count\na,b,2\n")
    assert (asked.said.source, asked.said.target, asked.said.weight) == (
        *("Sender", "Receiver", "Count"),
    )
    with qtbot.waitSignal(asked.agreed) as heard:
        asked._open.click()
    assert heard.args[1] == asked.said


def test_a_table_with_unclear_names_says_what_is_missing_until_it_is_there(window):
    asked = window(CALLS)
    assert not asked._open.isEnabled()
    assert "Choose a column for the source" in asked._verdict.text()
    choose(asked, "source", "von")
    choose(asked, "target", "von")
    assert "the same column" in asked._verdict.text()
    choose(asked, "target", "nach")
    choose(asked, "weight", "zahl")
    assert asked._open.isEnabled()
    assert asked._verdict.text() == (
        "Each row is an edge from “von” to “nach”, weighted by “zahl”; repeated edges are added "
        "up. The first: a → b."
    )
    assert asked._rows.horizontalHeaderItem(0).text() == "von\nsource"


def test_the_first_rows_follow_the_separator_and_the_header(window):
    asked = window(CALLS)
    assert asked._rows.columnCount() == 3
    asked._header.setChecked(False)
    assert asked._rows.rowCount() == 3
    choose(asked, "source", "2")
    assert asked.said.header is False
    asked._separator.setCurrentIndex(asked._separator.findData(","))
    assert asked._rows.columnCount() < 3
    assert not asked._open.isEnabled()


def test_what_was_said_of_the_same_header_stands_there_again(window):
    before = Columns("nach", "von", weight="zahl", direction="undirected", merge="max")
    asked = window(CALLS, remembered=lambda _key: before)
    assert asked.said == before
    assert asked._open.isEnabled()


def test_accounts_may_stand_in_another_table(window):
    asked = window(CALLS, PEOPLE)
    choose(asked, "source", "von")
    choose(asked, "target", "nach")
    asked._beside.setCurrentIndex(2)
    assert (asked.said.id, asked.said.label) == ("id", "name")
    asked._table.setCurrentIndex(1)
    assert asked._shown.names == ("id", "name")


def test_a_table_that_cannot_be_read_is_one_sentence(window):
    asked = window(b"\x00\x01")
    assert not asked._open.isEnabled()
    assert asked._verdict.text()


def test_a_table_of_one_row_or_of_thousands_of_columns_is_shown(window):
    asked = window(b"a,b\n")
    assert asked._rows.rowCount() == 0
    wide = ",".join(f"c{i}" for i in range(3000)).encode() + b"\n"
    assert window(wide)._rows.columnCount() == 500


def test_escape_leaves_everything_as_it_was(window, qtbot):
    asked = window(CALLS)
    asked.show()
    with qtbot.assertNotEmitted(asked.agreed):
        qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert not asked.isVisible()


def test_a_name_that_looks_like_html_is_shown_as_it_is(window):
    asked = window(b"<b>a</b>,<img src=x>\n1x,2x\n")
    tip = asked._columns["source"].itemData(1, Qt.ItemDataRole.ToolTipRole)
    assert tip == "<span>&lt;b&gt;a&lt;/b&gt; (1x)</span>"


def test_names_that_reorder_text_are_shown_plain(window):
    asked = window("a\u202eb,c\nx\u202ey,z\n".encode())
    assert "\u202e" not in asked._rows.horizontalHeaderItem(0).text()
    choose(asked, "source", "a\u202eb")
    choose(asked, "target", "c")
    assert "\u202e" not in asked._verdict.text()
    assert asked.said.source == "a\u202eb"


ODD = "von,nach\njos\u00e9,m\u00fcller\n".encode("windows-1252")


def test_what_is_not_utf_8_is_shown_as_it_looks_and_opened_once_somebody_says_so(window, qtbot):
    asked = window(ODD)
    assert asked._rows.item(0, 0).text() == "jos\u00e9"
    assert asked._written.currentText() == "Not said"
    choose(asked, "source", "von")
    choose(asked, "target", "nach")
    assert not asked._open.isEnabled()
    assert "It looks like Windows-1252 (Western Europe): say what it is" in asked._verdict.text()
    asked._written.setCurrentIndex(asked._written.findData("windows-1252"))
    assert (asked.said.source, asked.said.target) == ("von", "nach")
    assert asked._open.isEnabled()
    with qtbot.waitSignal(asked.agreed) as heard:
        asked._open.click()
    assert heard.args[1].encoding == "windows-1252"
    assert (heard.args[1].source, heard.args[1].target) == ("von", "nach")


def test_what_is_utf_8_needs_no_word_about_it(window):
    asked = window("Sender,Receiver\njos\u00e9,b\n".encode())
    assert asked._open.isEnabled()
    assert asked.said.encoding == ""


def test_the_encoding_is_asked_anew_for_each_file_of_the_same_header(window):
    told = Columns("von", "nach", encoding="windows-1251")
    asked = window(ODD, remembered=lambda _key: told)
    assert asked.said.encoding == ""
    assert not asked._open.isEnabled()
