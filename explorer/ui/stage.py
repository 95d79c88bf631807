"""The middle of the window: the canvas, wired to the verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from explorer.archive.tables import PLURALS
from explorer.graph.edges import CLASSES, GROUPS
from explorer.graph.model import degree, in_strength, out_strength
from explorer.graph.query import folded
from explorer.graph.roles import CORE
from explorer.graph.tie import edge
from explorer.scene.camera import Camera
from explorer.scene.naming import called, counted
from explorer.scene.remember import Kept
from explorer.ui.canvas.grip import Grip
from explorer.ui.canvas.overview import Overview
from explorer.ui.canvas.view import Canvas
from explorer.ui.graphics.card import BY_SETTING, Card, words
from explorer.ui.motion import Motion

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QAction

    from explorer.document.edits import Mode
    from explorer.document.model import Document
    from explorer.graph.model import Graph, Mask
    from explorer.scene.painter import Picture
    from explorer.scene.view import View
    from explorer.ui.commands import Commands

MENU = (
    "select.grow", "select.shrink", "", "filter.keep", "filter.hide", "filter.all", "",
    "arrange.pin", "arrange.unpin", "",
    "edit.copy", "file.copy_picture", "file.export", "", "view.fit_selection", "view.fit",
)  # fmt: skip


Sums: TypeAlias = "NDArray[np.int64]"


def sums(graph: Graph) -> tuple[Sums, Sums, Sums]:
    """Return interactions received, interactions made and edges, each ``(n,)`` int64."""
    return in_strength(graph), out_strength(graph), degree(graph)


class CanvasStage(QWidget):
    """Holds the canvas; turns its gestures into verbs.

    Signals
    -------
    facts_told : str
        What draws and from which seed, for the status line.
    edge_asked : int
        An edge was clicked; its ends are selected.
    """

    facts_told = Signal(str)
    edge_asked = Signal(int)

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self._drawing = True
        self._missed: frozenset[str] = frozenset()
        self._document = commands.desk.document
        self._look_from: Camera | None = None
        self._sums: Kept[tuple[Sums, Sums, Sums]] = Kept()
        self.canvas = Canvas(self)
        self.overview = Overview(self.canvas)
        self.grip = Grip(self.canvas)
        self.canvas.describe = self.describe
        self.canvas.describe_edge = self.describe_edge
        for widget in (self.canvas, self.canvas.viewport()):
            widget.setAcceptDrops(False)  # what is dropped goes to the window
        self.card: Card | None = None
        self.menu_actions: dict[str, QAction] = {}
        self._motion = Motion(self.canvas)
        self._carried = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.canvas)
        self._wire()

    def set_drawing(self, drawing: bool) -> None:
        """Draw, or remember what there would be to draw until somebody can see it."""
        self._drawing = drawing
        if drawing and self._missed:
            self.show_document(self._document, frozenset())

    def show_document(self, document: Document, what: frozenset[str]) -> None:
        """Show *document*."""
        old, self._document = self._document, document
        self._missed |= what
        if not self._drawing:
            return
        what, self._missed = self._missed, frozenset()
        if not (self._moves(what) and self._motion.begin(old, document)):
            self._motion.finish()
            self.canvas.show_document(document, what)
        self.overview.show_document(document, what)
        self.grip.job = self._commands.figure.dragged if document.graph.n else None
        self.grip.place()
        self.grip.setVisible(document.graph.n > 0)
        self._look()
        self.facts_told.emit(self._facts(self.canvas.picture))

    def _moves(self, what: frozenset[str]) -> bool:
        """Whether a change of places is to be seen as a motion: not what a hand has just done."""
        desk = self._commands.desk
        merge = desk.session.history.now.merge
        led = merge.startswith(("shape", "nudge", "open")) or self._carried
        return "positions" in what and not led and desk.settings["motion"] == "smooth"

    def describe(self, account: int) -> str:
        """Return what the tooltip of an account says, as plain lines."""
        graph = self._document.graph
        received, made, degrees = self._sums((graph,), lambda: sums(graph))
        return "\n".join(
            (
                called(graph, account),
                self._document.roles.name(account),
                f"{counted(int(received[account]), 'interaction')} received, "
                f"{made[account]:,} made",
                counted(int(degrees[account]), "edge"),
            )
        )

    def describe_edge(self, row: int) -> str:
        """Return what the tooltip of an edge says, as plain lines."""
        graph = self._document.graph
        one = edge(graph, self._document.roles, row)
        return "\n".join(
            (
                f"{called(graph, one.source)} → {called(graph, one.target)}",
                counted(one.count, one.kind or "interaction", PLURALS.get(one.kind, "")),
                one.class_,
            )
        )

    def set_theme(self, name: str) -> None:
        """Draw in the colours of a theme."""
        self.canvas.set_theme(name)
        self.overview.set_theme(name)
        self.grip.set_theme(name)

    def set_motion(self, smooth: bool, glides: bool) -> None:
        """Fly to a fit, or jump; glide on after two fingers let go, or stop."""
        self.canvas.smooth = smooth
        self.canvas.set_glides(glides)

    def set_overview(self, on: bool) -> None:
        """Show the map of everything while a part is in view, or never."""
        self.overview.set_on(on)

    def set_card(self, card: Card) -> None:
        """Let a graphics card count, as soon as it is known whether it can."""
        self.card = card
        card.told.connect(self._take_card)
        self._take_card()

    def set_safe(self, safe: bool) -> None:
        """Do without the graphics card; to have it again takes another start."""
        if safe and self.card is not None:
            self.card.refuse(BY_SETTING)

    @property
    def renderer(self) -> str:
        """What draws and why, for the user."""
        return words(self.card)

    @property
    def _drawn_by(self) -> str:
        return "GPU" if self.card is not None and self.card.counts else "CPU"

    def _take_card(self) -> None:
        card = self.card
        self.canvas.set_counter(card.count if card is not None and card.counts else None)
        self.facts_told.emit(self._facts(self.canvas.picture))

    def set_tool(self, tool: str) -> None:
        """Take another tool in hand."""
        self.canvas.set_tool(tool)

    def fit_all(self) -> None:
        """Show everything."""
        self.canvas.let_go()
        self.canvas.fit_all()

    def fit_selection(self) -> None:
        """Show the selection."""
        self.canvas.let_go()
        self.canvas.fit_selection()

    def zoom_by(self, factor: float) -> None:
        """Zoom to the centre."""
        self.canvas.zoom_by(factor)

    def scale(self) -> float:
        """Return the logical pixels to one world unit."""
        return self.canvas.camera.scale

    def go_to(self, account: int) -> None:
        """Bring an account to the centre."""
        self.canvas.go_to(account)

    def view(self) -> View:
        """Return what is looked at now."""
        return self.canvas.view

    def look_from(self, camera: Camera) -> None:
        """Look from there, at once or as soon as somebody can see it."""
        self._look_from = camera
        self._look()

    def stop(self) -> None:
        """End the thread that draws, and the process that counts."""
        self.grip.end()
        self.canvas.stop()
        if self.card is not None:
            self.card.stop()

    def _look(self) -> None:
        if self._drawing and self._look_from is not None:
            self.canvas.set_camera(self._look_from)
            self._look_from = None

    def _wire(self) -> None:
        canvas, commands = self.canvas, self._commands
        run = commands.desk.run
        self.overview.looked.connect(self._look_at)
        self.grip.clicked.connect(lambda: run(commands.figure.export))
        canvas.picked.connect(lambda account, mode: run(lambda: commands.select.one(account, mode)))
        canvas.edge_picked.connect(self._edge)
        canvas.swept.connect(self._swept)
        canvas.moved.connect(self._carry)
        canvas.opened.connect(self._opened)
        canvas.menu_asked.connect(self._menu)
        canvas.drawn.connect(lambda picture: self.facts_told.emit(self._facts(picture)))
        canvas.legend.switched.connect(
            lambda codes, on: run(lambda: commands.view.classes(codes, on))
        )
        canvas.legend.chosen.connect(lambda name: run(lambda: self._chosen(name)))

    def _look_at(self, x: float, y: float) -> None:
        self.canvas.set_camera(Camera(x, y, self.canvas.camera.scale))

    def _edge(self, row: int) -> None:
        self._commands.desk.run(lambda: self._commands.select.ends(row))
        self.edge_asked.emit(row)

    def _swept(self, mask: Mask, mode: Mode) -> None:
        self._commands.desk.run(lambda: self._commands.select.swept(mask, mode))

    def _carry(self, mask: Mask, dx: float, dy: float) -> None:
        self._carried = True  # who is let go is already there
        self._commands.desk.run(lambda: self._commands.edit.move(mask, dx, dy))
        self._carried = False

    def _opened(self, account: int) -> None:
        commands = self._commands
        commands.desk.run(lambda: commands.select.ego(account))
        self.canvas.fit_selection()

    def _chosen(self, name: str) -> None:
        """Select what a row of the legend stands for; the core's own row selects the core."""
        groups = {group.id: group.classes for group in GROUPS}
        codes = groups.get(name) or (CLASSES.index(name),)
        if codes == (3 * CORE + CORE,):
            self._commands.select.core()
        else:
            self._commands.select.classes(codes)

    def _menu(self, account: int, where: QPoint) -> None:
        commands = self._commands
        if account >= 0 and not self._document.selected[account]:
            commands.select.one(account, "replace")
        menu = QMenu(self)
        for name in MENU:
            if name:
                menu.addAction(self.menu_actions[name])
            else:
                menu.addSeparator()
        menu.exec(where)
        menu.deleteLater()

    def _facts(self, picture: Picture | None) -> str:
        document = self._document
        if picture is None or not document.graph.n:
            return ""
        drawn = "drawn completely" if picture.complete else "sampled, refining"
        tray = folded(document.filter)
        hidden = f"{counted(tray, 'account')} in the folded tray  ·  " if tray else ""
        return f"{hidden}{document.placing.words}  ·  {drawn}  ·  {self._drawn_by}"
