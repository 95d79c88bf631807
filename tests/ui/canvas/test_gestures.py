import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication

from explorer.document import edits

Left, Middle, Right = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.MiddleButton,
    Qt.MouseButton.RightButton,
)
Shift, Control, Alt = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
PLAIN = Qt.KeyboardModifier.NoModifier
CORNER = (3.0, 3.0)
"""A place without accounts."""


def told(signal):
    """A list that fills with what a signal says."""
    heard = []
    signal.connect(lambda *said: heard.append(said))
    return heard


def wheel(canvas, at, angle=0, pixels=(0, 0), keys=PLAIN, phase=Qt.ScrollPhase.NoScrollPhase):
    there = canvas.viewport().mapToGlobal(at.toPoint())
    turned, none = QPoint(0, angle), Qt.MouseButton.NoButton
    event = QWheelEvent(at, QPointF(there), QPoint(*pixels), turned, none, keys, phase, False)
    QApplication.sendEvent(canvas.viewport(), event)


def key(canvas, code, down=True, keys=PLAIN):
    kind = QEvent.Type.KeyPress if down else QEvent.Type.KeyRelease
    event = QKeyEvent(kind, code, keys)
    event.setAccepted(False)
    QApplication.sendEvent(canvas, event)
    return event.isAccepted()


@pytest.mark.parametrize("button", [Left, Middle, Right])
def test_dragging_the_background_pans(canvas, mouse, at, button):
    before, menus = at(5), told(canvas.menu_asked)
    mouse.drag(CORNER, (23.0, 3.0), (63.0, 43.0), button=button)
    assert at(5) - before == QPointF(60.0, 40.0)
    assert not menus


def test_a_drag_that_begins_on_an_account_pans_too(canvas, mouse, at):
    before = at(5)
    mouse.drag(before, before + QPointF(30, 0))
    assert (at(5) - before).x() == pytest.approx(30)


def test_a_right_press_that_hardly_moves_asks_for_the_menu(canvas, mouse, at):
    heard = told(canvas.menu_asked)
    mouse.drag(at(5), at(5) + QPointF(2, 0), button=Right)
    mouse.click(CORNER, button=Right)
    assert [account for account, _ in heard] == [5, -1]
    assert heard[0][1] == canvas.mapToGlobal(at(5).toPoint())


@pytest.mark.parametrize(
    ("keys", "mode"), [(PLAIN, "replace"), (Shift, "add"), (Control, "toggle")]
)
def test_a_click_picks_an_account(canvas, mouse, at, keys, mode):
    heard = told(canvas.picked)
    mouse.click(at(5), keys=keys)
    assert heard == [(5, mode)]


def test_a_click_on_the_background_picks_nothing_and_shift_keeps_what_is(canvas, mouse):
    heard = told(canvas.picked)
    mouse.click(CORNER)
    mouse.click(CORNER, keys=Shift)
    assert heard == [(-1, "replace")]


def test_a_click_may_tremble(canvas, mouse, at):
    heard = told(canvas.picked)
    mouse.drag(at(5), at(5) + QPointF(2, 1))
    assert heard == [(5, "replace")]


def test_a_double_click_opens_an_account_and_fits_all_on_the_background(canvas, mouse, at):
    opened = told(canvas.opened)
    mouse.double(at(6))
    assert opened == [(6,)]
    fitted = canvas.camera
    canvas.zoom_by(3.0)
    mouse.double(CORNER)
    assert canvas.camera == fitted
    assert not canvas.touched


def test_shift_drag_is_a_box_that_adds(canvas, mouse, at):
    heard, before = told(canvas.swept), canvas.camera
    mouse.drag(at(1) - QPointF(9, -9), at(6) + QPointF(9, -9), keys=Shift)
    (mask, mode) = heard[0]
    assert mask.nonzero()[0].tolist() == [1, 2, 5, 6]
    assert mode == "add"
    assert canvas.camera == before


def test_control_shift_drag_is_a_lasso_that_adds(canvas, mouse, at):
    heard = told(canvas.swept)
    away = QPointF(0, 12)
    mouse.drag(at(0) + away, at(3) + away, at(8), keys=Shift | Control)
    (mask, mode) = heard[0]
    assert mask[0]
    assert not mask[11]
    assert mode == "add"


