"""What must hold of session files whatever happens to the disk, the process or the bytes."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.document import edits, envelope
from explorer.document import file as sessions
from explorer.document.content import same
from explorer.document.file import Beside, open_session, save_session
from explorer.document.versions import versions_of
from explorer.errors import SessionFileError

V1 = Path(__file__).with_name("v1.starling")
V2 = Path(__file__).with_name("v2.starling")


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def saved(graph, tmp_path):
    path = tmp_path / "work" / "a.starling"
    path.parent.mkdir()
    save_session(edits.load(graph), path)
    return path


def opened_or_refused(path):
    """The document in *path*, or None after exactly one sentence."""
    try:
        return open_session(path).document
    except SessionFileError as error:
        said = error
    assert said.message.endswith(".")
    assert "Traceback" not in str(said)
    return None


def test_a_session_of_version_1_opens_for_ever():
    opened = open_session(V1)
    document = opened.document
    assert (document.graph.n, document.graph.m) == (77, 137)
    assert document.roles.counts() == {"other": 14, "amplifier": 58, "core": 5}
    assert document.roles.rule.origin == "ids.txt"
    assert len(document.roles.rule.ids) == 5
    assert document.roles.rule.kinds == {"retweet", "reply"}
    assert document.selected.sum() == 4
    assert document.filter.words == (
        "posts at least 0; 76 accounts chosen by hand; without mention"
    )
    assert document.style.hidden == {5}
    assert (document.style.node_size, document.style.labels) == (1.5, "top")
    assert document.placing.words == "layout Flock, seed 7"
    assert float(document.positions.sum()) == pytest.approx(-79.87126922607422, abs=1e-3)
    assert document.receipt.simulated
    assert not document.receipt.discrepancies()
    assert document.archive.title == "SIMULATED small_052020"
    assert opened.beside.camera == (1.0, -2.0, 0.5)
    assert opened.beside.theme == "light"
    assert opened.beside.steps == ("Open SIMULATED_small.zip", "Layout Flock", "Select core")


def test_a_session_of_version_2_opens_for_ever():
    opened = open_session(V2)
    document = opened.document
    assert (document.graph.n, document.graph.m) == (104, 162)
    assert document.roles.counts() == {"other": 4, "amplifier": 60, "core": 40}
    assert document.filter.words == "interactions of 2018-05-08 to 2019-04-25"
    assert len(document.graph.moments.time) == 181
    assert document.pinned.sum() == 1
    assert [(one.title, one.mask.sum()) for one in document.named] == [("the core", 40)]
    assert document.selected.sum() == 40
    assert (document.style.labels, document.style.labels_by) == ("top", "posts")
    assert [step.title for step in opened.beside.log][-4:] == [
        "Select core", "Time: 2018-05-08 to 2019-04-25", "Labels", "Labels",
    ]  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=400))
def test_any_bytes_are_refused_in_one_sentence(tmp_path, data):
    path = tmp_path / "a.starling"
    path.write_bytes(data)
    assert opened_or_refused(path) is None


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, V1.stat().st_size - 1), st.integers(1, 255))
def test_one_changed_byte_never_gives_another_document(tmp_path, place, change):
    data = bytearray(V1.read_bytes())
    data[place] ^= change
    path = tmp_path / "a.starling"
    path.write_bytes(data)
    found = opened_or_refused(path)
    if found is not None:  # a byte of the zip that says nothing, such as a date
        good = open_session(V1).document
        assert same(found, good)
        assert found.filter.words == good.filter.words
        assert found.roles.rule == good.roles.rule


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, V1.stat().st_size - 1))
def test_a_file_cut_off_anywhere_is_refused(tmp_path, length):
    path = tmp_path / "a.starling"
    path.write_bytes(V1.read_bytes()[:length])
    assert opened_or_refused(path) is None


def again(path, how=zipfile.ZIP_STORED, **other):
    """Pack *path* again as another program would, with *other* members."""
    with zipfile.ZipFile(path) as old:
        held = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", how) as new:
        for name, data in {**held, **other}.items():
            new.writestr(name, data)


def test_an_edited_session_is_refused(saved):
    meta, _ = envelope.read(saved)
    meta["style"]["node_size"] = 9.0
    again(saved, **{"meta.json": json.dumps(meta)})
    with pytest.raises(SessionFileError, match="changed outside Starling"):
        open_session(saved)


def test_a_part_of_another_session_is_refused(saved):
    _, parts = envelope.read(V1)
    again(saved, **{"edges.parquet": parts["edges.parquet"]})
    with pytest.raises(SessionFileError, match="changed outside Starling"):
        open_session(saved)


def test_a_session_that_was_compressed_again_is_refused_unread(saved):
    again(saved, zipfile.ZIP_DEFLATED)
    with pytest.raises(SessionFileError, match="packed again by another program"):
        open_session(saved)


def test_a_zip_of_something_else_is_named(tmp_path):
    path = tmp_path / "a.starling"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../etc/passwd", "x")
    with pytest.raises(SessionFileError, match="not a Starling session"):
        open_session(path)


def test_a_session_from_a_newer_starling_is_told_apart(saved):
    meta, parts = envelope.read(saved)
    with saved.open("wb") as file:
        envelope.write(file, {**meta, "version": 7}, parts)
    with pytest.raises(SessionFileError, match="newer Starling"):
        open_session(saved)


def test_more_rows_than_memory_holds_are_refused_before_they_are_read(saved, monkeypatch):
    monkeypatch.setattr("explorer.document.columns.MOST_CELLS", 10)
    with pytest.raises(SessionFileError, match="more than can be taken in"):
        open_session(saved)


def test_more_text_than_memory_holds_is_refused_before_it_is_read(saved, monkeypatch):
    monkeypatch.setattr("explorer.document.columns.MOST_LETTERS", 10)
    with pytest.raises(SessionFileError, match="more text"):
        open_session(saved)


def test_a_session_that_vanished_is_one_sentence(tmp_path):
    with pytest.raises(SessionFileError, match=r"a\.starling is not there any more"):
        open_session(tmp_path / "a.starling")


def test_a_folder_that_vanished_is_one_sentence(graph, tmp_path):
    with pytest.raises(SessionFileError, match="No such file or directory"):
        save_session(edits.load(graph), tmp_path / "gone" / "a.starling")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
def test_a_disk_that_will_not_take_it_leaves_the_old_file(graph, saved, monkeypatch, code):
    def fail(handle):
        raise OSError(code, os.strerror(code))

    before = saved.read_bytes()
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(SessionFileError, match=os.strerror(code)):
        save_session(edits.select_all(edits.load(graph)), saved)
    assert saved.read_bytes() == before
    assert list(saved.parent.iterdir()) == [saved]


HINDERED = """
import os, resource, signal, sys
from pathlib import Path
from explorer.document.file import open_session, save_session
from explorer.errors import SessionFileError
path = Path(sys.argv[1])
document = open_session(path).document
HINDRANCE
try:
    save_session(document, path)
