"""Read posts of Mastodon: statuses as its API gives them, and the outbox of an account's archive.

Numbers of accounts and posts hold within one server only. So an account is known by its address,
``name@server``, and a post by the address that every server knows it by.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from explorer.ingest.posts import Bad, Person, Post, Tie, count, listed
from explorer.ingest.tweets import days
from explorer.ingest.values import seconds

if TYPE_CHECKING:
    from collections.abc import Iterable

Value = dict[str, Any]

PAGE = re.compile(r"https?://([^/\s@]+)/(?:@|users/)([^/\s@?#]+)(?:@([^/\s?#]+))?")
"""Where an account or one of its posts is on the web: its server, its name, its own server."""
TAG = re.compile(r"<[^<>]*>")
BREAK = re.compile(r"<(?:br\s*/?|/p)>", re.IGNORECASE)


def address(url: Any) -> str:
    """Return ``name@server`` for the page of an account or of a post of its, '' for another."""
    found = PAGE.match(url) if isinstance(url, str) else None
    return f"{found[2]}@{found[3] or found[1]}".lower() if found else ""


def is_ours(value: Any) -> bool:
    """Say whether a value is a status, an activity or an outbox."""
    return is_status(value) or is_activity(value) or is_outbox(value)


def is_status(value: Any) -> bool:
    """Say whether a value is a status as the API gives it."""
    return (
        isinstance(value, dict)
        and {"id", "uri", "content", "account"} <= value.keys()
        and isinstance(value["account"], dict)
        and "acct" in value["account"]
    )


def is_activity(value: Any) -> bool:
    """Say whether a value is an activity of an outbox."""
    return isinstance(value, dict) and {"id", "type", "actor", "object"} <= value.keys()


def is_outbox(value: Any) -> bool:
    """Say whether a value is the outbox of an account."""
    return isinstance(value, dict) and isinstance(value.get("orderedItems"), list)


def activities(outbox: Value) -> list[Any]:
    """Return what stands in an outbox."""
    return list(outbox["orderedItems"])


def read_status(status: Value) -> Post | Bad:
    """Return a status; one that boosts another is a retweet, and mentions nobody by it."""
    author = _person(status["account"])
    if not author.id or not status["uri"]:
        return Bad("no address of its account, or of itself")
    people = [author]
    ties = _from_status(status, people)
    boosted = status.get("reblog")
    return Post(
        str(status["uri"]),
        author.id,
        seconds(str(status.get("created_at") or "")),
        str(status.get("language") or "").lower(),
        str((status.get("application") or {}).get("name") or ""),
        listed(str(one.get("name") or "") for one in status.get("tags") or ()),
        listed([str((status.get("card") or {}).get("url") or "")]),
        _plain((boosted or status).get("content")),
        tuple(ties),
        tuple(people),
    )


def _from_status(status: Value, people: list[Person]) -> list[Tie]:
    """Return the ties of a status, and note whom it names."""
    boosted, ties = status.get("reblog"), list[Tie]()
    if isinstance(boosted, dict):
        people.append(_person(boosted["account"]))
        return [Tie("retweet", people[-1].id, post=str(boosted.get("uri") or ""))]
    mentioned = {}
    for one in status.get("mentions") or ():
        person = _person(one)
        mentioned[str(one.get("id"))] = person.id
        if person.id:
            people.append(person)
            ties.append(Tie("mention", person.id))
    answered = str(status.get("in_reply_to_account_id") or "")
    if answered or status.get("in_reply_to_id"):
        own = answered == str(status["account"].get("id"))  # a thread of one's own
        ties.append(Tie("reply", people[0].id if own else mentioned.get(answered, "")))
    quoted = status.get("quote")
    inner = quoted.get("quoted_status", quoted) if isinstance(quoted, dict) else None
    if isinstance(inner, dict) and is_status(inner):
        people.append(_person(inner["account"]))
        ties.append(Tie("quote", people[-1].id, post=str(inner["uri"])))
    return ties


def _person(account: Value) -> Person:
    """Return an account, by the address that its page gives it."""
    name = str(account.get("acct") or account.get("username") or "")
    id_ = address(account.get("url")) or address(account.get("uri"))
    return Person(
        id_ or (name.lower() if "@" in name else ""),
        id_ or name,
        str(account.get("display_name") or ""),
        count(account.get("followers_count")),
        count(account.get("following_count")),
        days(account.get("created_at")),
        description=_plain(account.get("note")),
        url=str(account.get("url") or ""),
    )


def read_activity(activity: Value) -> Post | Bad:
    """Return what an activity did: posted, answered, or announced a post of another."""
    account, thing = address(activity["actor"]), activity["object"]
    if not account:
        return Bad("no address of its account")
    person = Person(account, account, url=str(activity["actor"]))
    when = seconds(str(activity.get("published") or ""))
    if activity["type"] == "Announce":
        shared = thing.get("id") if isinstance(thing, dict) else thing
        tie = Tie("retweet", address(shared), post=str(shared or ""))
        return Post(str(activity["id"]), account, when, ties=(tie,), people=(person,))
    if activity["type"] != "Create" or not isinstance(thing, dict):
        return Bad("an activity of another kind, not a post")
    tags = [one for one in thing.get("tag") or () if isinstance(one, dict)]
    ties = [Tie("mention", address(one.get("href"))) for one in _of(tags, "Mention")]
    answered = thing.get("inReplyTo")
    if answered:
        ties.append(Tie("reply", address(answered), post=str(answered)))
    return Post(
        str(thing.get("id") or activity["id"]),
        account,
        when,
        next(iter(thing.get("contentMap") or ()), ""),
        hashtags=listed(str(one.get("name") or "").lstrip("#") for one in _of(tags, "Hashtag")),
        text=_plain(thing.get("content")),
        ties=tuple(ties),
        people=(person,),
    )


def _of(tags: Iterable[Value], kind: str) -> list[Value]:
    return [one for one in tags if one.get("type") == kind]


def _plain(text: Any) -> str:
    """Return the text of a page without its tags."""
    return html.unescape(TAG.sub("", BREAK.sub("\n", str(text or "")))).strip()