@pytest.mark.parametrize(
    ("keys", "mode"), [(PLAIN, "replace"), (Shift, "add"), (Control, "toggle"), (Alt, "remove")]
)
@pytest.mark.parametrize("tool", ["box", "lasso"])
def test_tools_take_the_mode_that_is_held_at_release(canvas, mouse, at, tool, keys, mode):
    canvas.set_tool(tool)
    heard = told(canvas.swept)
    low, high = at(0) + QPointF(-9, 9), at(11) + QPointF(9, -9)
    corners = [low, QPointF(low.x(), high.y()), high, QPointF(high.x(), low.y())]
    mouse.drag(*(corners if tool == "lasso" else [low, high]), at_release=keys)
    (mask, said) = heard[0]
    assert mask.all()
    assert said == mode


def test_a_click_with_a_tool_still_picks(canvas, mouse, at):
    canvas.set_tool("lasso")
    heard = told(canvas.picked)
    mouse.click(at(4))
    assert heard == [(4, "replace")]


def test_space_pans_while_a_tool_is_in_hand(canvas, mouse, at):
    canvas.set_tool("box")
    heard, before = told(canvas.swept), at(5)
    assert key(canvas, Qt.Key.Key_Space)
    mouse.drag(CORNER, (43.0, 3.0))
    assert key(canvas, Qt.Key.Key_Space, down=False)
    assert at(5) - before == QPointF(40.0, 0.0)
    assert not heard
    mouse.drag(CORNER, (43.0, 43.0))
    assert len(heard) == 1


def test_escape_ends_a_rubber_band_and_is_else_left_to_the_window(canvas, mouse):
    canvas.set_tool("box")
    heard = told(canvas.swept)
    assert not key(canvas, Qt.Key.Key_Escape)
    mouse.press(CORNER)
    mouse.move((90.0, 90.0), Left)
    assert key(canvas, Qt.Key.Key_Escape)
    mouse.release((90.0, 90.0))
    assert not heard


def test_the_move_tool_carries_an_account(canvas, mouse, at, document):
    canvas.set_tool("move")
    heard, scale = told(canvas.moved), canvas.camera.scale
    mouse.drag(at(5), at(5) + QPointF(10, 20))
    (mask, dx, dy) = heard[0]
    assert mask.nonzero()[0].tolist() == [5]
    assert (dx, dy) == pytest.approx((10 / scale, -20 / scale))


def test_the_move_tool_carries_the_selection_with_a_selected_account(canvas, mouse, at, document):
    from explorer.document import edits

    chosen = edits.select_role(document)
    canvas.show_document(chosen, frozenset(["selected"]))
    canvas.set_tool("move")
    heard = told(canvas.moved)
    mouse.drag(at(0), at(0) + QPointF(10, 0))
    assert heard[0][0].tolist() == chosen.selected.tolist()


def test_the_move_tool_pans_on_the_background(canvas, mouse, at):
    canvas.set_tool("move")
    heard, before = told(canvas.moved), at(5)
    mouse.drag(CORNER, (43.0, 3.0))
    assert at(5) - before == QPointF(40.0, 0.0)
    assert not heard


@pytest.mark.parametrize("angle", [120, -240, 15])
def test_the_wheel_zooms_and_the_point_under_the_cursor_stays(canvas, angle):
    point, before = QPointF(90.0, 40.0), canvas.camera.scale
    world = canvas.to_world(point)
    wheel(canvas, point, angle)
    assert canvas.to_world(point) == pytest.approx(world, abs=1e-6)
    assert (canvas.camera.scale > before) == (angle > 0)


def test_two_fingers_pan_and_zoom_with_control(canvas, at):
    before, scale = at(5), canvas.camera.scale
    fingers = {"pixels": (12, -7), "phase": Qt.ScrollPhase.ScrollUpdate}
    wheel(canvas, QPointF(50, 50), 40, **fingers)
    assert at(5) - before == QPointF(12, -7)
    assert canvas.camera.scale == scale
    wheel(canvas, QPointF(50, 50), 40, keys=Control, **fingers)
    assert canvas.camera.scale > scale


