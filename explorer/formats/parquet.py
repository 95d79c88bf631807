"""Two tables as Parquet, edges and accounts, written by DuckDB; their story in the metadata."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.archive.store import QUIET, settings, writing
from explorer.graph.model import Category, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from explorer.formats.fields import Field
    from explorer.formats.network import Network
    from explorer.job import Report

GROUP = 100_000
"""Rows of one group: what a reader must hold at once."""


def write(network: Network, edges: Path, accounts: Path, report: Report) -> None:
    """Write both tables.

    Raises
    ------
    OSError
        If there is no room for them.
    """
    ends = {"source": network.ids[network.source], "target": network.ids[network.target]}
    _table(network, ends, network.edge_cells, edges)
    report(network.m / max(network.n + network.m, 1), "writing the accounts")
    named = {"id": network.ids, "label": network.labels}
    fields = network.account_cells
    _table(network, named, fields, accounts)
    report(1.0, "done")


def _table(
    network: Network, first: dict[str, NDArray[Any]], fields: Sequence[Field], path: Path
) -> None:
    import duckdb  # here and not above: the window names this job, its worker does it

    told = json.dumps({"story": network.story, **network.about}, ensure_ascii=False)
    arrays = {**first, **{f"c{place}": _array(one) for place, one in enumerate(fields)}}
    chosen = [f"CAST({name} AS VARCHAR) AS {name}" for name in first]
    chosen += [f"{_value(one, f'c{place}')} AS {_named(one)}" for place, one in enumerate(fields)]
    with duckdb.connect(":memory:", config=settings()) as db:
        db.execute(QUIET)
        db.register("given", arrays)
        with writing():
            db.execute(
                f"COPY (SELECT {', '.join(chosen)} FROM given) TO {_quoted(str(path))} "
                f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP}, "
                f"KV_METADATA {{starling: {_quoted(told)}}})"
            )


def _array(field: Field) -> NDArray[Any]:
    values = field.values
    if isinstance(values, Text):
        return np.array([*values.strings(), None], object)[:-1]
    if isinstance(values, Category):
        return np.array([*values.labels, None], object)[:-1][values.codes.astype(np.intp)]
    if field.known is None or values.dtype.kind == "f":
        return values
    return np.ma.array(values, mask=~field.known)


def _value(field: Field, name: str) -> str:
    """Return the SQL of a column: nothing where it is unknown, times as times."""
    if isinstance(field.values, Text | Category):
        return f"nullif(CAST({name} AS VARCHAR), '')"
    if field.unit == "time":
        return f"make_timestamp({name} * 1000000)"
    if field.unit == "day":
        return f"DATE '1970-01-01' + {name}"
    if field.known is not None and field.values.dtype.kind == "f":
        return f"nullif({name}, 'nan')"
    return name


def _named(field: Field) -> str:
    return '"' + field.name.replace('"', '""') + '"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
