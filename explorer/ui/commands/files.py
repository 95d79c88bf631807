"""File: open what was dropped, save what was made of it, recover what was lost."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from explorer.archive.store import clean
from explorer.assets import sample
from explorer.document import edits
from explorer.document.file import OpenedSession, OpenSession, looks_like_session
from explorer.document.recording import begun, opening
from explorer.document.steps import Done
from explorer.errors import SourceError
from explorer.graph.build import OpenArchive, Opened
from explorer.ingest.entry import UnknownTable
from explorer.scene.camera import Camera
from explorer.scene.naming import counted
from explorer.scene.theme import THEMES
from explorer.ui.commands.networks import NETWORK
from explorer.ui.commands.sessions import Home, Sessions
from explorer.ui.desk import FIGURE

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from explorer.document.file import Beside
    from explorer.document.model import Document
    from explorer.document.steps import Log
    from explorer.ingest.mapping import Columns
    from explorer.job import Failure
    from explorer.ui.desk import Desk
    from explorer.ui.journal import Left

TABLES = "*.csv *.zip *.gz *.xz *.zst *.tsv *.txt *.xlsx *.parquet *.json *.jsonl *.ndjson"
GRAPHS = (
    "*.gexf *.graphml *.gml *.net *.paj *.dl *.gdf *.vna *.adjlist *.ncol *.lgl *.edgelist *.dot"
    " *.gv *.mtx"
)
GOING_S = 5.0
"""Seconds that a stopped import may take to go."""
PATTERNS = f"Archives, graphs, sessions ({TABLES} {GRAPHS} *.starling);;All files (*)"


class Files:
    """Open archives and sessions; the document that is open stays whole until the new one is."""

    def __init__(
        self,
        desk: Desk,
        after: Callable[[str], None],
        unknown: Callable[[tuple[Path, ...]], None],
    ) -> None:
        self._desk, self._after, self._unknown = desk, after, unknown
        self._count = 0
        self.sessions = Sessions(desk)

    def open_files(self) -> None:
        """Ask for files, and open them together."""
        self.open(self._desk.ask.open_paths("Open an archive", PATTERNS))

    def open_folder(self) -> None:
        """Ask for a folder, and open what is in it."""
        folder = self._desk.ask.open_folder("Open a folder")
        self.open((folder,) if folder else ())

    def open_sample(self) -> None:
        """Open the bundled sample."""
        self.open((sample(),))

    def open_recent(self, entry: str) -> None:
        """Open again what was opened lately."""
        self.open(tuple(Path(path) for path in entry.split("\n")))

    def open(self, paths: tuple[Path, ...], columns: Columns | None = None) -> None:
        """Read *paths* as one archive, or a session; ask about unsaved work once that is read.

        Tables are read as *columns* says, if it is given.
        """
        if not paths:
            return
        missing = [path for path in paths if not path.exists()]
        if missing:
            raise SourceError(
                f"{missing[0].name} is not there any more.", "Open it from where it is now."
            )
        sessions = [path for path in paths if looks_like_session(path)]
        if sessions and len(paths) > 1:
            raise SourceError(
                f"{sessions[0].name} is a session, which opens on its own.", "Drop it alone."
            )
        read = (
            partial(self._session, paths[0]) if sessions else partial(self._archive, paths, columns)
        )
        read()

    def save(self) -> None:
        """Save the session, asking for a file the first time."""
        self.sessions.save()

    def save_as(self) -> None:
        """Save the session to another file."""
        self.sessions.save_as()

    def save_with_posts(self) -> None:
        """Save the session to another file that carries its posts, to be asked anywhere."""
        self.sessions.save_as(posts=True)

    def may_leave(self, again: Callable[[], object]) -> bool:
        """Tell whether the document may be left; if it must be saved first, do *again* after."""
        return self.sessions.may_leave(again)

    def may_close(self, again: Callable[[], object]) -> bool:
        """Tell whether the window may close; while a file is written, do *again* after.

        What is written is what the user is waiting for: to end it takes a word, Esc.
        """
        for lane in (FIGURE, NETWORK):
            writing = self._desk.running(lane)
            if writing is not None:
                words = "Starling closes as soon as this file is written. Esc stops it."
                self._desk.notices.tell(words, stays=True)
                writing.ended.connect(lambda _: again())
                return False
        return self.may_leave(again)

    def keep_journal(self) -> None:
        """Begin to save by itself, and offer what an earlier run has left."""
        self.sessions.journal.start()
        left = self.sessions.journal.found()
        if left:
            self._desk.notices.tell(
                f"Starling ended unexpectedly. Open what was saved at {left[0].when}?",
                "Open it",
                lambda: self._desk.run(self.recover),
                stays=True,
            )

    def recover(self) -> None:
        """Open what an earlier run has left when it ended unexpectedly, the youngest first."""
        found = self.sessions.journal.found()
        if not found:
            self._desk.notices.tell("Nothing is left to recover.")
        else:
            self._recover(found[0])

    def _archive(self, paths: tuple[Path, ...], columns: Columns | None = None) -> None:
        """Read *paths* as one archive in the background, then lay it out."""
        desk = self._desk
        task = desk.runner.task(OpenArchive(paths, mapping=columns))
        key = self._key()

        def done(value: object) -> None:
            assert isinstance(value, Opened)
            desk.recent(paths)
            self._replace(lambda: self._take(value, key))

        def failed(failure: Failure) -> None:
            if isinstance(failure.error, UnknownTable):
                self._unknown(paths)

        task.succeeded.connect(done)
        task.failed.connect(failed)
        task.ended.connect(lambda ended: Thread(target=_tidy, args=(ended.gone,)).start())
        desk.follow(task)

    def _replace(self, take: Callable[[], None]) -> None:
        """Do *take*, which replaces the document, when its unsaved work is saved or let go."""
        if self.may_leave(lambda: self._desk.run(take)):
            take()

    def _take(self, opened: Opened, key: str) -> None:
        """Show an archive that was read, and lay it out."""
        fresh = edits.load(opened.graph, opened.receipt, opened.stored)
        title = f"Open {opened.stored.title}"
        self.sessions.began(Home(fresh.archive, key, fresh, steps=(title,)))
        self._desk.session.commit(title, fresh, key, opening(fresh))
        self._tell(opened)
        self._place(key)

    def _place(self, key: str) -> None:
        """Lay out what was opened, unless the file says where the accounts are."""
        if not self._desk.document.placing.layout:
            self._after(key)

    def _session(self, path: Path) -> None:
        """Read a session in the background, and show it as it was left."""
        desk, key = self._desk, self._key()
        task = desk.runner.task(OpenSession(path))

        def done(value: object) -> None:
            assert isinstance(value, OpenedSession)
            desk.recent((path,))
            document, beside = value.document, value.beside
            home = Home(document.archive, key, document, path, beside.steps, beside.posts)

            def take() -> None:
                self.sessions.began(home)
                self._show(f"Open {path.name}", value, key)

            self._replace(take)

        task.succeeded.connect(done)
        desk.follow(task)

    def _recover(self, left: Left) -> None:
        desk, key = self._desk, self._key()
        task = desk.runner.task(OpenSession(left.path))

        def done(value: object) -> None:
            assert isinstance(value, OpenedSession)

            def take() -> None:
                self.sessions.recovered(left, value, key)
                self._show("Recover", value, key)

            self._replace(take)

        task.succeeded.connect(done)
        task.failed.connect(lambda _: self.sessions.journal.refuse(left))
        desk.follow(task)

    def _show(self, title: str, opened: OpenedSession, key: str) -> None:
        """Show a session: the document, from where it was looked at, in its theme."""
        document = opened.document
        log = opened.beside.log or self._begun(document)
        self._desk.session.commit(title, document, key, Done("resume", log=log))
        self._look(opened.beside)
        words = f"{document.graph.n:,} accounts and {document.graph.m:,} edges, as they were saved."
        self._desk.notices.tell(" ".join((words, *opened.notices)))

    def _begun(self, document: Document) -> Log:
        """Return a log for a session that was saved before there was one."""
        when = datetime.now(UTC).isoformat(timespec="seconds")
        return begun(document, edits.load(document.graph), when)

    def _look(self, beside: Beside) -> None:
        desk = self._desk
        if beside.theme in THEMES and beside.theme != desk.settings["theme"]:
            desk.settings["theme"] = beside.theme
            desk.asked.emit("theme", beside.theme)
            desk.refresh()
        if beside.camera is not None and desk.stage is not None:
            desk.stage.look_from(Camera(*beside.camera))

    def _key(self) -> str:
        self._count += 1
        return f"open {self._count}"

    def _tell(self, opened: Opened) -> None:
        receipt = opened.receipt
        parts = ((receipt.accounts, "account"), (receipt.posts, "post"), (receipt.edges, "edge"))
        found = ", ".join(counted(count, noun) for count, noun in parts)
        words = f"Read {counted(receipt.read, 'record')}: {found}."
        if receipt.refused:
            words += f" {counted(receipt.refused, 'record')} refused."
        if receipt.merged:
            words += f" {counted(receipt.merged, 'repeated record')} merged."
        others = len(receipt.skipped) - len(receipt.damaged)
        if others:
            them = "it" if others == 1 else "them"
            words += f" {counted(others, 'other file')} left out: no table in {them}."
        if receipt.damaged:
            reasons = " ".join(one.reason for one in receipt.damaged[:3])
            self._desk.notices.fail(f"Something is missing. {reasons}", words, "")
        else:
            self._desk.notices.tell(words, "Receipt", self.show_receipt)

    def show_receipt(self) -> None:
        """Show what the import read, kept, merged and refused."""
        self._desk.asked.emit("receipt", self._desk.document.receipt)


def _tidy(gone: Event) -> None:
    """Remove what an import that was stopped has left, once its process lets go of it."""
    gone.wait(GOING_S)
    clean()