def test_a_touchpad_that_tells_no_pixels_pans_too(canvas, at):
    before, scale = at(5), canvas.camera.scale
    wheel(canvas, QPointF(50, 50), -40, phase=Qt.ScrollPhase.ScrollUpdate)
    assert at(5) - before == QPointF(0, -20)
    assert canvas.camera.scale == scale


def test_two_fingers_that_let_go_give_no_swing_unless_asked(canvas, at):
    before = at(5)
    swing = {"pixels": (9, 9), "phase": Qt.ScrollPhase.ScrollMomentum}
    wheel(canvas, QPointF(50, 50), **swing)
    assert at(5) == before
    canvas.set_glides(True)
    wheel(canvas, QPointF(50, 50), **swing)
    assert at(5) - before == QPointF(9, 9)


def test_a_pinch_zooms_and_the_point_between_the_fingers_stays(canvas):
    point, scale = QPointF(90.0, 40.0), canvas.camera.scale
    world = canvas.to_world(point)
    there = QPointF(canvas.viewport().mapToGlobal(point.toPoint()))
    for gesture, value in (
        (Qt.NativeGestureType.BeginNativeGesture, 0.0),
        (Qt.NativeGestureType.ZoomNativeGesture, 0.25),
        (Qt.NativeGestureType.EndNativeGesture, 0.0),
    ):
        event = QNativeGestureEvent(
            gesture,
            QPointingDevice.primaryPointingDevice(),
            2,
            point,
            point,
            there,
            value,
            QPointF(),
        )
        QApplication.sendEvent(canvas.viewport(), event)
    assert canvas.camera.scale == pytest.approx(1.25 * scale)
    assert canvas.to_world(point) == pytest.approx(world, abs=1e-6)


def test_enter_opens_the_account_under_the_keyboard_or_the_one_selected(
    canvas, mouse, at, document
):
    opened = told(canvas.opened)
    assert not key(canvas, Qt.Key.Key_Return)
    mouse.click(at(5))
    one = np.arange(document.graph.n) == 7
    canvas.show_document(edits.select(document, one), frozenset(["selected"]))
    assert key(canvas, Qt.Key.Key_Return)
    canvas.set_focus_account(3)
    assert key(canvas, Qt.Key.Key_Enter, keys=Qt.KeyboardModifier.KeypadModifier)
    assert not key(canvas, Qt.Key.Key_Return, keys=Control)
    assert opened == [(7,), (3,)]


def test_a_mouse_that_reports_pixels_still_zooms(canvas):
    scale = canvas.camera.scale
    wheel(canvas, QPointF(50, 50), 120, pixels=(0, 30))
    assert canvas.camera.scale > scale


@pytest.mark.parametrize(
    ("code", "way"),
    [
        (Qt.Key.Key_Left, (1, 0)), (Qt.Key.Key_Right, (-1, 0)),
        (Qt.Key.Key_Up, (0, 1)), (Qt.Key.Key_Down, (0, -1)),
    ],
)  # fmt: skip
def test_arrows_pan(canvas, at, code, way):
    before = at(5)
    assert key(canvas, code)
    moved = at(5) - before
    assert (moved.x() * way[0] > 0) == bool(way[0])
    assert (moved.y() * way[1] > 0) == bool(way[1])


def test_other_keys_are_left_to_the_window(canvas):
    assert not key(canvas, Qt.Key.Key_F)
    assert not key(canvas, Qt.Key.Key_Left, keys=Control)


def test_zoom_has_limits(canvas):
    for _ in range(200):
        canvas.zoom_by(4.0)
    assert canvas.camera.scale < 1e9
    for _ in range(200):
        canvas.zoom_by(0.25)
    assert canvas.camera.scale > 1e-4


def test_a_second_button_does_not_disturb_a_drag(canvas, mouse, at):
    before, heard = at(5), told(canvas.picked)
    mouse.press(CORNER)
    mouse.move((23.0, 3.0), Left)
    mouse.click((23.0, 3.0), button=Right)
    mouse.move((43.0, 3.0), Left)
    mouse.release((43.0, 3.0))
    assert at(5) - before == QPointF(40.0, 0.0)
    assert not heard
