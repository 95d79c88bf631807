"""Columns as pieces of text: a block of rows becomes one string by C loops alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from explorer.graph.model import Category, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from explorer.graph.model import Column, Mask

    Pieces: TypeAlias = Callable[[slice], list[str]]
    """From rows to as many strings."""

STEP = 1 << 15
"""Rows that are text at once."""
XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
SPECIAL = re.compile(r'[&<>"]')

Unit = Literal["", "time", "day"]
Type = Literal["string", "boolean", "integer", "long", "float", "double"]


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One column to write.

    Attributes
    ----------
    values
        Of text, every string is clean already.
    unit
        ``time`` for UTC seconds and ``day`` for days, both since 1970; empty for all else.
    known
        ``(n,)`` mask of the rows that say something; None if all do.
    """

    name: str
    values: Column
    unit: Unit = ""
    known: Mask | None = None

    def as_numbers(self, values: NDArray[np.floating]) -> Field:
        """Return the same column with plain numbers in it."""
        return Field(self.name, values, "", self.known)

    @property
    def type(self) -> Type:
        """What XML dialects call the type; a day is text."""
        if isinstance(self.values, Text | Category) or self.unit == "day":
            return "string"
        kind, size = self.values.dtype.kind, self.values.dtype.itemsize
        if kind == "b":
            return "boolean"
        if kind == "f":
            return "float" if size <= 4 else "double"
        return "long" if size > 4 else "integer"


def marks(simulated: object, count: int) -> tuple[Field, ...]:
    """Return what says in every row of a table that it is simulated; nothing if it is not.

    A table is renamed, cut and sorted: what stands in its rows is what stays with it.
    """
    column = Category(np.zeros(count, np.uint8), ("SIMULATED",))
    return (Field("simulated", column),) if simulated else ()


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a format writes values.

    Attributes
    ----------
    text
        From a clean string to how it stands in the file.
    days
        From a day as ISO 8601 to how it stands in the file.
    iso
        Whether times are ISO 8601 in UTC, rather than seconds since 1970.
    truth
        What false and true are called.
    """

    text: Callable[[str], str]
    days: Callable[[str], str] = str
    iso: bool = False
    truth: tuple[str, str] = ("false", "true")


def pieces(
    field: Field, dialect: Dialect, before: str = "", after: str = "", missing: str = ""
) -> Pieces:
    """Return what writes *field* between *before* and *after*, or *missing* where unknown."""
    values = field.values
    if isinstance(values, Text):
        return lambda rows: [
            f"{before}{dialect.text(one)}{after}" if one else missing
            for one in values.take(np.arange(rows.start, rows.stop))
        ]
    if isinstance(values, Category):
        made = [f"{before}{dialect.text(one)}{after}" if one else missing for one in values.labels]
        return looked_up(np.array([*made, missing], object)[:-1], values.codes)
    if values.dtype.kind == "b":
        return looked_up(objects([f"{before}{one}{after}" for one in dialect.truth]), values)
    return _numbers(field, dialect, before, after, missing)


def _numbers(field: Field, dialect: Dialect, before: str, after: str, missing: str) -> Pieces:
    known = field.known
    template = f"{before.replace('%', '%%')}{_form(field, dialect)}{after.replace('%', '%%')}"

    def made(rows: slice) -> list[str]:
        told = list(map(template.__mod__, _plain(field, dialect, rows)))
        if known is not None:
            for place in np.flatnonzero(~known[rows]).tolist():
                told[place] = missing
        return told

    return made


def _form(field: Field, dialect: Dialect) -> str:
    """Return the shortest form that reads back as the same number."""
    if field.unit == "time" and dialect.iso:
        return "%sZ"
    if field.type in ("float", "double"):
        return "%.9g" if field.type == "float" else "%.17g"
    return "%s"


def _plain(field: Field, dialect: Dialect, rows: slice) -> list[Any]:
    values = np.asarray(field.values)[rows]
    if field.unit == "day":
        return [dialect.days(str(one)) for one in values.astype("datetime64[D]").tolist()]
    if field.unit == "time" and dialect.iso:
        return list(np.datetime_as_string(values.astype("datetime64[s]")).tolist())
    return list(values.tolist())


def objects(strings: Sequence[str]) -> NDArray[np.object_]:
    """Return strings as an array of objects, whatever their lengths."""
    made = np.empty(len(strings), object)
    made[:] = strings
    return made


def looked_up(strings: NDArray[np.object_], codes: NDArray[Any]) -> Pieces:
    """Return what writes ``strings[codes]``."""
    return lambda rows: list(strings[codes[rows].astype(np.intp)].tolist())


def always(text: str) -> Pieces:
    """Return what writes the same in every row."""
    return lambda rows: list(repeat(text, rows.stop - rows.start))


def counted(before: str, after: str, first: int = 0) -> Pieces:
    """Return what writes the number of each row, from *first* on."""
    template = f"{before.replace('%', '%%')}%d{after.replace('%', '%%')}"
    return lambda rows: list(map(template.__mod__, range(rows.start + first, rows.stop + first)))


def blocks(columns: Sequence[Pieces], count: int) -> Iterator[tuple[int, str]]:
    """Yield the rows done and their text, block by block."""
    for start in range(0, count, STEP):
        rows = slice(start, min(start + STEP, count))
        made = zip(*(column(rows) for column in columns), strict=True)
        yield rows.stop, "".join(chain.from_iterable(made))


def in_xml(text: str) -> str:
    """Return a clean string as XML holds it, in attributes and between tags."""
    return text.translate(XML) if SPECIAL.search(text) else text
