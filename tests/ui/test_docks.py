import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMainWindow

from explorer.ui.docks import Handle, set_free, strip, tint


@pytest.fixture
def window(qtbot):
    made = QMainWindow()
    qtbot.addWidget(made)
    made.resize(600, 400)
    return made


@pytest.fixture
def one(window):
    made = strip("Time", QLabel("bars"), window)
    window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, made)
    window.show()
    return made


def test_a_dock_is_part_of_the_window_until_it_is_freed(one):
    assert not isinstance(one.titleBarWidget(), Handle)
    set_free(one, True)
    assert isinstance(one.titleBarWidget(), Handle)


def test_a_free_dock_floats_and_comes_back_by_one_button(one):
    set_free(one, True)
    handle = one.titleBarWidget()
    tint(one, "light")
    handle.float.click()
    assert one.isFloating()
    handle.float.click()
    assert not one.isFloating()
    handle.close_it.click()
    assert not one.isVisible()


def test_a_dock_made_part_of_the_window_no_longer_floats(one):
    set_free(one, True)
    one.setFloating(True)
    set_free(one, False)
    assert not one.isFloating()
    assert not isinstance(one.titleBarWidget(), Handle)


def test_freeing_twice_keeps_the_handle(one):
    set_free(one, True)
    handle = one.titleBarWidget()
    set_free(one, True)
    assert one.titleBarWidget() is handle
