"""What stands in a cell of a workbook, as text: dates as ISO 8601, numbers as they were meant."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

FIRST, FIRST_OF_MAC = datetime(1899, 12, 30), datetime(1904, 1, 1)
MOST_DAYS = 2_958_466
"""The year 10000, where a workbook's calendar ends."""
DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Numbers of the formats that come with every workbook and show a date or a time."""
UNSPOKEN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
"""Parts of a format that are shown as they are: quoted, bracketed, escaped, blank or filling."""
EXACT = 15
"""Digits that a spreadsheet keeps of a number."""
MOST = 1e300
WHOLE = re.compile(r"-?\d+")


def shows_date(number: int, code: str) -> bool:
    """Say whether a format shows a date or time: one that comes with the workbook, or its code."""
    if code:
        return re.search("[ymdhs]", UNSPOKEN.sub("", code.lower())) is not None
    return number in DATES


def moment(text: str, first: datetime) -> str:
    """Return the date that a number of days stands for, as ISO 8601; the number if it is none."""
    try:
        days = float(text)
    except ValueError:
        return text
    if not 0 <= days < MOST_DAYS:
        return text
    when = first + timedelta(seconds=round(days * 86400))
    return when.isoformat(" ") if when.time() != when.min.time() else when.date().isoformat()


def figure(text: str) -> str:
    """Return a number as text; one that has lost digits in the way that readers know it by.

    A spreadsheet keeps fifteen digits. An id that was a number in it comes out as
    ``9.06123456789012E+17``, or with nothing but zeros after the fifteenth digit.
    """
    if WHOLE.fullmatch(text):
        digits = text.lstrip("-")
        lost = len(digits) > EXACT and not digits[EXACT:].strip("0")
        return f"{float(text):.14E}" if lost and len(digits) < 300 else text
    try:
        value = float(text)
    except ValueError:
        return text
    if abs(value) < MOST and value == int(value):
        return str(int(value)) if abs(value) < 10**EXACT else f"{value:.14E}"
    return repr(value)
