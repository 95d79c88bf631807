"""The reference in here reads the files alone, by the importer's rules, one record at a time."""

import ast
import csv
import io
import json
import pickle
import re
import zipfile
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from explorer.errors import SourceError
from explorer.ingest.run import take_in
from explorer.ingest.simulate import PRESETS, Simulate, planned
from explorer.job import silent

csv.field_size_limit(10_000_000)
SMALL = PRESETS["small"]
TINY = SMALL.sized(core=60, amplifiers=150, posts=700)
HASH = re.compile(r"^[A-Za-z0-9+]{30,43}=$")
USERS = """userid user_display_name user_screen_name user_reported_location
user_profile_description user_profile_url follower_count following_count account_creation_date
account_language"""
POSTS_2020 = f"""tweetid {USERS} tweet_language tweet_text tweet_time tweet_client_name
in_reply_to_userid in_reply_to_tweetid quoted_tweet_tweetid is_retweet retweet_userid
retweet_tweetid latitude longitude quote_count reply_count like_count retweet_count hashtags urls
user_mentions"""


class Files:
    """A simulated archive, read back by the standard library."""

    def __init__(self, truth):
        self.truth = truth
        with zipfile.ZipFile(truth.out) as archive:
            self.names = archive.namelist()
            self.users_header, self.users = _table(archive, "_users_csv_")
            self.header, self.core = _table(archive, "0_tweets_csv_")
            self.amplifiers = []
            if any("_amplifiers_" in name for name in self.names):
                _, self.amplifiers = _table(archive, "_amplifiers_tweets_csv_")
            self.readme = archive.read("README_SIMULATED.txt").decode()
        with zipfile.ZipFile(truth.truth) as archive:
            self.summary = json.loads(archive.read("truth.json"))
            rows = csv.DictReader(io.StringIO(archive.read("truth_accounts.csv").decode()))
            self.roles = {row["id"]: row["role"] for row in rows}
            rows = csv.DictReader(io.StringIO(archive.read("truth_edges.csv").decode()))
            self.edges = {
                (row["source"], row["target"], row["kind"]): tuple(
                    int(row[key]) for key in ("count", "first", "last")
                )
                for row in rows
            }

    @property
    def posts(self):
        return self.core + self.amplifiers


def _table(archive, part):
    (name,) = (name for name in archive.namelist() if part in name)
    text = archive.read(name).decode()
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = next(reader)
    rows = list(reader)
    assert all(len(row) == len(header) for row in rows)
    return header, [dict(zip(header, row, strict=True)) for row in rows]


def simulated(folder, plan):
    return Files(Simulate(plan, folder / "some.zip")(silent))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return simulated(tmp_path_factory.mktemp("small"), SMALL)


