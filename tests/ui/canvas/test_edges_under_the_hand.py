import pytest

from explorer.ui.canvas.hovered import DWELL


@pytest.fixture
def middle(canvas):
    """An edge that is drawn as itself, and a pixel of the canvas on it, away from accounts."""
    arrows = canvas.picture.arrows
    assert arrows is not None
    for row, curve in zip(arrows.rows.tolist(), arrows.curves, strict=True):
        at = (curve[0] + 3 * curve[1] + 3 * curve[2] + curve[3]) / 8
        frame = arrows.frame
        world = frame.left + at[0] / frame.scale, frame.top - at[1] / frame.scale
        point = canvas.to_screen(*world)
        if canvas.account_at(point) < 0 and canvas.edge_at(point) == row:
            return row, point
    raise AssertionError("no edge lies free")


def test_a_click_on_an_edge_asks_for_it(canvas, qtbot, mouse, middle):
    edge, point = middle
    with qtbot.waitSignal(canvas.edge_picked) as picked, qtbot.assertNotEmitted(canvas.picked):
        mouse.click(point)
    assert picked.args == [edge]


def test_a_click_beside_every_edge_still_selects_nobody(canvas, qtbot, mouse):
    corner = canvas.viewport().rect().topLeft().toPointF()
    assert canvas.edge_at(corner) == -1
    with qtbot.waitSignal(canvas.picked) as picked, qtbot.assertNotEmitted(canvas.edge_picked):
        mouse.click(corner)
    assert picked.args == [-1, "replace"]


def test_the_cursor_on_an_edge_says_what_it_is(canvas, qtbot, mouse, middle, monkeypatch):
    edge, point = middle
    monkeypatch.setattr(canvas, "underMouse", lambda: True)
    canvas.describe_edge = lambda row: f"edge {row}"
    mouse.move(point)
    qtbot.waitUntil(lambda: canvas._tip.text() == f"edge {edge}", timeout=DWELL * 50)
    mouse.move((0.0, 0.0))
    qtbot.waitUntil(lambda: not canvas._tip.isVisible(), timeout=DWELL * 50)
