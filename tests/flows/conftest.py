import gc
import os
import shutil
import subprocess
import sys

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from explorer.app import application, build
from explorer.ui.settings import Memory, Settings


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    """A real window with real processes behind it, its cache in a folder of the test."""
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path / "cache"))
    application()
    window = build(Settings(Memory()))
    monkeypatch.setattr(window.commands.desk.ask, "save_changes", lambda _name: "discard")
    window.setGeometry(0, 0, 1100, 800)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


@pytest.fixture
def screen():
    """Name of the X display; the test needs one, and xdotool to hold the mouse."""
    display = os.environ.get("DISPLAY")
    if not display or QApplication.platformName() == "offscreen" or sys.platform != "linux":
        pytest.skip("needs an X display: packaging/check.py gives one")
    if shutil.which("xdotool") is None:
        pytest.skip("needs xdotool: packaging/check.py installs it")
    return display


def mouse(*steps):
    """Let xdotool do *steps* in another process, so that this one can go on."""
    words = [word for step in steps for word in step.split()]
    return subprocess.Popen(["xdotool", *words])
