import pytest
from PySide6.QtWidgets import QWidget

from explorer.ui.notices import NoticeBar


@pytest.fixture
def host(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(800, 600)
    return host


def test_a_failure_stays_and_says_what_to_do(host):
    bar = NoticeBar(host)
    bar.fail("It broke.", "Mend it.", "trace")
    assert bar.said == "It broke. Mend it."
    assert not bar._timer.isActive()


def test_tidings_leave_by_themselves_and_offer_a_link(host):
    bar, done = NoticeBar(host), []
    bar.tell("Read 3 records.", "Receipt", lambda: done.append(1))
    assert bar._timer.isActive()
    bar._link.click()
    assert done == [1]
    assert bar.said == ""


def test_an_offer_that_should_not_be_missed_stays(host):
    bar = NoticeBar(host)
    bar.tell("Saved.")
    bar.tell("Open what was left?", "Open it", stays=True)
    assert not bar._timer.isActive()
    assert not bar._link.isHidden()


def test_markup_in_a_message_is_shown_as_it_is(host):
    bar = NoticeBar(host)
    bar.tell("<img src=x> was read")
    assert bar.said == "<img src=x> was read"


def test_it_stays_inside_its_host(host):
    bar = NoticeBar(host)
    bar.tell("x " * 400)
    assert host.rect().contains(bar.geometry().topLeft())
    assert bar.width() <= host.width()
