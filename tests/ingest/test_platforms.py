"""Mastodon and Telegram: who boosts, answers, forwards and mentions whom, and by what name."""

import json

import pytest

from explorer.errors import SourceError


def account(name, server="a.social", number="1", **more):
    url = f"https://{server}/@{name}"
    return {"id": number, "acct": name, "username": name, "url": url, **more}


def status(number, author, **more):
    uri = f"https://a.social/users/{author['username']}/statuses/{number}"
    plain = {"created_at": "2023-05-01T10:00:00.000Z", "content": "<p>Hi</p>", "reblog": None}
    return {"id": number, "uri": uri, "account": author, **plain, **more}


ANN, BOB = account("Ann", followers_count=7, display_name="A"), account("bob", "b.social", "2")
POSTS = [
    status("10", ANN, content="<p>One &amp;<br>two</p>", tags=[{"name": "x"}], language="en"),
    status("11", BOB, reblog=status("10", ANN), mentions=[ANN]),
    status(
        "12", ANN, in_reply_to_id="99", in_reply_to_account_id="2", mentions=[BOB, account("eve")]
    ),
    status("13", ANN, in_reply_to_id="12", in_reply_to_account_id="1"),
    status("14", ANN, in_reply_to_id="98", in_reply_to_account_id="77"),
    status("15", BOB, quote={"state": "accepted", "quoted_status": status("10", ANN)}),
]
EDGES = {
    ("bob@b.social", "ann@a.social", "retweet"),
    ("ann@a.social", "bob@b.social", "reply"),
    ("ann@a.social", "eve@a.social", "mention"),
    ("bob@b.social", "ann@a.social", "quote"),
}


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(POSTS),
        json.dumps(POSTS, indent=1),
        "\n".join(map(json.dumps, POSTS)),
        "\n".join(json.dumps([one]) for one in POSTS),
    ],
)
def test_statuses_of_mastodon_are_read_however_they_were_kept(desk, data):
    taken = desk.take_data(a__json=data.encode())
    assert taken.edges.keys() == EDGES
    assert taken.receipt.interactions.self == 1
    assert taken.receipt.interactions.unresolved_replies == 1
    post = taken.posts["https://a.social/users/Ann/statuses/10"]
    assert (post["text"], post["hashtags"], post["language"]) == ("One &\ntwo", "[x]", "en")
    assert post["time"] == 1682935200
    ann = taken.accounts["ann@a.social"]
    assert (ann["followers"], ann["display"]) == (7, "A")


def test_the_outbox_of_an_archive_is_read(desk):
    actor = "https://a.social/users/ann"
    note = {"id": f"{actor}/statuses/1", "type": "Note", "content": "<p>Hi</p>"}
    note["tag"] = [
        {"type": "Mention", "href": "https://b.social/@bob", "name": "@bob@b.social"},
        {"type": "Hashtag", "name": "#x"},
    ]
    answer = {**note, "id": f"{actor}/statuses/2", "tag": []}
    answer["inReplyTo"] = "https://c.social/users/eve/statuses/5"
    unknown = "https://pleroma.example/objects/some"
    things = [("Create", note), ("Create", answer), ("Announce", "https://b.social/users/bob/7")]
    things += [("Announce", unknown), ("Like", "https://b.social/users/bob/8")]
    items = [
        {"id": f"i{n}", "type": kind, "actor": actor, "published": "2023-05-01T10:00:00Z",
         "object": thing}
        for n, (kind, thing) in enumerate(things)
    ]  # fmt: skip
    outbox = {"@context": "x", "id": "outbox.json", "type": "OrderedCollection"}
    taken = desk.take_data(outbox__json=json.dumps({**outbox, "orderedItems": items}).encode())
    assert taken.edges.keys() == {
        ("ann@a.social", "bob@b.social", "mention"),
        ("ann@a.social", "eve@c.social", "reply"),
        ("ann@a.social", "bob@b.social", "retweet"),
    }
    assert taken.receipt.interactions.unresolved_retweets == 1
    assert dict(taken.receipt.files[0].reasons) == {
        "an activity of another kind, not a post": 1,
    }


def test_a_list_of_accounts_of_mastodon_is_named(desk):
    with pytest.raises(SourceError, match="holds a list of accounts"):
        desk.take_data(a__json=json.dumps([ANN, BOB]).encode())


def message(number, who, **more):
    plain = {"id": number, "type": "message", "date": "2023-05-01T10:00:00", "text": "Hi"}
    return {**plain, "from": who.title(), "from_id": f"user{who}", **more}


