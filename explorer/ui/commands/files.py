"""File: open what was dropped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from explorer.archive.store import clean
from explorer.assets import sample
from explorer.document import edits
from explorer.errors import SourceError
from explorer.graph.build import OpenArchive, Opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from explorer.ui.desk import Desk

PATTERNS = "Archives (*.csv *.zip *.gz *.tsv *.txt);;All files (*)"


class Files:
    """Open archives; the document that is open stays whole until the new one is."""

    def __init__(self, desk: Desk, after: Callable[[str], None]) -> None:
        self._desk, self._after = desk, after
        self._count = 0

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

    def open(self, paths: tuple[Path, ...]) -> None:
        """Read *paths* as one archive in the background, then lay it out."""
        if not paths:
            return
        missing = [path for path in paths if not path.exists()]
        if missing:
            raise SourceError(
                f"{missing[0].name} is not there any more.", "Open it from where it is now."
            )
        desk = self._desk
        task = desk.runner.task(OpenArchive(paths))
        self._count += 1
        key = f"open {self._count}"

        def done(value: object) -> None:
            assert isinstance(value, Opened)
            desk.recent(paths)
            fresh = edits.load(value.graph, value.receipt, value.stored)
            desk.session.commit(f"Open {value.stored.title}", fresh, key)
            self._tell(value)

        task.succeeded.connect(done)
        task.ended.connect(lambda _: clean())
        desk.follow(task)
        if desk.running() is None and desk.session.history.now.merge == key:
            self._after(key)
        else:
            task.succeeded.connect(lambda _: self._after(key))

    def _tell(self, opened: Opened) -> None:
        receipt = opened.receipt
        words = f"Read {receipt.read:,} records: {receipt.accounts:,} accounts, "
        words += f"{receipt.posts:,} posts, {receipt.edges:,} edges."
        if receipt.refused:
            words += f" {receipt.refused:,} records were refused."
        if receipt.merged:
            words += f" {receipt.merged:,} repeated records were merged."
        if receipt.skipped:
            count = len(receipt.skipped)
            words += f" {count:,} file{'s hold' if count > 1 else ' holds'} no table: left out."
        self._desk.notices.tell(words, "Receipt", self.show_receipt)

    def show_receipt(self) -> None:
        """Show what the import read, kept, merged and refused."""
        self._desk.asked.emit("receipt", self._desk.document.receipt)
