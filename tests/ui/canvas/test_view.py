import threading
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from explorer.document import edits
from explorer.document.model import Document, Placing
from explorer.graph.query import Chosen, Filter
from explorer.graph.roles import CORE
from explorer.scene.camera import fit
from explorer.scene.theme import theme
from explorer.scene.view import View
from explorer.ui.canvas.drawer import Drawer
from explorer.ui.canvas.screen import PILL
from explorer.ui.canvas.view import Canvas

EVERYTHING = frozenset(["graph", "roles", "positions", "filter", "selected", "style"])


def wait(canvas, qtbot):
    qtbot.waitUntil(lambda: canvas.settled, timeout=30_000)


def colour(canvas, x, y):
    """What is painted there, cards left out."""
    return canvas.viewport().grab().toImage().pixelColor(x, y).getRgb()[:3]


def drawers():
    return [thread for thread in threading.enumerate() if thread.name == "drawer"]


def test_an_empty_canvas_is_only_ground_and_starts_no_thread(bare):
    assert bare.picture is None
    assert bare.settled
    assert colour(bare, 200, 150) == theme("dark").ground
    assert not bare.legend.isVisible()
    assert not drawers()


def test_a_document_is_drawn_completely(canvas, document):
    assert canvas.picture.complete
    assert canvas.picture.edges == document.graph.m
    assert canvas.legend.isVisible()


def test_accounts_are_where_the_camera_says(canvas, document):
    for account in np.flatnonzero(document.roles.mask(CORE)).tolist():  # others are hollow
        at = canvas.to_screen(*document.positions[account].tolist())
        seen = np.array(colour(canvas, int(at.x()), int(at.y())))
        assert np.abs(seen - theme("dark").roles[CORE]).max() < 60, account
        assert canvas.account_at(at) == account


def test_nothing_is_drawn_while_nothing_changes(canvas, qtbot):
    qtbot.wait(200)  # the window system has shown what there was
    painted, paint = [], canvas._item.paint
    canvas._item.paint = lambda *args: (painted.append(1), paint(*args))
    with qtbot.assertNotEmitted(canvas.drawn, wait=1000):
        pass
    assert not painted


def test_a_theme_changes_the_ground_and_the_picture(canvas, qtbot):
    canvas.set_theme("light")
    wait(canvas, qtbot)
    assert colour(canvas, 5, 5) == theme("light").ground


def test_a_pan_within_what_is_drawn_asks_for_nothing(canvas):
    asked = canvas._drawer.asked
    canvas.pan_by(10, 5)
    assert canvas._drawer.asked == asked
    canvas.pan_by(90, 0)
    assert canvas._drawer.asked == asked + 1


def test_a_pan_moves_what_is_drawn_at_once(canvas, document):
    canvas.stop()  # nothing new can be drawn
    canvas.pan_by(30, 20)
    at = canvas.to_screen(*document.positions[1].tolist())
    seen = np.array(colour(canvas, int(at.x()), int(at.y())))
    assert np.abs(seen - theme("dark").roles[CORE]).max() < 60


def test_the_camera_keeps_fitting_a_layout_until_it_is_touched(canvas, document, qtbot):
    wide = edits.place(document, document.positions * 7, Placing())
    canvas.show_document(wide, frozenset(["positions"]))
    fitted = canvas.camera
    assert fitted.scale < canvas.picture.view.camera.scale
    canvas.zoom_by(2.0)
    touched = canvas.camera
    canvas.show_document(document, frozenset(["positions"]))
    assert canvas.camera == touched
    canvas.show_document(wide, EVERYTHING)
    assert canvas.camera == fitted


def test_fitting_all_looks_at_what_the_filter_keeps(canvas, document):
    kept = np.zeros(document.graph.n, bool)
    kept[:2] = True
    whole = canvas.camera
    canvas.show_document(edits.keep(document, Filter((Chosen(kept),))), frozenset(["filter"]))
    assert canvas.camera.scale > whole.scale


def test_fitting_the_selection_brings_it_to_the_middle(canvas, document):
    one = np.zeros(document.graph.n, bool)
    one[7] = True
    canvas.show_document(edits.select(document, one), frozenset(["selected"]))
    canvas.fit_selection()
    assert (canvas.camera.x, canvas.camera.y) == tuple(document.positions[7].tolist())


def test_a_selection_that_is_fitted_lies_below_the_words_about_it(canvas, document, qtbot):
    some = np.zeros(document.graph.n, bool)
    some[[2, 7, 9]] = True
    canvas.show_document(edits.select(document, some), frozenset(["selected"]))
    canvas.fit_selection()
    tops = [canvas.to_screen(*document.positions[i].tolist()).y() for i in (2, 7, 9)]
    assert min(tops) >= PILL
    assert max(tops) < canvas.height()


def test_going_to_an_account_keeps_the_zoom(canvas, document):
    scale = canvas.camera.scale
    with_signal = []
    canvas.camera_changed.connect(with_signal.append)
    canvas.go_to(9)
    assert (canvas.camera.x, canvas.camera.y) == tuple(document.positions[9].tolist())
    assert canvas.camera.scale == scale
    assert with_signal == [canvas.camera]


def test_on_a_narrow_canvas_the_share_of_the_data_stands_below_the_key(canvas):
    cards = canvas._cards
    for width in (1200, 420):
        canvas.resize(width, 400)
        cards.place()
        assert not cards.legend.geometry().intersects(cards.sign.geometry())


def test_a_resize_keeps_everything_in_sight(canvas, document, qtbot):
    canvas.resize(300, 400)
    wait(canvas, qtbot)
    room = canvas.viewport().rect()
    for x, y in document.positions.tolist():
        assert room.contains(canvas.to_screen(x, y).toPoint())


