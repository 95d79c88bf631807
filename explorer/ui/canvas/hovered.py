"""What the cursor rests on: an account is lit, an edge that is drawn as itself says what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QTimer, Signal

from explorer.ui.canvas.overlays import Tip
from explorer.ui.canvas.walked import WalkedScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

DWELL = 60
"""Milliseconds the cursor rests on an account before it is lit."""


class HoveredScreen(WalkedScreen):
    """A screen that lights what is under the cursor.

    Attributes
    ----------
    describe_edge
        Gives what the tooltip of an edge says, as plain lines.

    Signals
    -------
    hovered : int
        The account under the cursor, -1 if none.
    """

    hovered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._under = -1
        self._cursor = QPoint()
        self.describe_edge: Callable[[int], str] = lambda edge: f"Edge {edge + 1:,}"
        self._tip = Tip(self)
        self._dwell = QTimer(self)
        self._dwell.setSingleShot(True)
        self._dwell.setInterval(DWELL)
        self._dwell.timeout.connect(self._dwelt)

    def set_theme(self, name: str) -> None:
        """Draw in the colours of a theme."""
        super().set_theme(name)
        self._tip.set_theme(self._theme)

    def stop(self) -> None:
        """End the thread that draws."""
        self._dwell.stop()
        super().stop()

    def account_at(self, point: QPointF) -> int:
        """Return the account at a pixel, -1 if there is none."""
        return self._finder.nearest(*self.to_world(point), self.camera.scale)

    def edge_at(self, point: QPointF) -> int:
        """Return the edge at a pixel, -1 if there is none or they are many."""
        return self._finder.edge(*self.to_world(point), self.camera.scale)

    def _hover_at(self, point: QPointF) -> None:
        account = self.account_at(point)
        self._cursor = point.toPoint()
        if account != self._under or account < 0:
            self._under = account
            self._dwell.start()
            if account < 0:
                self._tip.say("")

    def _dwelt(self) -> None:
        """Light the account on which the cursor rests, or say what the edge there is."""
        self.light(self._under)
        edge = self.edge_at(QPointF(self._cursor)) if self._under < 0 and self.underMouse() else -1
        if edge >= 0:
            self._tip.say_at(self.describe_edge(edge), self._cursor)

    def light(self, account: int) -> None:
        """Light an account with its neighbours; -1 for none."""
        if account == self._hover:
            return
        self._hover = account
        if account >= 0:
            self._tip.say_at(self.describe(account), self._cursor)
        self._ask()
        self.hovered.emit(account)

    def let_go(self) -> None:
        """Darken what was lit: the picture moves away from under the cursor."""
        self._leave()

    def _leave(self) -> None:
        self._under = -1
        self._tip.say("")
        if self._hover >= 0:
            self._dwell.start()
