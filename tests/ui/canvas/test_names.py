from dataclasses import replace
from threading import current_thread, main_thread

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget

from explorer.document import edits
from explorer.scene import painter
from explorer.scene.naming import called
from explorer.ui.canvas import names
from explorer.ui.image import painting
from explorer.ui.letters import qt_measure


@pytest.fixture
def named(canvas, document, qtbot):
    style = replace(document.style, labels="all")
    canvas.show_document(edits.restyle(document, style), frozenset(["style"]))
    qtbot.waitUntil(lambda: canvas.settled, timeout=30_000)
    return canvas


def painted(canvas, camera=None):
    """What the names alone look like, and whether all were painted."""
    pixels = np.zeros((300, 400), np.uint32)
    with painting(pixels) as painter:
        whole = canvas.names.paint(painter, camera or canvas.camera, canvas.room)
    return pixels, whole


def test_names_move_with_the_camera_without_being_placed_or_drawn_again(named):
    painted(named)
    before, whole = painted(named)
    assert whole
    assert named.names.words
    stamps = dict(named.names._stamps)
    after, _ = painted(named, named.camera.panned(7, -3))
    assert np.array_equal(after[40:250, 47:350], before[43:253, 40:343])
    assert named.names._stamps == stamps


def test_names_that_would_hold_the_window_up_come_with_the_next_frames(named, monkeypatch):
    painted(named)
    complete, _ = painted(named)
    named.names._stamps.clear()
    monkeypatch.setattr(names, "AT_ONCE", 0.0)
    frames = 0
    while True:
        pixels, whole = painted(named)
        frames += 1
        if whole:
            break
    assert frames == len(named.names.words)
    assert np.array_equal(pixels, complete)


def test_names_are_forgotten_when_there_are_too_many(named, monkeypatch):
    named.names._stamps.clear()
    monkeypatch.setattr(names, "KEPT", 3)
    painted(named)
    assert len(named.names._stamps) <= 3


def test_a_name_looks_as_it_does_in_a_figure(named):
    from explorer.ui.image import paint_marks

    painted(named)
    pixels, _ = painted(named)
    figure = np.zeros((300, 400), np.uint32)
    with painting(figure) as painter:
        whole = [replace(w, x=float(round(w.x)), y=float(round(w.y))) for w in named.names.words]
        paint_marks(painter, whole, 1.0)
    differ = np.abs((pixels & 255).astype(int) - (figure & 255).astype(int))
    assert differ.mean() < 2.5


def test_a_name_that_is_new_takes_none_away_that_is_there(named, monkeypatch):
    painted(named)
    complete, _ = painted(named)
    first = named.names._placed[0][0]
    del named.names._stamps[first]
    del named.names._stamps[named.names._placed[1][0]]
    monkeypatch.setattr(names, "AT_ONCE", 0.0)
    pixels, whole = painted(named)
    assert not whole
    last = named.names.words[-1]
    there = np.s_[int(last.y) - 9 : int(last.y) + 2, int(last.x) : int(last.x) + 30]
    assert pixels[there].any()
    assert np.array_equal(pixels[there], complete[there])


def test_who_comes_first_is_worked_out_by_the_thread_that_draws(
    canvas, document, qtbot, monkeypatch
):
    ranked, threads = painter.ranked, []
    monkeypatch.setattr(
        painter, "ranked", lambda *causes: (threads.append(current_thread()), ranked(*causes))[1]
    )
    for labels in ("top", "all", "selected"):
        style = replace(document.style, labels=labels)
        canvas.show_document(edits.restyle(document, style), frozenset(["style"]))
        qtbot.waitUntil(lambda: canvas.settled, timeout=30_000)
    assert len(threads) == 1  # and once for every way to show names
    assert threads[0] is not main_thread()


def boxes(canvas):
    """Left, top, right and bottom of every name on the screen."""
    measure = names.qt_measure()
    return [
        (word.x, word.y - word.size, word.x + measure(word.text, word.size), word.y)
        for word in canvas.names.words
    ]


def apart(one, left, top, width, height):
    return one[2] < left or one[0] > left + width or one[3] < top or one[1] > top + height


@pytest.mark.parametrize("by", [(0, 0), (-7, 5)])
def test_no_name_rests_under_what_lies_over_the_picture(named, qtbot, by):
    cover = QWidget(named)
    cover.setGeometry(100, 60, 160, 150)
    cover.show()
    named.pan_by(*by)
    named.make_way()
    cards = (100, 60, 160, 150), named.legend.geometry().getRect()
    qtbot.waitUntil(
        lambda: all(apart(box, *card) for box in boxes(named) for card in cards), timeout=5_000
    )
    assert named.names.words


def test_names_stay_where_they_are_until_the_canvas_rests(named, qtbot):
    qtbot.waitUntil(lambda: not named._rest.isActive())
    words = named.names.words
    named.pan_by(-7, 5)
    assert named.names.words is words
    qtbot.waitUntil(lambda: named.names.words is not words, timeout=5_000)


def test_the_key_explains_the_arrows_that_are_drawn(canvas, document):
    assert canvas.picture.kinds
    assert canvas.legend.kinds == canvas.picture.kinds


def test_a_name_begins_outside_the_ring_of_the_focus(named, qtbot):
    name = named.names.words[0].text
    graph = named._document.graph
    one = next(i for i in range(graph.n) if called(graph, i) == name)
    named.set_focus_account(one)
    named._ask()
    qtbot.waitUntil(lambda: named.settled and named.view.focus == one, timeout=30_000)
    at = named.to_screen(*named._document.positions[one].tolist())
    ring = names.ringed(named._finder.radius(one) * named.camera.scale) + names.OUTER
    (words,) = (there for there in named.names.words if there.text == name)
    wide = qt_measure()(words.text, words.size, words.bold)
    x = min(max(at.x(), words.x), words.x + wide)
    y = min(max(at.y(), words.y - 0.7 * words.size), words.y)
    assert (x - at.x()) ** 2 + (y - at.y()) ** 2 >= ring**2
