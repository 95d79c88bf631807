from dataclasses import replace

import numpy as np
import pytest

from explorer.assets import sample
from explorer.document import edits, envelope
from explorer.document.content import Beside
from explorer.document.file import SaveSession, open_session, save_session
from explorer.document.model import Document
from explorer.document.pictured import Pictured
from explorer.evidence import pictured as module
from explorer.evidence.pictured import LONGEST, SaveSeen, canonical, hashed, pictured
from explorer.evidence.verdicts import verdicts
from explorer.graph.build import OpenArchive
from explorer.job import silent
from explorer.scene.camera import Camera
from explorer.scene.painter import Painter
from explorer.scene.view import View

SEEN = Beside((0.0, 0.0, 90.0), "light", size=(320, 240))


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def document():
    opened = OpenArchive((sample(),))(silent)
    made = edits.load(opened.graph, opened.receipt, opened.stored)
    places = np.random.default_rng(2).normal(0, 1, (made.graph.n, 2)).astype(np.float32)
    return replace(made, positions=places)


@pytest.fixture
def saved(document, tmp_path):
    path = tmp_path / "a.starling"
    SaveSeen(SaveSession(document, path, SEEN))(silent)
    return path


def picture_of(saved, again, beside):
    return {one.part: one for one in verdicts(saved, again, beside, {})}["picture"]


def test_the_hash_in_a_session_is_that_of_what_was_seen(document, saved):
    kept = open_session(saved).beside.picture
    pixels = Painter().whole(document, View(Camera(0.0, 0.0, 90.0), (320, 240), "light")).pixels
    assert kept.size == (320, 240)
    assert kept.sha256 == hashed(pixels)
    assert {"starling", "python", "numpy", "numba", "llvmlite"} == set(dict(kept.program))


def test_a_large_window_is_hashed_smaller_in_proportion():
    view = View(Camera(1.0, 2.0, 8.0), (3200, 1800), ratio=2.0)
    small = canonical(view)
    assert small.size == (LONGEST, 900)
    assert (small.camera.scale, small.ratio) == (4.0, 1.0)
    assert canonical(small) is small


def test_the_same_picture_is_told_as_the_one_at_saving(saved):
    opened = open_session(saved)
    said = picture_of(opened.document, opened.document, opened.beside)
    assert said.same
    assert said.note == "as at saving"
    assert said.saved == said.now == opened.beside.picture.sha256


def test_another_picture_is_told_apart_by_the_hash_alone(document, saved):
    opened = open_session(saved)
    moved = replace(document, positions=document.positions + np.float32(0.5))
    said = picture_of(opened.document, moved, opened.beside)
    assert not said.same
    assert "pixels differ" in said.note
    assert said.saved == opened.beside.picture.sha256 != said.now


def test_other_libraries_are_named_as_what_may_be_why(document):
    kept = replace(pictured(document, SEEN), sha256="0" * 64)
    older = tuple((name, "0.1" if name == "numba" else v) for name, v in kept.program)
    beside = replace(SEEN, picture=replace(kept, program=older))
    said = picture_of(document, document, beside)
    assert not said.same
    assert "numba was 0.1, now " in said.note
    assert "which may be why" in said.note
    same_versions = picture_of(document, document, replace(SEEN, picture=kept))
    assert not same_versions.same
    assert "not by other versions" in same_versions.note


def test_a_session_without_a_hash_opens_and_both_sides_are_drawn(document, tmp_path):
    path = tmp_path / "old.starling"
    save_session(document, path, SEEN)
    meta, parts = envelope.read(path)
    del meta["beside"]["picture"], meta["parts"]  # as it was before there were hashes
    with path.open("wb") as file:
        envelope.write(file, meta, parts)
    opened = open_session(path)
    assert opened.beside.picture is None
    said = picture_of(opened.document, opened.document, opened.beside)
    assert said.same
    assert "no hash was kept" in said.note


def test_a_size_that_is_not_ours_is_not_compared(document):
    odd = Pictured((7, 7), "0" * 64, ())
    said = picture_of(document, document, replace(SEEN, picture=odd))
    assert said.same
    assert "no hash was kept" in said.note


def test_what_cannot_be_drawn_is_saved_all_the_same(document, tmp_path, monkeypatch):
    def broken(*_):
        raise MemoryError

    monkeypatch.setattr(module, "drawn", broken)
    path = tmp_path / "a.starling"
    SaveSeen(SaveSession(document, path, SEEN))(silent)
    assert open_session(path).beside.picture is None


def test_an_empty_document_has_no_picture(graph):
    assert pictured(edits.load(graph.bare()), SEEN) is not None
    assert pictured(Document(), SEEN) is None


def test_progress_only_grows(document, tmp_path):
    heard = []
    path = tmp_path / "a.starling"
    SaveSeen(SaveSession(document, path, SEEN, posts=True))(lambda done, *_: heard.append(done))
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    assert len(heard) > 6
