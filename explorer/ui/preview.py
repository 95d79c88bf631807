"""Small pictures of figures before they are written: composed as the file will be."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from explorer.job import silent
from explorer.scene.figure import compose
from explorer.scene.layers import Gatherer
from explorer.ui.image import canvas, pictured
from explorer.ui.letters import qt_measure

if TYPE_CHECKING:
    from explorer.scene.figure import Figure


def preview(figure: Figure, longest: int, gatherer: Gatherer | None = None) -> QImage:
    """Return *figure* with its longer side *longest* pixels, everything where it will be."""
    composed = compose(figure, qt_measure(), "drawn completely", gatherer=gatherer)
    factor = max(figure.size) / longest
    rim = round(composed.rim[0] / factor), round(composed.rim[1] / factor)
    small = replace(composed, page=composed.page.smaller(factor), rim=rim)
    clear = figure.choices.transparent
    whole = np.concatenate(list(pictured(small, silent, clear=clear)))
    form = QImage.Format.Format_ARGB32 if clear else QImage.Format.Format_RGB32
    return canvas(whole, form).copy()


class Previewer(QObject):
    """Draws the figure asked for last in a thread; older ones are forgotten.

    Signals
    -------
    drawn : QImage
    failed : Exception
        What cannot be made, or a bug.
    """

    drawn = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changed = threading.Condition()
        self._wanted: tuple[Figure, int] | None = None
        self._stopping = False
        self._thread: threading.Thread | None = None

    def ask(self, figure: Figure, longest: int) -> None:
        """Draw this next."""
        with self._changed:
            self._wanted = figure, longest
            self._changed.notify()
        if self._thread is None:
            self._stopping = False
            self._thread = threading.Thread(target=self._run, name="preview", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the thread, and forget what it has drawn with; it may be asked again."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        with self._changed:
            self._stopping, self._wanted = True, None
            self._changed.notify()
        thread.join()

    def _run(self) -> None:
        gatherer = Gatherer()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._stopping or self._wanted is not None)
                if self._stopping or self._wanted is None:
                    return
                (figure, longest), self._wanted = self._wanted, None
            try:
                self.drawn.emit(preview(figure, longest, gatherer))
            except Exception as error:  # noqa: BLE001 - it is told where it can be shown
                self.failed.emit(error)
