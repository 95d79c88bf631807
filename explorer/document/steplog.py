"""The log of steps in a session file: words as JSON, accounts by id, positions apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.document import columns
from explorer.document.steps import Accounts, Given, Log, Step
from explorer.graph.listing import Listing
from explorer.graph.model import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from explorer.document.model import Document
    from explorer.document.upgrade import Meta
    from explorer.graph.model import Graph, Positions

STEPS = "steps.parquet"
"""Part of a session with the positions that no recipe makes again; there only if there are any."""
FINAL = "final"
"""Said of positions that are those of the document itself."""


@dataclass(frozen=True, slots=True)
class ToldLog:
    """A log taken apart.

    Attributes
    ----------
    meta
        For ``meta.json``.
    sets
        Ids by the name of the set.
    parts
        Parquet by the name of the part: one or none.
    """

    meta: Meta
    sets: Mapping[str, list[str]]
    parts: Mapping[str, bytes]


def told(log: Log, document: Document) -> ToldLog:
    """Return *log* as a session keeps it."""
    graph, programs = document.graph, list(dict.fromkeys(step.program for step in log))
    names = graph.text("id") if any(step.given.sets for step in log) else None
    sets: dict[str, list[str]] = {}
    apart: dict[str, Any] = {}
    steps = []
    for place, step in enumerate(log):
        held, given = [], step.given
        for name, members in given.sets.items():
            if isinstance(members, Accounts) and members.n != graph.n:
                continue  # of another graph: the step will say that it was not kept
            held.append(name)
            assert names is not None
            sets[_named(place, name)] = (
                names.take(np.flatnonzero(members.mask()))
                if isinstance(members, Accounts)
                else sorted(members)
            )
        steps.append(
            {
                "title": step.title,
                "verb": step.verb,
                "values": step.values,
                "words": step.words,
                "when": step.when,
                "program": programs.index(step.program),
                "sets": held,
                "positions": _places(place, given, document, apart),
                "kept": given.kept,
            }
        )
    return ToldLog(
        {
            "programs": [list(map(list, one)) for one in programs],
            "steps": steps,
        },
        sets,
        {STEPS: columns.pack(apart, _told(apart))} if apart else {},
    )


def log_of(
    meta: Meta,
    members: Mapping[str, list[str]],
    parts: Mapping[str, bytes],
    graph: Graph,
    positions: Positions,
) -> Log:
    """Return the log that ``told`` took apart.

    Raises
    ------
    ValueError, TypeError, KeyError, IndexError
        If it makes no sense.
    """
    programs = [tuple((str(a), str(b)) for a, b in one) for one in meta["programs"]]
    places = [place for place, one in enumerate(meta["steps"]) if one["positions"] == "apart"]
    apart: dict[str, Any] = {}
    if places:
        blank = {f"{axis}{place}": np.empty(0, np.float32) for place in places for axis in "xy"}
        apart = columns.unpack(parts[STEPS], _told(blank), graph.n)
    log = []
    for place, one in enumerate(meta["steps"]):
        found = None
        if one["positions"] == FINAL:
            found = positions
        elif one["positions"]:
            found = frozen(np.column_stack([apart[f"x{place}"], apart[f"y{place}"]]))
        given = Given(
            {
                _text(name): Listing.of(members.get(_named(place, name), ()))
                for name in _list(one["sets"])
            },
            found,
            graph.text("id") if found is not None else None,
            bool(one["kept"]),
        )
        program = programs[int(one["program"])]
        title, verb = _text(one["title"]), _text(one["verb"])
        values = {_text(name): value for name, value in one["values"].items()}
        said, when = _text(one["words"]), _text(one["when"])
        log.append(Step(title, verb, values, said, given, when, program))
    return tuple(log)


def _named(place: int, name: str) -> str:
    return f"step {place} {name}"


def _places(place: int, given: Given, document: Document, apart: dict[str, Any]) -> str:
    """Say where the positions of a step are kept; put them *apart* if nowhere else."""
    if given.positions is None or len(given.positions) != document.graph.n:
        return ""
    if given.positions is document.positions:
        return FINAL
    apart[f"x{place}"], apart[f"y{place}"] = given.positions.T
    return "apart"


def _told(apart: Mapping[str, Any]) -> list[columns.Told]:
    return [columns.number(name, array) for name, array in apart.items()]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r:.40} is no text")  # noqa: TRY004 - one kind of bad file
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"{value!r:.40} is no list")  # noqa: TRY004 - one kind of bad file
    return value
