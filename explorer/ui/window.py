"""The main window: puts the pieces side by side and wires them once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMainWindow,
    QStackedWidget,
    QStyle,
    QWidget,
)

from explorer.scene.naming import counted
from explorer.scene.naming import plain as clean
from explorer.scene.theme import theme
from explorer.ui import drop
from explorer.ui.actions import ACTIONS
from explorer.ui.desk import WORK
from explorer.ui.icons import painted
from explorer.ui.menus import Menus
from explorer.ui.pages import EmptyPage, ProgressPage
from explorer.ui.sheets import Sheets
from explorer.ui.side import Side
from explorer.ui.stage import CanvasStage
from explorer.ui.status import StatusLine
from explorer.ui.style import font, palette, sheet
from explorer.ui.tools import PRIMARY, Tools

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QCloseEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
        QResizeEvent,
        QShowEvent,
    )

    from explorer.document.model import Document
    from explorer.job import Step
    from explorer.ui.commands import Commands
    from explorer.ui.desk import Facts
    from explorer.ui.notices import NoticeBar


class Window(QMainWindow):
    """Canvas in the middle, panels at the sides, no logic."""

    def __init__(self, commands: Commands, notices: NoticeBar, middle: QWidget) -> None:
        super().__init__()
        self.commands, self.notices = commands, notices
        self.setFont(font())
        self.setAcceptDrops(True)
        self.setWindowTitle("Starling")
        self.resize(QSize(1440, 900).boundedTo(self.screen().availableSize()))
        self.stage = CanvasStage(commands)
        self.empty, self.progress = EmptyPage(), ProgressPage()
        self.pages = QStackedWidget(middle)
        for page in (self.empty, self.progress, self.stage):
            self.pages.addWidget(page)
        self._middle = middle
        self.setCentralWidget(middle)
        self.side = Side(self, commands)
        self.menus = Menus(self, commands, ACTIONS)
        self.stage.menu_actions = self.menus.actions
        for panel in (self.side.left, self.side.right, self.side.below):
            self.menus.menu("View").addAction(panel.toggleViewAction())
        self.search = QLineEdit()
        self.search.installEventFilter(self)
        self.tools = Tools(self.menus.actions, self.search)
        self.addToolBar(self.tools)
        self.status = StatusLine()
        self.setStatusBar(self.status)
        self.sheets = Sheets(self, commands, self.menus)
        self._wire()
        self._show_theme(commands.desk.settings["theme"])
        self._show_motion()
        self._show_panels()
        self._geometry()
        self.show_document(commands.desk.document, frozenset({"graph"}))

    def _wire(self) -> None:
        commands, desk = self.commands, self.commands.desk
        desk.stage = self.stage
        desk.session.changed.connect(self.show_document)
        desk.facts_changed.connect(self._show_facts)
        desk.stepped.connect(self._stepped)
        desk.lane_changed.connect(self._lane)
        desk.asked.connect(self._asked)
        commands.file.sessions.named.connect(self._name)
        self.empty.open_asked.connect(lambda: desk.run(commands.file.open_files))
        self.empty.sample_asked.connect(lambda: desk.run(commands.file.open_sample))
        self.empty.recent_asked.connect(
            lambda entry: desk.run(lambda: commands.file.open_recent(entry))
        )
        self.progress.cancel_asked.connect(desk.stop)
        self.stage.facts_told.connect(self.status.show_facts)
        self.stage.edge_asked.connect(self.side.account.show_edge)
        desk.said.connect(self.status.say)
        self.search.returnPressed.connect(self._find)

    def show_document(self, document: Document, what: frozenset[str]) -> None:
        """Show *document* everywhere."""
        self.turn()
        self.stage.show_document(document, what)
        self.side.show_document(document, what)
        if "graph" in what:
            self.status.show_facts("")
            self.empty.show_recent(self.commands.desk.settings.recent)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what may be files."""
        if event.source() is None and drop.droppable(event.mimeData()):  # not our own figure
            event.acceptProposedAction()
            self.empty.show_hot(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Show that nothing is held over the window any more."""
        self.empty.show_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        self.empty.show_hot(False)
        event.acceptProposedAction()
        data, commands = event.mimeData(), self.commands
        paths = drop.dropped
        commands.desk.run(lambda: commands.take(paths(data)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved work, end what runs, and remember where the window stood."""
        if not self.commands.file.may_close(self.close):
            event.ignore()
            return
        self.commands.file.sessions.journal.end()
        settings = self.commands.desk.settings
        settings.keep_geometry("place", self.saveGeometry())
        settings.keep_geometry("panels", self.saveState())
        self.commands.desk.stop()
        self.commands.desk.runner.close()
        self.stage.stop()
        super().closeEvent(event)

    def turn(self) -> None:
        """Turn to the page that fits: a way in, progress, or the picture."""
        document, working = self.commands.desk.document, self.commands.desk.running(WORK)
        page: QWidget = self.stage
        if document.graph.n == 0:
            page = self.progress if working else self.empty
        elif working and not document.placing.layout:
            page = self.progress
        self.stage.set_drawing(page is self.stage)
        self.pages.setCurrentWidget(page)
        self.side.set_open(document.graph.n > 0)

    def _stepped(self, lane: str, step: Step) -> None:
        self.status.show_step(lane, step)
        if lane == WORK:
            self.progress.show_step(step)

    def _lane(self, lane: str, title: str) -> None:
        self.status.show_lane(lane, title)
        if title and lane == WORK:
            self.progress.begin(title)
        self.turn()

    def _name(self, name: str, unsaved: bool) -> None:
        """Call the window by what is open; a mark where Qt puts it says that it is unsaved."""
        escaped = name.replace("[*]", "[*][*]")
        self.setWindowTitle(f"{escaped}[*] — Starling" if name else "Starling")
        self.setWindowModified(unsaved)

    def _show_facts(self, facts: Facts) -> None:
        self.side.show_facts(facts)
        self.search.setEnabled(facts.has_graph)

    def _asked(self, name: str, value: object) -> None:
        match name:
            case "theme":
                self._show_theme(str(value))
            case "motion" | "glide" | "overview" | "graphics":
                self._show_motion()
            case "panels":
                self._show_panels()
            case "find":
                self.search.setFocus()
                self.search.selectAll()
            case "quit":
                self.close()
            case "history":
                self.side.show_past(self)
            case "reset":
                self.side.reset(self)
                self.tools.show()
            case _:
                self._show_sheet(name, value)

    def _show_sheet(self, name: str, value: object) -> None:
        if name == "mapping":  # asks about what was just said to be unknown
            self.notices.hide()
        self.sheets.show_sheet(name, value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Escape lead from the search field back to the picture."""
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.stage.canvas.setFocus()
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _find(self) -> None:
        words = self.search.text().strip()

        def found() -> None:
            count = self.commands.select.found(words)
            told = counted(count, "account") if count else "No account"
            self.notices.tell(f"{told} found for “{clean(words)}”.")
            if count:
                self.stage.fit_selection()

        if words:
            self.commands.desk.run(found)

    def _show_theme(self, name: str) -> None:
        chosen = theme(name)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setPalette(palette(chosen))
        self.setPalette(palette(chosen))
        self.setStyleSheet(sheet(chosen))
        self.menus.tint(chosen)
        window = chosen.window
        self.menus.actions[PRIMARY].setIcon(
            painted("crosshair", window["on_accent"], window["quiet"])
        )
        self.side.set_theme(name)
        self.stage.set_theme(name)

    def _show_panels(self) -> None:
        settings = self.commands.desk.settings
        self.side.set_free(settings["panels"] == "free")
        self.side.set_theme(settings["theme"])

    def _show_motion(self) -> None:
        settings, hint = self.commands.desk.settings, QStyle.StyleHint.SH_Widget_Animation_Duration
        moves = settings["motion"] == "smooth" and self.style().styleHint(hint) > 0
        self.stage.set_motion(smooth=moves, glides=settings["glide"] == "on")
        self.stage.set_safe(settings["graphics"] == "safe")
        self.stage.set_overview(settings["overview"] == "on")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words off the tools where they would push the search field out."""
        super().resizeEvent(event)
        self.tools.fit(self.width())

    def showEvent(self, event: QShowEvent) -> None:
        """Do the same once everything has its style, and with it its width."""
        super().showEvent(event)
        self.tools.fit(self.width())

    def _geometry(self) -> None:
        settings = self.commands.desk.settings
        place, panels = settings.geometry("place"), settings.geometry("panels")
        if isinstance(place, QByteArray):
            self.restoreGeometry(place)
        if isinstance(panels, QByteArray):
            self.restoreState(panels)
