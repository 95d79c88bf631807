import gc
import weakref
from threading import Thread, current_thread, main_thread

import pytest
from PySide6.QtCore import QObject

from explorer.ui.tidy import MANY, Tidy


@pytest.fixture
def tidy(qapp):
    parent = QObject()
    yield Tidy(parent)
    gc.enable()
    gc.unfreeze()
    parent.deleteLater()


class Knot:
    def __init__(self):
        self.itself = self


def test_no_other_thread_collects_garbage(tidy):
    threads = []

    def told(phase, _info):
        threads.append(current_thread())

    def work():
        for _ in range(20_000):
            Knot()

    gc.callbacks.append(told)
    try:
        thread = Thread(target=work)
        thread.start()
        thread.join()
        assert threads == []
        tidy.tidy()
    finally:
        gc.callbacks.remove(told)
    assert set(threads) <= {main_thread()}


def test_knots_are_freed_in_time(tidy):
    knots = [Knot() for _ in range(1500)]
    seen = weakref.ref(knots[0])
    del knots
    assert seen() is not None
    tidy.tidy()
    assert seen() is None


def test_all_generations_get_their_turn(tidy):
    found = []

    def told(phase, info):
        found.append(info["generation"])

    gc.callbacks.append(told)
    try:
        for _ in range(150):
            for _ in range(800):
                Knot()
            tidy.tidy()
    finally:
        gc.callbacks.remove(told)
    assert set(found) == {0, 1, 2}


def test_what_is_loaded_in_thousands_is_not_looked_through(tidy):
    frozen = gc.get_freeze_count()
    loaded = [[one] for one in range(2 * MANY)]
    tidy.tidy()
    assert gc.get_freeze_count() >= frozen + len(loaded)
