"""Put the program together: the only place that builds things."""

from __future__ import annotations

import logging
import sys
import traceback
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

import explorer.ui  # noqa: F401 - first of all: see there what PySide would do to the others
from explorer import __version__
from explorer.document.steps import program
from explorer.scene.warm import Warm, is_warm
from explorer.ui.ask import Dialogs
from explorer.ui.commands import Commands
from explorer.ui.desk import WARM, Desk
from explorer.ui.graphics.card import BY_SETTING, Card
from explorer.ui.icons import app_icon
from explorer.ui.notices import NoticeBar
from explorer.ui.session import Session
from explorer.ui.settings import Settings
from explorer.ui.style import font
from explorer.ui.tasks import Processes
from explorer.ui.tidy import Tidy
from explorer.ui.window import Window

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from explorer.ui.tasks import Runner

log = logging.getLogger(__name__)


def build(settings: Settings, runner: Runner | None = None) -> Window:
    """Return the window with everything behind it."""
    session = Session()
    dialogs = Dialogs()
    middle = QWidget()
    notices = NoticeBar(middle)
    desk = Desk(session, runner or Processes(session), notices, dialogs, settings)
    window = Window(Commands(desk), notices, middle)
    box = QVBoxLayout(middle)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(window.pages)
    session.setParent(window)
    dialogs.parent = window
    return window


CARD_MS = 1500
"""How long after the start the graphics card is asked: the window comes first."""


def main(paths: tuple[Path, ...] = (), safe_graphics: bool = False) -> int:
    """Open the window, on *paths* if there are any, and return the exit code."""
    app = application()
    Thread(target=program, daemon=True).start()  # takes 40 ms, that a first commit would wait for
    window = build(Settings())
    report_bugs(window)
    get_ready(window)
    ask_card(window, safe_graphics)
    window.show()
    window.commands.file.keep_journal()
    Tidy(window)
    if paths:
        desk, files = window.commands.desk, window.commands.file
        QTimer.singleShot(0, lambda: desk.run(lambda: files.open(paths)))
    return app.exec()


def get_ready(window: Window) -> None:
    """Have what draws loaded; the first time on this computer, compiled in a process.

    Meanwhile the canvas shows stand-ins, so that the first run shows a picture as soon as any.
    """
    canvas = window.stage.canvas
    if is_warm():
        QTimer.singleShot(0, canvas.get_ready)
        return
    desk = window.commands.desk
    task = desk.runner.task(Warm())
    task.ended.connect(lambda *_: canvas.wait_for_kernels(False))
    canvas.wait_for_kernels(True)
    desk.follow(task, WARM)


def ask_card(window: Window, safe: bool) -> None:
    """Ask the graphics card whether it can count edges, unless we are to do without."""
    card = Card(window)
    window.stage.set_card(card)
    if safe:
        card.refuse("--safe-graphics was given")
    elif window.commands.desk.settings["graphics"] == "safe":
        card.refuse(BY_SETTING)
    else:
        QTimer.singleShot(CARD_MS, card.start)


def application() -> QApplication:
    """Return the one QApplication, named and in our style."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Starling")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("starling")
    app.setStyle("Fusion")
    app.setFont(font())
    app.setWindowIcon(app_icon())
    return app


def report_bugs(window: Window) -> None:
    """Show what escapes every other hand as a notice with a copyable report."""
    qInstallMessageHandler(lambda _kind, _where, words: log.warning("Qt: %s", words))

    def caught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        details = "".join(traceback.format_exception(kind, error, trace))
        log.error("%s", details)
        if isinstance(error, Exception):
            window.commands.desk.broke(error, details)

    sys.excepthook = caught
