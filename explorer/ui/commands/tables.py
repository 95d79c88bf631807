"""Tables whose columns nobody knows: look at them, ask, remember the answer, open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from explorer.ingest.mapping import from_text
from explorer.ingest.peek import LookAtTables
from explorer.ui.desk import QUESTION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from explorer.ingest.mapping import Columns
    from explorer.ingest.peek import Table
    from explorer.ui.desk import Desk

PATTERNS = "Tables (*.csv *.tsv *.txt *.xlsx *.parquet *.gz *.xz *.zst *.zip);;All files (*)"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a window is to ask about."""

    paths: tuple[Path, ...]
    tables: tuple[Table, ...]
    remembered: Callable[[str], Columns | None]


class Tables:
    """Ask what columns mean before a table is opened."""

    def __init__(
        self, desk: Desk, open_: Callable[[tuple[Path, ...], Columns | None], None]
    ) -> None:
        self._desk, self._open = desk, open_

    def open_files(self) -> None:
        """Ask for tables, and what their columns mean."""
        paths = self._desk.ask.open_paths("Open with mapping", PATTERNS)
        if paths:
            self.ask_about(paths)

    def ask_about(self, paths: tuple[Path, ...]) -> None:
        """Look at the tables in *paths* in the background, then ask what their columns mean."""
        task = self._desk.runner.task(LookAtTables(paths))

        def done(value: object) -> None:
            assert isinstance(value, tuple)
            self._desk.asked.emit("mapping", Asked(paths, value, self.remembered))

        task.succeeded.connect(done)
        self._desk.follow(task, QUESTION)

    def remembered(self, key: str) -> Columns | None:
        """Return what was said of a header before."""
        return from_text(self._desk.settings.answer(key))

    def read(self, paths: tuple[Path, ...], columns: Columns, key: str) -> None:
        """Open *paths* as was said, and remember it."""
        self._desk.settings.keep_answer(key, columns.as_text())
        self._open(paths, columns)
