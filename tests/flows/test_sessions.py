import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from explorer.assets import sample
from explorer.document.content import same
from explorer.document.file import open_session
from explorer.scene.camera import Camera

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("STARLING_STATE", str(tmp_path / "state"))
    return tmp_path / "state" / "recovery"


def document(window):
    return window.commands.desk.document


def placed(window):
    return document(window).placing.complete and document(window).placing.layout != ""


@pytest.fixture
def opened(qtbot, window, sample_known):
    window.commands.file.open((sample(),))
    qtbot.waitUntil(lambda: placed(window), timeout=60_000)
    qtbot.waitUntil(lambda: window.stage.canvas.settled, timeout=60_000)
    return window


@pytest.fixture
def saved(qtbot, opened, tmp_path, monkeypatch):
    path = tmp_path / "evidence.starling"
    monkeypatch.setattr(opened.commands.desk.ask, "save_path", lambda *_: path)
    opened.menus.actions["file.save"].trigger()
    sessions = opened.commands.file.sessions
    qtbot.waitUntil(lambda: sessions.name == "evidence" and path.exists(), timeout=60_000)
    return path


def drop(window, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(300, 300), *held))
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), *held))


def test_a_dropped_session_opens_with_the_same_picture(qtbot, opened, saved):
    opened.commands.select.core()
    opened.stage.canvas.set_camera(Camera(5.0, -6.0, 2.5))
    qtbot.waitUntil(lambda: opened.stage.canvas.settled, timeout=60_000)
    opened.menus.actions["file.save"].trigger()
    qtbot.waitUntil(lambda: not opened.isWindowModified(), timeout=60_000)
    before, image = document(opened), opened.stage.canvas.picture.pixels.tobytes()
    opened.stage.fit_all()
    drop(opened, saved)
    qtbot.waitUntil(lambda: document(opened) is not before, timeout=60_000)
    assert same(document(opened), before)
    assert opened.stage.canvas.camera == Camera(5.0, -6.0, 2.5)
    qtbot.waitUntil(lambda: opened.stage.canvas.settled, timeout=60_000)
    assert opened.stage.canvas.picture.pixels.tobytes() == image


def test_the_title_names_the_session_and_marks_what_is_unsaved(opened, saved):
    assert opened.windowTitle() == "evidence[*] — Starling"
    assert not opened.isWindowModified()
    opened.commands.select.core()
    assert opened.isWindowModified()
    opened.commands.edit.undo()
    assert not opened.isWindowModified()


def test_closing_asks_and_cancel_stays(opened, saved, monkeypatch):
    opened.commands.select.core()
    asked = []
    monkeypatch.setattr(
        opened.commands.desk.ask, "save_changes", lambda name: asked.append(name) or "cancel"
    )
    assert not opened.close()
    assert opened.isVisible()
    assert asked == ["evidence"]


def test_closing_can_save_first(qtbot, opened, saved, monkeypatch):
    opened.commands.select.core()
    chosen = document(opened).selected
    monkeypatch.setattr(opened.commands.desk.ask, "save_changes", lambda _: "save")
    assert not opened.close()
    qtbot.waitUntil(lambda: not opened.isVisible(), timeout=60_000)
    assert (open_session(saved).document.selected == chosen).all()


LOST = """
import os, sys
from explorer.app import application, build
from explorer.assets import sample
from explorer.ui.settings import Memory, Settings

app = application()
window = build(Settings(Memory()))
files, session = window.commands.file, window.commands.desk.session
files.keep_journal()
files.open((sample(),))
while not (session.document.placing.layout and session.document.placing.complete):
    app.processEvents()
window.commands.view.node_size(2.5)
files.sessions.journal.write()
while files.sessions.journal._written is None:
    app.processEvents()
print("kept", flush=True)
while True:
    app.processEvents()
"""


def test_what_a_killed_window_kept_is_offered_to_the_next(qtbot, window, state):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    script = state.parent.parent / "lost.py"
    script.write_text(f"if __name__ == '__main__':\n{indented(LOST)}")
    child = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    with child:
        assert child.stdout.readline() == "kept\n"
        window.commands.file.keep_journal()
        assert not window.notices.said  # its writer lives
        child.kill()
    window.commands.file.sessions.journal.end()
    window.commands.file.keep_journal()
    assert "Starling ended unexpectedly. Open what was saved at" in window.notices.said
    window.notices._link.click()
    qtbot.waitUntil(lambda: document(window).graph.n > 0, timeout=60_000)
    assert document(window).style.node_size == pytest.approx(2.5)
    assert window.isWindowModified()
    assert len(list(state.glob("*.starling"))) == 1
    window.close()
    assert not list(state.glob("*.starling"))


def indented(code):
    return "".join(f"    {line}\n" for line in code.strip().splitlines())
