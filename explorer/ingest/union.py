"""Several graphs as one: accounts by their ids, repeated edges merged, written into the archive."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.archive.receipt import FileReceipt, Interactions
from explorer.archive.tables import KINDS
from explorer.ingest.drawn import LINK
from explorer.ingest.values import texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import duckdb
    from numpy.typing import NDArray

    from explorer.ingest.drawn import Drawn
    from explorer.ingest.entry import Entry

MOST_COUNT = 2**31 - 1
"""What fits the archive's column of counts."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """Records of edges over all files, loops included."""

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    kind: NDArray[np.int64]
    count: NDArray[np.int64]
    weight: NDArray[np.float64]
    time: NDArray[np.int64]
    last: NDArray[np.int64]
    file: NDArray[np.int64]

    def at(self, rows: NDArray[np.bool_]) -> _Rows:
        columns = {one.name: getattr(self, one.name)[rows] for one in fields(self)}
        return _Rows(**columns)


class Union:
    """Several graphs as one: accounts by their ids, repeated edges merged and counted."""

    def __init__(self, drawings: Sequence[Drawn]) -> None:
        self._drawings = drawings
        self._number: dict[str, int] = {}
        self._names: list[str] = []
        self._told: dict[str, dict[int, str]] = {"role": {}, "colour": {}}
        self._stated: list[tuple[int, int]] = []
        stated: set[int] = set()
        self._at = [self._numbers(one) for one in drawings]
        for one, numbers in zip(drawings, self._at, strict=True):
            new = set(numbers[: one.stated].tolist()) - stated
            stated |= new
            self._stated.append((len(new), one.stated - len(new) + one.repeated))
        rows = _rows(drawings, self._at)
        rows = _once_each_way(rows, drawings, len(self._number))
        loops = rows.source == rows.target
        self._loops, self._rows = rows.at(loops), rows.at(~loops)
        keys = self._rows.source * len(self._number) + self._rows.target
        _, self._first, self._group = np.unique(
            keys * len(KINDS) + self._rows.kind, return_index=True, return_inverse=True
        )

    def _numbers(self, one: Drawn) -> NDArray[np.int64]:
        """Give the accounts of a file their numbers, and take what it says of them."""
        number = self._number
        found = np.fromiter(
            (number.setdefault(id_, len(number)) for id_ in one.ids), np.int64, len(one.ids)
        )
        self._names += [""] * (len(number) - len(self._names))
        for at, name in zip(found.tolist(), one.names, strict=False):
            self._names[at] = self._names[at] or name
        for told, given in zip(self._told.values(), (one.roles, one.colours), strict=True):
            told |= {at: text for at, text in zip(found.tolist(), given, strict=False) if text}
        return found

    def interactions(self) -> Interactions:
        """Say how many interactions the edges stand for."""
        kinds = np.bincount(self._rows.kind, self._rows.count, len(KINDS)).astype(np.int64)
        alone = int(self._loops.count.sum())
        sums = {kind: int(count) for kind, count in zip(KINDS, kinds, strict=True)}
        return Interactions(found=alone + sum(sums.values()), self=alone, **sums)

    def receipt(self, place: int, entry: Entry, sha256: str) -> FileReceipt:
        """Return the account of one file."""
        one = self._drawings[place]
        firsts = np.zeros(len(self._rows.file), bool)
        firsts[self._first] = True
        mine = self._rows.file == place
        new, again = self._stated[place]
        loops = int(np.count_nonzero(self._loops.file == place))
        return FileReceipt(
            path=str(entry.path),
            member=entry.member,
            sha256=sha256,
            bytes=entry.size,
            format=one.format,
            read=one.stated + one.repeated + one.m + one.refused.total,
            kept=new + loops + int(np.count_nonzero(firsts & mine)),
            merged=again + int(np.count_nonzero(mine & ~firsts)),
            refused=one.refused.total,
            refusals=tuple(one.refused.first),
            reasons=tuple(sorted(one.refused.reasons.items())),
        )

    def write(self, db: duckdb.DuckDBPyConnection) -> None:
        """Fill accounts and edges.

        Columns x, y, role, colour, size and weight are there only if they say something.
        """
        places = self._places()
        accounts = {"id": texts(list(self._number)), "name": texts(self._names)}
        _insert(
            db,
            "accounts",
            accounts,
            "id, coalesce(nullif(name, ''), id), '', '', 0, false, false, 0, -1, -1, -1, '', "
            "'', '', ''",
        )
        extra: dict[str, tuple[str, NDArray[Any]]] = {
            name: ("VARCHAR", texts([told.get(at, "") for at in range(len(self._number))]))
            for name, told in self._told.items()
            if told
        }
        if places is not None:
            extra |= {"x": ("DOUBLE", places[:, 0]), "y": ("DOUBLE", places[:, 1])}
        if (sizes := self._sizes()) is not None:
            extra["size"] = ("DOUBLE", sizes)
        _widen(db, accounts["id"], extra)
        self._write_edges(db, accounts["id"])

    def _write_edges(self, db: duckdb.DuckDBPyConnection, ids: NDArray[np.object_]) -> None:
        rows, first, group = self._rows, self._first, self._group
        m = len(first)
        count = np.minimum(np.bincount(group, rows.count, m), MOST_COUNT).astype(np.int64)
        early = np.full(m, np.iinfo(np.int64).max)
        np.minimum.at(early, group, np.where(rows.time < 0, np.iinfo(np.int64).max, rows.time))
        late = np.full(m, -1)
        np.maximum.at(late, group, np.maximum(rows.time, rows.last))
        columns = {
            "source": ids[rows.source[first]],
            "target": ids[rows.target[first]],
            "kind": np.array(KINDS, object)[rows.kind[first]],
            "count": count,
            "first": np.minimum(early, late),  # of an edge that only says when it ended: that
            "last": late,
            "weight": np.bincount(group, rows.weight, m),
        }
        weighted = bool(np.any(rows.weight != rows.count))
        if weighted:
            db.execute("ALTER TABLE edges ADD COLUMN weight DOUBLE")
        names = [name for name in columns if name != "weight" or weighted]
        if m:
            _insert(db, "edges", columns, ", ".join(names))

    def _places(self) -> NDArray[np.float64] | None:
        """Return ``(n, 2)`` positions, or None if there are none that tell accounts apart."""
        places = np.full((len(self._number), 2), np.nan)
        for one, at in zip(self._drawings, self._at, strict=True):
            if one.places is not None:
                given = np.isfinite(one.places).all(axis=1)
                places[at[given]] = one.places[given]
        known = places[np.isfinite(places).all(axis=1)]
        return places if len(known) and (known != known[0]).any() else None

    def _sizes(self) -> NDArray[np.float64] | None:
        """Return ``(n,)`` sizes, NaN for unknown, or None if there are none that differ."""
        sizes = np.full(len(self._number), np.nan)
        for one, at in zip(self._drawings, self._at, strict=True):
            if one.sizes is not None:
                given = np.isfinite(one.sizes)
                sizes[at[given]] = one.sizes[given]
        known = sizes[np.isfinite(sizes)]
        return sizes if len(known) and (known != known[0]).any() else None


