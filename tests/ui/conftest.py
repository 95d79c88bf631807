import gc
import os
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from explorer.document import edits
from explorer.ui.commands import Commands
from explorer.ui.desk import Desk
from explorer.ui.session import Session
from explorer.ui.settings import Memory, Settings
from explorer.ui.tasks import Inline


class Said:
    """Notices that remember."""

    def __init__(self):
        self.told, self.failed, self.details, self.offers = [], [], [], []

    def tell(self, message, link="", act=None, *, stays=False):
        self.told.append(message)
        self.offers.append((link, act))

    def fail(self, message, hint, details):
        self.failed.append(message)
        self.details.append(details)


class Answers:
    """Answers questions with what the test says."""

    def __init__(self, paths=(), folder=None, path=None, number=None):
        self.paths, self.folder, self.path, self.number = paths, folder, path, number
        self.changes, self.asked, self.word = "discard", [], ""

    def open_paths(self, title, patterns):
        return tuple(Path(path) for path in self.paths)

    def open_folder(self, title):
        return self.folder

    def save_path(self, title, name, patterns):
        return self.path

    def whole(self, title, label, value):
        return self.number

    def words(self, title, label, value):
        self.asked.append(value)
        return self.word

    def angle(self, title):
        return self.number

    def save_changes(self, name):
        self.asked.append(name)
        return self.changes


@pytest.fixture(autouse=True)
def cache_of_this_test(tmp_path, monkeypatch):
    """Keep positions of layouts where no other test finds them."""
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def answers():
    return Answers()


@pytest.fixture
def session(qapp, graph):
    session = Session()
    session.commit("Open", edits.load(graph))
    return session


@pytest.fixture
def said():
    return Said()


@pytest.fixture
def settings():
    return Settings(Memory())


@pytest.fixture
def desk(session, said, answers, settings):
    return Desk(session, Inline(session), said, answers, settings)


@pytest.fixture
def commands(desk):
    return Commands(desk)


@pytest.fixture
def gone():
    """Tells whether a process of ours has ended and was seen off, without doing that itself."""

    def gone(process):
        try:
            os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG)
        except ChildProcessError:
            return True
        return False  # it runs, or waits to be asked how it ended

    return gone


def orphans() -> set[QWidget]:
    """Top-level widgets that nobody owns."""
    return {w for w in QApplication.topLevelWidgets() if w.parent() is None}


@pytest.fixture(autouse=True)
def no_widget_left_behind(qapp):
    """Fail a test after which an ownerless widget lives that did not before."""
    before = orphans()
    yield
    gc.collect()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left = orphans() - before
    assert not left, f"left behind: {left}"
