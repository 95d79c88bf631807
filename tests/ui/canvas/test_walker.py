import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from explorer.document import edits
from explorer.scene.walk import neighbours_of
from explorer.ui.canvas.view import Canvas

Key, Shift, Control = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def walked(canvas, mouse, at, qtbot):
    """The canvas, with account 5 clicked."""
    canvas.describe = lambda account: f"number {account}"
    mouse.click(at(5))
    return canvas


def test_tab_looks_at_the_neighbours_by_weight_and_announces_them(walked, document, qtbot):
    near = neighbours_of(document, 5).tolist()
    qtbot.keyClick(walked, Key.Key_Tab)
    assert walked.accessibleDescription() == f"number {near[0]}\nneighbour 1 of {len(near)}"
    qtbot.keyClick(walked, Key.Key_Backtab, Shift)
    last = f"number {near[-1]}\nneighbour {len(near)} of {len(near)}"
    assert walked.accessibleDescription() == last


def test_enter_goes_there_and_backspace_back(walked, document, qtbot):
    near = neighbours_of(document, 5).tolist()
    qtbot.keyClick(walked, Key.Key_Tab)
    with qtbot.waitSignal(walked.picked) as picked:
        qtbot.keyClick(walked, Key.Key_Return)
    assert picked.args == [near[0], "replace"]
    with qtbot.waitSignal(walked.picked) as picked:
        qtbot.keyClick(walked, Key.Key_Backspace)
    assert picked.args == [5, "replace"]
    assert walked.accessibleDescription() == "number 5"


def test_the_account_gone_to_comes_into_sight(walked, document, qtbot):
    walked.zoom_by(20)
    qtbot.keyClick(walked, Key.Key_Tab)
    qtbot.keyClick(walked, Key.Key_Return)
    there = walked.to_screen(*document.positions[neighbours_of(document, 5)[0]].tolist())
    assert walked.viewport().rect().contains(there.toPoint())


def test_the_first_tab_begins_at_the_selection(canvas, document, qtbot):
    only = np.arange(document.graph.n) == 7
    canvas.show_document(edits.select(document, only), frozenset(["selected"]))
    with qtbot.waitSignal(canvas.picked) as picked:
        qtbot.keyClick(canvas, Key.Key_Tab)
    assert picked.args == [7, "replace"]


def test_backspace_and_enter_mean_nothing_before_the_first_step(canvas, qtbot):
    with qtbot.assertNotEmitted(canvas.picked, wait=50):
        qtbot.keyClick(canvas, Key.Key_Backspace)
        qtbot.keyClick(canvas, Key.Key_Return)


@pytest.mark.parametrize("full", [False, True])
def test_ctrl_tab_leaves_the_canvas_and_so_does_tab_while_it_is_empty(document, qtbot, full):
    window = QWidget()
    qtbot.addWidget(window)
    box, canvas, line = QVBoxLayout(window), Canvas(), QLineEdit()
    box.addWidget(canvas)
    box.addWidget(line)
    if full:
        canvas.show_document(document, frozenset(["graph", "positions"]))
    window.show()
    window.activateWindow()
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)
    if full:
        qtbot.keyClick(canvas, Key.Key_Tab)
        assert QApplication.focusWidget() is canvas
    qtbot.keyClick(canvas, Key.Key_Tab, Control if full else Qt.KeyboardModifier.NoModifier)
    for _ in range(20):  # the buttons of the legend come first
        if QApplication.focusWidget() is line:
            break
        assert QApplication.focusWidget() is not canvas
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert QApplication.focusWidget() is line
    canvas.stop()
