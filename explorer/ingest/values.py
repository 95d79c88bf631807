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
HEX = re.compile(r"#(?:([0-9a-f]{6})(?:[0-9a-f]{2})?|([0-9a-f]{3}))")
RGB = re.compile(r"(?:rgba?\()?\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,[\d. ]*)?\)?")
ISO = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?")


def unguarded(text: str) -> str:
    """Return a cell without the apostrophe that keeps spreadsheets from taking it for a formula."""
    return text[1:] if GUARDED.match(text) else text


def colour(text: str) -> str:
    """Return a colour as ``#rrggbb``, '' if it is none: from that, ``#rgb``, or ``r,g,b``."""
    text = text.strip().strip("'\"").lower()
    if found := HEX.fullmatch(text):
        digits = found[1] or "".join(2 * digit for digit in found[2])
        return f"#{digits}"
    if found := RGB.fullmatch(text):
        red, green, blue = (min(int(one), 255) for one in found.groups())
        return f"#{red:02x}{green:02x}{blue:02x}"
    return ""


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
