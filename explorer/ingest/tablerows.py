"""Edges and accounts of a table, record by record, once it is known what stands in which column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.ingest.drawn import Drawn, Refused
from explorer.ingest.links import DAMAGED_ID, Links
from explorer.ingest.rows import records
from explorer.ingest.takedown import DAMAGED
from explorer.ingest.values import colour, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from explorer.ingest.entry import Entry
    from explorer.ingest.header import Header


@dataclass(frozen=True, slots=True)
class EdgeColumns:
    """Which columns say what of an edge, by number; -1 for what the table does not say.

    Attributes
    ----------
    ends
        Source and target.
    type
        "undirected" in it, in any case, says that an edge has no direction.
    told
        Times of the first and last interaction, and their count.
    directed
        Whether edges have a direction, unless *type* says otherwise.
    """

    ends: tuple[int, int]
    weight: int = -1
    time: int = -1
    kind: int = -1
    type: int = -1
    told: tuple[int, int, int] = (-1, -1, -1)
    directed: bool = True


def edges_of(
    entry: Entry, header: Header, heard: Callable[[int], None], columns: EdgeColumns
) -> Links:
    """Return the edges of a table; a record that is none is refused with its reason."""
    links = Links()
    (a, b), (first, last, count) = columns.ends, columns.told
    point = header.delimiter == ";"  # where it stands between cells, a comma is a decimal point
    for row in records(entry, header, heard):
        cells = [*row.cells, ""]  # so that -1 is an empty cell
        amount = cells[columns.weight]
        reason = row.reason or links.add(
            (entry.cell(cells[a]), entry.cell(cells[b])),
            amount.replace(",", ".") if point else amount,
            cells[columns.time],
            cells[columns.kind].strip().lower(),
            columns.directed and cells[columns.type].strip().lower() != "undirected",
            (cells[first], cells[last], cells[count]),
        )
        if reason:
            links.refused.add(reason, row.number, row.line)
    return links


def nodes_of(
    entry: Entry, header: Header, heard: Callable[[int], None], columns: tuple[int, int]
) -> Drawn:
    """Return the accounts of a table whose *columns* with their ids and names are known."""
    (id_, label), keys = columns, header.keys
    x, y, role, size = (keys.index(n) if n in keys else -1 for n in ("x", "y", "role", "size"))
    tint = [keys.index(name) for name in _tint(keys)]
    refused, repeated = Refused(), 0
    names: dict[str, str] = {}
    places: list[tuple[float, float]] = []
    roles: list[str] = []
    drawn: list[tuple[str, float]] = []
    for row in records(entry, header, heard):
        cells = [*row.cells, ""]
        one = entry.cell(cells[id_]) if not row.reason else ""
        reason = row.reason or ("no id" if not one else DAMAGED_ID * bool(re.match(DAMAGED, one)))
        if reason:
            refused.add(reason, row.number, row.line)
        elif one in names:
            repeated += 1
        else:
            names[one] = entry.cell(cells[label])
            roles.append(cells[role].strip())
            drawn.append((colour(",".join([cells[at] for at in tint])), number(cells[size])))
            places.append((number(cells[x]), number(cells[y])))
    nobody = np.empty(0, np.int64)
    return Drawn(
        "table of nodes",
        list(names),
        nobody,
        nobody,
        nobody.astype(bool),
        stated=len(names),
        names=list(names.values()),
        places=np.array(places, np.float64) if places and x >= 0 and y >= 0 else None,
        roles=roles if any(roles) else [],
        colours=[one for one, _ in drawn],
        sizes=np.array([one for _, one in drawn], np.float64),
        repeated=repeated,
        refused=refused,
    )


def _tint(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns that say a colour: one, or three as our own tables have."""
    if "color" in keys:
        return ("color",)
    return ("r", "g", "b") if {"r", "g", "b"} <= {*keys} else ()
