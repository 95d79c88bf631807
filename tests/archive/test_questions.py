import pickle

import pytest

from explorer.archive import questions
from explorer.archive.questions import AskBehind, AskPosts
from explorer.ingest.run import take_in
from explorer.job import silent

HEADER = (
    "tweetid,userid,user_screen_name,tweet_text,tweet_time,is_retweet,retweet_userid,"
    "in_reply_to_userid,user_mentions,tweet_client_name\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Of an archive in which a posts four times, thrice mentioning b."""
    here = tmp_path_factory.mktemp("archive")
    lines = [
        f'{i},a,Ann,"post {i}, so",2020-01-0{9 - i} 10:00,False,,,"[\'b\']",Web\n'
        for i in range(1, 4)
    ]
    lines.append("4,a,Ann,no time,,true,b,,[],Web\n")
    path = here / "t.csv"
    path.write_text(HEADER + "".join(lines))
    return take_in([path], here / "cache", silent)[0].folder


def test_posts_come_by_time_in_pages(folder):
    assert [one.id for one in questions.posts_of(folder, "a")] == ["4", "3", "2", "1"]
    assert [one.id for one in questions.posts_of(folder, "a", limit=2, offset=1)] == ["3", "2"]
    assert questions.posts_of(folder, "b") == ()
    assert (questions.count_posts(folder, "a"), questions.count_posts(folder)) == (4, 4)


def test_a_post_says_who_when_and_what(folder):
    unknown, post = questions.posts_of(folder, "a", limit=2)
    assert (post.name, post.text, post.kind, post.client) == ("Ann", "post 3, so", "post", "Web")
    assert (post.when, unknown.when) == ("2020-01-06 10:00", "time unknown")


def test_the_posts_behind_an_edge(folder):
    behind = questions.posts_behind(folder, "a", "b", "mention")
    assert [one.id for one in behind] == ["3", "2", "1"]
    assert questions.count_behind(folder, "a", "b", "retweet") == 1
    assert questions.posts_behind(folder, "b", "a", "mention") == ()


def test_a_profile_or_nothing(folder):
    found = questions.profile(folder, "a")
    assert found is not None
    assert (found.name, found.posts, found.author, found.listed_in) == ("Ann", 4, True, "")
    assert questions.profile(folder, "nobody") is None


def test_a_value_in_a_question_is_never_sql(folder):
    assert questions.posts_of(folder, "a' OR 1=1 --") == ()


@pytest.mark.parametrize(
    ("job", "shown", "total"),
    [
        (lambda folder: AskPosts(folder, "a", 3), ["4", "3", "2"], 4),
        (lambda folder: AskBehind(folder, "a", "b", "mention", 1), ["3"], 3),
    ],
)
def test_questions_are_jobs(folder, job, shown, total):
    posts, count = pickle.loads(pickle.dumps(job(folder)))(silent)
    assert ([one.id for one in posts], count) == (shown, total)
    assert job(folder).title