except SessionFileError as error:
    print(error.message)
"""
FULL = """
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a limit on files stands in for a full disk
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
"""
READ_ONLY = """
path.parent.chmod(0o500)
if os.geteuid() == 0:
    os.setuid(65534)  # root may write anywhere; nobody may not
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits and users as on Linux")
@pytest.mark.parametrize(
    ("hindrance", "words"), [(FULL, "File too large"), (READ_ONLY, "Permission denied")]
)
def test_a_full_disk_and_a_read_only_folder_leave_the_old_file(saved, hindrance, words):
    before = saved.read_bytes()
    code = HINDERED.replace("HINDRANCE", hindrance)
    said = subprocess.run(
        [sys.executable, "-c", code, str(saved)], capture_output=True, text=True, check=True
    )
    saved.parent.chmod(0o700)
    assert "a.starling cannot be saved in" in said.stdout
    assert words in said.stdout
    assert saved.read_bytes() == before
    assert list(saved.parent.iterdir()) == [saved]


def test_what_reads_back_differently_is_not_put_in_place(graph, saved, monkeypatch):
    before = saved.read_bytes()
    monkeypatch.setattr(sessions, "same", lambda *_: False)
    with pytest.raises(SessionFileError, match="reads back differently"):
        save_session(edits.load(graph), saved)
    assert saved.read_bytes() == before


def test_a_system_without_links_keeps_versions_too(graph, saved, monkeypatch):
    def fail(*_):
        raise OSError(errno.EPERM, "no links here")

    before = saved.read_bytes()
    monkeypatch.setattr(os, "link", fail)
    save_session(edits.select_all(edits.load(graph)), saved)
    assert versions_of(saved)[0].read_bytes() == before


def test_what_a_killed_save_left_is_cleared_once_it_is_old(graph, saved):
    young, old = (saved.with_name(f".a.starling.{name}.saving~") for name in ("young", "old"))
    for left in (young, old):
        left.write_bytes(b"half")
    os.utime(old, (time.time() - 3600,) * 2)
    save_session(edits.load(graph), saved)
    assert young.exists()
    assert not old.exists()


SAVER = """
import sys
from pathlib import Path
from explorer.document import edits
from explorer.document.file import open_session, save_session
path = Path(sys.argv[1])
none = open_session(path).document
every = edits.select_all(none)
print("ready", flush=True)
while True:
    save_session(every, path)
    save_session(none, path)
"""


@pytest.mark.slow
def test_ten_kills_at_random_moments_lose_nothing(saved):
    good = open_session(saved).document
    chance, found = random.Random(7), []
    for _ in range(10):
        child = subprocess.Popen(
            [sys.executable, "-c", SAVER, str(saved)], stdout=subprocess.PIPE, text=True
        )
        with child:
            assert child.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0.0, 0.25))
            child.kill()
        assert child.returncode == (-signal.SIGKILL if os.name == "posix" else 1)
        now = open_session(saved).document
        assert now.selected.all() or not now.selected.any()
        assert same(edits.select_none(now), good)
        for older in versions_of(saved):
            if older.exists():
                assert same(edits.select_none(open_session(older).document), good)
        found.append(bool(now.selected.any()))
    assert np.isfinite(good.positions).all()


def test_a_journal_keeps_no_older_versions(graph, saved):
    save_session(edits.load(graph), saved, Beside(), versions=0)
    assert list(saved.parent.iterdir()) == [saved]
