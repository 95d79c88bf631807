import multiprocessing
import pickle
import time

import numpy as np
import pytest

from explorer.archive import store
from explorer.archive.tables import KINDS
from explorer.errors import ArchiveError, SourceError
from explorer.graph.build import Found, OpenArchive, load
from explorer.graph.direct import Listed
from explorer.job import silent

USERS = (
    "userid,user_display_name,user_screen_name,user_reported_location,user_profile_description,"
    "user_profile_url,follower_count,following_count,account_creation_date,account_language\n"
    "z,Zoë,zoe,,,,5,6,2019-10-01,ZH-cn\n"
    "b,B,bob,,,,,,,\n"
)
TWEETS = (
    "tweetid,userid,user_screen_name,tweet_text,tweet_time,is_retweet,retweet_userid,user_mentions\n"
    "1,z,zoe,RT @Far_1: x,2020-01-01 00:00,True,,\"['b', 'c']\"\n"
    "2,c,cee,t,2020-01-02 00:00,False,,['z']\n"
    "3,c,cee,t,2020-01-03 00:00,False,,['z']\n"
)


@pytest.fixture
def job(tmp_path):
    (tmp_path / "u.csv").write_text(USERS, "utf-8")
    (tmp_path / "SIMULATED_x_tweets_csv_hashed.csv").write_text(TWEETS, "utf-8")
    return OpenArchive(
        (tmp_path / "u.csv", tmp_path / "SIMULATED_x_tweets_csv_hashed.csv"), tmp_path / "cache"
    )


def test_every_interaction_has_its_moment_on_its_edge(job):
    graph = job(silent).graph
    first, last = graph.edges["first"], graph.edges["last"]
    counted = np.bincount(graph.moments.edge, minlength=graph.m)
    assert (counted == graph.weight()).all()
    for edge in range(graph.m):
        times = graph.moments.time[graph.moments.edge == edge]
        assert (times.min(), times.max()) == (first[edge], last[edge])


def test_accounts_are_listed_ones_first_then_by_id(job):
    graph = job(silent).graph
    assert graph.text("id").strings() == ["b", "z", "@far_1", "c"]
    assert graph.text("name").strings() == ["bob", "zoe", "Far_1", "cee"]
    nodes = graph.nodes
    assert nodes["listed_at"].tolist() == [2, 1, 0, 0]
    assert nodes["posts"].tolist() == [0, 1, 0, 2]
    assert nodes["followers"].tolist() == [-1, 5, -1, -1]
    assert nodes["created"].tolist() == [-1, 18170, -1, -1]
    assert nodes["author"].tolist() == [False, True, False, True]
    assert nodes["by_name"].tolist() == [False, False, True, False]
    assert [nodes["language"][i] for i in range(4)] == ["", "zh-cn", "", ""]
    assert [nodes["listed_in"][i] for i in range(4)] == ["u.csv", "u.csv", "", ""]
    assert Listed().core(graph).tolist() == [True, True, False, False]


def test_edges_are_by_source_target_and_kind(job):
    graph = job(silent).graph
    kinds = [graph.edges["kind"][row] for row in range(graph.m)]
    rows = list(zip(graph.source.tolist(), graph.target.tolist(), kinds, strict=True))
    assert rows == [
        (1, 0, "mention"), (1, 2, "retweet"), (1, 3, "mention"), (3, 1, "mention")
    ]  # fmt: skip
    assert graph.edges["kind"].labels == KINDS
    assert graph.edges["count"].tolist() == [1, 1, 1, 2]
    day = 86_400
    assert (graph.edges["last"] - graph.edges["first"]).tolist() == [0, 0, 0, day]


def test_columns_have_the_types_that_the_model_promises(job):
    graph = job(silent).graph
    for name in ("listed_at", "posts", "followers", "created"):
        assert graph.nodes[name].dtype == np.int32
    assert graph.edges["first"].dtype == np.int64
    assert graph.source.dtype == np.int32


def test_the_same_files_open_at_once_the_second_time(job):
    first = job(silent)
    notes = []
    again = job(lambda _done, note="", _partial=None, /: notes.append(note))
    assert again.receipt == first.receipt
    assert again.stored == first.stored
    assert "opening what was imported before" in notes
    assert again.graph.text("id").strings() == first.graph.text("id").strings()


def test_files_that_moved_are_known_and_named_by_where_they_are_now(job, tmp_path):
    before = job(silent)
    (tmp_path / "moved").mkdir()
    paths = tuple(path.rename(tmp_path / "moved" / path.name) for path in job.paths)
    after = OpenArchive(paths, job.cache)(silent)
    assert after.stored.fingerprint == before.stored.fingerprint
    assert {file.path for file in after.receipt.files} == {str(path) for path in paths}


def test_progress_rises_to_one_and_says_what_was_found(job):
    steps = []
    opened = job(lambda *step: steps.append(step))
    done = [step[0] for step in steps]
    assert done == sorted(done)
    assert done[-1] == 1.0
    receipt = opened.receipt
    assert steps[-1][2] == Found(receipt.accounts, receipt.posts, receipt.edges)


def test_the_title_says_what_is_simulated(job):
    opened = job(silent)
    assert opened.stored.title == "SIMULATED x"
    assert opened.receipt.simulated
    assert job.title == "Open u.csv and 1 more"


def test_job_and_result_can_be_sent_to_another_process(job):
    opened = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(job))(silent)))
    assert opened.graph.n == 4
    assert opened.receipt.users_files == 1


def test_a_graph_whose_tables_are_gone_is_told(tmp_path):
    with pytest.raises(ArchiveError):
        load(store.Stored(tmp_path, "x", "t"))


def test_a_failure_is_one_sentence_even_through_a_pickle(tmp_path):
    with pytest.raises(SourceError) as caught:
        OpenArchive((tmp_path / "gone.csv",), tmp_path / "cache")(silent)
    assert pickle.loads(pickle.dumps(caught.value)).message == "gone.csv is not there."


def import_slowly(paths, cache, ready):
    def report(done, _note="", _partial=None, /):
        if done > 0.06:  # past the hashing: the archive is being built
            ready.set()
            time.sleep(60)

    OpenArchive(paths, cache)(report)


@pytest.mark.slow
def test_an_import_that_was_killed_leaves_nothing_wrong(job):
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    worker = context.Process(target=import_slowly, args=(job.paths, job.cache, ready))
    worker.start()
    assert ready.wait(60)
    worker.terminate()
    worker.join()
    worker.close()
    assert list(job.cache.iterdir())
    store.clean(job.cache)
    assert not list(job.cache.iterdir())
    assert job(silent).graph.n == 4
