"""Recognise the tables of information-operations archives, of every generation, by their header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from explorer.errors import SourceError
from explorer.ingest.entry import UnknownTable
from explorer.ingest.header import read_header

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from explorer.ingest.careful import Read
    from explorer.ingest.entry import Entry
    from explorer.ingest.header import Header

USERS = (
    "userid",
    "user_display_name",
    "user_screen_name",
    "user_reported_location",
    "user_profile_description",
    "user_profile_url",
    "follower_count",
    "following_count",
    "account_creation_date",
    "account_language",
)
"""Columns of a users file; tweets files repeat them."""

TWEETS = (
    *("tweetid", "tweet_language", "tweet_text", "tweet_time", "tweet_client_name"),
    *("in_reply_to_userid", "in_reply_to_tweetid", "quoted_tweet_tweetid"),
    *("is_retweet", "retweet_userid", "retweet_tweetid", "latitude", "longitude"),
    *("quote_count", "reply_count", "like_count", "retweet_count"),
    *("hashtags", "urls", "user_mentions", "poll_choices"),
)
"""Columns of a tweets file alone."""

UNUSED = frozenset(
    (
        *("latitude", "longitude", "quote_count", "reply_count", "like_count"),
        *("retweet_count", "poll_choices"),
    )
)
"""Known columns that nothing is made of."""

ALIASES = {
    "user_follower_count": "follower_count",
    "user_following_count": "following_count",
    "retweet_user_id": "retweet_userid",
    "retweet_tweet_id": "retweet_tweetid",
}
LEAST_KNOWN = 8
"""Names of columns that must be known for a table to be ours."""
MOST_COLUMNS = 1000

OUTSIDE = re.compile(r"^SIMULATED[_ -]*|\.(csv|zip|gz|xz|zst|tsv|txt|xlsx|parquet)$", re.IGNORECASE)
"""What is no part of a title at the start and end of a file's name."""
ROUNDED = r"\d(\.\d+[Ee]\+?|[Ee]\+)\d+"
DAMAGED = rf"^{ROUNDED}$"
"""What a spreadsheet makes of an id: rounded, so no longer an id."""
DECIMAL = rf"^({ROUNDED}|\d{{6,}}\.0)$"
"""That, or what a table of numbers makes of a column of ids with gaps: no longer the same text."""
TIME = r"^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?( ?(Z|UTC|\+00:?00))?$"

SET = re.compile(
    r"^(?:SIMULATED[_ -]*)?(?P<set>.+?)_(?P<kind>users|tweets)_csv_(?:un)?hashed"
    r"(?:_(?:part)?\d+)?(?:\.(?:csv|zip|gz))*$",
    re.IGNORECASE,
)

Kind = Literal["users", "tweets"]


@dataclass(frozen=True, slots=True)
class Table:
    """A stream that was recognised.

    Attributes
    ----------
    columns
        Where each known column stands, from 0.
    """

    entry: Entry
    header: Header
    kind: Kind
    columns: Mapping[str, int]

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns without which a record says nothing."""
        return ("userid",) if self.kind == "users" else ("tweetid", "userid")


def recognise(entry: Entry, sample: bytes) -> Table | None:
    """Return the table that *entry* is, or None if it is something else altogether.

    Raises
    ------
    UnknownTable
        If it is a table, but not of an archive.
    SourceError
        If it is one of ours that cannot be used.
    """
    header = read_header(sample, entry.shown)
    if header is None:
        return None
    names = [ALIASES.get(key, key) for key in header.keys]
    columns = {name: names.index(name) for name in (*USERS, *TWEETS) if name in names}
    if len(columns) < LEAST_KNOWN or len(names) > MOST_COLUMNS:
        if len(names) < 2:
            return None
        raise UnknownTable(
            f"{entry.shown} is no table of an information-operations archive: "
            f"its columns are {header.words}.",
            "Say what its columns mean: File › Open with mapping…, or --map on the command line.",
        )
    kind: Kind = "tweets" if columns.keys() & set(TWEETS) else "users"
    table = Table(entry, header, kind, columns)
    missing = [name for name in table.keys if name not in columns]
    if missing:
        raise SourceError(
            f"{entry.shown} lacks the column {' and '.join(missing)}.",
            "Without it nobody can tell who did what; use the file as it was published.",
        )
    return table


def title(names: list[str]) -> str:
    """Return what to call an archive whose tables have these names."""
    found = [match["set"] for name in names if (match := SET.match(name))]
    sets = [one for one in dict.fromkeys(found) if not any(map(_longer(one), found))]
    if not sets:
        return OUTSIDE.sub("", names[0])
    return sets[0] if len(sets) == 1 else f"{sets[0]} and {len(sets) - 1} more"


def _longer(name: str) -> Callable[[str], bool]:
    """Return what says whether *name* is another set's with something added."""
    return lambda other: name.startswith(f"{other}_")


