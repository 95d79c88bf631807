"""A session that carries its posts answers on a computer that has never seen the inputs."""

import shutil
from dataclasses import replace

import duckdb
import pytest

from explorer.archive import store
from explorer.archive.questions import count_posts, posts_behind, posts_of
from explorer.assets import sample
from explorer.document import carried, edits, envelope
from explorer.document.content import same
from explorer.document.file import open_session, save_session
from explorer.errors import ArchiveError, SessionFileError
from explorer.graph.build import OpenArchive
from explorer.job import silent


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def document():
    opened = OpenArchive((sample(),))(silent)
    return edits.load(opened.graph, opened.receipt, opened.stored)


@pytest.fixture
def session(document, tmp_path):
    save_session(document, tmp_path / "a.starling", posts=True)
    return tmp_path / "a.starling"


@pytest.fixture
def elsewhere(session, tmp_path, monkeypatch):
    """Another computer: an empty cache."""
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path / "other 'cache'"))
    return tmp_path / "other 'cache'"


def an_edge(document):
    ids = document.graph.text("id")
    kind = document.graph.edges["kind"]
    source, target = document.graph.source[0], document.graph.target[0]
    return ids[source], ids[target], kind[0]


def test_it_opens_elsewhere_and_the_posts_behind_an_edge_are_there(document, session, elsewhere):
    here = document.archive.folder
    opened = open_session(session)
    there = opened.document.archive.folder
    assert not opened.notices
    assert there.parent == elsewhere
    assert same(opened.document, document)
    edge = an_edge(document)
    assert posts_behind(there, *edge) == posts_behind(here, *edge) != ()
    assert count_posts(there) == count_posts(here) > 0
    author = posts_behind(here, *edge)[0].account
    assert posts_of(there, author) == posts_of(here, author)


def test_it_is_taken_out_once_and_leaves_nothing_else(session, elsewhere):
    first = open_session(session).document.archive.folder
    made = (first / store.DATABASE).stat().st_mtime_ns
    assert open_session(session).document.archive.folder == first
    assert (first / store.DATABASE).stat().st_mtime_ns == made
    assert list(elsewhere.iterdir()) == [first]


def test_what_a_session_brings_never_stands_for_what_is_imported_here(session, elsewhere):
    brought = open_session(session).document.archive
    assert brought.folder.name != brought.fingerprint
    imported = OpenArchive((sample(),))(silent).stored
    assert imported.fingerprint == brought.fingerprint
    assert imported.folder != brought.folder
    assert open_session(session).document.archive.folder == imported.folder  # ours is believed


def test_a_session_saved_there_without_posts_finds_them_again(session, elsewhere, tmp_path):
    brought = open_session(session).document
    save_session(brought, tmp_path / "b.starling")
    opened = open_session(tmp_path / "b.starling")
    assert opened.document.archive.folder == brought.archive.folder
    assert not opened.notices


def test_it_can_be_saved_with_posts_again_there(session, elsewhere, tmp_path, monkeypatch):
    brought = open_session(session).document
    save_session(brought, tmp_path / "b.starling", posts=True)
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path / "third"))
    assert count_posts(open_session(tmp_path / "b.starling").document.archive.folder) > 0


def test_without_being_asked_a_session_carries_no_posts(document, tmp_path, cache):
    save_session(document, tmp_path / "a.starling")
    assert not set(envelope.LARGE) & set(envelope.read(tmp_path / "a.starling")[0]["parts"])
    shutil.rmtree(cache)
    opened = open_session(tmp_path / "a.starling")
    assert "drop the original files again" in opened.notices[0]


def test_posts_that_are_gone_cannot_be_carried(document, tmp_path, cache):
    shutil.rmtree(cache)
    with pytest.raises(ArchiveError, match="no posts on this computer"):
        save_session(document, tmp_path / "a.starling", posts=True)
    assert not (tmp_path / "a.starling").exists()


def test_saving_leaves_nothing_in_the_cache(session, cache):
    assert not list(cache.glob("incoming-*"))


def test_one_changed_byte_of_the_posts_is_found(session):
    data = bytearray(session.read_bytes())
    data[-2000] ^= 1
    before = len(data)
    session.write_bytes(data)
    assert len(data) == before
    with pytest.raises(SessionFileError):
        open_session(session)


def forged(session, table, made):
    """Put another table into a session and seal it again, as a forger can."""
    meta, parts = envelope.read(session)
    folder = session.parent / "forged"
    folder.mkdir()
    large = envelope.extract(session, envelope.LARGE, folder)
    target = large[carried.CARRIED[table]]
    target.unlink()
    with duckdb.connect() as db:
        db.execute(f"COPY ({made}) TO '{target}' (FORMAT parquet)")
    with session.open("wb") as file:
        envelope.write(file, meta, parts, large)


