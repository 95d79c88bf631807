"""Shows the newest picture of a document, and has the next one drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from explorer.document.edits import shown
from explorer.document.model import Document
from explorer.scene.camera import Camera, fit
from explorer.scene.theme import theme
from explorer.scene.view import View
from explorer.ui.canvas.cards import Cards
from explorer.ui.canvas.drawer import Drawer
from explorer.ui.canvas.finder import Finder
from explorer.ui.canvas.item import PictureItem
from explorer.ui.canvas.lens import Lens
from explorer.ui.canvas.names import Names
from explorer.ui.canvas.overlays import Tip

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from explorer.scene.painter import Picture
    from explorer.scene.tally import Counter

OVERSCAN = 0.2
"""Share of the canvas that is drawn beyond each of its sides, so that a pan shows no gap."""
MANY = 2_600_000
"""Device pixels of a canvas above which only half as much is drawn beyond it."""
REST = 150
"""Milliseconds without a move after which names are placed anew: some may lie under a card now,
and where one came from there is room for others."""
PILL = 52
"""Logical pixels at the upper edge that the words about the selection take."""
SPARE = 0.35
"""Share of the overscan that must be left; else a pan asks for the next picture."""


class Screen(Lens):
    """A lens on pictures that a thread draws; draws nothing while nothing changes.

    Attributes
    ----------
    legend
        Says which edges are switched and chosen.
    names
        The names that stand over the picture.

    Signals
    -------
    drawn : Picture
        A picture is shown: a sketch, then the complete one.
    """

    drawn = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = Document()
        self._theme = theme("dark")
        self._hover = self._focus = -1
        self._picture: Picture | None = None
        self._shown, self._since = 0, 1
        self._finder = Finder()
        self._item = PictureItem()
        self.box.addItem(self._item, ignoreBounds=True)
        self._cards = Cards(self)
        self.names = Names()
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._name_at_rest)
        self.legend = self._cards.legend
        self._drawer = Drawer()
        self._drawer.drawn.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._drawer.failed.connect(self._fail, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(self._drawer.stop)

    @property
    def picture(self) -> Picture | None:
        """The last picture shown; None before the first and when there is nothing to show."""
        return self._picture

    @property
    def settled(self) -> bool:
        """Whether the complete picture of what was asked for last is shown."""
        complete = self._picture is None or self._picture.complete
        return complete and self._shown == self._drawer.asked and not self._flight.under_way

    @property
    def covered(self) -> tuple[tuple[float, float, float, float], ...]:
        """Left, top, width and height of whatever lies over the picture: no name may be there."""
        lying = self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        own = self.viewport(), *self.findChildren(Tip)
        boxes = [each.geometry() for each in lying if each.isVisible() and each not in own]
        return tuple((box.x(), box.y(), box.width(), box.height()) for box in boxes)

    @property
    def view(self) -> View:
        """What is looked at and how, in device pixels, as large as the canvas."""
        ratio = self.devicePixelRatioF()
        size = round(self.room[0] * ratio), round(self.room[1] * ratio)
        camera = self.camera.scaled(ratio)
        return View(camera, size, self._theme.id, self._hover, self._focus, ratio)

    def show_document(self, document: Document, what: frozenset[str]) -> None:
        """Show *document*, of which the parts *what* are new."""
        self._document = document
        self._finder.show(document)
        if "graph" in what:
            self._touched = False
            self._hover = self._focus = -1
        if what & {"graph", "positions", "filter"}:
            self.set_extent(document.positions, shown(document))
        self._renew()

    def set_theme(self, name: str) -> None:
        """Draw in the colours of a theme."""
        self._theme = theme(name)
        self.setBackgroundBrush(QColor(*self._theme.ground))
        self._cards.set_theme(self._theme)
        self._renew()

    def fit_all(self) -> None:
        """Show every account that the filter keeps, and go on showing them during a layout."""
        self.set_extent(self._document.positions, shown(self._document))
        self.look_at_all()

    def fit_selection(self) -> None:
        """Show the selected accounts; all if none is."""
        selected = self._document.selected
        count = np.count_nonzero(selected)
        if count == 1:
            self.fly_to(fit(self._document.positions, self.room, selected))
        elif count:
            wide, high = self.room
            camera = fit(self._document.positions, (wide, max(high - PILL, 1)), selected)
            self.fly_to(replace(camera, y=camera.y + PILL / 2 / camera.scale))
        else:
            self.fit_all()

    def go_to(self, account: int) -> None:
        """Put an account in the middle; the zoom stays."""
        x, y = self._document.positions[account].tolist()
        self.set_camera(Camera(x, y, self.camera.scale))

    def make_way(self) -> None:
        """Place names anew, since something came to lie over the picture, or went."""
        if self.names.words:
            self._rest.start()

    def bare(self) -> None:
        """Show the picture alone from now on, without legend and signs."""
        self._cards.bare = True

    def get_ready(self) -> None:
        """Load what draws, with nothing to be drawn yet."""
        self._drawer.get_ready()

    def wait_for_kernels(self, waiting: bool) -> None:
        """Show stand-ins while another process compiles what draws."""
        self._drawer.wait_for_kernels(waiting)

    def set_counter(self, counter: Counter | None) -> None:
        """Have edges counted by something else than the processor, or by nothing else."""
        self._drawer.counter = counter

    def stop(self) -> None:
        """End the thread that draws."""
        self._drawer.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop drawing for good."""
        self.stop()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep the middle, or everything, in sight."""
        super().resizeEvent(event)
        if not hasattr(self, "_drawer"):  # called by the constructors we inherit
            return
        if not self.touched and self._document.graph.n:
            self.fit_all()
        self._cards.place()
        self._ask()

    def event(self, event: QEvent) -> bool:
        """Draw anew on a screen with other pixels."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._ask()
        return bool(super().event(event))

    def _look(self, camera: Camera) -> None:
        super()._look(camera)
        if not hasattr(self, "_drawer"):  # called by the constructors we inherit
            return
        if not self._has_to_spare():
            self._ask()
        self.make_way()

    def _has_to_spare(self) -> bool:
        """Tell whether the picture shown is good for this camera too, with some overscan left."""
        if self._picture is None or not self.settled:
            return False
        view, seen = self._picture.view, self.seen
        if abs(view.camera.scale / view.ratio / self.camera.scale - 1) > 1e-9:
            return False
        wide, high = (seen.width() * self._beyond * SPARE, seen.height() * self._beyond * SPARE)
        return self._item.covers(seen.adjusted(-wide, -high, wide, high))

    @property
    def _beyond(self) -> float:
        pixels = self.room[0] * self.room[1] * self.devicePixelRatioF() ** 2
        return OVERSCAN if pixels <= MANY else OVERSCAN / 2

    def _renew(self) -> None:
        """Have what changed drawn; older pictures are not true any more."""
        self._since = self._drawer.asked + 1
        self._ask()

    def _ask(self) -> None:
        if not self._document.graph.n:
            self._picture = None
            self._shown = self._drawer.asked
            self._item.clear()
            self._cards.hide()
            self.names.clear()
            return
        view, ratio = self.view, self.devicePixelRatioF()
        rim = [2 * round(pixels * self._beyond * ratio) for pixels in self.room]
        size = view.size[0] + rim[0], view.size[1] + rim[1]
        seen = View(view.camera, size, view.theme, view.hover, view.focus, ratio)
        self._drawer.ask(self._document, seen)

    def _take(self, number: int, picture: Picture) -> None:
        if number < self._since or not self._document.graph.n:
            return
        self._item.show_picture(picture, fresh=self._shown < self._since)
        self._picture, self._shown = picture, number
        self._finder.learn(picture)
        self._cards.show_picture(picture, self._document.style)
        if picture.complete:
            self._name()
        self.drawn.emit(picture)

    def _name_at_rest(self) -> None:
        if self.settled:  # else names come with the picture that is being drawn
            self._name()

    def _name(self) -> None:
        """Place names on the complete picture that is shown, where nothing lies over it."""
        picture = self._picture
        if picture is not None and picture.complete:
            self.names.show(self._document, self.view, picture, self.covered)
            self.viewport().update()

    def _fail(self, error: Exception) -> None:
        raise error
