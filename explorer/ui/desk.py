"""What all verbs share: the session, running jobs, and how to speak to the user."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from PySide6.QtCore import QObject, Signal

from explorer.errors import StarlingError
from explorer.graph.query import EVERYTHING, folded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from explorer.document.model import Document
    from explorer.job import Failure
    from explorer.scene.camera import Camera
    from explorer.scene.view import View
    from explorer.ui.ask import Ask
    from explorer.ui.session import Session
    from explorer.ui.settings import Settings
    from explorer.ui.tasks import Runner, Task

WORK = "work"
FIGURE = "figure"
QUESTION = "question"
WARM = "warm"


@dataclass(frozen=True, slots=True)
class Facts:
    """All that actions need to know to be enabled, checked and named."""

    has_graph: bool = False
    accounts: int = 0
    selected: int = 0
    filtered: bool = False
    busy: bool = False
    placing: bool = False
    pinned: int = 0
    folded: int = 0
    paused: bool = False
    stuck: bool = False
    named: tuple[str, ...] = ()
    called: str = ""
    undo: str = ""
    redo: str = ""
    tool: str = "hand"
    theme: str = "dark"
    labels: str = "hover"
    motion: str = "smooth"
    glide: str = "off"
    graphics: str = "auto"
    overview: str = "on"
    panels: str = "fixed"


class Notices(Protocol):
    """Where commands speak to the user."""

    def tell(
        self,
        message: str,
        link: str = "",
        act: Callable[[], None] | None = None,
        *,
        stays: bool = False,
    ) -> None:
        """Say something; *link* offers to do *act*. It leaves by itself, unless it *stays*."""

    def fail(self, message: str, hint: str, details: str) -> None:
        """Say that something went wrong."""


class Stage(Protocol):
    """What commands may ask of the picture."""

    def fit_all(self) -> None:
        """Show everything."""

    def fit_selection(self) -> None:
        """Show the selection."""

    def zoom_by(self, factor: float) -> None:
        """Zoom to the centre."""

    def scale(self) -> float:
        """Return the logical pixels to one world unit."""

    def set_tool(self, tool: str) -> None:
        """Take another tool in hand."""

    def go_to(self, account: int) -> None:
        """Bring an account to the centre."""

    def view(self) -> View:
        """Return what is looked at now."""

    @property
    def renderer(self) -> str:
        """What draws, and why."""

    def look_from(self, camera: Camera) -> None:
        """Look from there, in logical pixels."""


class Desk(QObject):
    """Session, jobs and voice in one hand; verbs are built over it.

    Signals
    -------
    facts_changed : Facts
        When anything that enables or names an action has changed.
    stepped : str, Step
        Lane and progress of a running job.
    lane_changed : str, str
        Lane and title of the job that runs there now; empty title when it has ended.
    stopped : Task
        The user has stopped this job in the midst of its work.
    said : str
        One line for the status bar.
    asked : str, object
        A window or panel is wanted: its name and what it should show.
    """

    facts_changed = Signal(object)
    stepped = Signal(str, object)
    lane_changed = Signal(str, str)
    stopped = Signal(object)
    said = Signal(str)
    asked = Signal(str, object)

    def __init__(
        self, session: Session, runner: Runner, notices: Notices, ask: Ask, settings: Settings
    ) -> None:
        super().__init__(session)
        self.session, self.runner, self.notices = session, runner, notices
        self.ask, self.settings = ask, settings
        self.stage: Stage | None = None
        self.tool = "hand"
        self._lanes: dict[str, Task] = {}
        session.changed.connect(self.refresh)

    @property
    def document(self) -> Document:
        """The document open now."""
        return self.session.document

    @property
    def facts(self) -> Facts:
        """What is true now."""
        history, document = self.session.history, self.session.document
        working = self._lanes.get(WORK)
        return Facts(
            has_graph=document.graph.n > 0,
            accounts=document.graph.n,
            selected=int(np.count_nonzero(document.selected)),
            filtered=document.filter != EVERYTHING,
            busy=any(lane != WARM for lane in self._lanes),
            placing=working is not None,
            pinned=int(np.count_nonzero(document.pinned)),
            folded=folded(document.filter),
            paused=working is not None and working.paused,
            stuck=working is not None and not working.pausable,
            named=tuple(one.title for one in document.named),
            called=called(document),
            undo=history.now.title if history.past else "",
            redo=history.future[0].title if history.future else "",
            tool=self.tool,
            theme=self.settings["theme"],
            motion=self.settings["motion"],
            glide=self.settings["glide"],
            graphics=self.settings["graphics"],
            overview=self.settings["overview"],
            panels=self.settings["panels"],
            labels=document.style.labels,
        )

    def run(self, verb: Callable[[], None]) -> None:
        """Do what the user asked for, and say it if that cannot be done."""
        try:
            verb()
        except StarlingError as known:
            self.notices.fail(known.message, known.hint, "")
        except Exception as bug:  # noqa: BLE001 - the last line before Qt: say it, do not die
            self.broke(bug, traceback.format_exc())

    def broke(self, bug: Exception, details: str) -> None:
        """Say that the program itself went wrong."""
        self.notices.fail(
            f"Something broke in Starling: {bug}",
            "Your work is unchanged. Please report this with the details.",
            details,
        )

    def follow(self, task: Task, lane: str = WORK) -> None:
        """Start *task* in its lane, ending what ran there; failures are told, progress passed on.

        Connect to the task before this: it may end at once.
        """
        self.stop_lane(lane)
        self._lanes[lane] = task
        task.stepped.connect(lambda step: self.stepped.emit(lane, step))
        task.failed.connect(self.failed)
        task.ended.connect(lambda ended: self._ended(lane, ended))
        self.lane_changed.emit(lane, task.job.title)
        self.refresh()
        task.start()

    def running(self, lane: str = WORK) -> Task | None:
        """Return the task on its way in a lane."""
        return self._lanes.get(lane)

    @property
    def at_work(self) -> bool:
        """Whether anything runs that the user has begun, beyond a question about what is shown."""
        return any(lane not in (WARM, QUESTION) for lane in self._lanes)

    def stop_lane(self, lane: str) -> None:
        """Stop what runs in one lane."""
        task = self._lanes.get(lane)
        if task is not None:
            task.cancel()

    def stop(self) -> None:
        """Stop everything that runs, except what the program does for itself to draw at all."""
        for lane, task in tuple(self._lanes.items()):
            if lane != WARM:
                self.stop_lane(lane)
                self.stopped.emit(task)

    def pause(self) -> None:
        """Let what works in the background rest, between two rounds if it has any, or go on."""
        task = self._lanes.get(WORK)
        if task is not None and task.pausable:
            task.pause(not task.paused)
            rests = " · rests after this round" if task.rests else " · rests"
            self.lane_changed.emit(WORK, task.job.title + rests * task.paused)
            self.refresh()

    def failed(self, failure: Failure) -> None:
        """Say what a job raised: a sentence if it is known, a report if it is a bug."""
        match failure.error:
            case StarlingError() as known:
                self.notices.fail(known.message, known.hint, "")
            case bug:
                self.broke(bug, failure.trace)

    def refresh(self, *_: object) -> None:
        """Tell anew what is true."""
        self.facts_changed.emit(self.facts)

    def recent(self, paths: tuple[Path, ...]) -> None:
        """Remember what was opened."""
        self.settings.opened("\n".join(str(path) for path in paths))

    def _ended(self, lane: str, task: Task) -> None:
        if self._lanes.get(lane) is task:
            del self._lanes[lane]
            self.lane_changed.emit(lane, "")
        self.refresh()


def called(document: Document) -> str:
    """Return the name of the selection, empty if it has none."""
    for one in document.named:
        if one.mask is document.selected or np.array_equal(one.mask, document.selected):
            return one.title
    return ""
