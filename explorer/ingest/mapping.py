"""What the columns of an unknown table mean, as one value: asked for, remembered, and told."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal, get_args

from explorer.errors import SourceError
from explorer.ingest.encodings import ENCODINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

Direction = Literal["directed", "reverse", "undirected"]
Merge = Literal["sum", "rows", "max", "first"]
DIRECTIONS: tuple[str, ...] = get_args(Direction)
MERGES: tuple[str, ...] = get_args(Merge)
REPEATED = {
    "sum": "are added up",
    "rows": "are counted",
    "max": "keep the largest weight",
    "first": "keep the first",
}
ROLES = ("source", "target", "kind", "weight", "time", "id", "label")
"""What a column may be."""
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "blank"}
SIGNS = {word: sign for sign, word in SEPARATORS.items()}
MOST_LETTERS = 40
"""Of a name or cell in a sentence."""
YES, NO = ("yes", "true", "1"), ("no", "false", "0", "none")


@dataclass(frozen=True, slots=True)
class Columns:
    """How to read a table.

    Attributes
    ----------
    source, target, kind, weight, time
        Names of columns of a table of edges, '' for none; without a header their numbers, from 1.
    id, label
        Names of columns of a table of accounts beside it.
    delimiter
        What stands between cells, '' for what seems to.
    header
        Whether the first record names the columns.
    direction
        ``reverse`` turns every edge round; ``undirected`` takes both ways for one.
    encoding
        What a text that is not UTF-8 is written in, '' if nobody has said.
    merge
        What becomes of records of the same edge: ``sum`` adds up weights, ``rows`` counts records,
        ``max`` keeps the largest weight, ``first`` the first record.
    """

    source: str = ""
    target: str = ""
    kind: str = ""
    weight: str = ""
    time: str = ""
    id: str = ""
    label: str = ""
    delimiter: str = ""
    header: bool = True
    direction: Direction = "directed"
    merge: Merge = "sum"
    encoding: str = ""

    @property
    def maps(self) -> bool:
        """Whether it says anything of columns."""
        return bool((self.source and self.target) or self.id)

    @property
    def words(self) -> str:
        """How the columns were read, for a receipt."""
        told = [f"{role} from {getattr(self, role)}" for role in ROLES[:5] if getattr(self, role)]
        if not self.header:
            told.append("no header")
        if self.delimiter:
            told.append(f"separated by {SEPARATORS.get(self.delimiter, self.delimiter)}")
        reverse = ["turned round"] * (self.direction == "reverse")
        return ", ".join([*told, *reverse, f"repeated edges {REPEATED[self.merge]}"])

    def sentence(self, names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        """Return what a table read so will give, with its first row for an example."""
        back = " and back as one" if self.direction == "undirected" else ""
        ends = [self.source, self.target][:: -1 if self.direction == "reverse" else 1]
        words = f"Each row is an edge from “{_short(ends[0])}” to “{_short(ends[1])}”{back}"
        if self.weight and self.merge != "rows":
            words += f", weighted by “{_short(self.weight)}”"
        words += f"; repeated edges {REPEATED[self.merge]}."
        if rows:
            cells = [_short(rows[0][place(end, names)]) for end in ends]
            words += f" The first: {cells[0]} → {cells[1]}."
        return words

    def as_text(self) -> str:
        """Return it as text that ``from_text`` understands."""
        told = {name: value for name, value in asdict(self).items() if value or name != "encoding"}
        return json.dumps(told, sort_keys=True)

    def trouble(self, names: Sequence[str]) -> str:
        """Return why a table with these columns cannot be read so, '' if it can."""
        if not self.source or not self.target:
            return "Choose a column for the source and one for the target."
        lost = [c for role in ROLES[:5] if (c := getattr(self, role)) and place(c, names) < 0]
        if lost:
            return f"There is no column called {_short(lost[0])}."
        if place(self.source, names) == place(self.target, names):
            return "Source and target are the same column: every edge would be a loop."
        return ""


def place(column: str, names: Sequence[str]) -> int:
    """Return where a column stands among *names*, without regard to case; -1 if it does not."""
    keys = [name.strip().lower() for name in names]
    key = column.strip().lower()
    return keys.index(key) if key and key in keys else -1


def told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """Return names of columns, each once: where one is empty or repeated, with its number."""
    keys = [name.strip().lower() for name in names]
    often = Counter(keys)
    return tuple(
        f"{name.strip()} #{number}".strip() if not key or often[key] > 1 else name
        for number, (name, key) in enumerate(zip(names, keys, strict=True), 1)
    )


def _short(text: str) -> str:
    """Return a name or cell as a sentence can hold it."""
    plain = "".join(filter(str.isprintable, text))
    return plain if len(plain) <= MOST_LETTERS else f"{plain[:MOST_LETTERS]}…"


def from_text(text: str) -> Columns | None:
    """Return what ``as_text`` wrote; None for anything else."""
    try:
        told = json.loads(text)
        made = Columns(**told)
    except (ValueError, TypeError, RecursionError):
        return None
    return made if _sound(made) else None


def _sound(made: Columns) -> bool:
    return (
        all(isinstance(getattr(made, role), str) for role in (*ROLES, "delimiter"))
        and isinstance(made.header, bool)
        and made.direction in DIRECTIONS
        and made.merge in MERGES
        and (not made.encoding or made.encoding in ENCODINGS)
    )


def parse(text: str) -> Columns:
    """Return the mapping that the command line names: ``source=COL,target=COL,…``.

    Raises
    ------
    SourceError
        If it names something else, or lacks source or target.
    """
    told: dict[str, Any] = {}
    try:
        parts = next(csv.reader([text], skipinitialspace=True), [])
    except csv.Error:
        raise SourceError(
            "--map is not one line of settings with commas between.", "Write it in one line."
        ) from None
    for part in parts:
        key, sign, value = part.partition("=")
        setting = _setting(key.strip().lower(), value.strip() if sign else None)
        if setting.keys() & told.keys():
            raise SourceError(f"--map names {key.strip().lower()} twice.", "Name it once.")
        told |= setting
    made = Columns(**told)
    if made.maps:
        return made
    raise SourceError(
        "--map names no source and target.", "Write --map source=COLUMN,target=COLUMN."
    )


def _setting(key: str, value: str | None) -> dict[str, Any]:
    """Return one part of a mapping, checked."""
    if key in ROLES and value:
        return {key: value}
    choices = {"direction": DIRECTIONS, "merge": MERGES, "separator": (*SIGNS, *SEPARATORS)}
    if key in choices and value in choices[key]:
        if key == "separator":
            return {"delimiter": SIGNS.get(value, value)}
        return {key: value}
    if key == "header" and value and value.lower() in YES + NO:
        return {"header": value.lower() in YES}
    known = ", ".join((*ROLES, *choices, "header"))
    words = [word for word in choices.get(key, ()) if word.isalpha()]
    more = f": it is {', '.join(words)}" if words else ""
    raise SourceError(
        f"--map does not understand {_short(key)}={_short(value or '')}{more}.",
        f"It understands {known}.",
    )


def key(names: Sequence[str]) -> str:
    """Return what a header is remembered by: the same for the same names in the same order."""
    said = "\n".join(name.strip().lower() for name in names)
    return sha256(said.encode("utf-8", "replace")).hexdigest()[:32]


GUESSES = {
    "source": "source sourceid source_id from from_id src sender start author actor user follower "
    "retweeter sharer user_id from_user from_user_id vertex1 node1 a",
    "target": "target targetid target_id to to_id dst dest destination recipient receiver end "
    "followed original_author retweeted_user mentioned to_user to_user_id vertex2 node2 retweeted "
    "friend b",
    "kind": "kind type edge_type relation relationship interaction interaction_type",
    "weight": "weight count n value strength interactions freq frequency times amount num",
    "time": "time timestamp date created_at datetime when first first_seen start_time tweet_time",
}
"""Names that columns go by, the surest first."""


def guess(names: Sequence[str], header: bool = True) -> Columns:
    """Return the likeliest meaning of columns with these names; parts that nothing tells are ''."""
    plain = {re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_"): name for name in names}
    found: dict[str, str] = {}
    for role, words in GUESSES.items():
        free = [word for word in words.split() if word in plain]
        found[role] = next((plain[w] for w in free if plain[w] not in found.values()), "")
    made = replace(Columns(header=header), **found)  # type: ignore[arg-type]  # all are names
    if not header and len(names) >= 2:
        return replace(made, source=names[0], target=names[1], weight=(*names, "", "")[2])
    return made