class Reference:
    """Edges from the files alone: nothing here knows how they were made."""

    def __init__(self, files):
        self.core = {user["userid"] for user in files.users}
        self.author = {post["tweetid"]: post["userid"] for post in files.posts}
        assert len(self.author) == len(files.posts)
        self.bearers = defaultdict(set)
        for row in files.users + files.posts:
            self.bearers[row["user_screen_name"].lower()].add(row["userid"])
        self.times = defaultdict(list)
        self.counts = Counter()
        for post in files.posts:
            self.take(post)
        self.accounts = self.core | set(self.author.values()) | {t for _, t, _ in self.times}
        self.amplifiers = {s for s, t, _ in self.times if t in self.core} - self.core

    def named(self, name):
        bearers = self.bearers[name.lower()]
        if len(bearers) == 1:
            return next(iter(bearers)), "by_known_name"
        return "@" + name.lower(), "by_name_only"

    def retweeted(self, post):
        if post["retweet_userid"]:
            return post["retweet_userid"], "by_id"
        if post["retweet_tweetid"] in self.author:
            return self.author[post["retweet_tweetid"]], "by_post"
        match = re.match(r"RT @([A-Za-z0-9_]{1,15}):", post["tweet_text"])
        return self.named(match[1]) if match else (None, "unresolved_retweets")

    def replied_to(self, post):
        if post["in_reply_to_userid"]:
            return post["in_reply_to_userid"], "by_id"
        if post["in_reply_to_tweetid"] in self.author:
            return self.author[post["in_reply_to_tweetid"]], "by_post"
        return None, "unresolved_replies"

    def quoted(self, post):
        if post["quoted_tweet_tweetid"] in self.author:
            return self.author[post["quoted_tweet_tweetid"]], "by_post"
        match = re.search(r"https://twitter\.com/(\w{1,15})/status/\d+", post["urls"])
        return self.named(match[1]) if match else (None, "unresolved_quotes")

    def take(self, post):
        targets = []
        if post["is_retweet"].lower() == "true":
            targets.append(("retweet", *self.retweeted(post)))
        if post["in_reply_to_userid"] or post["in_reply_to_tweetid"]:
            targets.append(("reply", *self.replied_to(post)))
        automatic = {target for _, target, _ in targets}
        if post["quoted_tweet_tweetid"]:
            targets.append(("quote", *self.quoted(post)))
        targets += [
            ("mention", one, "by_id") for one in set(items(post["user_mentions"])) - automatic
        ]
        moment = datetime.strptime(post["tweet_time"], "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
        for kind, target, how in targets:
            self.counts["found"] += 1
            if target is None:
                self.counts[how] += 1
            elif target == post["userid"]:
                self.counts["self"] += 1
            else:
                self.counts[how] += 1
                self.counts[kind] += 1
                self.times[post["userid"], target, kind].append(int(moment.timestamp()))

    def edges(self):
        return {key: (len(at), min(at), max(at)) for key, at in self.times.items()}

    def role(self, account):
        return (
            "core"
            if account in self.core
            else "amplifier"
            if account in self.amplifiers
            else "other"
        )


def items(text):
    if text.startswith("['"):
        return ast.literal_eval(text)
    return [item for item in text.strip("[]").split(", ") if item]


@pytest.mark.parametrize(
    "plan",
    [
        SMALL,
        replace(SMALL, seed=1, ids="mixed"),
        replace(TINY, seed=2, ids="clear"),
        replace(TINY, seed=3, generation=2018),
        replace(TINY, seed=4, ids="mixed"),
        PRESETS["russia"].sized(core=50, posts=900, amplifiers=0),
        PRESETS["turkey"].sized(core=80, posts=400, amplifiers=30),
    ],
    ids=lambda plan: f"{plan.name}-{plan.core}-{plan.ids}-{plan.generation}",
)
def test_the_truth_is_what_the_files_say(tmp_path, plan):
    files = simulated(tmp_path, plan)
    found, truth, summary = Reference(files), files.truth, files.summary
    assert files.edges == found.edges()
    assert files.roles == {account: found.role(account) for account in found.accounts}
    assert truth.edges == len(files.edges)
    assert truth.accounts == len(files.roles) == truth.core + truth.amplifier + truth.other
    assert dict(truth.interactions) == {
        kind: found.counts[kind] for kind in ("retweet", "reply", "quote", "mention")
    }
    for name in ("found", "self", "by_post", "by_known_name", "by_name_only"):
        assert getattr(truth, name) == summary[name] == found.counts[name]
    for name in ("unresolved_retweets", "unresolved_replies", "unresolved_quotes"):
        assert getattr(truth, name) == summary[name] == found.counts[name] > 0
    classes = Counter(f"{files.roles[s]}>{files.roles[t]}" for s, t, _ in files.edges)
    assert dict(truth.edges_by_class) == {key: classes[key] for key, _ in truth.edges_by_class}
    assert dict(truth.edges_by_kind) == Counter(kind for _, _, kind in files.edges)
    assert sum(count for _, count in truth.edges_by_class) == truth.edges


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_numbers_that_were_asked_for_are_exact(tmp_path, seed):
    plan = planned("small", seed=seed, core=123, amplifiers=456, posts=1_789)
    files = simulated(tmp_path, plan)
    assert len(files.users) == len({user["userid"] for user in files.users}) == 123
    assert len(files.core) == 1_789
    listed = {user["userid"] for user in files.users}
    assert {post["userid"] for post in files.core} <= listed
    writers = {post["userid"] for post in files.amplifiers}
    assert len(writers) == 456
    assert not writers & listed


def test_presets_have_the_published_sizes():
    sizes = {plan.name: (plan.core, plan.amplifiers, plan.core_posts) for plan in PRESETS.values()}
    assert sizes == {
        "china": (23_750, 150_000, 348_608),
        "russia": (1_152, 5_000, 68_696),
        "turkey": (7_340, 30_000, 184_743),
        "small": (400, 2_400, 6_000),
    }
    for name, published in (("russia", 3_434_792), ("turkey", 36_948_524), ("china", 348_608)):
        plan = PRESETS[name]
        assert plan.published_posts == published
        assert plan.core_posts == round(published * plan.scale)


def test_the_small_preset_has_about_the_edges_aimed_at(small):
    classes = dict(small.truth.edges_by_class)
    assert small.truth.core == 400
    assert small.truth.amplifier == 2_400
    assert small.truth.core_posts == 6_000
    assert classes["core>core"] == pytest.approx(SMALL.core_edges, rel=0.1)
    assert classes["amplifier>core"] == pytest.approx(SMALL.amplifier_edges, rel=0.1)
    assert classes["amplifier>amplifier"] == pytest.approx(SMALL.among_edges, rel=0.1)


def test_every_amplifier_turns_to_the_core(small):
    towards = {s for s, t, _ in small.edges if small.roles[t] == "core"}
    assert {account for account, role in small.roles.items() if role == "amplifier"} <= towards
    assert {post["userid"] for post in small.amplifiers} <= towards


def test_a_few_accounts_draw_most_and_some_edges_are_heavy(small):
    drawn = Counter(t for s, t, _ in small.edges if small.roles[s] == "amplifier")
    assert drawn.most_common(1)[0][1] > 0.1 * small.truth.amplifier
    assert sum(count for _, count in drawn.most_common(20)) > 0.35 * sum(drawn.values())
    assert max(count for count, _, _ in small.edges.values()) >= 10


def test_columns_and_quotes_are_those_of_the_release(small):
    assert small.users_header == USERS.split()
    assert small.header == POSTS_2020.split()
    with zipfile.ZipFile(small.truth.out) as archive:
        for name in archive.namelist():
            if name.endswith(".csv"):
                raw = archive.read(name)
                assert raw.startswith(b'"')
                assert raw.endswith(b'"\n')
                assert raw.count(b"\n") > raw.count(b'"\n"')  # more lines than records
                assert b"\x00" not in raw
                assert b"\xef\xbb\xbf" not in raw
                assert b"\r\n" in raw


def test_the_generation_of_2018_differs_as_the_real_one_does(tmp_path):
    files = simulated(tmp_path, replace(TINY, generation=2018))
    assert len(files.header) == 31
    at = files.header.index("in_reply_to_tweetid")
    assert files.header[at + 1] == "in_reply_to_userid"
    assert files.header[-1] == "poll_choices"
    assert {post["is_retweet"] for post in files.posts} == {"true", "false"}
    assert {post["latitude"] for post in files.posts} == {""}
    assert not any(post["user_mentions"].startswith("['") for post in files.posts)
    hashes = [user["userid"] for user in files.users if not user["userid"].isdigit()]
    assert hashes
    assert all(re.fullmatch("[0-9a-f]{64}", one) for one in hashes)


@pytest.mark.parametrize("ids", ["hashed", "mixed", "clear"])
def test_ids_are_hashed_as_followers_decide(tmp_path, ids):
    files = simulated(tmp_path, replace(TINY, ids=ids))
    for row in files.users + files.posts:
        followers, id_ = int(row["follower_count"]), row["userid"]
        clear = followers >= 5_000 or ids == "clear" or (ids == "mixed" and followers == 0)
        assert id_.isdigit() == clear
        assert "/" not in id_
        if clear:
            assert 8 <= len(id_) <= 19
            assert re.fullmatch(r"\w{1,15}", row["user_screen_name"])
        else:
            assert HASH.match(id_)
            assert row["user_screen_name"] == row["user_display_name"] == id_
    assert all(("_unhashed.csv" in name) == (ids == "clear") for name in files.names[1:])


def test_most_core_accounts_have_no_followers_and_are_new(small):
    alone = sum(user["follower_count"] == "0" for user in small.users)
    assert alone == round(0.78 * len(small.users))
    followed = [int(user["follower_count"]) for user in small.users if int(user["follower_count"])]
    assert 0.93 <= sum(count <= 8 for count in followed) / len(followed) <= 0.97
    new = sum(user["account_creation_date"] >= "2019-10-01" for user in small.users)
    assert new > 0.5 * len(small.users)


def test_the_core_works_in_office_hours_in_beijing(small):
    local = [
        datetime.strptime(post["tweet_time"], "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
        + timedelta(hours=8)
        for post in small.core
    ]
    at_work = [moment.weekday() < 5 and 8 <= moment.hour < 17 for moment in local]
    assert 0.95 < sum(at_work) / len(at_work) < 1
    assert min(local) >= datetime(2018, 1, 1, tzinfo=UTC)
    assert max(local) < datetime(2020, 4, 18, tzinfo=UTC)


def test_ids_of_posts_tell_their_time_and_causes_come_first(small):
    when = {}
    for post in small.posts:
        stamp = ((int(post["tweetid"]) >> 22) + 1_288_834_974_657) // 60_000 * 60
        assert datetime.fromtimestamp(stamp, UTC).strftime("%Y-%m-%d %H:%M") == post["tweet_time"]
        assert post["account_creation_date"] <= post["tweet_time"][:10]
        when[post["tweetid"]] = int(post["tweetid"]) >> 22
    for post in small.posts:
        for column in ("retweet_tweetid", "in_reply_to_tweetid", "quoted_tweet_tweetid"):
            if post[column] in when:
                assert when[post[column]] < when[post["tweetid"]]


def test_most_retweets_lack_the_account_they_retweet(small):
    retweets = [post for post in small.posts if post["is_retweet"] == "True"]
    named = sum(bool(post["retweet_userid"]) for post in retweets)
    assert 0.12 < named / len(retweets) < 0.20
    assert all(post["retweet_tweetid"] for post in retweets)
    assert all(post["like_count"] == post["retweet_count"] == "0" for post in retweets)
    assert any(len(post["tweet_text"]) > 130 and "…" in post["tweet_text"] for post in retweets)
    by_hand = [post for post in small.posts if post["tweet_text"].startswith("RT @")]
    assert any(post["is_retweet"] == "False" for post in by_hand)


def test_quirks_of_the_real_files_are_there(small):
    posts = small.posts
    replies = [post for post in posts if post["in_reply_to_userid"]]
    assert any(not post["in_reply_to_tweetid"] for post in replies)
    assert any(post["in_reply_to_tweetid"] and not post["in_reply_to_userid"] for post in posts)
    assert {"", "[]"} <= {post["hashtags"] for post in posts}
    texts = [post["tweet_text"] for post in posts]
    for part in ("\n", '"', ",", "&amp;", "👍", "香"):
        assert any(part in text for text in texts)
    about = {user["user_profile_description"] for user in small.users}
    for part in ("\n", "\r\n", '"'):
        assert any(part in text for text in about)
    listed = [items(post["user_mentions"]) for post in posts]
    assert any(len(set(ids)) < len(ids) for ids in listed)
    names = Counter(
        name for name, id_ in {(row["user_screen_name"].lower(), row["userid"]) for row in posts}
    )
    assert max(names.values()) == 2  # two accounts under one name
    silent_accounts = {user["userid"] for user in small.users} - {
        post["userid"] for post in small.core
    }
    assert silent_accounts
    chinese = sum(post["tweet_language"] == "zh" for post in posts)
    assert chinese > 0.6 * len(posts)


def test_everything_says_that_it_is_simulated(small):
    assert all("SIMULATED" in name for name in small.names)
    assert all("[SIMULATED]" in post["tweet_text"] for post in small.posts)
    assert all("SIMULATED" in row["user_display_name"] for row in small.users if _clear(row))
    assert all(re.match("(?i)sim_", row["user_screen_name"]) for row in small.posts if _clear(row))
    assert "Nothing in it is real" in small.readme
    assert "seed: 7" in small.readme
    assert f"edges: {small.truth.edges:,}" in small.readme
    assert small.summary["starling_truth"] == 1
    assert small.summary["SIMULATED"] is True


def test_what_is_simulated_says_so_by_any_other_name(tmp_path, desk):
    truth = Simulate(TINY, tmp_path / "a.zip")(silent)
    with zipfile.ZipFile(truth.out) as whole:
        parts = {"u.csv": "users_csv", "t.csv": "0_tweets_csv", "more.csv": "amplifiers_tweets"}
        renamed = {
            name: whole.read(next(one for one in whole.namelist() if part in one))
            for name, part in parts.items()
        }
    taken = desk.take(*(desk.write(name, data) for name, data in renamed.items()))
    assert taken.receipt.simulated
    formats = {one.path.rpartition("/")[2]: one.format for one in taken.receipt.files}
    assert formats["t.csv"] == "takedown tweets, SIMULATED"
    assert taken.stored.title.startswith("SIMULATED")
    _, known = take_in([desk.write("answer.zip", truth.truth.read_bytes())], desk.cache, silent)
    assert known.simulated


def test_nobody_has_real_posts_called_simulated_by_writing_some(desk, make):
    mark = {"userid": "a", "tweet_text": "[SIMULATED] x"}
    real = {"tweetid": "2", "userid": "b", "tweet_text": "x"}
    rows = [{"tweetid": "1", **mark}, real, {"tweetid": "3", **mark}]
    assert not desk.take_data(t__csv=make.tweets(*rows)).receipt.simulated


def _clear(row):
    return row["userid"].isdigit()


def test_the_same_plan_gives_the_same_bytes_and_another_seed_others(tmp_path):
    paths = [tmp_path / name for name in ("a.zip", "b.zip", "c.zip")]
    plans = TINY, pickle.loads(pickle.dumps(TINY)), replace(TINY, seed=8)
    truths = [Simulate(plan, path)(silent) for plan, path in zip(plans, paths, strict=True)]
    archives = [path.read_bytes() for path in paths]
    answers = [truth.truth.read_bytes() for truth in truths]
    assert archives[0] == archives[1] != archives[2]
    assert answers[0] == answers[1] != answers[2]
    assert truths[0].truth == tmp_path / "a.truth.zip"
    assert sorted(tmp_path.iterdir()) == sorted(paths + [truth.truth for truth in truths])


def test_the_bundled_sample_is_the_small_preset(small):
    from explorer.assets import sample

    assert sample().stat().st_size < 900_000
    with zipfile.ZipFile(sample()) as bundled, zipfile.ZipFile(small.truth.out) as fresh:
        assert bundled.namelist() == fresh.namelist()
        for name in fresh.namelist():
            assert bundled.read(name) == fresh.read(name)


def test_sizes_change_the_rest_in_proportion():
    plan = planned("china", core=2_375, amplifiers=1_500)
    assert plan.core_posts == 34_861
    assert plan.core_edges == pytest.approx(10_700, rel=0.001)
    assert plan.amplifier_edges == 5_200
    assert planned("turkey", scale=0.01).core_posts == 369_485
    assert planned("turkey", scale=0.01).scale == pytest.approx(0.01)
    assert planned("china", seed=3, ids="mixed", posts=None).core_posts == 348_608


def test_progress_rises_to_one(tmp_path):
    steps = []
    Simulate(TINY, tmp_path / "x.zip")(lambda done, *_: steps.append(done))
    assert steps == sorted(steps)
    assert steps[-1] == 1.0


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: planned("mars"), "no preset 'mars'"),
        (lambda: planned("small", core=3), "3 core accounts are too few"),
        (lambda: planned("small", posts=10), "10 posts of the core are too few: at least 200"),
        (lambda: planned("turkey", scale=1.0), "36,948,524 posts of the core are too many"),
        (lambda: planned("china", amplifiers=2_000_000), "2,023,750 accounts are too many"),
        (lambda: planned("small", amplifiers=-1), "-1 amplifiers"),
        (lambda: planned("small", scale=2.0), "scale 2 is not between"),
        (lambda: planned("small", seed=-1), "seed -1"),
        (lambda: replace(SMALL, ids="secret"), "not 'secret'"),
        (lambda: replace(SMALL, other_edges=6_000), "more than a twentieth"),
    ],
)
def test_impossible_plans_are_refused_with_the_value_and_the_limit(make, words):
    with pytest.raises(SourceError, match=re.escape(words)):
        make()


