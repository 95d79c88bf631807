"""What the commands share: options, the moving line of progress, and how a document is read."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from explorer.errors import StarlingError

if TYPE_CHECKING:
    from explorer.document.content import Beside
    from explorer.document.model import Document
    from explorer.job import Report

CONTEXT: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Named(click.Path):
    """A path as it was given; whoever opens it says what is wrong with it."""

    def __init__(self) -> None:
        super().__init__(readable=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; an empty one is a variable that was never set, not this folder."""
        if value == "":
            raise StarlingError("A name that was given is empty.", "Name a file or a folder.")
        return super().convert(value, param, ctx)


paths_argument = click.argument("paths", nargs=-1, type=Named())
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
map_option = click.option(
    "--map", "mapping", metavar="COLUMNS", help="How to read a table: source=COL,target=COL,…"
)
encoding_option = click.option(
    "--encoding", metavar="NAME", help="What tables that are not UTF-8 are in, as windows-1252."
)
core_option = click.option("--core", "rule", default="listed", show_default=True, metavar="RULE")


def tell(words: str, err: bool = False) -> None:
    """Print *words*; a file's name that is no text comes out as escapes, which JSON knows too."""
    click.echo(words.encode("utf-8", "backslashreplace").decode(), err=err)


def progress() -> Report:
    """Return a report that writes one moving line, if somebody watches."""

    def report(done: float, note: str = "", _partial: object = None, /) -> None:
        if sys.stderr.isatty():
            end = "\n" if done >= 1 else ""
            sys.stderr.write(f"\r\x1b[K{100 * done:3.0f} % {note}{end}")
            sys.stderr.flush()

    return report


def parse_size(text: str) -> tuple[int, int]:
    """Return width and height in pixels from ``1600x1000``.

    Raises
    ------
    StarlingError
        If it is not two whole numbers between 16 and 16384.
    """
    parts = text.lower().replace("×", "x").split("x")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts):
        raise StarlingError(f"{text!r} is not a size.", "Write it as 1600x1000.")
    width, height = (int(part) for part in parts)
    if not all(16 <= side <= 16384 for side in (width, height)):
        raise StarlingError(f"{text} is not a size between 16x16 and 16384x16384.")
    return width, height


def check_place(output: Path) -> None:
    """Refuse, before the work, a name under which nothing can be written after it.

    Raises
    ------
    StarlingError
        If its folder is not there or cannot be written, or it is a folder itself.
    """
    folder = output.parent
    if output.is_dir():
        raise StarlingError(f"{output} is a folder.", "Name the file to write, with its ending.")
    if not folder.is_dir():
        raise StarlingError(
            f"Cannot write {output.name} in {folder}: there is no such folder.",
            "Make it first, or name another one.",
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StarlingError(
            f"Cannot write {output.name} in {folder}: permission denied.", "Name another folder."
        )


def document_of(
    paths: tuple[Path, ...], rule: str, mapping: str | None = None, encoding: str | None = None
) -> Document:
    """Read *paths* (files, folders, zips, or one session) and give roles by *rule*.

    Tables are read as *mapping* says, if it does: ``source=COL,target=COL``; those that are not
    in UTF-8 in that *encoding*.
    """
    return looked_at(paths, rule, mapping, encoding)[0]


def looked_at(
    paths: tuple[Path, ...], rule: str, mapping: str | None = None, encoding: str | None = None
) -> tuple[Document, Beside | None]:
    """Return the same, and how it was looked at if it is a session, else None."""
    from explorer.document import edits
    from explorer.document.file import looks_like_session, open_session
    from explorer.graph.build import OpenArchive
    from explorer.graph.roles import assign
    from explorer.graph.rules import parse_rule
    from explorer.ingest.encodings import known
    from explorer.ingest.mapping import Columns, parse

    if not paths:
        raise StarlingError("Nothing to read.", "Name a file, a folder or a zip.")
    parsed = parse_rule(rule)

    def ruled(document: Document) -> Document:
        return edits.give_roles(document, assign(parsed, document.graph))

    sessions = [path for path in paths if looks_like_session(path)]
    if sessions and len(paths) > 1:
        raise StarlingError(
            f"{sessions[0].name} is a session, which holds a graph that is made already.",
            "Name it alone, or name what it was made from.",
        )
    if sessions:
        session = open_session(paths[0])
        document, beside = session.document, session.beside
        return document if rule == "listed" else ruled(document), beside
    columns = parse(mapping) if mapping else None
    if encoding:
        columns = replace(columns or Columns(), encoding=known(encoding))
    opened = OpenArchive(paths, mapping=columns)(progress())
    for one in opened.receipt.damaged:
        tell(f"Warning: left out. {one.reason}", err=True)
    return ruled(edits.load(opened.graph, opened.receipt, opened.stored)), None
