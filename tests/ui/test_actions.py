import re

from PySide6.QtGui import QKeySequence

from explorer.assets import asset
from explorer.ui.actions import ACTIONS

RULED = {
    "C": "select.core", "Ctrl+Shift+C": "select.core", "Ctrl+0": "view.fit", "F": "view.fit",
    "Ctrl+9": "view.fit_selection", "Shift+F": "view.fit_selection", "Ctrl+A": "select.all",
    "Esc": "select.none", "Ctrl+I": "select.invert", "Ctrl+B": "select.grow",
    "Ctrl+Shift+B": "select.shrink", "Ctrl+F": "edit.find", "Ctrl+K": "edit.palette",
    "Ctrl+L": "layout.run", "Ctrl+Z": "edit.undo", "Ctrl+Shift+Z": "edit.redo",
    "Ctrl+Y": "edit.redo", "Ctrl+O": "file.open", "Ctrl+E": "file.export", "Ctrl+C": "edit.copy",
    "Ctrl+Alt+C": "file.copy_picture", "F1": "help.guide", "?": "help.keys", "B": "tool.box",
    "Ctrl+D": "select.name",
    "Ctrl+Q": "file.quit", "Ctrl+1": "select.named1", "Ctrl+8": "select.named8",
    "L": "tool.lasso", "V": "tool.hand", "M": "tool.move",
}  # fmt: skip


def test_no_two_rows_share_an_id_or_a_key():
    ids = [row.id for row in ACTIONS]
    keys = [key for row in ACTIONS for key in row.keys]
    assert len(set(ids)) == len(ids)
    assert len(set(keys)) == len(keys)


def test_the_ruling_table_of_keys_is_kept():
    found = {key: row.id for row in ACTIONS for key in row.keys}
    assert {key: found.get(key) for key in RULED} == RULED


def test_every_key_is_one_that_qt_knows(qapp):
    for row in ACTIONS:
        for key in row.keys:
            assert not QKeySequence(key).isEmpty(), key


def test_every_icon_is_shipped():
    for row in ACTIONS:
        if row.icon:
            assert asset("icons", f"{row.icon}.svg").is_file(), row.icon


def test_titles_are_sentences_without_full_stops():
    for row in ACTIONS:
        assert not row.title.endswith(".")
        assert re.match(r"[A-Z]", row.title)
