"""Graph files as igraph reads them right: in UTF-8, no id rounded, no name taken for a keyword."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from explorer.archive import store
from explorer.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from explorer.ingest.entry import Entry

BLOCK = 1 << 20
BLANKS = re.compile(r"\s+")
LONGEST = 100_000
"""Letters without a blank between."""
ROOMY = 100_000
"""Accounts that a file may announce beyond one for each of its bytes."""
EXACT = 2**53
"""Whole numbers from here on are rounded when igraph keeps them."""
BARE = re.compile(rb'^(\s*\d+\s+)([^\s"]\S*)')
"""A vertex of Pajek whose name is not in quotes."""
RELATION = re.compile(rb"^(\s*\*(?:arcs|edges)(?:list)?)[ \t]*:[ \t]*\d+[^\r\n]*", re.IGNORECASE)
"""Which of several relations the edges below are, and its name: igraph knows of one only."""
LONG = re.compile(rb'"[^"]*"|\b(id|source|target)(\s+)(-?\d{16,})(?![\d.])', re.IGNORECASE)
LONG_LABEL = re.compile(rb'"[^"]*"|\b(label|name)(\s+)(-?\d{16,})(?![\d.])', re.IGNORECASE)


@contextmanager
def on_disk(
    entry: Entry, format_: str, heard: Callable[[int], None]
) -> Iterator[tuple[Path, list[str]]]:
    """Give a plain file that igraph can open, and the ids that it would round, in their order."""
    with store.incoming(store.cache_folder()) as folder:  # the next import clears it if we die
        path, long_ids = folder / "graph", list[str]()
        with path.open("wb") as copy, entry.open() as stream:
            if format_ == "GML":
                data = stream.read()
                heard(len(data))
                copy.write(_shortened(data, long_ids))
            elif format_ == "Pajek":
                for line in _quoted(stream):
                    copy.write(line)
                    heard(len(line))
            else:
                while block := stream.read(BLOCK):
                    copy.write(block)
                    heard(len(block))
        if format_ != "GraphML":  # XML names its encoding
            _all_text(entry, path)
        _not_too_many(entry, format_, path)
        yield path, long_ids


def _quoted(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield Pajek as one relation, with every name in quotes.

    igraph takes a bare Q, C or HOOK for its own words.
    """
    vertices = False
    for line in lines:
        if line.lstrip().startswith(b"*"):
            line = RELATION.sub(rb"\1", line)
            vertices = line.lstrip().lower().startswith(b"*vertices")
        yield BARE.sub(rb'\1"\2"', line) if vertices else line


def _shortened(data: bytes, long_ids: list[str]) -> bytes:
    """Return GML with whole numbers that igraph would round replaced by stand-ins."""
    if not re.search(rb"\d{16}", data):
        return data
    places: dict[bytes, int] = {}

    def stand_in(found: re.Match[bytes]) -> bytes:
        if found[1] is None:
            return found[0]
        place = places.setdefault(found[3], len(places))
        return found[1] + found[2] + str(EXACT - 1 - place).encode()

    shorter = LONG.sub(stand_in, data)
    long_ids += [one.decode() for one in places]
    return LONG_LABEL.sub(
        lambda found: found[0] if found[1] is None else b'%s%s"%s"' % found.group(1, 2, 3), shorter
    )


def _all_text(entry: Entry, path: Path) -> None:
    """Refuse what is not UTF-8, and words and gaps without end.

    igraph would drop such names in silence, and takes a minute for a word of twelve megabytes.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            while text := file.read(BLOCK):
                if max(map(len, text.split()), default=0) > LONGEST:
                    raise SourceError(
                        f"{entry.shown} has a word of more than {LONGEST:,} letters: no name is "
                        "that long.",
                        "Export it again from the program that made it.",
                    )
                if max(map(len, BLANKS.findall(text)), default=0) > LONGEST:
                    raise SourceError(
                        f"{entry.shown} has more than {LONGEST:,} blanks in a row.",
                        "Export it again from the program that made it.",
                    )
    except UnicodeDecodeError:
        raise SourceError(
            f"{entry.shown} is not in UTF-8: its names would come out wrong.",
            "Open it in a text editor and save it as UTF-8.",
        ) from None


def _not_too_many(entry: Entry, format_: str, path: Path) -> None:
    """Refuse a file whose first lines announce more accounts than it can hold."""
    if format_ != "Pajek":
        return
    with path.open("rb") as file:
        head = file.read(BLOCK)
    most = max(map(int, re.findall(rb"(?i)\*vertices\s+(\d{1,18})", head)), default=0)
    if most > ROOMY + entry.size:
        raise SourceError(
            f"{entry.shown} says that it has {most:,} accounts, more than it can hold.",
            "Export it again.",
        )
