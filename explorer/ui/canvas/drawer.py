"""Pictures drawn in a thread, so that the window never waits for one."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.scene.crew import step_back
from explorer.scene.painter import Painter
from explorer.scene.release import release_compiler
from explorer.scene.warm import is_warm, warm

if TYPE_CHECKING:
    from explorer.document.model import Document
    from explorer.scene.view import View

TURN = 0.001
"""Seconds after which the window's thread is given the interpreter back, if one here has it."""


class Drawer(QObject):
    """Draws what was asked for last; a newer request takes the place of an older one.

    The kernels run without the GIL, so a thread is enough; it starts with the first request and
    waits without using the processor when there is none.

    Signals
    -------
    drawn : int, Picture
        Number of the request, and a sketch or the complete picture of it.
    failed : Exception
        What went wrong in the thread: always a bug.
    """

    drawn = Signal(int, object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._changed = threading.Condition()
        self._asked = 0
        self._wanted: tuple[int, Document, View] | None = None
        self._stopping = False
        self._thread: threading.Thread | None = None

    @property
    def asked(self) -> int:
        """Number of the last request, 0 before the first."""
        return self._asked

    def ask(self, document: Document, view: View) -> None:
        """Draw this next, and give up what is being drawn."""
        if self._stopping:
            return
        with self._changed:
            self._asked += 1
            self._wanted = self._asked, document, view
            self._changed.notify()
        if self._thread is None:
            sys.setswitchinterval(TURN)
            self._thread = threading.Thread(target=self._run, name="drawer", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the thread; nothing is drawn any more."""
        with self._changed:
            self._stopping = True
            self._asked += 1
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        step_back()
        painter, fresh = Painter(), is_warm()
        while True:
            with self._changed:
                while self._wanted is None and not self._stopping:
                    self._changed.wait()
                if self._stopping or self._wanted is None:
                    return
                number, document, view = self._wanted
                self._wanted = None
            try:
                self._draw(painter, number, document, view)
                if fresh and self._wanted is None:  # so that the first hover or lasso does not
                    fresh = False  # wait for kernels to be loaded
                    warm()
                    release_compiler()
            except Exception as error:  # noqa: BLE001 - told to the window, which reports bugs
                painter = Painter()
                self.failed.emit(error)

    def _draw(self, painter: Painter, number: int, document: Document, view: View) -> None:
        def cancelled() -> bool:
            return self._asked != number

        for picture in painter.pictures(document, view, cancelled):
            if self._stopping:
                return
            self.drawn.emit(number, picture)
