"""Where each document came from and goes: its session file, and whether that is up to date."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.document.carried import need_tables
from explorer.document.file import SUFFIX, Beside, OpenedSession, SavedSession, SaveSession, sweep
from explorer.document.model import changes
from explorer.document.verbs import light
from explorer.evidence.pictured import SaveSeen
from explorer.scene.naming import file_name
from explorer.scene.naming import plain as clean
from explorer.ui.commands.figures import sized
from explorer.ui.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Callable

    from explorer.document.model import ArchiveRef, Document
    from explorer.ui.desk import Desk
    from explorer.ui.journal import Left

SAVE = "save"
"""Lane in which sessions are written."""
PATTERNS = f"Starling session (*{SUFFIX})"


@dataclass(frozen=True, slots=True, eq=False)
class Home:
    """Where the documents of one archive or session came from and go.

    Attributes
    ----------
    archive
        The very reference that its documents share.
    key
        Merge key of the step that opened it.
    saved
        The document that needs no saving; None if there is none.
    path
        The session file; None until it is saved.
    steps
        Titles of the steps that led to it.
    posts
        Whether its file carries the posts.
    """

    archive: ArchiveRef
    key: str
    saved: Document | None
    path: Path | None = None
    steps: tuple[str, ...] = ()
    posts: bool = False


class Sessions(QObject):
    """Saves, and knows what is unsaved.

    Signals
    -------
    named : str, bool
        What the window is called now, and whether anything in it is unsaved.
    """

    named = Signal(str, bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._homes: tuple[Home, ...] = ()
        self.journal = Journal(desk, self.unsaved_job)
        desk.session.changed.connect(self._track)

    @property
    def home(self) -> Home | None:
        """Where the document open now came from."""
        archive = self._desk.document.archive
        return next((home for home in self._homes if home.archive is archive), None)

    @property
    def name(self) -> str:
        """What the document is called: its session file, else its archive."""
        home = self.home
        if home is not None and home.path is not None:
            return clean(home.path.stem)
        return clean(self._desk.document.archive.title)

    @property
    def unsaved(self) -> bool:
        """Whether closing now would lose anything; a mere selection counts in a session only."""
        home, now = self.home, self._desk.document
        if home is None or not now.graph.n:
            return False
        if home.saved is None:
            return True
        different = changes(home.saved, now)
        return bool(different if home.path is not None else different - {"selected"})

    def began(self, home: Home) -> None:
        """Remember *home*, whose document is about to be shown; forget those out of reach."""
        history = self._desk.session.history
        moments = (*history.past, history.now, *history.future)
        reached = {id(moment.document.archive) for moment in moments}
        self._homes = (*(one for one in self._homes if id(one.archive) in reached), home)

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save to the session's file, or ask for one; do *then* once it is done."""
        home = self.home
        if home is not None and home.path is not None:
            self._write(home.path, then, posts=home.posts)
        else:
            self.save_as(then)

    def save_as(self, then: Callable[[], object] | None = None, *, posts: bool = False) -> None:
        """Ask for a file and save to it, *posts* and all if wanted; do *then* once it is done."""
        if posts:
            need_tables(self._desk.document.archive.folder)
        name = file_name(self.name, " ") or "session"
        asked = "Save the session with its posts" if posts else "Save the session"
        path = self._desk.ask.save_path(asked, f"{name}{SUFFIX}", PATTERNS)
        if path is not None:
            named = path.suffix.lower() == SUFFIX
            path = path if named else path.with_name(path.name + SUFFIX)
            self._write(path, then, posts=posts)

    def may_leave(self, again: Callable[[], object]) -> bool:
        """Tell whether the document may be left; if it must be saved first, do *again* after."""
        saving = self._desk.running(SAVE)
        if saving is not None:
            saving.ended.connect(lambda _: again())
            return False
        if not self.unsaved:
            return True
        answer = self._desk.ask.save_changes(self.name)
        if answer == "save":
            self.save(again)
        return answer == "discard"

    def beside(self, origin: str = "") -> Beside:
        """Return what is kept beside the document: camera, theme and the log of steps."""
        camera, size, ratio = None, None, 1.0
        if self._desk.stage is not None:
            view = self._desk.stage.view()
            seen = view.camera.scaled(1 / view.ratio)
            camera = (seen.x, seen.y, seen.scale)
            size, ratio = view.size, view.ratio
        log = light(self._desk.session.history.now.log)
        posts = self.home is not None and self.home.posts
        theme = self._desk.settings["theme"]
        return Beside(camera, theme, self.steps(), origin, size, ratio, log, posts)

    def steps(self) -> tuple[str, ...]:
        """Return the titles of all steps that made the document."""
        home, history = self.home, self._desk.session.history
        moments = (*history.past, history.now)
        if home is None:
            return tuple(moment.title for moment in moments if moment.title)
        opened = [place for place, one in enumerate(moments) if one.merge == home.key]
        since = moments[opened[-1] + 1 :] if opened else moments
        return home.steps + tuple(moment.title for moment in since)

    def unsaved_job(self) -> SaveSession | None:
        """Return the job that would save what is unsaved, for the journal; None if all is saved."""
        if not self.unsaved:
            return None
        home = self.home
        origin = str(home.path) if home is not None and home.path is not None else ""
        return SaveSession(self._desk.document, Path(), self.beside(origin))

    def recovered(self, left: Left, opened: OpenedSession, key: str) -> None:
        """Take in what an earlier run has left: unsaved still, with the file it belongs to."""
        origin = Path(opened.beside.origin) if opened.beside.origin else None
        steps, posts = opened.beside.steps, opened.beside.posts
        self.began(Home(opened.document.archive, key, None, origin, steps, posts))
        self.journal.adopt(left, opened.document)

    def _write(self, path: Path, then: Callable[[], object] | None, *, posts: bool = False) -> None:
        desk, document, steps = self._desk, self._desk.document, self.steps()
        beside = replace(self.beside(), posts=posts)
        task = desk.runner.task(SaveSeen(SaveSession(document, path, beside, posts=posts)))
        done: list[SavedSession] = []
        failed: list[object] = []

        def saved(value: object) -> None:
            assert isinstance(value, SavedSession)
            done.append(value)
            self._settle(Home(document.archive, "", document, path, steps, posts))
            desk.recent((path,))
            with_posts = ", with its posts" if posts else ""
            desk.notices.tell(f"Saved {path.name}{with_posts}, {sized(value.bytes)}.")

        def ended(_: object) -> None:
            if not done:
                with suppress(OSError):
                    sweep(path)  # of a save that was stopped half-way
            if not done and not failed:
                kept = " What it was before is unchanged." if path.exists() else ""
                desk.said.emit(f"Saving {path.name} was stopped: it is not saved.{kept}")
            if done and then is not None:
                then()

        task.succeeded.connect(saved)
        task.failed.connect(failed.append)
        desk.follow(task, SAVE)
        if desk.running(SAVE) is task:
            task.ended.connect(ended)
        else:  # it was done on the spot
            ended(task)

    def _settle(self, saved: Home) -> None:
        """Take note of what is in which file now."""
        home = next((one for one in self._homes if one.archive is saved.archive), None)
        if home is None:
            self.began(saved)
        else:
            kept = replace(home, saved=saved.saved, path=saved.path, posts=saved.posts)
            self._homes = tuple(kept if one is home else one for one in self._homes)
        if not self.unsaved:
            self.journal.clear()
        self._tell()

    def _track(self, document: Document, _what: frozenset[str]) -> None:
        """Follow a fresh archive until its first layout is done: there is nothing to lose yet."""
        home = self.home
        if (
            home is not None
            and home.path is None
            and home.saved is not None
            and self._desk.session.history.now.merge == home.key
        ):
            fresh = replace(home, saved=document)
            self._homes = tuple(fresh if one is home else one for one in self._homes)
        self._tell()

    def _tell(self) -> None:
        self.named.emit(self.name if self._desk.document.graph.n else "", self.unsaved)
