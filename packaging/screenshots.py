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
from PySide6.QtGui import QImage

from explorer.app import application, build
from explorer.graph.model import degree, in_strength
from explorer.ingest.simulate import Simulate, planned
from explorer.job import silent
from explorer.scene.camera import Camera as Where
from explorer.scene.camera import fit
from explorer.scene.painter import Painter
from explorer.scene.theme import THEMES
from explorer.scene.view import View
from explorer.ui.settings import Memory, Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication, QWidget

    from explorer.document.model import Document
    from explorer.ui.window import Window

HERE = Path(__file__).resolve().parent
OUT = HERE / "screenshots"
SIZE = (1440, 900)
SMALL = (640, 400)
"""Pixels of a picture of the canvas alone."""
ZOOMS = (("whole", 1.0), ("near", 8.0), ("close", 60.0))
QUALITY = 88
"""Of JPEG: as PNG each would be three times as large."""
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
    commands.select.nothing()
    looks(desk.document)


def looks(document: Document) -> None:
    """Write the canvas by itself: every theme at three zooms, to look at side by side."""
    joined = degree(document.graph) > 0
    whole = fit(document.positions, SMALL, joined)
    x, y = document.positions[int(np.argmax(in_strength(document.graph)))].tolist()
    painter = Painter()
    for theme in THEMES:
        for name, zoom in ZOOMS:
            where = whole if zoom == 1 else Where(x, y, whole.scale * zoom)
            pixels = painter.whole(document, View(where, SMALL, theme)).pixels
            image = QImage(pixels.data, *SMALL, 4 * SMALL[0], QImage.Format.Format_RGB32)
            path = OUT / f"look-{theme}-{name}.jpg"
            image.save(str(path), quality=QUALITY)
            print(path.relative_to(HERE.parent), f"{path.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
