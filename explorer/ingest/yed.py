"""How yEd draws the accounts of a GraphML file: kept in elements of its own, not as attributes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from explorer.ingest import markup
from explorer.ingest.values import colour, number

if TYPE_CHECKING:
    from explorer.ingest.drawn import Drawn
    from explorer.ingest.entry import Entry

SPACE = "yworks.com"
"""Part of the names of yEd's elements in full, declared at the root."""


@dataclass(slots=True)
class Look:
    """How one account is drawn: what it is called, its middle with y down, its larger side."""

    name: str = ""
    x: float = np.nan
    y: float = np.nan
    size: float = np.nan
    colour: str = ""


class _Plain(Exception):  # noqa: N818 - caught on its way: most files are not yEd's
    """The root declares nothing of yEd's."""


def looked(entry: Entry, drawn: Drawn) -> Drawn:
    """Return *drawn* with names, places, colours and sizes as yEd keeps them, where it has none.

    Raises
    ------
    SourceError
        If the file is not well-formed.
    """
    looks = _looks(entry)
    if not looks:
        return drawn
    each = [looks.get(one, Look()) for one in drawn.ids]
    places = np.array([(one.x, -one.y) for one in each], np.float64).reshape(-1, 2)
    sizes = np.array([one.size for one in each], np.float64)
    named = drawn.names if any(drawn.names) else [one.name for one in each]
    coloured = drawn.colours if any(drawn.colours) else [one.colour for one in each]
    return replace(
        drawn,
        names=named,
        colours=coloured,
        places=places if drawn.places is None and np.isfinite(places).any() else drawn.places,
        sizes=sizes if drawn.sizes is None and np.isfinite(sizes).any() else drawn.sizes,
    )


def _looks(entry: Entry) -> dict[str, Look]:
    """Return the look of each account by its id; nothing if the file is not from yEd."""
    reader = _Reader()
    parser = markup.parser(entry.shown)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        with entry.open() as stream:
            for _ in markup.fed(parser, stream, entry.shown):
                pass
    except _Plain:
        return {}
    return reader.looks


class _Reader:
    """What was read so far: of each account the first label with a text, and the first shape."""

    def __init__(self) -> None:
        self.looks: dict[str, Look] = {}
        self._root = True
        self._open: list[Look] = []  # accounts that others are nested in
        self._label: list[str] | None = None

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Take an element."""
        if self._root:
            self._root = False
            if not any(SPACE in value for value in given.values()):
                raise _Plain
        name = markup.local(tag)
        if name == "node":
            self._open.append(self.looks.setdefault(given.get("id", ""), Look()))
        elif self._open and name in _TAKES:
            _TAKES[name](self._open[-1], given)
        elif self._open and name == "nodelabel" and not self._open[-1].name:
            self._label = []

    def text(self, words: str) -> None:
        """Take words, if they are of a label."""
        if self._label is not None:
            self._label.append(words)

    def end(self, tag: str) -> None:
        """Leave an element."""
        name = markup.local(tag)
        if name == "node" and self._open:
            self._open.pop()
        elif name == "nodelabel" and self._label is not None:
            self._open[-1].name = " ".join("".join(self._label).split())
            self._label = None


def _geometry(look: Look, given: dict[str, str]) -> None:
    if np.isfinite(look.x):
        return
    wide, high = number(given.get("width", "")), number(given.get("height", ""))
    look.x = number(given.get("x", "")) + wide / 2
    look.y = number(given.get("y", "")) + high / 2
    look.size = max(wide, high)


def _fill(look: Look, given: dict[str, str]) -> None:
    look.colour = look.colour or colour(given.get("color", ""))


_TAKES = {"geometry": _geometry, "fill": _fill}