def fault(table: Table, one: Read) -> tuple[str, str]:
    """Return why a record with the right form is refused, and the value; two '' if it is not."""
    cells = one.cells
    if one.fields > len(cells) and not plausible(table, cells):
        return f"has {one.fields} fields, not {len(cells)}", ""
    keys = [(name, cells[table.columns[name]]) for name in table.keys]
    if all(value.strip().lower() == _own(table, name) for name, value in keys):
        return "a repeated header row", ""
    for name, value in keys:
        if not value:
            return f"empty {name}", ""
        if not value.isdigit() and re.match(DECIMAL, value):
            return f"{name.replace('tweetid', 'id')} damaged by a spreadsheet", value
    return "", ""


def plausible(table: Table, cells: list[str]) -> bool:
    """Say whether the cells look as if each stands in its own column."""

    def cell(name: str) -> str:
        place = table.columns.get(name)
        return "" if place is None else cells[place]

    lists = (cell(name) for name in ("hashtags", "urls", "user_mentions"))
    return (
        re.match(rf"{TIME}|^$", cell("tweet_time")) is not None
        and cell("is_retweet").lower() in ("", "true", "false")
        and all(not one or (one.startswith("[") and one.endswith("]")) for one in lists)
        and all(re.match(r"^-?\d*(\.\d*)?$", cell(name)) for name in COUNTS)
    )


COUNTS = ("follower_count", "following_count")


def odd(table: Table) -> str:
    """Return SQL that is true for a record that ``fault`` would refuse, or that looks shifted.

    DuckDB lets empty fields behind the last column pass, and with them a record that one comma
    too many has shifted; so what does not look plausible is read again, carefully.
    """
    tests = [
        " AND ".join(
            f"lower(trim({cell(table, key)})) = '{_own(table, key)}'" for key in table.keys
        )
    ]
    for key in table.keys:
        tests += [f"{cell(table, key)} = ''", f"regexp_matches({cell(table, key)}, '{DECIMAL}')"]
    tests.append(f"NOT regexp_matches({cell(table, 'tweet_time')}, '{TIME}|^$')")
    tests.append(f"lower({cell(table, 'is_retweet')}) NOT IN ('', 'true', 'false')")
    for name in ("hashtags", "urls", "user_mentions"):
        one = cell(table, name)
        tests.append(f"{one} <> '' AND NOT (starts_with({one}, '[') AND ends_with({one}, ']'))")
    tests += [rf"NOT regexp_matches({cell(table, name)}, '^-?\d*(\.\d*)?$')" for name in COUNTS]
    return " OR ".join(f"({test})" for test in tests)


def cell(table: Table, name: str) -> str:
    """Return SQL for a column as text that is never NULL; '' for one that is not there."""
    return f"coalesce(c{table.columns[name]}, '')" if name in table.columns else "''"


def _own(table: Table, name: str) -> str:
    """Return what the file's own header calls a column; these names need no quoting."""
    return table.header.keys[table.columns[name]]
