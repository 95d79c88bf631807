import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from explorer.assets import sample
from explorer.graph.roles import CORE

pytestmark = [pytest.mark.screen, pytest.mark.slow]

SOURCE = Path(__file__).with_name("drag_source.py")
OUT = "mousemove 1300 200 sleep 0.2 mousedown 1 sleep 0.1 mousemove 1290 205 sleep 0.1"
OVER = "mousemove 900 400 sleep 0.1 mousemove 700 420 sleep 0.1 mousemove 600 430 sleep 0.3"


@pytest.fixture
def drag(screen):
    """Drag files from the window of another process onto ours, with a real mouse."""
    processes = []

    def start(*paths):
        source = subprocess.Popen(
            [sys.executable, str(SOURCE), *map(str, paths)], stdout=subprocess.PIPE, text=True
        )
        processes.append(source)
        assert source.stdout is not None
        assert source.stdout.readline() == "ready\n"
        steps = f"sleep 0.3 {OUT} {OVER} mouseup 1"
        processes.append(subprocess.Popen(["xdotool", *steps.split()]))

    yield start
    for process in processes:
        process.terminate()
        process.wait()
        if process.stdout:
            process.stdout.close()


def session(window):
    return window.commands.desk.session


def test_an_archive_dragged_from_another_program_becomes_a_picture(qtbot, window, drag):
    drag(sample())
    qtbot.waitUntil(lambda: session(window).document.placing.complete
                    and session(window).document.graph.n > 0, timeout=60_000)  # fmt: skip
    document = session(window).document
    assert document.receipt.simulated
    assert document.roles.counts()["core"] > 0
    assert np.isfinite(document.positions).all()
    assert "SIMULATED" in window.windowTitle()
    window.commands.select.core()
    chosen = session(window).document.selected
    assert (chosen == document.roles.mask(CORE)).all()


def test_what_is_no_archive_is_refused_in_a_sentence(qtbot, window, drag, tmp_path):
    path = tmp_path / "letter.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    drag(path)
    qtbot.waitUntil(lambda: "letter.csv" in window.notices.said, timeout=60_000)
    assert session(window).document.graph.n == 0
    assert window.pages.currentWidget() is window.empty
