"""View: where we look, with which tool, in which colours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from explorer.document import edits
from explorer.scene.theme import THEMES

if TYPE_CHECKING:
    from explorer.ui.desk import Desk, Stage

ZOOM = 1.4


class Views:
    """Move the camera, change tool, theme and style."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def _stage(self) -> Stage:
        assert self._desk.stage is not None
        return self._desk.stage

    def fit_all(self) -> None:
        """Show everything."""
        self._stage.fit_all()

    def fit_selection(self) -> None:
        """Show the selection."""
        self._stage.fit_selection()

    def go_to(self, account: int) -> None:
        """Select an account, and bring it to the centre."""
        document = self._desk.document
        mask = np.zeros(document.graph.n, bool)
        mask[account] = True
        self._desk.session.commit("Select account", edits.select(document, mask, "replace"))
        self._stage.go_to(account)

    def zoom_in(self) -> None:
        """Zoom in on the centre."""
        self._stage.zoom_by(ZOOM)

    def zoom_out(self) -> None:
        """Zoom out from the centre."""
        self._stage.zoom_by(1 / ZOOM)

    def tool(self, name: str) -> None:
        """Take another tool in hand."""
        self._desk.tool = name
        self._stage.set_tool(name)
        self._desk.refresh()

    def theme(self, name: str) -> None:
        """Draw in another theme."""
        assert name in THEMES
        self._desk.settings["theme"] = name
        self._desk.asked.emit("theme", name)
        self._desk.refresh()

    def motion(self) -> None:
        """Let the picture fly to where it should be, or jump."""
        self._switch("motion", "smooth", "reduced")

    def glide(self) -> None:
        """Let the picture glide on after two fingers let go, or stop at once."""
        self._switch("glide", "off", "on")

    def overview(self) -> None:
        """Show a small map while only a part is in view, or never."""
        self._switch("overview", "on", "off")

    def panels(self) -> None:
        """Let panels be dragged and floated, or keep them part of the window."""
        self._switch("panels", "fixed", "free")

    def graphics(self) -> None:
        """Do without the graphics card, or ask it again at the next start."""
        self._switch("graphics", "auto", "safe")

    def classes(self, codes: tuple[int, ...], on: bool) -> None:
        """Show or hide edge classes."""
        title = "Show edges" if on else "Hide edges"
        document = self._desk.document
        self._desk.session.commit(title, edits.switch_classes(document, codes, on))

    def labels(self, mode: str) -> None:
        """Label other accounts."""
        self._restyle("Labels", "", labels=mode)

    def labels_by(self, number: str) -> None:
        """Name the accounts with most of another number first."""
        self._restyle("Labels", "", labels_by=number)

    def node_size(self, factor: float) -> None:
        """Draw accounts larger or smaller."""
        self._restyle("Size of accounts", "node size", node_size=factor)

    def edge_strength(self, factor: float) -> None:
        """Draw edges stronger or weaker."""
        self._restyle("Strength of edges", "edge strength", edge_strength=factor)

    def history(self) -> None:
        """Show or hide the list of steps."""
        self._desk.asked.emit("history", None)

    def palette(self) -> None:
        """Open the command palette."""
        self._desk.asked.emit("palette", None)

    def find(self) -> None:
        """Put the cursor into the search field."""
        self._desk.asked.emit("find", None)

    def keys(self) -> None:
        """Show all keys and gestures."""
        self._desk.asked.emit("keys", None)

    def guide(self) -> None:
        """Show the help page."""
        self._desk.asked.emit("help", None)

    def about(self) -> None:
        """Show what this program is and what draws."""
        self._desk.asked.emit("about", self._stage.renderer)

    def quit(self) -> None:
        """Close the window, and with it the program."""
        self._desk.asked.emit("quit", None)

    def reset(self) -> None:
        """Put every panel back where it belongs."""
        self._desk.asked.emit("reset", None)

    def _switch(self, name: str, first: str, second: str) -> None:
        now = second if self._desk.settings[name] == first else first
        self._desk.settings[name] = now
        self._desk.asked.emit(name, now)
        self._desk.refresh()

    def _restyle(self, title: str, merge: str, **change: str | float) -> None:
        document = self._desk.document
        style = replace(document.style, **change)  # type: ignore[arg-type]  # one field of Style
        self._desk.session.commit(title, edits.restyle(document, style), merge)
