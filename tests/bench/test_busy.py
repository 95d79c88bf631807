import time

import numpy as np
from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from explorer.bench.busy import LATE, Busy, Stretch, resident
from explorer.bench.minute import late
from explorer.bench.mission import cameras, laid_out, lines
from explorer.bench.peers import STOCK, beside, in_polygon


class Dispatcher(QObject):
    awake, aboutToBlock = Signal(), Signal()  # noqa: N815 - as Qt calls them


def test_a_stretch_goes_from_one_wait_to_the_next_whatever_runs_between(qapp):
    dispatcher = Dispatcher()
    busy = Busy(dispatcher)
    busy.verb = "pan"
    dispatcher.awake.emit()
    time.sleep(0.01)
    dispatcher.awake.emit()  # an inner loop
    dispatcher.aboutToBlock.emit()
    dispatcher.aboutToBlock.emit()
    assert [one.verb for one in busy.stretches] == ["pan"]
    assert busy.stretches[0].wall >= 10
    assert busy.stretches[0].busy <= busy.stretches[0].wall + 1
    busy.stop()
    dispatcher.awake.emit()
    dispatcher.aboutToBlock.emit()
    assert len(busy.stretches) == 1


def test_late_stretches_are_counted_by_either_clock():
    some = [Stretch("a", LATE + 1, 1.0), Stretch("b", LATE + 9, LATE + 2), Stretch("c", 1, 1)]
    assert [one.verb for one in late(some)] == ["b", "a"]
    assert [one.verb for one in late(some, "busy")] == ["b"]


def test_a_reference_that_is_missing_is_said_so():
    stock = {"complete picture at full": 100.0}
    assert beside("complete picture at full", stock, {"complete picture at full": 2.0}, {}) == [
        (100.0, STOCK),
        (2.0, "datashader"),
    ]
    missing = beside("complete picture at full", stock, None, {})
    assert missing[1] == (None, "datashader is not installed")
    assert beside("first sketch", stock, None, {}) == [(None, "")]


def test_the_reference_for_a_lasso_is_right():
    square = np.array([[0, 0], [2, 0], [2, 2], [0, 2]], float)
    points = np.array([[1, 1], [3, 1], [-1, 1], [1, 3]], np.float32)
    assert in_polygon(points, square).tolist() == [True, False, False, False]


def test_an_archive_is_imported_once_for_all_sections(tmp_path):
    from explorer.assets import sample

    first = laid_out(sample(), tmp_path)
    again = laid_out(tmp_path / "gone.zip", tmp_path)
    assert np.array_equal(first.positions, again.positions)
    assert sum(len(ends) for ends in lines(first).ends.values()) == first.graph.m
    views = cameras(first)
    assert views["100×"].scale == 100 * views["full"].scale
    assert resident() > 1


def test_a_real_event_loop_is_watched(qapp):
    from PySide6.QtCore import QAbstractEventDispatcher

    busy = Busy(QAbstractEventDispatcher.instance())
    loop = QEventLoop()
    QTimer.singleShot(20, loop.quit)
    loop.exec()
    busy.stop()
    assert all(one.wall >= 0 for one in busy.stretches)
