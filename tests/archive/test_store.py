import errno
import json
import multiprocessing
import os
import time
from pathlib import Path

import duckdb
import pytest

from explorer.archive import store
from explorer.archive.receipt import Receipt
from explorer.archive.tables import SCHEMA
from explorer.errors import ArchiveError


def build(cache, key="k" * 64):
    with store.incoming(cache) as folder:
        with duckdb.connect(folder / store.DATABASE) as db:
            db.execute(SCHEMA)
        return store.publish(folder, cache, store.Stored(cache / key, key, "a title"), Receipt())


def test_what_was_published_is_found_again(tmp_path):
    stored = build(tmp_path)
    assert store.find(tmp_path, stored.fingerprint) == (stored, Receipt())
    assert [path.name for path in tmp_path.iterdir()] == [stored.fingerprint]


def test_a_second_archive_of_the_same_inputs_takes_nothing_away(tmp_path):
    assert build(tmp_path) == build(tmp_path)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("part", [store.DATABASE, store.RECEIPT, store.TITLE])
@pytest.mark.parametrize("harm", ["gone", "garbage", "empty"])
def test_a_broken_archive_is_removed_and_built_again(tmp_path, part, harm):
    stored = build(tmp_path)
    path = stored.folder / part
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(b"\xff\x00 no" if harm == "garbage" else b"")
    if part == store.TITLE and harm == "empty":
        return  # an empty title is no harm
    assert store.find(tmp_path, stored.fingerprint) is None
    assert not stored.folder.exists()
    assert build(tmp_path) == stored


def test_a_receipt_of_another_make_is_built_again(tmp_path):
    stored = build(tmp_path)
    path = stored.folder / store.RECEIPT
    path.write_text(json.dumps({**json.loads(path.read_text()), "surprise": 1}))
    assert store.find(tmp_path, stored.fingerprint) is None


def test_the_fingerprint_forgets_the_order_and_not_the_number():
    assert store.fingerprint(["a", "b"]) == store.fingerprint(["b", "a"])
    assert store.fingerprint(["a", "a"]) != store.fingerprint(["a"])


def test_a_failure_leaves_nothing(tmp_path):
    def fail():
        with store.incoming(tmp_path) as folder:
            (folder / "half").write_text("x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not list(tmp_path.iterdir())


def test_what_is_being_built_is_not_cleaned_away(tmp_path):
    with store.incoming(tmp_path) as folder:
        store.clean(tmp_path)
        assert folder.is_dir()


def hold(cache, ready):
    with store.incoming(Path(cache)):
        ready.set()
        time.sleep(60)


@pytest.mark.slow
def test_what_a_killed_process_leaves_is_cleaned_away(tmp_path):
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    worker = context.Process(target=hold, args=(str(tmp_path), ready))
    worker.start()
    assert ready.wait(60)
    store.clean(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2  # the folder and its lock
    worker.kill()
    worker.join()
    store.clean(tmp_path)
    assert not list(tmp_path.iterdir())
    worker.close()


def test_leavings_without_a_lock_are_cleaned_away_and_archives_stay(tmp_path):
    stored = build(tmp_path)
    (tmp_path / "incoming-1234").mkdir()
    (tmp_path / "incoming-1235.lock").touch()
    store.clean(tmp_path)
    assert list(tmp_path.iterdir()) == [stored.folder]


def test_the_cache_is_where_one_says(tmp_path, monkeypatch):
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path / "named"))
    assert store.cache_folder() == tmp_path / "named"
    assert store.cache_folder(tmp_path / "given") == tmp_path / "given"
    monkeypatch.delenv("STARLING_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    if os.name == "posix":
        assert store.cache_folder().name == "starling"


def test_a_cache_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ArchiveError, match="cannot be made"):
        store.cache_folder(tmp_path / "file" / "cache")


def test_a_question_to_tables_that_are_gone_is_answered_by_a_sentence(tmp_path):
    with pytest.raises(ArchiveError, match="no longer in the cache"), store.connect(tmp_path):
        pass


def test_nothing_can_be_written_through_a_question(tmp_path):
    stored = build(tmp_path)
    with pytest.raises(ArchiveError), store.connect(stored.folder) as db:
        db.execute("DELETE FROM posts")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device stands for a full disk")
def test_a_full_disk_is_told_as_the_system_tells_it():
    with pytest.raises(OSError, match="No space left on device") as caught, store.writing():
        duckdb.sql("COPY (SELECT 1 AS a) TO '/dev/full' (FORMAT parquet)")
    assert caught.value.errno == errno.ENOSPC


def test_what_does_not_fit_in_memory_is_not_left_where_the_user_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    many = "CREATE TABLE a AS SELECT repeat(i::VARCHAR, 50) AS t FROM range(400000) r(i) ORDER BY t"
    with duckdb.connect(config=store.in_memory() | {"memory_limit": "20MB"}) as db:
        db.execute(store.QUIET)
        with pytest.raises(duckdb.OutOfMemoryException):
            db.execute(many)
        assert not list(tmp_path.iterdir())
