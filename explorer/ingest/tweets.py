"""Read tweets as Twitter wrote them: v2 with or without what a page says beside, and v1.1."""

from __future__ import annotations

import re
from typing import Any

from explorer.ingest.posts import Bad, Person, Post, Tie, count, listed
from explorer.ingest.values import seconds

Value = dict[str, Any]

DAY = 86400
"""Seconds."""
RT = re.compile(r"RT @([A-Za-z0-9_]{1,15}):")
KINDS = {"retweeted": "retweet", "replied_to": "reply", "quoted": "quote"}


def is_v2(one: Any) -> bool:
    """Say whether a value is a post of v2."""
    return isinstance(one, dict) and "id" in one and "author_id" in one


def is_v1(one: Any) -> bool:
    """Say whether a value is a post of v1.1."""
    return isinstance(one, dict) and "id_str" in one and isinstance(one.get("user"), dict)


class Included:
    """What a page says beside its posts, by id."""

    def __init__(self, told: Value) -> None:
        self.users = {one.get("id"): one for one in told.get("users") or ()}
        self.posts = {one.get("id"): one for one in told.get("tweets") or ()}


def v2(post: Value, included: Included) -> Post | Bad:
    """Return a post of v2."""
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


def _v2_ties(post: Value, included: Included) -> tuple[list[Tie], list[Person]]:
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
        days(user.get("created_at")),
        "",
        str(user.get("location") or ""),
        str(user.get("description") or ""),
        str(user.get("url") or ""),
    )


def v1(post: Value) -> Post | Bad:
    """Return a post of v1.1."""
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
        days(user.get("created_at")),
        str(user.get("lang") or "").lower(),
        str(user.get("location") or ""),
        str(user.get("description") or ""),
        str(user.get("url") or ""),
    )


def days(when: object) -> int:
    """Return the days from 1970 to a time as text, -1 if it is none."""
    found = seconds(str(when or ""))
    return found // DAY if found >= 0 else -1
