"""Read UCINET DL ourselves: igraph's reader runs past its memory where labels are missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from explorer.errors import SourceError
from explorer.ingest.links import Links
from explorer.ingest.rows import lines
from explorer.ingest.values import number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from explorer.ingest.drawn import Drawn
    from explorer.ingest.entry import Entry

MOST_HEAD = 1 << 20
"""Lines before the data."""
ROOMY = 100_000
"""Accounts that a file may announce beyond one for each of its bytes."""
TOKEN = re.compile(r'"([^"]*)"|([^\s,"]+)')


def read(entry: Entry, heard: Callable[[int], None]) -> Drawn:
    """Return the graph of a DL file: a full matrix, or lists of edges or neighbours.

    Raises
    ------
    SourceError
        If it has no data, more than one matrix, or another format.
    """
    rest = lines(entry, heard)
    head = _Head(entry, _until_data(entry, rest))
    links = Links()
    if not head.embedded:
        links.state(head.names())
    take = {"edgelist1": _edges, "nodelist1": _neighbours, "fullmatrix": _matrix}[head.format]
    take(head, rest, links)
    return links.drawn("UCINET DL graph")


def _until_data(entry: Entry, rest: Iterator[str]) -> str:
    head = []
    for line in rest:
        head.append(line)
        if re.match(r"\s*data\s*:", line, re.IGNORECASE):
            return "".join(head[:-1]).removeprefix("\ufeff")
        if len(head) > MOST_HEAD:
            break
    raise SourceError(
        f"{entry.shown} is a UCINET DL file without data.", "It may not have been copied whole."
    )


class _Head:
    """What the lines before the data say."""

    def __init__(self, entry: Entry, text: str) -> None:
        n = re.search(r"\bn\s*=\s*(\d{1,18})\b", text, re.IGNORECASE)
        form = re.search(r"\bformat\s*=\s*(\w+)", text, re.IGNORECASE)
        self.format = form[1].lower() if form else "fullmatrix"
        self.embedded = re.search(r"\blabels\s+embedded\b", text, re.IGNORECASE) is not None
        labels = re.search(r"\blabels\s*:(.*)", text, re.IGNORECASE | re.DOTALL)
        self.labels = _words(labels[1]) if labels and not self.embedded else []
        several = re.search(r"\bn[rcm]\s*=", text, re.IGNORECASE)
        if n is None or several or self.format not in ("edgelist1", "nodelist1", "fullmatrix"):
            raise SourceError(
                f"{entry.shown} is a UCINET DL file of a kind that is not read.",
                "One square matrix, edgelist1 or nodelist1 is; export it again as that.",
            )
        self.n = int(n[1])
        if self.n > ROOMY + entry.size:
            raise SourceError(
                f"{entry.shown} says that it has {self.n:,} accounts, more than it can hold.",
                "Export it again.",
            )

    def names(self) -> list[str]:
        """Return what to call accounts: their labels if those tell all apart, else numbers."""
        if len(self.labels) == len(set(self.labels)) == self.n:
            return self.labels
        return [str(place + 1) for place in range(self.n)]


def _words(line: str) -> list[str]:
    return [found[1] if found[1] is not None else found[2] for found in TOKEN.finditer(line)]


def _numbered(rest: Iterator[str], links: Links) -> Iterator[tuple[int, list[str]]]:
    """Yield the words of each line of data that is not blank."""
    for place, line in enumerate(rest, 1):
        if not line.isascii() and any("\udc80" <= letter <= "\udcff" for letter in line):
            links.refused.add("not valid UTF-8", 0, place)
        elif words := _words(line):
            yield place, words


def _edges(head: _Head, rest: Iterator[str], links: Links) -> None:
    names = list(links.number)
    for place, words in _numbered(rest, links):
        if len(words) not in (2, 3):
            links.refused.add(f"has {len(words)} words, not 2 or 3", 0, place)
            continue
        weight = words[2] if len(words) == 3 else ""
        _link(links, place, _ends(head, names, (words[0], words[1])), weight)


def _neighbours(head: _Head, rest: Iterator[str], links: Links) -> None:
    names = list(links.number)
    for place, words in _numbered(rest, links):
        for target in words[1:]:
            _link(links, place, _ends(head, names, (words[0], target)))


def _ends(head: _Head, names: list[str], words: tuple[str, str]) -> tuple[str, str]:
    """Return two accounts: as they are where labels stand in the data, else by their numbers."""
    return words if head.embedded else (_at(names, words[0]), _at(names, words[1]))


def _link(links: Links, place: int, ends: tuple[str, str], weight: str = "") -> None:
    reason = links.add(ends, weight) if all(ends) else "an edge to a node that is not in the file"
    if reason:
        links.refused.add(reason, 0, place)


def _at(names: list[str], word: str) -> str:
    return names[int(word) - 1] if word.isdecimal() and 0 < int(word) <= len(names) else ""


def _matrix(head: _Head, rest: Iterator[str], links: Links) -> None:
    rows = _numbered(rest, links)
    names = next(rows, (0, []))[1] if head.embedded else list(links.number)
    links.state(names)
    by_word = {name.lower(): name for name in names}
    place = row = 0
    cells: list[str] = []
    for place, words in rows:
        source = by_word.get(words[0].lower(), "") if head.embedded else ""
        cells += words[1:] if head.embedded else words
        while len(cells) >= len(names) > 0:
            at = source or (names[row] if row < len(names) else "")
            _row(links, place, at, list(zip(names, cells[: len(names)], strict=True)))
            del cells[: len(names)]
            row += 1
    if cells:
        links.refused.add("a row of a matrix that is not whole", 0, place)


def _row(links: Links, place: int, source: str, cells: list[tuple[str, str]]) -> None:
    if not source:
        links.refused.add("a row of a matrix too many", 0, place)
        return
    for target, cell in cells:
        reason = links.add((source, target), cell) if number(cell) != 0 else ""
        if reason:
            links.refused.add(reason, 0, place)
