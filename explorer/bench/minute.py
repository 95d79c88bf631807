"""A minute of use in the real window, by real events: whether the hand is kept waiting."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TypeAlias

from explorer.bench import mission
from explorer.bench.busy import LATE, Busy, Stretch
from explorer.errors import StarlingError

if TYPE_CHECKING:
    from pathlib import Path

    from explorer.ui.window import Window

Figure: TypeAlias = tuple[str, float, str]
ACTIVE_MS = 5000
PAUSE_MS = 2000
"""How long the window is left alone at first, to show everything."""


def measure(archive: Path, folder: Path) -> list[Figure]:
    """Return the longest stretch in which the window did not listen, and how many were late."""
    stretches = played(archive, folder)
    worst = max(stretches, key=lambda one: one.wall)
    figures: list[Figure] = [
        (f"a minute: longest busy stretch ({worst.verb})", worst.wall, "ms"),
        ("a minute: longest, on the processor", max(one.busy for one in stretches), "ms"),
        ("a minute: stretches above 33 ms", float(len(late(stretches))), "times"),
        ("a minute: above 33 ms on the processor", float(len(late(stretches, "busy"))), "times"),
        ("a minute: stretches in all", float(len(stretches)), "times"),
    ]
    for verb in dict.fromkeys(one.verb for one in stretches):
        most = max(one.wall for one in stretches if one.verb == verb)
        figures.append((f"a minute: longest, {verb}", most, "ms"))
    return figures


def late(stretches: list[Stretch], clock: str = "wall") -> list[Stretch]:
    """Return the stretches longer than ``LATE`` by a clock, wall or busy, the longest first."""
    some = [one for one in stretches if getattr(one, clock) > LATE]
    return sorted(some, key=lambda one: -getattr(one, clock))


def played(archive: Path, folder: Path) -> list[Stretch]:
    """Play the minute in a window, and return every busy stretch of its thread."""
    window = opened(archive, folder)
    stretches = play(window)
    window.close()
    return stretches


def opened(archive: Path, folder: Path) -> Window:
    """Return a window that shows *archive*, laid out, and is active."""
    os.environ["STARLING_CACHE"] = str(folder / "cache")
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_NO_GLIB"] = "1"  # whose event loop does not tell when it waits
    from PySide6.QtTest import QTest

    from explorer.app import application, build
    from explorer.job import silent
    from explorer.scene.warm import Warm
    from explorer.ui.settings import Memory, Settings
    from explorer.ui.tidy import Tidy

    application()
    Warm()(silent)
    document = mission.laid_out(archive, folder)
    window = build(Settings(Memory()))
    Tidy(window)
    window.resize(*mission.SIZE)
    window.show()
    window.commands.desk.session.commit("Open", document)
    if not QTest.qWaitForWindowActive(window, ACTIVE_MS):
        raise StarlingError(
            "The window does not become active, so that keys would go nowhere.",
            "Run it on a desktop, or on Xvfb with a window manager.",
        )
    return window


def play(window: Window) -> list[Stretch]:
    """Have a user use *window*, which shows a graph, and return every busy stretch meanwhile."""
    from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, QTimer

    from explorer.bench.user import User

    dispatcher = QAbstractEventDispatcher.instance()
    assert dispatcher is not None
    busy, loop, clock = Busy(dispatcher), QEventLoop(), QTimer()
    steps = User(window).minute()

    def step() -> None:
        busy.verb, wait = next(steps, ("", -1))
        if wait < 0:
            loop.quit()
        else:
            clock.start(wait)

    clock.setSingleShot(True)
    clock.timeout.connect(step)
    clock.start(PAUSE_MS)
    loop.exec()
    busy.stop()
    return [one for one in busy.stretches if one.verb]