@pytest.mark.parametrize(
    "made",
    [
        "SELECT 1 AS id",
        "SELECT NULL AS id, '' AS account, 0 AS time, '' AS kind, '' AS language, '' AS client, "
        "'' AS hashtags, '' AS urls, '' AS text",
    ],
    ids=["columns missing", "nothing where an id should be"],
)
def test_posts_that_make_no_sense_are_left_out_and_said(session, elsewhere, made):
    forged(session, "posts", made)
    opened = open_session(session)
    assert opened.document.graph.n > 0
    assert "The posts in it do not make sense" in opened.notices[0]
    assert list(elsewhere.iterdir()) == []


def test_more_rows_than_there_is_room_for_are_refused(session, elsewhere, monkeypatch):
    monkeypatch.setattr(carried, "MOST_CELLS", 10)
    assert "more than there is room for" in open_session(session).notices[0]


def test_more_text_than_the_disk_has_room_for_is_refused(session, elsewhere, monkeypatch):
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    assert "more than there is room for" in open_session(session).notices[0]


def test_only_some_of_the_tables_are_as_none(session, elsewhere):
    meta, parts = envelope.read(session)
    folder = session.parent / "some"
    folder.mkdir()
    large = envelope.extract(session, envelope.LARGE[:2], folder)
    with session.open("wb") as file:
        envelope.write(file, meta, parts, large)
    assert "drop the original files again" in open_session(session).notices[0]


def test_the_cache_being_read_only_leaves_the_rest_usable(session, elsewhere, monkeypatch):
    def refuse(*_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(store, "publish", refuse)
    opened = open_session(session)
    assert "cannot be taken out" in opened.notices[0]
    assert "Read-only file system" in opened.notices[0]
    assert opened.document.graph.n > 0


def test_columns_that_only_some_archives_have_are_carried_too(document, tmp_path, monkeypatch):
    folder = tmp_path / "cache" / ("ab" * 32)
    shutil.copytree(document.archive.folder, folder)
    with duckdb.connect(folder / store.DATABASE) as db:
        db.execute("ALTER TABLE accounts ADD COLUMN x DOUBLE")
        db.execute("UPDATE accounts SET x = 1.5")
    placed = replace(document, archive=store.Stored(folder, "ab" * 32, "A"))
    save_session(placed, tmp_path / "a.starling", posts=True)
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path / "other"))
    there = open_session(tmp_path / "a.starling").document.archive.folder
    with store.connect(there) as db:
        assert db.execute("SELECT DISTINCT x FROM accounts").fetchall() == [(1.5,)]


def watched(monkeypatch):
    """Count how often tables are written from an archive."""
    calls = []
    really = carried.written

    def counted(*given):
        calls.append(given)
        return really(*given)

    monkeypatch.setattr(carried, "written", counted)
    return calls


def test_posts_that_are_in_the_file_already_are_not_packed_again(document, session, monkeypatch):
    before = envelope.read(session)[0]["parts"]
    calls = watched(monkeypatch)
    save_session(edits.select_role(document), session, posts=True)
    after = envelope.read(session)[0]["parts"]
    assert calls == []
    assert all(after[name] == before[name] for name in envelope.LARGE)
    assert open_session(session).document.selected.any()


def test_posts_in_another_session_are_not_taken_for_those_of_the_archive(
    document, session, monkeypatch
):
    """A file may claim the same archive, and carry posts that somebody else has chosen."""
    meta, parts = envelope.read(session)
    folder = session.parent / "forged"
    folder.mkdir()
    tables = envelope.extract(session, envelope.LARGE, folder)
    other = folder / "other.parquet"
    posts = tables["archive.posts.parquet"]
    duckdb.execute(f"COPY (SELECT * FROM '{posts}' LIMIT 1) TO '{other}' (FORMAT parquet)")
    shutil.copy(other, posts)
    with session.open("wb") as file:
        envelope.write(file, meta, parts, tables)
    calls = watched(monkeypatch)
    save_session(document, session, posts=True)
    assert len(calls) == 1
    sealed = envelope.read(session)[0]["parts"]
    assert (
        sealed["archive.posts.parquet"]["sha256"]
        == carried.noted(document.archive.folder)["archive.posts.parquet"]
    )


@pytest.mark.parametrize("words", ["", "[]", '{"a": "b"}', "{"])
def test_a_note_that_makes_no_sense_is_as_good_as_none(document, session, monkeypatch, words):
    (document.archive.folder / carried.NOTE).write_text(words, "utf-8")
    calls = watched(monkeypatch)
    save_session(document, session, posts=True)
    assert len(calls) == 1
    assert open_session(session).document.graph.n == document.graph.n
