"""Pictures drawn in a thread, so that the window never waits for one."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal

from explorer.scene.crew import step_back
from explorer.scene.painter import Painter
from explorer.scene.release import release_compiler, release_heap
from explorer.scene.standin import StandIn
from explorer.scene.warm import is_warm, warm

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from explorer.document.model import Document
    from explorer.graph.model import Positions
    from explorer.scene.layers import Ends
    from explorer.scene.raster import Frame
    from explorer.scene.tally import Counter
    from explorer.scene.view import View

TURN = 0.001
"""Seconds after which the window's thread is given the interpreter back, if one here has it."""


REST = 2.0
"""Seconds without anything to draw after which memory is put in order."""
Wanted: TypeAlias = "tuple[int, Document, View]"


class Drawer(QObject):
    """Draws what was asked for last; a newer request takes the place of an older one.

    The kernels run without the GIL, so a thread is enough; it starts with the first request and
    waits without using the processor when there is none.

    Attributes
    ----------
    counter
        Counts edges instead of the processor, as far as it can; None if nobody does.

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
        self._wanted: Wanted | None = None
        self._last: Wanted | None = None
        self._stopping = self._waiting = self._loaded = False
        self._thread: threading.Thread | None = None
        self.counter: Counter | None = None

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
        self.get_ready()

    def get_ready(self) -> None:
        """Start the thread, if it is not; with nothing to draw it loads what draws."""
        if self._thread is None and not self._stopping:
            sys.setswitchinterval(TURN)
            self._thread = threading.Thread(target=self._run, name="drawer", daemon=True)
            self._thread.start()

    def wait_for_kernels(self, waiting: bool) -> None:
        """Draw stand-ins while another process compiles; afterwards the last one properly."""
        with self._changed:
            self._waiting = waiting
            if not waiting and self._wanted is None and self._last is not None:
                self._wanted = self._last
            self._last = None
            self._changed.notify()

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
        painter, stand_in = Painter(self._count), StandIn()
        while (wanted := self._next()) is not None:
            number, document, view = wanted
            try:
                if self._stands_in(wanted):
                    self.drawn.emit(number, stand_in.picture(document, view))
                else:
                    self._draw(painter, number, document, view)
            except Exception as error:  # noqa: BLE001 - told to the window, which reports bugs
                painter = Painter(self._count)
                self.failed.emit(error)

    def _stands_in(self, wanted: Wanted) -> bool:
        """Tell whether a stand-in is drawn for now; what is *wanted* is then drawn later."""
        with self._changed:  # else the end of the wait could fall between the two
            if self._waiting:
                self._last = wanted
            return self._waiting

    def _next(self) -> Wanted | None:
        """Return what is to be drawn next, None at the end; put things in order meanwhile."""
        if self._wanted is None and not (self._loaded or self._waiting) and is_warm():
            self._loaded = True  # so that the first hover or lasso does not wait for kernels
            warm()
            release_compiler()
        rest: float | None = REST
        while True:
            with self._changed:
                idle = self._wanted is None and not self._stopping
                idle = idle and not self._changed.wait(rest)
                if self._stopping:
                    return None
                wanted, self._wanted = self._wanted, None
            if wanted is not None:
                return wanted
            if idle:
                release_compiler()  # again: a kernel may have been loaded since
                release_heap()
                rest = None

    def _count(
        self, ends: Ends, positions: Positions, frame: Frame, size: tuple[int, int], /
    ) -> NDArray[np.uint16] | None:
        return None if self.counter is None else self.counter(ends, positions, frame, size)

    def _draw(self, painter: Painter, number: int, document: Document, view: View) -> None:
        def cancelled() -> bool:
            return self._asked != number

        for picture in painter.pictures(document, view, cancelled):
            if self._stopping:
                return
            self.drawn.emit(number, picture)
