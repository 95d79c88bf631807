"""The panels at the sides: made once, wired once to the verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from explorer.archive.questions import AskBehind, AskPosts
from explorer.ui.desk import QUESTION
from explorer.ui.docks import BELOW_HEIGHT, dock, set_free, strip, tint
from explorer.ui.panels.account import POSTS_SHOWN, AccountPanel
from explorer.ui.panels.archive import ArchivePanel
from explorer.ui.panels.drawing import AppearancePanel
from explorer.ui.panels.filters import FilterPanel
from explorer.ui.panels.history import HistoryPanel
from explorer.ui.panels.layout import LayoutPanel
from explorer.ui.panels.parts import column
from explorer.ui.panels.roles import RolesPanel
from explorer.ui.panels.time import TimePanel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from explorer.archive.questions import Post
    from explorer.document.model import Document
    from explorer.job import Job
    from explorer.ui.commands import Commands
    from explorer.ui.desk import Facts

ACROSS = Qt.Orientation.Horizontal
LEFT_WIDTH = 264
RIGHT_WIDTH = 300
RIGHT_AREA = Qt.DockWidgetArea.RightDockWidgetArea
PATIENCE_MS = 180
"""Time an account must stay selected before its posts are asked for."""


class Side:
    """Left: the analyst's path. Right: what is under the hand. Below: when."""

    def __init__(self, window: QMainWindow, commands: Commands) -> None:
        self._commands = commands
        self.archive, self.roles, self.filters = ArchivePanel(), RolesPanel(), FilterPanel()
        self.appearance, self.layout = AppearancePanel(), LayoutPanel()
        self.account = AccountPanel()
        self.time = TimePanel()
        self._panels = (
            self.archive, self.roles, self.filters, self.appearance, self.layout, self.account,
            self.time,
        )  # fmt: skip
        left = column(self.archive, self.roles, self.filters, self.appearance, self.layout)
        self.left = dock("Archive and roles", left, LEFT_WIDTH, window)
        self.right = dock("Account", column(self.account), RIGHT_WIDTH, window)
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.left)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.right)
        self.below = strip("Time", self.time, window)
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.below)
        for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.BottomRightCorner):
            left_or_right = corner == Qt.Corner.BottomLeftCorner
            area = Qt.DockWidgetArea.LeftDockWidgetArea if left_or_right else RIGHT_AREA
            window.setCorner(corner, area)
        self.history = HistoryPanel()
        self.past = strip("History", self.history, window)
        window.addDockWidget(RIGHT_AREA, self.past)
        self.past.hide()
        self._docks = (self.left, self.right, self.below, self.past)
        self._wanted = ""
        self._opened = True
        self._patience = QTimer(window, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._ask_posts)
        self._wire()

    def show_document(self, document: Document, what: frozenset[str]) -> None:
        """Let each panel show the document."""
        for panel in self._panels:
            panel.show_document(document, what)
        if "positions" in what:
            self.layout.show_shape(*self._commands.shape.values(document))

    def show_facts(self, facts: Facts) -> None:
        """Enable what can be done now."""
        self.layout.show_facts(facts)

    def set_theme(self, name: str) -> None:
        """Colour the keys to the roles."""
        self.roles.set_theme(name)
        self.time.set_theme(name)
        for one in self._docks:
            tint(one, name)

    def set_free(self, free: bool) -> None:
        """Give the panels handles to be dragged and floated by, or make them part of the window."""
        for one in self._docks:
            set_free(one, free)

    def set_open(self, opened: bool) -> None:
        """Fold both sides away while there is nothing to say about."""
        if opened != self._opened:  # else what the user has closed stays closed
            self._opened = opened
            for side in (self.left, self.right, self.below):
                side.setVisible(opened)

    def show_past(self, window: QMainWindow) -> None:
        """Show the list of steps under the account, half as high each; or put it away."""
        shown = not self.past.isVisible()
        self.past.setVisible(shown)
        if shown:
            window.resizeDocks([self.right, self.past], [1000, 1000], Qt.Orientation.Vertical)
            self.history.view.setFocus()

    def reset(self, window: QMainWindow) -> None:
        """Put both sides back."""
        for side, area in (
            (self.left, Qt.DockWidgetArea.LeftDockWidgetArea),
            (self.right, Qt.DockWidgetArea.RightDockWidgetArea),
            (self.below, Qt.DockWidgetArea.BottomDockWidgetArea),
        ):
            side.setFloating(False)
            window.addDockWidget(area, side)
            side.show()
        self.past.setFloating(False)
        window.addDockWidget(RIGHT_AREA, self.past)
        self.past.hide()
        window.resizeDocks([self.left, self.right], [LEFT_WIDTH, RIGHT_WIDTH], ACROSS)
        window.resizeDocks([self.below], [BELOW_HEIGHT], Qt.Orientation.Vertical)

    def _wire(self) -> None:
        commands, run = self._commands, self._commands.desk.run
        session = commands.desk.session
        session.changed.connect(lambda *_: self.history.show_history(session.history))
        self.history.show_history(session.history)
        self.history.jumped.connect(lambda place: run(lambda: commands.edit.jump(place)))
        self.archive.receipt_asked.connect(commands.file.show_receipt)
        self.roles.role_chosen.connect(lambda role: run(lambda: commands.select.role(role)))
        self.roles.rule_chosen.connect(lambda rule: run(lambda: commands.roles.use(rule)))
        self.roles.list_asked.connect(lambda: run(commands.roles.from_list))
        self.filters.kind_switched.connect(
            lambda kind, on: run(lambda: commands.select.kinds(kind, on))
        )
        self.filters.least_edited.connect(
            lambda column, low: run(lambda: commands.select.at_least(column, low))
        )
        self.filters.reset_asked.connect(lambda: run(commands.select.show_all))
        self.appearance.size_edited.connect(commands.view.node_size)
        self.appearance.strength_edited.connect(commands.view.edge_strength)
        self.appearance.labels_chosen.connect(commands.view.labels)
        self.appearance.order_chosen.connect(commands.view.labels_by)
        self.layout.chosen.connect(commands.layout.choose)
        self.layout.run_asked.connect(lambda: run(commands.layout.run))
        self.layout.stop_asked.connect(commands.layout.stop)
        self.layout.pause_asked.connect(commands.layout.pause)
        self.layout.neared.connect(commands.shape.prepare)
        self.layout.begun.connect(commands.shape.begin)
        self.layout.room_edited.connect(lambda room: run(lambda: commands.shape.room(room)))
        self.layout.tray_edited.connect(lambda size: run(lambda: commands.shape.tray(size)))
        self.layout.fold_asked.connect(lambda: run(commands.shape.fold))
        self.time.span_edited.connect(lambda span: run(lambda: commands.select.during(span)))
        self.account.posts_asked.connect(self._want_posts)
        self.account.tie_asked.connect(self._ask_behind)
        self.account.account_chosen.connect(lambda one: run(lambda: commands.view.go_to(one)))

    def _want_posts(self, account: str) -> None:
        self._wanted = account
        self._patience.start()

    def _ask_posts(self) -> None:
        if self._wanted and self._wanted == self.account.id:
            folder = self._commands.desk.document.archive.folder
            self._ask("Posts", AskPosts(folder, self._wanted, POSTS_SHOWN), self._wanted)

    def _ask_behind(self, source: int, target: int, kind: str) -> None:
        document = self._commands.desk.document
        ids = document.graph.text("id")
        job = AskBehind(document.archive.folder, ids[source], ids[target], kind, POSTS_SHOWN)
        self._ask(f"Posts behind this {kind} edge", job, self.account.subject)

    def _ask(self, title: str, job: Job[object], account: str) -> None:
        desk = self._commands.desk
        if not desk.document.archive.fingerprint:
            self.account.say_posts("There are no posts behind a graph without an archive.")
            return
        task = desk.runner.task(job)

        def answered(value: tuple[tuple[Post, ...], int]) -> None:
            if self.account.subject == account:  # else another was clicked meanwhile
                self.account.show_posts(title, *value)

        task.succeeded.connect(answered)
        desk.follow(task, QUESTION)
