"""Read posts of Bluesky as its Jetstream sends them: who acts stands in every address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from explorer.ingest.posts import Bad, Post, Tie, listed
from explorer.ingest.values import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

Value = dict[str, Any]

POST, REPOST = "app.bsky.feed.post", "app.bsky.feed.repost"
ADDRESS = re.compile(r"at://(did:[^/\s]+)/")


def is_event(value: Any) -> bool:
    """Say whether a value is an event of a Jetstream."""
    return isinstance(value, dict) and "did" in value and "time_us" in value and "kind" in value


def read(event: Value) -> Post | Bad:
    """Return the post that an event tells of; an address that it points to names the account."""
    commit = event.get("commit")
    if event.get("kind") != "commit" or not isinstance(commit, dict):
        return Bad("news of an account, not a post")
    if commit.get("operation") != "create":
        return Bad("a change or deletion, not a post")
    collection, did, record = commit.get("collection"), event["did"], commit.get("record")
    if collection not in (POST, REPOST) or not isinstance(record, dict):
        return Bad("a like, follow or other record, not a post")
    if not isinstance(did, str) or not did:
        return Bad("no account")
    ties = _reposted(record) if collection == REPOST else _posted(record)
    return Post(
        f"at://{did}/{collection}/{commit.get('rkey', '')}",
        did,
        seconds(str(event["time_us"])),
        str((record.get("langs") or [""])[0] or ""),
        "",
        listed(_features(record, "tag")),
        listed(_features(record, "uri")),
        str(record.get("text") or ""),
        tuple(ties),
    )


def _reposted(record: Value) -> Iterator[Tie]:
    yield from _pointed("retweet", record.get("subject"))


def _posted(record: Value) -> Iterator[Tie]:
    yield from _pointed("reply", (record.get("reply") or {}).get("parent"))
    quoted = (record.get("embed") or {}).get("record") or {}
    yield from _pointed("quote", quoted.get("record") or quoted)  # beside media it is one deeper
    yield from (Tie("mention", did) for did in _features(record, "did"))


def _pointed(kind: str, reference: Any) -> Iterator[Tie]:
    uri = reference.get("uri") if isinstance(reference, dict) else None
    if isinstance(uri, str) and (found := ADDRESS.match(uri)):
        yield Tie(kind, found[1], post=uri)


def _features(record: Value, name: str) -> list[str]:
    """Return what stands in a text: ``did`` of the mentioned, ``tag`` or ``uri``."""
    return [
        str(feature[name])
        for facet in record.get("facets") or ()
        for feature in facet.get("features") or ()
        if name in feature
    ]
