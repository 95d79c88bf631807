"""Numbers, times and text as others write them, and as the archive takes them."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

TWITTER = "%a %b %d %H:%M:%S %z %Y"
GUARDED = re.compile(r"'+[=+\-@\uff1d\uff0b\uff0d\uff20]")
ISO = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?")


def unguarded(text: str) -> str:
    """Return a cell without the apostrophe that keeps spreadsheets from taking it for a formula."""
    return text[1:] if GUARDED.match(text) else text


def number(text: str) -> float:
    """Return the number that *text* is, NaN if it is none."""
    try:
        return float(text)
    except ValueError:
        return math.nan


def seconds(text: str) -> int:
    """Return UTC seconds since 1970 for a time as text, -1 if it is none that is known.

    Understood are ISO 8601, Twitter's own way, and numbers of seconds, milliseconds or
    microseconds since 1970 that fall after 2001.
    """
    text = text.strip()
    try:
        if ISO.fullmatch(text):
            when = datetime.fromisoformat(text)
        elif text[:3].isalpha():
            when = datetime.strptime(text, TWITTER)
        else:
            return _since(float(text))
    except (ValueError, OverflowError):
        return -1
    moment = when.replace(tzinfo=when.tzinfo or UTC).timestamp()
    return max(-1, int(moment))


def _since(value: float) -> int:
    for unit in (1, 1e3, 1e6):
        if 1e9 <= value / unit < 1e10:
            return int(value / unit)
    return -1


def texts(strings: list[str]) -> NDArray[np.object_]:
    """Return strings as a column that DuckDB takes; lone surrogates become question marks."""
    column = np.empty(len(strings), object)
    try:
        "".join(strings).encode()
        column[:] = strings
    except UnicodeEncodeError:
        column[:] = [one.encode("utf-8", "replace").decode() for one in strings]
    return column
