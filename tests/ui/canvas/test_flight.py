import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.scene.camera import Camera
from explorer.ui.canvas.flight import LASTS_MS, Flight, between


def wheel(canvas, at, turned):
    there = QPointF(canvas.viewport().mapToGlobal(at.toPoint()))
    none, plain = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        at, there, QPoint(), QPoint(0, turned), none, plain, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(canvas.viewport(), event)


numbers = st.floats(-1e4, 1e4)
scales = st.floats(1e-3, 1e3)
cameras = st.builds(Camera, numbers, numbers, scales)


@given(cameras, cameras, st.floats(0, 1))
def test_a_flight_begins_and_ends_where_it_should_and_never_leaves_the_way(start, end, share):
    begun = between(start, end, 0.0)
    assert (begun.x, begun.y) == pytest.approx((start.x, start.y))
    assert begun.scale == pytest.approx(start.scale)
    assert between(start, end, 1.0) is end
    there = between(start, end, share)
    low, high = sorted([start.scale, end.scale])
    assert low * (1 - 1e-9) <= there.scale <= high * (1 + 1e-9)
    left, right = sorted([start.x, end.x])
    assert left - 1e-6 * (1 + abs(left)) <= there.x <= right + 1e-6 * (1 + abs(right))


def test_one_point_of_the_world_stays_where_it_is_during_a_zoom():
    size, start = (400, 300), Camera(3.0, 4.0, 2.0)
    end = start.zoomed(5.0, 100, 50, size)
    for share in (0.2, 0.5, 0.8):
        assert between(start, end, share).to_world(100, 50, size) == pytest.approx(
            start.to_world(100, 50, size)
        )


def test_a_flight_lasts_less_than_a_quarter_of_a_second(qtbot):
    assert LASTS_MS < 250
    flight, seen = Flight(None), []
    flight.moved.connect(seen.append)
    end = Camera(5.0, 5.0, 9.0)
    flight.begin(Camera(), end)
    qtbot.waitUntil(lambda: not flight.under_way)
    assert seen[-1] is end


@pytest.fixture
def flying(canvas):
    """A canvas on its way to show everything, from near."""
    canvas.smooth = True
    canvas.zoom_by(20.0)
    near = canvas.camera
    canvas.fit_all()
    assert canvas.camera == near
    assert canvas._flight.under_way
    assert not canvas.settled
    return canvas


def test_a_fit_flies_there_and_follows_the_layout_from_then_on(flying, qtbot):
    qtbot.waitUntil(lambda: flying.settled)
    assert flying.camera == flying._whole
    assert not flying.touched


@pytest.mark.parametrize(
    "do",
    [
        lambda port, _: QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=QPoint(5, 5)),
        lambda _, canvas: QTest.keyClick(canvas, Qt.Key.Key_A),
        lambda _, canvas: wheel(canvas, QPointF(200, 150), 120),
        lambda _, canvas: canvas.pan_by(3, 0),
    ],
    ids=["press", "key", "wheel", "arrow"],
)
def test_any_input_ends_a_flight_where_it_is(flying, do):
    do(flying.viewport(), flying)
    assert not flying._flight.under_way
    assert flying.touched


def test_with_reduced_motion_a_fit_jumps(canvas, document):
    canvas.zoom_by(20.0)
    canvas.fit_all()
    assert canvas.camera == canvas._whole
    canvas.fit_selection()
    assert not canvas._flight.under_way


def test_a_layout_that_goes_on_ends_a_flight_and_is_followed(flying, document):
    from dataclasses import replace

    wide = replace(document, positions=document.positions * np.float32(3))
    flying.show_document(wide, frozenset(["positions"]))
    assert flying.camera == flying._whole
