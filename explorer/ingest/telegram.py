"""Read exports of Telegram Desktop: who forwards from whom, who answers whom.

A forward tells the name of its source, and its id only in newer exports: where there is just the
name the account is known by its name alone, and so it is marked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from explorer.ingest.posts import Bad, Person, Post, Tie, listed
from explorer.ingest.values import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

Value = dict[str, Any]

CHANNELS = ("public_channel", "private_channel")
"""Kinds of chats whose messages are the channel's own where nobody signs them."""


def is_export(value: Any) -> bool:
    """Say whether a value is an export: of one chat, or of all."""
    return isinstance(value, dict) and (_is_chat(value) or bool(_chats(value)))


def _is_chat(value: Any) -> bool:
    return isinstance(value, dict) and "type" in value and isinstance(value.get("messages"), list)


def _chats(value: Value) -> list[Value]:
    lists = [value.get(name) for name in ("chats", "left_chats")]
    found = (one.get("list") for one in lists if isinstance(one, dict))
    return [chat for one in found if isinstance(one, list) for chat in one if _is_chat(chat)]


def messages(export: Value) -> Iterator[Value]:
    """Yield each message beside the chat it is in."""
    for chat in [export] if _is_chat(export) else _chats(export):
        about = {name: chat.get(name) for name in ("id", "name", "type")}
        for one in chat["messages"]:
            yield {"chat": about, "message": one}


def is_message(value: Any) -> bool:
    """Say whether a value is a message beside its chat."""
    return isinstance(value, dict) and value.keys() == {"chat", "message"}


def read(value: Value) -> Post | Bad:
    """Return a message as a post; a forward is a retweet of the chat or person it came from."""
    chat, message = value["chat"], value["message"]
    if not isinstance(message, dict) or message.get("type") != "message":
        return Bad("a notice of the service, not a message")
    place = str(chat.get("id") or "")
    account, name = str(message.get("from_id") or ""), str(message.get("from") or "")
    if not account and chat.get("type") in CHANNELS and place:
        account, name = f"channel{place}", str(chat.get("name") or "")
    if not account or "id" not in message:
        return Bad("no account")
    parts = _parts(message)
    return Post(
        f"{place}/{message['id']}",
        account,
        seconds(str(message.get("date_unixtime") or message.get("date") or "")),
        hashtags=listed(_texts(parts, "hashtag", "#")),
        urls=listed([*_texts(parts, "link"), *(str(one.get("href") or "") for one in parts)]),
        text="".join(str(one.get("text") or "") for one in parts),
        ties=tuple(_ties(message, place, parts)),
        people=(Person(account, name),),
    )


def _ties(message: Value, place: str, parts: list[Value]) -> Iterator[Tie]:
    if "forwarded_from" in message or message.get("forwarded_from_id"):
        source = str(message.get("forwarded_from_id") or "")
        yield Tie("retweet", source, str(message.get("forwarded_from") or ""))
    answered = message.get("reply_to_message_id")
    if answered is not None:
        there = str(message.get("reply_to_peer_id") or place).removeprefix("channel")
        yield Tie("reply", post=f"{there}/{answered}")
    for one in parts:
        if one.get("type") == "mention_name" and one.get("user_id"):
            yield Tie("mention", f"user{one['user_id']}", str(one.get("text") or ""))
        elif one.get("type") == "mention":
            yield Tie("mention", name=str(one.get("text") or "").lstrip("@"))


def _parts(message: Value) -> list[Value]:
    """Return a text as parts, of whatever age the export is."""
    told = message.get("text_entities") or message.get("text") or []
    listed_ = told if isinstance(told, list) else [told]
    return [one if isinstance(one, dict) else {"type": "plain", "text": one} for one in listed_]


def _texts(parts: list[Value], kind: str, sign: str = "") -> list[str]:
    return [str(one.get("text") or "").lstrip(sign) for one in parts if one.get("type") == kind]