def _widen(
    db: duckdb.DuckDBPyConnection,
    ids: NDArray[np.object_],
    columns: Mapping[str, tuple[str, NDArray[Any]]],
) -> None:
    """Give accounts more columns, each with its type."""
    if not columns:
        return
    for name, (kind, _) in columns.items():
        db.execute(f"ALTER TABLE accounts ADD COLUMN {name} {kind}")
    db.register("rows", {"id": ids, **{name: values for name, (_, values) in columns.items()}})
    wanted = ", ".join(f"{name} = r.{name}" for name in columns)
    db.execute(f"UPDATE accounts SET {wanted} FROM rows r WHERE accounts.id = r.id")
    db.unregister("rows")


def _insert(
    db: duckdb.DuckDBPyConnection, table: str, rows: Mapping[str, NDArray[Any]], select: str
) -> None:
    db.register("rows", dict(rows))
    db.execute(f"INSERT INTO {table} SELECT {select} FROM rows")
    db.unregister("rows")


def _rows(drawings: Sequence[Drawn], numbers: list[NDArray[np.int64]]) -> _Rows:
    parts = [
        _part(one, number, place)
        for place, (one, number) in enumerate(zip(drawings, numbers, strict=True))
    ]
    columns = {
        one.name: np.concatenate([getattr(part, one.name) for part in parts])
        for one in fields(_Rows)
    }
    return _Rows(**columns)


def _part(one: Drawn, number: NDArray[np.int64], place: int) -> _Rows:
    m, weight = one.m, np.ones(one.m)
    if one.weight is not None:
        weight = np.where(np.isfinite(one.weight), one.weight, 1.0)
    count = weight.astype(np.int64) if _whole(weight) else np.ones(m, np.int64)
    if one.count is not None:
        count = np.where(_counts(one.count), one.count, count).astype(np.int64)
    return _Rows(
        number[one.source],
        number[one.target],
        np.full(m, LINK) if one.kind is None else one.kind,
        count,
        weight,
        np.full(m, -1) if one.time is None else one.time,
        np.full(m, -1) if one.last is None else one.last,
        np.full(m, place),
    )


def _whole(weight: NDArray[np.float64]) -> bool:
    """Say whether weights are counts: whole numbers from 1 on."""
    return bool(_counts(weight).all())


def _counts(numbers: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say which numbers are counts; NaN is none."""
    return np.asarray((numbers >= 1) & (numbers <= MOST_COUNT) & (numbers == np.rint(numbers)))


def _once_each_way(rows: _Rows, drawings: Sequence[Drawn], n: int) -> _Rows:
    """Turn every undirected edge the way it was first written."""
    loose = ~np.concatenate([one.directed for one in drawings])
    if not loose.any():
        return rows
    source, target = rows.source.copy(), rows.target.copy()
    a, b = source[loose], target[loose]
    _, first, group = np.unique(
        np.minimum(a, b) * n + np.maximum(a, b), return_index=True, return_inverse=True
    )
    source[loose], target[loose] = a[first][group], b[first][group]
    return replace(rows, source=source, target=target)


def fill(
    db: duckdb.DuckDBPyConnection,
    drawings: Sequence[tuple[Entry, Drawn]],
    hashes: Mapping[Path, str],
) -> tuple[tuple[FileReceipt, ...], Interactions]:
    """Write graphs as one into the archive, and return the account of it."""
    union = Union([one for _, one in drawings])
    union.write(db)
    files = tuple(
        union.receipt(place, entry, hashes[entry.path]) for place, (entry, _) in enumerate(drawings)
    )
    return files, union.interactions()
