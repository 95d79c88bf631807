"""Arrange: pin, turn, mirror, line up, space out, nudge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.document import arrange, edits
from explorer.document.steps import Done
from explorer.scene.naming import counted

if TYPE_CHECKING:
    from explorer.document.arrange import Axis, Side
    from explorer.document.model import Document
    from explorer.ui.desk import Desk

STEP = 8.0
"""Logical pixels that one press of an arrow moves the selection."""


class Arranges:
    """Put accounts in their place by hand; every one is one undoable step."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def pin(self) -> None:
        """Keep the selected accounts in place in every layout."""
        document = self._desk.document
        title = f"Pin {counted(int(document.selected.sum()), 'account')}"
        self._commit(title, arrange.pin(document, document.selected))

    def unpin(self) -> None:
        """Let the selected accounts go; all if none of the selected is pinned."""
        document = self._desk.document
        mask = document.pinned & document.selected
        mask = mask if mask.any() else document.pinned
        title = f"Unpin {counted(int(mask.sum()), 'account')}"
        self._commit(title, arrange.unpin(document, mask))

    def turn(self, degrees: float) -> None:
        """Turn the whole picture to the left."""
        title = f"Turn picture by {degrees:g}°"
        done = Done("turn", {"degrees": degrees, "selection": False})
        self._commit(title, arrange.turn(self._desk.document, degrees), done)

    def turn_by(self) -> None:
        """Ask for an angle, and turn the whole picture by it."""
        degrees = self._desk.ask.angle("Turn the picture")
        if degrees is not None:
            self.turn(degrees)

    def turn_selection(self) -> None:
        """Ask for an angle, and turn the selected accounts by it."""
        degrees = self._desk.ask.angle("Turn the selection")
        if degrees is not None:
            document = self._desk.document
            turned = arrange.turn(document, degrees, document.selected)
            done = Done("turn", {"degrees": degrees, "selection": True})
            self._commit(f"Turn selection by {degrees:g}°", turned, done)

    def mirror(self, axis: Axis) -> None:
        """Exchange left and right, or up and down, of the whole picture."""
        title = f"Mirror picture {'left to right' if axis == 'across' else 'top to bottom'}"
        done = Done("mirror", {"axis": axis}, axis)
        self._commit(title, arrange.mirror(self._desk.document, axis), done)

    def align(self, side: Side) -> None:
        """Put the selected accounts on one line."""
        document = self._desk.document
        done = Done("align", {"side": side}, side)
        self._commit(f"Align {side}", arrange.align(document, side, document.selected), done)

    def distribute(self, axis: Axis) -> None:
        """Put the selected accounts at equal distances."""
        document = self._desk.document
        title = f"Distribute {axis}"
        done = Done("distribute", {"axis": axis}, axis)
        self._commit(title, arrange.distribute(document, axis, document.selected), done)

    def nudge(self, across: int, up: int) -> None:
        """Move the selected accounts by a few pixels; presses in a row are one step."""
        desk, document = self._desk, self._desk.document
        step = STEP / desk.stage.scale() if desk.stage is not None else 1.0
        moved = edits.move(document, document.selected, (across * step, up * step))
        selected = np.flatnonzero(document.selected)
        key = f"nudge {len(selected)} {hash(selected.tobytes())}"
        desk.session.commit("Nudge accounts", moved, key)

    def _commit(self, title: str, document: Document, done: Done | None = None) -> None:
        if document is self._desk.document:
            self._desk.notices.tell("That changes nothing here.")
        self._desk.session.commit(title, document, done=done)