def test_an_archive_must_be_called_zip(tmp_path):
    with pytest.raises(SourceError, match=r"out\.csv does not end in \.zip"):
        Simulate(TINY, tmp_path / "out.csv")(silent)


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(SourceError, match="cannot be written"):
        Simulate(TINY, tmp_path / "file" / "out.zip")(silent)


def test_a_full_disk_leaves_what_was_there(tmp_path):
    resource = pytest.importorskip("resource")
    (tmp_path / "out.zip").write_text("kept")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, limits[1]))
    try:
        with pytest.raises(SourceError, match="cannot be written"):
            Simulate(SMALL, tmp_path / "out.zip")(silent)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [path.name for path in tmp_path.iterdir()] == ["out.zip"]
    assert (tmp_path / "out.zip").read_text() == "kept"


@pytest.mark.slow
def test_china_has_its_published_size_and_the_edges_of_all_figures(tmp_path):
    truth = Simulate(PRESETS["china"], tmp_path / "china.zip")(silent)
    assert (truth.core, truth.amplifier, truth.core_posts) == (23_750, 150_000, 348_608)
    assert truth.edges == pytest.approx(670_000, rel=0.01)
    classes = dict(truth.edges_by_class)
    assert classes["core>core"] == pytest.approx(107_000, rel=0.02)
    assert classes["amplifier>core"] == pytest.approx(520_000, rel=0.02)
    assert classes["amplifier>amplifier"] == pytest.approx(40_000, rel=0.05)
