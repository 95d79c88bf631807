"""The same pictures with the edges counted by the graphics card, where there is a real one."""

from __future__ import annotations

import os
import sys
import time
from statistics import median
from typing import TYPE_CHECKING

from explorer.bench import mission

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = 5
TOLD_S = 20.0


def measure(archive: Path, folder: Path) -> tuple[dict[str, float], str]:
    """Return milliseconds of complete pictures, none without a card, and what draws and why."""
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from explorer.app import application
    from explorer.scene.painter import Painter
    from explorer.scene.view import View
    from explorer.ui.graphics.card import Card, words

    app = application()
    document = mission.laid_out(archive, folder)
    card, told = Card(), []
    card.told.connect(lambda: told.append(True))
    card.start()
    end = time.perf_counter() + TOLD_S
    while not told and time.perf_counter() < end:
        app.processEvents()
        time.sleep(0.01)
    found, painter = {}, Painter(card.count)
    for name, camera in mission.cameras(document).items():
        times = []
        for i in range(ROUNDS if card.counts else 0):
            view = View(camera.panned(3.0 * i, 0.0), mission.SIZE)
            start = time.perf_counter()
            list(painter.pictures(document, view))
            times.append(1000 * (time.perf_counter() - start))
        if times:
            found[f"complete picture at {name}"] = median(times)
    card.stop()
    return found, words(card)
