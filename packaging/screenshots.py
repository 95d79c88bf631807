"""Make the README's screenshots with the program itself, on simulated data.

Run with an environment that has Starling: python packaging/screenshots.py [ARCHIVE.zip]
Without an archive it simulates the China preset first.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from explorer.app import application, build
from explorer.graph.model import in_strength
from explorer.ingest.simulate import Simulate, planned
from explorer.job import silent
from explorer.ui.settings import Memory, Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication, QWidget

    from explorer.ui.window import Window

HERE = Path(__file__).resolve().parent
OUT = HERE / "screenshots"
SIZE = (1440, 900)
PATIENCE = 180.0


class Camera:
    """Waits until the window has settled, and takes its picture."""

    def __init__(self, app: QApplication, window: Window) -> None:
        self._app, self._window = app, window

    def until(self, true: Callable[[], bool]) -> None:
        """Let the window live until *true*."""
        end = time.monotonic() + PATIENCE
        while not true() and time.monotonic() < end:
            self._app.processEvents()
            time.sleep(0.005)

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Write one picture, of the window or of a window beside it."""
        self._window.notices.hide()
        self.until(lambda: self._window.stage.canvas.settled)
        start = time.monotonic()
        self.until(lambda: time.monotonic() - start > 0.4)
        path = OUT / f"{name}.png"
        (widget or self._window).grab().save(str(path))
        print(path.relative_to(HERE.parent), f"{path.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Open the archive as a drop does, and photograph each thing worth seeing."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="starling-screenshots-") as name:
        folder = Path(name)
        os.environ["STARLING_CACHE"] = str(folder / "cache")
        archive = Path(sys.argv[1]) if len(sys.argv) > 1 else folder / "SIMULATED_china.zip"
        if not archive.exists():
            Simulate(planned("china"), archive)(silent)
        app = application()
        window = build(Settings(Memory()))
        window.resize(*SIZE)
        window.show()
        photograph(Camera(app, window), window, archive)
        window.close()


def photograph(camera: Camera, window: Window, archive: Path) -> None:
    """Take every picture."""
    desk, commands = window.commands.desk, window.commands
    camera.take("empty-dark")
    commands.file.open((archive,))
    camera.until(lambda: bool(desk.document.placing.layout) and not desk.facts.busy)
    commands.select.core()
    camera.take("core-dark")
    commands.file.show_receipt()
    camera.take("receipt", window.sheets.receipt)
    window.sheets.receipt.close()
    commands.select.one(int(np.argmax(in_strength(desk.document.graph))), "replace")
    camera.until(lambda: window.side.account.has_posts)
    camera.take("account-dark")
    commands.view.theme("light")
    commands.select.core()
    camera.take("core-light")


if __name__ == "__main__":
    main()
