"""Read posts in JSON: Twitter's v2 as pages, stream or flattened, its v1.1, and Jetstreams."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from explorer.errors import SourceError
from explorer.ingest import bluesky, graphjson, magic
from explorer.ingest.entry import Foreign
from explorer.ingest.posts import Bad, Person, Post, Tie, count, listed
from explorer.ingest.rows import lines
from explorer.ingest.shapes import WITHOUT_POSTS
from explorer.ingest.values import seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from explorer.ingest.entry import Entry

Value = dict[str, Any]

LONGEST_LINE, DAY = 64 << 20, 86400
"""Bytes of one line, or of a file that is one value over several lines; seconds."""
RT = re.compile(r"RT @([A-Za-z0-9_]{1,15}):")
KINDS = {"retweeted": "retweet", "replied_to": "reply", "quoted": "quote"}


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
            "Posts are read as Twitter (v2, v1.1) and twarc write them, graphs as node-link.",
        )


def _first(entry: Entry) -> tuple[bool, Any]:
    """Return whether a file is one value, and its first; None if that is no JSON."""
    with entry.open() as stream:
        line = b"\n"
        while line and not line.strip(b"\xef\xbb\xbf \t\r\n"):
            line = stream.readline(LONGEST_LINE)
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except RecursionError:
        return False, None
    except ValueError:
        if entry.size > LONGEST_LINE:
            return False, None
        try:
            return True, graphjson.load(entry)
        except SourceError:
            return False, None
    return isinstance(value, list), value


def _posts_in(value: Value) -> bool:
    data = value.get("data")
    inner = data[0] if isinstance(data, list) and data else data
    return any(_is_v2(one) or _is_v1(one) or bluesky.is_event(one) for one in (value, inner))


def _is_v2(one: Any) -> bool:
    return isinstance(one, dict) and "id" in one and "author_id" in one


def _is_v1(one: Any) -> bool:
    return isinstance(one, dict) and "id_str" in one and isinstance(one.get("user"), dict)


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
    if shape.whole:
        value = graphjson.load(entry, heard)
        yield from enumerate(value, 1) if isinstance(value, list) else [(1, value)]
        return
    for place, line in enumerate(lines(entry, heard, newline="\n"), 1):
        text = line.removeprefix("\ufeff").strip()
        if not text:
            continue
        try:
            text.encode()
            yield place, json.loads(text)
        except (ValueError, RecursionError):
            yield place, Bad("not whole JSON", 0, place)


def _records(value: Any, line: int) -> Iterator[Post | Bad]:
    data = value.get("data") if isinstance(value, dict) else None
    if _is_v1(value):
        yield _v1(value)
    elif bluesky.is_event(value):
        yield bluesky.read(value)
    elif _is_v2(value):
        yield _v2(value, _Included({}))
    elif isinstance(data, dict | list):
        included = _Included(value.get("includes") or {})
        for one in data if isinstance(data, list) else [data]:
            yield _v2(one, included) if _is_v2(one) else Bad("not a post", 0, line)
    elif isinstance(value, dict) and "errors" in value:
        yield Bad("an error of the platform, not a post", 0, line)
    else:
        yield Bad("not a post", 0, line)


class _Included:
    """What a page says beside its posts, by id."""

    def __init__(self, told: Value) -> None:
        self.users = {one.get("id"): one for one in told.get("users") or ()}
        self.posts = {one.get("id"): one for one in told.get("tweets") or ()}


def _v2(post: Value, included: _Included) -> Post | Bad:
    ids = [post["id"], post["author_id"]]
    if not all(isinstance(one, str) and one for one in ids):
        return Bad("an id that is no text")
    entities = post.get("entities") or {}
    ties, people = _v2_ties(post, included)
    mentions = entities.get("mentions") or []
    for one in mentions:
        ties.append(Tie("mention", str(one.get("id") or ""), str(one.get("username") or "")))
        if one.get("id"):
            people.append(_v2_person({**one, **included.users.get(one["id"], {})}))
    author = post.get("author") or included.users.get(post["author_id"]) or {}
    people.append(_v2_person({**author, "id": post["author_id"]}))
    return Post(
        post["id"],
        post["author_id"],
        seconds(str(post.get("created_at") or "")),
        str(post.get("lang") or ""),
        str(post.get("source") or ""),
        listed(str(one.get("tag") or "") for one in entities.get("hashtags") or ()),
        listed(
            str(one.get("expanded_url") or one.get("url") or "")
            for one in entities.get("urls") or ()
        ),
        str(post.get("text") or ""),
        tuple(ties),
        tuple(people),
    )


def _v2_ties(post: Value, included: _Included) -> tuple[list[Tie], list[Person]]:
    """Return the ties by reference: the author stands in the reference, the page, or nowhere."""
    ties, people, retweeted = list[Tie](), list[Person](), RT.match(str(post.get("text") or ""))
    for one in post.get("referenced_tweets") or ():
        kind = KINDS.get(str(one.get("type")), "")
        if not kind:
            continue
        full = {**included.posts.get(one.get("id"), {}), **one}
        target = str(full.get("author_id") or "")
        if kind == "reply":
            target = str(post.get("in_reply_to_user_id") or target)
        user = full.get("author") or included.users.get(target) or {}
        if target and user:
            people.append(_v2_person({**user, "id": target}))
        name = retweeted[1] if kind == "retweet" and retweeted and not target else ""
        ties.append(Tie(kind, target, name, str(one.get("id") or "")))
    if post.get("in_reply_to_user_id") and not any(tie.kind == "reply" for tie in ties):
        ties.append(Tie("reply", str(post["in_reply_to_user_id"])))
    return ties, people


def _v2_person(user: Value) -> Person:
    metrics = user.get("public_metrics") or {}
    return Person(
        str(user["id"]),
        str(user.get("username") or ""),
        str(user.get("name") or ""),
        count(metrics.get("followers_count")),
        count(metrics.get("following_count")),
        _days(user.get("created_at")),
        "",
        str(user.get("location") or ""),
        str(user.get("description") or ""),
        str(user.get("url") or ""),
    )


def _v1(post: Value) -> Post | Bad:
    user = post["user"]
    entities = (post.get("extended_tweet") or post).get("entities") or {}
    ties, people = [], [_v1_person(user)]
    if not people[0].id:
        return Bad("no user id")
    for key, kind in (("retweeted_status", "retweet"), ("quoted_status", "quote")):
        inner = post.get(key)
        if isinstance(inner, dict) and not (kind == "quote" and post.get("retweeted_status")):
            people.append(_v1_person(inner["user"]))
            ties.append(Tie(kind, people[-1].id, people[-1].name, str(inner.get("id_str") or "")))
        elif (
            kind == "quote" and post.get("quoted_status_id_str") and "retweeted_status" not in post
        ):
            ties.append(Tie(kind, post=str(post["quoted_status_id_str"])))
    if post.get("in_reply_to_user_id_str") or post.get("in_reply_to_status_id_str"):
        ties.append(
            Tie(
                "reply",
                str(post.get("in_reply_to_user_id_str") or ""),
                str(post.get("in_reply_to_screen_name") or ""),
                str(post.get("in_reply_to_status_id_str") or ""),
            )
        )
    for one in entities.get("user_mentions") or ():
        people.append(_v1_person(one))
        ties.append(Tie("mention", people[-1].id, people[-1].name))
    return Post(
        str(post["id_str"]),
        people[0].id,
        seconds(str(post.get("created_at") or "")),
        str(post.get("lang") or ""),
        re.sub(r"<[^>]*>", "", str(post.get("source") or "")),
        listed(str(one.get("text") or "") for one in entities.get("hashtags") or ()),
        listed(str(one.get("expanded_url") or "") for one in entities.get("urls") or ()),
        _v1_text(post),
        tuple(ties),
        tuple(one for one in people if one.id),
    )


def _v1_text(post: Value) -> str:
    extended = (post.get("extended_tweet") or {}).get("full_text")
    return str(extended or post.get("full_text") or post.get("text") or "")


def _v1_person(user: Value) -> Person:
    return Person(
        str(user.get("id_str") or user.get("id") or ""),
        str(user.get("screen_name") or ""),
        str(user.get("name") or ""),
        count(user.get("followers_count")),
        count(user.get("friends_count")),
        _days(user.get("created_at")),
        str(user.get("lang") or "").lower(),
        str(user.get("location") or ""),
        str(user.get("description") or ""),
        str(user.get("url") or ""),
    )


def _days(when: object) -> int:
    found = seconds(str(when or ""))
    return found // DAY if found >= 0 else -1
