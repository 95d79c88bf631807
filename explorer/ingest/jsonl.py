"""Read posts in JSON of any platform: one a line, in a list, or in the pages they came in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from explorer.errors import SourceError
from explorer.ingest import bluesky, graphjson, magic, mastodon, telegram, tweets
from explorer.ingest.entry import Foreign
from explorer.ingest.posts import Bad, Post
from explorer.ingest.rows import LONGEST_LINE, lines
from explorer.ingest.shapes import WITHOUT_POSTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from explorer.ingest.entry import Entry
    from explorer.ingest.posts import Post

Value = dict[str, Any]

MOST_WHOLE = 256 << 20
"""Bytes of a file that is one value over several lines."""


@dataclass(frozen=True, slots=True)
class Json:
    """A stream of posts; *whole* if it is one value rather than one a line."""

    whole: bool


def recognise(entry: Entry, sample: bytes) -> Json | None:
    """Return how to read posts in JSON, or None if there are none.

    Raises
    ------
    Foreign
        If it is a known file of another kind.
    """
    text = sample.decode("utf-8-sig", "replace").lstrip()
    if not text.startswith(("{", "[")) or graphjson.looks(text):
        return None
    whole, value = _first(entry)
    while isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, dict):
        return None
    if not _posts_in(value):
        _refuse(entry, sample, value)
    return Json(whole) if _posts_in(value) or "errors" in value else None


def _refuse(entry: Entry, sample: bytes, value: Value) -> None:
    """Raise Foreign for what holds no posts, unless it may be an error before them."""
    told = value.get("data", value)
    told = told[0] if isinstance(told, list) and told else told
    for key, words in WITHOUT_POSTS:
        if isinstance(told, dict) and key in told:
            raise Foreign(
                f"{entry.shown} holds {words}: it does not say who interacts with whom.",
                "Drop the posts themselves.",
            )
    if "errors" not in value and magic.what(sample, "") == "JSON":  # else it has a name of its own
        raise Foreign(
            f"{entry.shown} is JSON of a kind that is not read.",
            "Posts are read as Twitter, twarc, Bluesky, Mastodon and Telegram write them, "
            "graphs as node-link.",
        )


def _first(entry: Entry) -> tuple[bool, Any]:
    """Return whether a file is one value, and its first; None if that is no JSON."""
    with entry.open() as stream:
        line = b"\n"
        while line and not line.strip(b"\xef\xbb\xbf \t\r\n"):
            line = stream.readline(LONGEST_LINE)
        more = stream.read(1024).strip()  # else a list a line
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except RecursionError:
        return False, None
    except ValueError:
        if entry.size > MOST_WHOLE or not line.lstrip(b"\xef\xbb\xbf \t").startswith((b"{", b"[")):
            return False, None
        try:
            return True, graphjson.load(entry)
        except SourceError:
            return False, None
    return isinstance(value, list) and not more, value


def _posts_in(value: Value) -> bool:
    data = value.get("data")
    inner = data[0] if isinstance(data, list) and data else data
    ours = (tweets.is_v2, tweets.is_v1, bluesky.is_event, mastodon.is_ours, telegram.is_export)
    return any(is_one(one) for one in (value, inner) for is_one in ours)


def read(entry: Entry, shape: Json, heard: Callable[[int], None]) -> Iterator[Post | Bad]:
    """Yield the posts of a file, and what is none."""
    for place, value in _values(entry, shape, heard):
        if isinstance(value, Bad):
            yield value
            continue
        try:
            yield from _records(value, place)
        except (
            TypeError,
            AttributeError,
            ValueError,
            LookupError,
        ):  # a value of a type that no post has
            yield Bad("not built like a post", 0, place)


def _values(entry: Entry, shape: Json, heard: Callable[[int], None]) -> Iterator[tuple[int, Any]]:
    """Yield each value with the number of its line, or of its place in a list."""
    if shape.whole:
        value = graphjson.load(entry, heard)
        yield from enumerate(_items(value), 1)
        return
    for place, line in enumerate(lines(entry, heard, newline="\n"), 1):
        text = line.removeprefix("\ufeff").strip()
        if not text:
            continue
        try:
            text.encode()
            value = json.loads(text)
        except (ValueError, RecursionError):
            yield place, Bad("not whole JSON", 0, place)
            continue
        yield from ((place, one) for one in _items(value))


def _items(value: Any) -> Iterable[Any]:
    """Return what a value holds that may be a post: itself, or the things in the list it is."""
    if isinstance(value, list):
        return value
    if mastodon.is_outbox(value):
        return mastodon.activities(value)
    return telegram.messages(value) if telegram.is_export(value) else [value]


def _records(value: Any, line: int) -> Iterator[Post | Bad]:
    data = value.get("data") if isinstance(value, dict) else None
    for is_one, make in PLATFORMS:
        if is_one(value):
            yield make(value)
            return
    if isinstance(data, dict | list):
        included = tweets.Included(value.get("includes") or {})
        for one in data if isinstance(data, list) else [data]:
            yield tweets.v2(one, included) if tweets.is_v2(one) else Bad("not a post", 0, line)
    elif isinstance(value, dict) and "errors" in value:
        yield Bad("an error of the platform, not a post", 0, line)
    else:
        yield Bad("not a post", 0, line)


def _v2_alone(post: Value) -> Post | Bad:
    return tweets.v2(post, tweets.Included({}))


PLATFORMS: tuple[tuple[Callable[[Any], bool], Callable[[Any], Post | Bad]], ...] = (
    (tweets.is_v1, tweets.v1),
    (bluesky.is_event, bluesky.read),
    (mastodon.is_status, mastodon.read_status),
    (mastodon.is_activity, mastodon.read_activity),
    (telegram.is_message, telegram.read),
    (tweets.is_v2, _v2_alone),
)
"""What tells one value of a platform, and what reads it."""