CHAT = {
    "name": "Room",
    "type": "private_supergroup",
    "id": 55,
    "messages": [
        {"id": 1, "type": "service", "action": "create_group"},
        message(2, "ann", date_unixtime="1682935200"),
        message(3, "bob", reply_to_message_id=2),
        message(4, "bob", forwarded_from="News Daily"),
        message(5, "ann", forwarded_from=None),
        message(6, "ann", forwarded_from="X", forwarded_from_id="channel9"),
        message(
            7,
            "ann",
            text=[
                "see ",
                {"type": "mention", "text": "@Eve_1"},
                {"type": "mention_name", "text": "Bob", "user_id": "bob"},
                {"type": "hashtag", "text": "#tag"},
                {"type": "link", "text": "https://a.b"},
                {"type": "text_link", "text": "here", "href": "https://c.d"},
            ],
        ),
        message(8, "ann", reply_to_message_id=404),
        {**message(9, "x"), "from_id": None},
    ],
}
TELEGRAM = {
    ("userbob", "userann", "reply"),
    ("userbob", "@news daily", "retweet"),
    ("userann", "channel9", "retweet"),
    ("userann", "@eve_1", "mention"),
    ("userann", "userbob", "mention"),
}


@pytest.mark.parametrize(
    "export",
    [CHAT, {"about": "all", "chats": {"about": "x", "list": [{"type": "x"}, CHAT]}}],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_an_export_of_telegram_says_who_forwards_answers_and_mentions(desk, export, indent):
    taken = desk.take_data(result__json=json.dumps(export, indent=indent).encode())
    assert taken.edges.keys() == TELEGRAM
    assert taken.accounts["@news daily"]["by_name"]
    found = taken.receipt.interactions
    assert (found.unresolved_retweets, found.unresolved_replies) == (1, 1)
    assert dict(taken.receipt.files[0].reasons) == {
        "a notice of the service, not a message": 1,
        "no account": 1,
    }
    assert taken.posts["55/2"]["time"] == 1682935200
    post = taken.posts["55/7"]
    assert (post["hashtags"], post["urls"]) == ("[tag]", "[https://a.b, https://c.d]")
    assert post["text"] == "see @Eve_1Bob#taghttps://a.bhere"


def test_messages_of_a_channel_are_its_own(desk):
    one = {"id": 1, "type": "message", "text": "x", "forwarded_from": "Other"}
    chat = {"name": "News", "type": "public_channel", "id": 7, "messages": [one]}
    taken = desk.take_data(result__json=json.dumps(chat).encode())
    assert taken.edges.keys() == {("channel7", "@other", "retweet")}
    assert taken.accounts["channel7"]["name"] == "News"


@pytest.mark.parametrize("value", [3, "x", None, [], {}, [1], {"a": 1}])
@pytest.mark.parametrize("key", ["messages", "text", "from_id", "reply_to_message_id", "id"])
def test_a_value_of_another_type_is_a_refused_record_or_one_sentence(desk, key, value):
    chat = {**CHAT, key: value} if key in CHAT else CHAT
    chat = {**chat, "messages": [message(1, "a"), {**message(2, "b"), key: value}]}
    desk.take_data(result__json=json.dumps(chat).encode())


@pytest.mark.parametrize("value", [3, "x", None, [], {}, [1], {"a": 1}])
@pytest.mark.parametrize("key", ["reblog", "mentions", "tags", "uri", "account", "quote", "url"])
def test_a_status_with_a_value_of_another_type_is_refused_by_itself(desk, key, value):
    posts = [POSTS[0], {**POSTS[2], key: value}]
    taken = desk.take_data(a__json=json.dumps(posts).encode())
    assert taken.receipt.read == 2


CAT = (
    "id,thread_id,chat,author,body,reply_to,timestamp,unix_timestamp,"
    "author_forwarded_from_name,author_forwarded_from_username{more}\r\n"
)
LATE = ",author_forwarded_from_id,entities_mentioned"


def test_messages_of_telegram_from_4cat_are_those_of_their_chats(desk):
    rows = (
        "news-1,news,news,,x,,2023-05-01 12:00:00,1682935200,The Source,source_ch,7,\r\n"
        'news-2,news,news,,hi @Bob,1,2023-05-01 12:00:00,1682935260,,,,"Bob,ann"\r\n'
        "talk-1,talk,talk,,y,,2023-05-01 12:00:00,1682935300,Hidden One,,99,\r\n"
    )
    taken = desk.take(desk.write("t.csv", (CAT.format(more=LATE) + rows).encode()))
    assert taken.edges.keys() == {
        ("@news", "@source_ch", "retweet"),
        ("@news", "@bob", "mention"),
        ("@news", "@ann", "mention"),
        ("@talk", "99", "retweet"),
    }
    assert taken.accounts["99"]["name"] == "Hidden One"
    assert taken.posts["news/news-1"]["time"] == 1682935200


def test_messages_of_two_chats_with_the_same_number_are_two(desk):
    rows = (
        "1,news,news,,x,,2023-05-01 12:00:00,1682935200,,source_ch\r\n"
        "1,talk,talk,,y,,2023-05-01 12:00:00,1682935300,Somebody,\r\n"
    )
    taken = desk.take(desk.write("t.csv", (CAT.format(more="") + rows).encode()))
    assert taken.posts.keys() == {"news/1", "talk/1"}
    assert taken.edges.keys() == {
        ("@news", "@source_ch", "retweet"),
        ("@talk", "@somebody", "retweet"),
    }
