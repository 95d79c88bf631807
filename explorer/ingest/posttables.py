"""Read tables of posts that other tools write, as ``shapes`` says how each is built."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from explorer.archive.tables import BY_NAME
from explorer.ingest.entry import Foreign
from explorer.ingest.header import read_header
from explorer.ingest.posts import Bad, Person, Post, Tie, count
from explorer.ingest.rows import records
from explorer.ingest.shapes import SHAPES, WITHOUT_EDGES
from explorer.ingest.takedown import DECIMAL
from explorer.ingest.tweets import RT
from explorer.ingest.values import number, seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from explorer.ingest.entry import Entry
    from explorer.ingest.header import Header
    from explorer.ingest.shapes import By, Shape


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that was recognised; *columns* says where each stands."""

    shape: Shape
    header: Header
    columns: Mapping[str, int]


def recognise(entry: Entry, sample: bytes) -> Sheet | None:
    """Return what kind of table of posts begins like this, or None.

    Raises
    ------
    Foreign
        If it is a known table that holds no interactions, or one without a header.
    """
    header = read_header(sample, entry.shown)
    if header is None or len(header.names) < 2:
        return None
    keys = header.keys
    for shape in SHAPES:
        if shape.signature.issubset(keys):
            return Sheet(shape, header, {key: place for place, key in enumerate(keys)})
    for signature, words in WITHOUT_EDGES:
        if signature.issubset(keys):
            raise Foreign(
                f"{entry.shown} is {words}.",
                "Drop posts, or a graph made from it, instead.",
            )
    if re.fullmatch(r"\d{5,25}", keys[0]):
        raise Foreign(
            f"{entry.shown} has no line with the names of its columns: it begins with "
            f"{header.words}.",
            "Put a line with names on top, such as Source,Target, and drop it again.",
        )
    return None


def read(entry: Entry, sheet: Sheet, heard: Callable[[int], None]) -> Iterator[Post | Bad]:
    """Yield the posts of a table, and what is none."""
    for row in records(entry, sheet.header, heard):
        if row.reason:
            yield Bad(row.reason, row.number, row.line)
            continue
        cells = {name: row.cells[place].strip() for name, place in sheet.columns.items()}
        cells[""] = ""
        reason = _fault(sheet.shape, cells)
        yield Bad(reason, row.number, row.line) if reason else _post(sheet.shape, cells)


def _fault(shape: Shape, cells: Mapping[str, str]) -> str:
    """Return why a record says nothing of use."""
    for column in filter(None, (shape.post, shape.account or shape.name)):
        if not cells.get(column):
            return f"empty {column}"
        if re.match(DECIMAL, cells[column]):
            return f"{column} damaged by a spreadsheet"
    return ""


def _post(shape: Shape, cells: Mapping[str, str]) -> Post:
    def cell(column: str) -> str:
        return cells.get(column, "")

    name = cell(shape.name)
    account = cell(shape.account) or BY_NAME + name.lower()
    ties = [tie for by in shape.ties for tie in _ties(by, cells)]
    told = RT.match(cell(shape.text))
    if told and not any(tie.kind == "retweet" for tie in ties) and _has_retweets(shape):
        ties.append(Tie("retweet", name=told[1]))
    person = Person(account, name, cell(shape.display), count(cell(shape.followers)))
    others = tuple(Person(tie.target, tie.name) for tie in ties if tie.target and tie.name)
    return Post(
        f"{cell(shape.within)}/{cell(shape.post)}" if shape.within else cell(shape.post),
        account,
        _time(cell(shape.time)),
        cell(shape.language).lower(),
        cell(shape.client),
        cell(shape.hashtags),
        cell(shape.urls),
        cell(shape.text),
        tuple(ties),
        (person, *others),
    )


def _has_retweets(shape: Shape) -> bool:
    """Say whether retweets of this table are told by a name: then their text tells it too."""
    return any(by.kind == "retweet" and by.name for by in shape.ties)


def _ties(by: By, cells: Mapping[str, str]) -> Iterator[Tie]:
    if by.when and cells.get(by.when[0], "").lower() != by.when[1]:
        return
    target, name, post = (cells.get(column, "") for column in (by.target, by.name, by.post))
    if by.many == "names":
        yield from (
            Tie(by.kind, name=one.strip(" @")) for one in name.split(",") if one.strip(" @")
        )
    elif by.many == "json":
        yield from _from_json(by.kind, name)
    elif target or name or post:
        usable = "" if re.match(DECIMAL, target) else target
        yield Tie(by.kind, usable, name.lstrip("@"), post, by.inside)


def _from_json(kind: str, text: str) -> Iterator[Tie]:
    try:
        found = json.loads(text) if text.startswith("[") else []
    except (ValueError, RecursionError):
        return
    for one in found:
        if isinstance(one, dict):
            yield Tie(kind, str(one.get("id") or ""), str(one.get("username") or ""))


def _time(text: str) -> int:
    """Return UTC seconds; a small number is one too, counted from whatever start."""
    found = seconds(text)
    return found if found >= 0 else max(-1, int(number(text))) if _small(text) else -1


def _small(text: str) -> bool:
    return re.fullmatch(r"\d{1,9}(\.\d+)?", text) is not None