def test_hovering_lights_an_account_and_says_what_it_is(canvas, mouse, at, qtbot):
    canvas.describe = lambda account: f"number {account}\n<b>\u202ebold\x07</b>"
    with qtbot.waitSignal(canvas.hovered, timeout=5000) as heard:
        mouse.move(at(5))
    assert heard.args == [5]
    assert canvas._tip.isVisible()
    assert canvas._tip.text() == "number 5\n<b>bold</b>"
    wait(canvas, qtbot)
    assert canvas.picture.view.hover == 5
    with qtbot.waitSignal(canvas.hovered, timeout=5000) as heard:
        mouse.move((3.0, 3.0))
    assert heard.args == [-1]
    assert not canvas._tip.isVisible()


def test_passing_over_an_account_lights_nothing(canvas, mouse, at, qtbot):
    with qtbot.assertNotEmitted(canvas.hovered, wait=200):
        mouse.move(at(5))
        mouse.move((3.0, 3.0))


def test_the_focused_account_has_a_ring_and_is_described(canvas, at):
    canvas.describe = lambda account: f"number {account}"
    canvas.set_focus_account(6)
    assert canvas.accessibleDescription() == "number 6"
    radius = max(11.0, canvas._finder.radius(6) * canvas.camera.scale + 6.0)
    ring = at(6) + QPointF(radius, 0)
    assert min(colour(canvas, int(ring.x()), int(ring.y()))) > 150
    canvas.set_focus_account(-1)
    assert canvas.accessibleDescription() == ""


def test_pictures_of_an_older_document_are_not_shown(canvas, document):
    stale = canvas.picture
    number = canvas._drawer.asked
    canvas.show_document(edits.select_role(document), frozenset(["selected"]))
    canvas._take(number, replace(stale, complete=False))
    assert canvas.picture is stale


def test_a_canvas_that_gets_an_empty_document_shows_nothing(canvas, qtbot):
    canvas.show_document(Document(), EVERYTHING)
    assert canvas.picture is None
    assert canvas.settled
    assert not canvas.legend.isVisible()
    assert colour(canvas, 200, 150) == theme("dark").ground


def test_the_view_is_as_large_as_the_canvas_in_device_pixels(canvas):
    ratio = canvas.devicePixelRatioF()
    assert canvas.view.size == (round(400 * ratio), round(300 * ratio))
    assert canvas.view.camera.scale == canvas.camera.scale * ratio


@pytest.mark.parametrize("ratio", [1.5, 2.0])
def test_hits_are_exact_on_dense_screens(canvas, document, qtbot, monkeypatch, ratio):
    monkeypatch.setattr(Canvas, "devicePixelRatioF", lambda _self: ratio)
    canvas.show_document(document, EVERYTHING)
    wait(canvas, qtbot)
    picture = canvas.picture
    assert picture.view.ratio == ratio
    assert picture.view.size[0] >= 400 * ratio
    camera, corner = picture.view.camera, canvas.view.camera.origin(canvas.view.size)
    offset = (np.array(corner) - camera.origin(picture.view.size)) * camera.scale * [1, -1]
    assert np.allclose(offset, np.round(offset), atol=1e-6)
    for account in range(document.graph.n):
        assert canvas.account_at(canvas.to_screen(*document.positions[account].tolist())) == account


def test_the_thread_ends_with_the_canvas(document, qtbot):
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.show_document(document, EVERYTHING)
    wait(canvas, qtbot)
    assert len(drawers()) == 1
    canvas.close()
    assert not drawers()


def test_the_thread_ends_when_the_canvas_is_thrown_away(document, qtbot):
    canvas = Canvas()
    canvas.show_document(document, EVERYTHING)
    wait(canvas, qtbot)
    canvas.deleteLater()
    del canvas
    qtbot.waitUntil(lambda: not drawers(), timeout=5000)


def test_a_failure_in_the_thread_is_told_and_the_next_picture_is_drawn(document, qtbot):
    drawer = Drawer()
    with qtbot.waitSignal(drawer.failed, timeout=10_000) as failed:
        drawer.ask(document, None)
    assert isinstance(failed.args[0], AttributeError)
    drawer.stop()
    drawer.ask(document, None)  # after the end nothing starts again
    assert not drawers()


class Hurried(Drawer):
    """Draws with a wait for kernels that ends just after somebody saw that there is one."""

    ended = None

    @property
    def _waiting(self):
        if self.waits and threading.current_thread().name == "drawer" and self.ended is None:
            self.ended = threading.Thread(target=self.wait_for_kernels, args=(False,))
            self.ended.start()
            self.ended.join(0.2)
            return True
        return self.waits

    @_waiting.setter
    def _waiting(self, waits):
        self.waits = waits


def test_no_stand_in_stays_if_the_wait_ends_while_it_is_drawn(document, qtbot):
    drawer, pictures = Hurried(), []
    drawer.drawn.connect(lambda _, picture: pictures.append(picture))
    drawer.wait_for_kernels(True)
    drawer.ask(document, View(fit(document.positions, (200, 150)), (200, 150)))
    qtbot.waitUntil(lambda: any(not one.rough for one in pictures), timeout=20_000)
    drawer.ended.join()
    drawer.stop()
    assert pictures[0].rough


def test_grabbing_needs_no_window(document, qtbot):
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(200, 150)
    canvas.show_document(document, EVERYTHING)
    wait(canvas, qtbot)
    QApplication.processEvents()
    assert colour(canvas, 199, 0) == theme("dark").ground
    canvas.stop()
