"""The ruling table of keys and gestures, row by row, in the real window through real events."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.document import edits
from explorer.document.model import Placing
from explorer.graph.model import neighbours
from explorer.graph.roles import CORE

Key = Qt.Key
Left, Middle, Right = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.MiddleButton,
    Qt.MouseButton.RightButton,
)
PLAIN, Shift, Control, Alt = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Hand:
    """Uses a window as a window system would tell it: in points of the canvas."""

    def __init__(self, window):
        self.window, self.canvas = window, window.stage.canvas
        self.handle = window.windowHandle()

    def at(self, account):
        return self.canvas.to_screen(*self.document.positions[account].tolist())

    @property
    def document(self):
        return self.window.commands.desk.document

    @property
    def selected(self):
        return np.flatnonzero(self.document.selected).tolist()

    def point(self, at):
        return self.canvas.viewport().mapTo(self.window, QPointF(at).toPoint())

    def press(self, key, held=PLAIN):
        QTest.keyClick(self.handle, key, held)

    def click(self, at, held=PLAIN, button=Left):
        QTest.mouseClick(self.handle, button, held, self.point(at))

    def double(self, at):
        QTest.mouseDClick(self.handle, Left, PLAIN, self.point(at))

    def drag(self, start, *points, held=PLAIN, button=Left, at_end=None):
        QTest.mousePress(self.handle, button, held, self.point(start))
        for point in points:
            QTest.mouseMove(self.handle, self.point(point))
        end = held if at_end is None else at_end
        QTest.mouseRelease(self.handle, button, end, self.point(points[-1]))

    def wheel(self, at, turned):
        QTest.wheelEvent(self.handle, QPointF(self.point(at)), QPoint(0, turned))


@pytest.fixture
def hand(window, graph, qtbot):
    at = np.arange(graph.n)
    positions = np.column_stack([at % 4 * 10, at // 4 * 10]).astype(np.float32)
    document = edits.place(edits.load(graph), positions, Placing("grid"))
    window.commands.desk.session.commit("Open", document)
    window.stage.canvas.smooth = False
    window.resize(1700, 1000)  # no account lies under the legend
    window.activateWindow()
    qtbot.waitUntil(lambda: window.stage.canvas.settled, timeout=30_000)
    QApplication.processEvents()
    window.stage.canvas.setFocus()
    yield Hand(window)
    QTest.mouseMove(window.windowHandle(), QPoint(0, 0))


def corner(hand):
    """A place of the canvas where there is nothing, no edge either."""
    first, last = hand.at(5), hand.at(10)
    shares = ((x / 8, y / 8) for x in range(2, 7) for y in range(2, 7))
    places = (
        QPointF(first.x() + x * (last - first).x(), first.y() + y * (last - first).y())
        for x, y in shares
    )
    return next(at for at in places if hand.canvas.edge_at(at) < 0)


def test_a_click_on_an_edge_selects_its_ends_and_shows_it(hand):
    graph, canvas = hand.document.graph, hand.canvas
    pairs = zip(graph.source.tolist(), graph.target.tolist(), strict=True)
    middles = (QPointF(((hand.at(a) + hand.at(b)) / 2).toPoint()) for a, b in pairs if a != b)
    free = (at for at in middles if canvas.account_at(at) < 0 <= canvas.edge_at(at))
    hand.click(next(free))
    assert len(hand.selected) == 2
    assert hand.window.side.account.subject.startswith("edge ")


@pytest.mark.parametrize("button", [Left, Middle, Right])
def test_every_button_pans_on_the_background(hand, button):
    before = hand.at(5)
    start = corner(hand)
    hand.drag(start, start + QPointF(20, 5), start + QPointF(60, 30), button=button)
    assert hand.at(5) - before == QPointF(60, 30)
    assert hand.selected == []


def test_arrows_pan(hand):
    before = hand.at(5)
    hand.press(Key.Key_Right)
    hand.press(Key.Key_Down)
    assert (hand.at(5) - before).x() < 0
    assert (hand.at(5) - before).y() < 0


def test_the_wheel_zooms_to_the_cursor_and_keys_to_the_centre(hand):
    scale, point = hand.canvas.camera.scale, hand.at(6)
    hand.wheel(point, 120)
    assert hand.canvas.camera.scale > scale
    assert (hand.at(6) - point).manhattanLength() < 2
    camera = hand.canvas.camera
    hand.press(Key.Key_Plus, Control)
    assert hand.canvas.camera.scale > camera.scale
    assert hand.canvas.camera.x == pytest.approx(camera.x)
    hand.press(Key.Key_Minus, Control)
    assert hand.canvas.camera.scale == pytest.approx(camera.scale)


@pytest.mark.parametrize("keys", [(Key.Key_F, PLAIN), (Key.Key_0, Control), "double"])
def test_three_ways_fit_all(hand, keys):
    fitted = hand.canvas.camera
    hand.canvas.pan_by(31, 17)
    if keys == "double":
        hand.double(corner(hand))
    else:
        hand.press(*keys)
    assert hand.canvas.camera == fitted


@pytest.mark.parametrize("keys", [(Key.Key_F, Shift), (Key.Key_9, Control)])
def test_two_keys_fit_the_selection(hand, keys):
    hand.click(hand.at(7))
    hand.press(*keys)
    x, y = hand.document.positions[7].tolist()
    assert (hand.canvas.camera.x, hand.canvas.camera.y) == (x, y)


def test_hovering_lights_and_tells_role_edges_and_interactions(hand, qtbot):
    with qtbot.waitSignal(hand.canvas.hovered) as heard:
        QTest.mouseMove(hand.handle, hand.point(hand.at(5)))
    assert heard.args == [5]
    words = hand.canvas._tip.text()
    assert "interaction" in words
    assert "edge" in words
    assert hand.document.roles.name(5) in words


def test_a_click_selects_shift_adds_and_control_toggles(hand):
    hand.click(hand.at(5))
    assert hand.selected == [5]
    hand.click(hand.at(6), Shift)
    assert hand.selected == [5, 6]
    hand.click(hand.at(5), Control)
    assert hand.selected == [6]
    hand.click(corner(hand))
    assert hand.selected == []


def test_shift_drag_is_a_box_and_control_shift_drag_a_lasso_and_both_add(hand):
    hand.click(hand.at(11))
    low, high = hand.at(4) + QPointF(-20, 20), hand.at(5) + QPointF(20, -20)
    hand.drag(low, high, held=Shift)
    assert hand.selected == [4, 5, 11]
    corners = [hand.at(9) + QPointF(*by) for by in ((-20, 20), (-20, -20), (20, -20), (20, 20))]
    hand.drag(*corners, held=Shift | Control)
    assert hand.selected == [4, 5, 9, 11]


@pytest.mark.parametrize(
    ("held", "expected"),
    [(PLAIN, [4, 5]), (Shift, [4, 5, 9]), (Control, [5, 9]), (Alt, [9])],
)
@pytest.mark.parametrize("tool", [Key.Key_B, Key.Key_L])
def test_tools_replace_add_toggle_or_take_away_as_held_at_release(hand, tool, held, expected):
    hand.click(hand.at(4))
    hand.click(hand.at(9), Shift)
    hand.press(tool)
    low, high = hand.at(4) + QPointF(-20, 20), hand.at(5) + QPointF(20, -20)
    way = [QPointF(low.x(), high.y()), high, QPointF(high.x(), low.y())]
    hand.drag(low, *(way if tool == Key.Key_L else [high]), at_end=held)
    assert hand.selected == expected


def test_space_pans_meanwhile_and_v_returns_to_the_hand(hand):
    hand.press(Key.Key_B)
    before, start = hand.at(5), corner(hand)
    QTest.keyPress(hand.handle, Key.Key_Space)
    hand.drag(start, start + QPointF(40, 0))
    QTest.keyRelease(hand.handle, Key.Key_Space)
    assert hand.at(5) - before == QPointF(40, 0)
    assert hand.document.selected.sum() == 0
    hand.press(Key.Key_V)
    start = corner(hand)
    hand.drag(start, start + QPointF(0, 30))
    assert hand.at(5) - before == QPointF(40, 30)


def test_the_move_tool_moves_an_account_and_undo_brings_it_back(hand):
    before = hand.document.positions
    hand.press(Key.Key_M)
    hand.drag(hand.at(5), hand.at(5) + QPointF(30, -15))
    moved = np.flatnonzero((hand.document.positions != before).any(axis=1))
    assert moved.tolist() == [5]
    hand.press(Key.Key_Z, Control)
    assert hand.document.positions is before


@pytest.mark.parametrize("way", ["double", "enter"])
def test_a_double_click_or_enter_shows_the_ego_of_an_account(hand, way):
    if way == "double":
        hand.double(hand.at(6))
    else:
        hand.click(hand.at(6))
        hand.press(Key.Key_Return)
    one = np.arange(hand.document.graph.n) == 6
    around = neighbours(hand.document.graph, one) | one
    assert hand.selected == np.flatnonzero(around).tolist()


def test_the_keyboard_walks_by_weight_goes_there_and_comes_back(hand):
    hand.click(hand.at(6))
    hand.press(Key.Key_Tab)
    first = hand.canvas.walker._walk.seen
    hand.press(Key.Key_Tab)
    hand.press(Key.Key_Backtab, Shift)
    assert hand.canvas.walker._walk.seen == first != 6
    hand.press(Key.Key_Return)
    assert hand.selected == [first]
    hand.press(Key.Key_Backspace)
    assert hand.selected == [6]
    assert hand.canvas.accessibleDescription().startswith(hand.canvas.describe(6))


@pytest.mark.parametrize("keys", [(Key.Key_C, PLAIN), (Key.Key_C, Control | Shift)])
def test_two_keys_select_the_core(hand, keys):
    hand.press(*keys)
    assert hand.selected == np.flatnonzero(hand.document.roles.codes == CORE).tolist()


def test_all_none_invert_grow_and_shrink(hand):
    hand.press(Key.Key_A, Control)
    assert len(hand.selected) == hand.document.graph.n
    hand.press(Key.Key_Escape)
    assert hand.selected == []
    hand.click(hand.at(2))
    hand.press(Key.Key_I, Control)
    assert 2 not in hand.selected
    hand.click(hand.at(2))
    hand.press(Key.Key_B, Control)
    grown = len(hand.selected)
    assert grown > 1
    hand.press(Key.Key_B, Control | Shift)
    assert len(hand.selected) < grown


def test_undo_and_both_keys_of_redo(hand):
    hand.click(hand.at(2))
    for keys in ((Key.Key_Z, Control | Shift), (Key.Key_Y, Control)):
        hand.press(Key.Key_Z, Control)
        assert hand.selected == []
        hand.press(*keys)
        assert hand.selected == [2]


def test_find_takes_the_words_and_escape_leads_back_to_the_picture(hand):
    hand.press(Key.Key_F, Control)
    assert hand.window.focusWidget() is hand.window.search
    QTest.keyClick(hand.window.search, Key.Key_Escape)
    assert hand.window.focusWidget() is hand.canvas


def test_ids_and_the_picture_are_copied(hand, qtbot):
    hand.click(hand.at(3))
    hand.press(Key.Key_C, Control)
    assert QApplication.clipboard().text() == hand.document.graph.nodes["id"][3]
    hand.press(Key.Key_C, Control | Alt)
    qtbot.waitUntil(lambda: not QApplication.clipboard().image().isNull(), timeout=20_000)


def test_every_key_of_a_fit_can_fly(hand, qtbot):
    hand.canvas.smooth = True
    fitted = hand.canvas.camera
    hand.canvas.zoom_by(8.0)
    hand.press(Key.Key_F)
    assert hand.canvas._flight.under_way
    qtbot.waitUntil(lambda: hand.canvas.settled, timeout=30_000)
    assert hand.canvas.camera == fitted


def test_motion_and_glide_are_settings(hand):
    settings, act = hand.window.commands.desk.settings, hand.window.menus.actions
    act["view.motion"].trigger()
    assert settings["motion"] == "reduced"
    assert not hand.canvas.smooth
    act["view.motion"].trigger()
    assert hand.canvas.smooth
    assert not act["view.glide"].isChecked()
    act["view.glide"].trigger()
    assert hand.canvas._hand.glides
    assert act["view.glide"].isChecked()


def test_the_search_field_is_in_sight_however_narrow_the_window(hand):
    for width in (1000, 2400, 1000):
        hand.window.resize(width, 800)
        QApplication.processEvents()
        assert hand.window.search.isVisible()
