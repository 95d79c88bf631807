import json
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest

from explorer.assets import sample
from explorer.cli import front as cli
from explorer.document import edits, envelope
from explorer.document.content import Beside
from explorer.document.file import save_session
from explorer.document.history import History
from explorer.document.model import Placing
from explorer.document.recording import logged, moved, opening, placed
from explorer.document.steps import Done
from explorer.document.verbs import VERBS, Step, light
from explorer.errors import SessionFileError
from explorer.evidence.replay import Replay
from explorer.graph.build import OpenArchive
from explorer.job import silent
from explorer.layout.run import layouts

WHEN = "2026-01-02T03:04:05+00:00"
SEEN = {"camera": (0.0, 0.0, 1.5), "theme": "dark", "size": (320, 240), "ratio": 1.0}


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def inputs(tmp_path):
    """The sample's tables as loose files, in a folder."""
    folder = tmp_path / "inputs"
    with zipfile.ZipFile(sample()) as packed:
        packed.extractall(folder)
    return folder


class Work:
    """A history, and how to add to it."""

    def __init__(self, paths):
        opened = OpenArchive(tuple(paths))(silent)
        fresh = edits.load(opened.graph, opened.receipt, opened.stored)
        log = logged(History(), "Open", fresh, "", opening(fresh), WHEN)
        self.history = History().commit("Open", fresh, "", log)

    @property
    def document(self):
        return self.history.now.document

    def do(self, title, after, done=None):
        log = logged(self.history, title, after, "", done, WHEN)
        self.history = self.history.commit(title, after, "", log)
        return self

    def layout(self, name="random", **options):
        layout = layouts()[name]
        chosen = layout.options(**options)
        run = placed(layout, chosen, np.empty(0), self.document, complete=True)
        after = VERBS["layout"].again(self.document, Step("", "layout", run.values), silent)
        return self.do(f"Layout {layout.title}", after, run)

    def core(self):
        done = Done("select role", {"role": "core", "mode": "replace"})
        return self.do("Select core", edits.select_role(self.document), done)

    def save(self, path, **beside):
        log = light(self.history.now.log)
        save_session(self.document, path, Beside(log=log, **{**SEEN, **beside}))
        return path


@pytest.fixture
def session(tmp_path, inputs):
    work = Work(sorted(inputs.rglob("*.csv"))).layout(seed=7).core()
    mask = work.document.selected
    work.do("Move", edits.move(work.document, mask, (3.3, 1.1)), moved(mask, (3.3, 1.1)))
    return work.save(tmp_path / "a.starling")


def by_part(done):
    return {part.part: part for part in done.parts}


def test_a_session_comes_out_the_same_again(session):
    done = Replay(session)(silent)
    assert done.same
    assert [part.part for part in done.parts] == [
        "graph", "roles", "positions", "selection", "picture",
    ]  # fmt: skip
    assert all(part.saved == part.now and len(part.now) == 64 for part in done.parts)
    assert {step.how for step in done.steps} == {"done again"}
    assert not done.programs


def test_the_cache_is_not_believed(session, tmp_path):
    before = sorted((tmp_path / "cache").iterdir())
    Replay(session)(silent)
    assert sorted((tmp_path / "cache").iterdir()) == before
    shutil.rmtree(tmp_path / "cache")
    assert Replay(session)(silent).same


def tweets(inputs):
    return next(path for path in sorted(inputs.rglob("*.csv")) if "tweets" in path.name)


def test_one_byte_of_an_input_is_named_with_what_then_differs(session, inputs):
    path = tweets(inputs)
    data = bytearray(path.read_bytes())
    # One letter of an id of an account that is retweeted: an edge goes elsewhere.
    column = data[: data.index(b"\n")].decode().replace('"', "").split(",").index("retweet_userid")
    ends, fields = [], data.split(b"\n")[1:]
    for line in fields:
        cells = line.decode("utf-8", "replace").split('","')
        if len(cells) > column and len(cells[column]) > 20:
            ends.append(cells[column].encode())
    place = data.index(ends[0], data.index(b"\n"))
    data[place] = ord("A") if data[place] != ord("A") else ord("B")
    path.write_bytes(data)
    done = Replay(session)(silent)
    assert not done.same
    assert [one.name for one in done.inputs if not one.same] == [path.name]
    assert not by_part(done)["graph"].same
    said = "\n".join(done.lines())
    assert f"{path.name}: DIFFERS" in said
    assert "graph      DIFFERS" in said


def test_an_input_that_changed_where_nothing_depends_on_it_is_still_not_the_same(session, inputs):
    path = tweets(inputs)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"SIMULATED", b"SIMULATEd", 1))
    done = Replay(session)(silent)
    assert not done.same
    assert by_part(done)["graph"].same
    assert by_part(done)["positions"].same


def test_an_input_that_cannot_be_read_any_more_is_a_sentence(session, inputs):
    for path in inputs.rglob("*.csv"):
        path.write_bytes(b"\x00\x01")
    done = Replay(session)(silent)
    assert not done.same
    assert done.document is None
    assert "The inputs do not make a document any more" in "\n".join(done.lines())


def test_inputs_that_moved_are_found_in_a_folder_or_named(session, inputs, tmp_path):
    inputs.rename(tmp_path / "elsewhere")
    with pytest.raises(SessionFileError, match=r"\.csv is not where it was"):
        Replay(session)(silent)
    assert Replay(session, tmp_path / "elsewhere")(silent).same
    for number, path in enumerate(sorted((tmp_path / "elsewhere").rglob("*.csv"))):
        path.rename(path.with_name(f"{number}.csv"))  # known by content, whatever the name
    done = Replay(session, tmp_path / "elsewhere")(silent)
    assert all(one.same for one in done.inputs)


def test_a_layout_that_was_stopped_is_kept_and_said_to_be(tmp_path, inputs):
    work, layout = Work(sorted(inputs.rglob("*.csv"))), layouts()["flock"]
    positions = np.random.default_rng(5).normal(size=(work.document.graph.n, 2)).astype(np.float32)
    options = layout.options()
    done = placed(layout, options, positions, work.document, complete=False)
    after = edits.place(work.document, positions, Placing("Flock", "", 7, complete=False))
    done = Replay(work.do("Layout Flock", after, done).save(tmp_path / "b.starling"))(silent)
    assert done.same
    assert by_part(done)["positions"].kept == "the layout was stopped early"
    assert "kept, not made again" in "\n".join(done.lines())
    assert done.steps[-1].how == "kept"


def test_a_layout_that_starts_from_here_follows_the_one_before(tmp_path, inputs):
    work = Work(sorted(inputs.rglob("*.csv"))).layout("circle").layout("flock", keep=True, rounds=5)
    done = Replay(work.save(tmp_path / "b.starling"))(silent)
    assert done.same
    assert [step.how for step in done.steps] == ["done again"] * 3
    assert not by_part(done)["positions"].kept


def test_layouts_that_were_replaced_are_not_run_again(tmp_path, inputs):
    work = Work(sorted(inputs.rglob("*.csv"))).layout(seed=1).layout(seed=2)
    done = Replay(work.save(tmp_path / "b.starling"))(silent)
    assert [step.how for step in done.steps] == ["done again", "replaced later", "done again"]
    assert done.same


def told_again(session, change):
    """Write *session* anew with a log that *change* has changed."""
    meta, parts = envelope.read(session)
    change(meta["log"])
    with session.open("wb") as file:
        envelope.write(file, meta, parts)


def test_a_seed_that_was_not_the_one_is_found_out(session):
    def change(log):
        (step,) = (one for one in log["steps"] if one["verb"] == "layout")
        step["values"]["options"]["seed"] = 8

    told_again(session, change)
    done = Replay(session)(silent)
    parts = by_part(done)
    assert not done.same
    assert parts["graph"].same
    assert not parts["positions"].same
    assert "accounts stand elsewhere" in parts["positions"].note
    assert not parts["picture"].same


@pytest.mark.parametrize(
    ("values", "words"),
    [({"role": "king", "mode": "replace"}, "make no sense"), ({}, "make no sense")],
)
def test_values_that_make_no_sense_are_a_step_that_was_not_done(session, values, words):
    def change(log):
        (step,) = (one for one in log["steps"] if one["verb"] == "select role")
        step["values"] = values

    told_again(session, change)
    done = Replay(session)(silent)
    assert not done.same
    assert any(step.how == "not done" and words in step.why for step in done.steps)


def test_a_verb_of_a_newer_starling_is_a_step_that_was_not_done(session):
    told_again(session, lambda log: log["steps"][2].update(verb="divine"))
    done = Replay(session)(silent)
    assert done.steps[2].why == "This Starling does not know how to do “divine”."
    assert not done.same


def test_another_version_of_a_library_is_said(session):
    told_again(session, lambda log: log["programs"][0].append(["igraph", "0.1"]))
    done = Replay(session)(silent)
    assert ("igraph", "0.1") in [one[:2] for one in done.programs]
    assert done.same  # it is the same all the same
    assert "igraph was 0.1, now" in "\n".join(done.lines())


def test_a_session_that_does_not_say_how_it_was_made_is_a_sentence(tmp_path):
    old = Path(__file__).parents[1] / "sessions" / "v1.starling"
    with pytest.raises(SessionFileError, match="does not say how it was made"):
        Replay(old)(silent)


def said(capsys, *words):
    code = cli.run(list(words))
    out, err = capsys.readouterr()
    return code, out, err


def test_the_command_ends_with_0_or_1(qapp, session, inputs, capsys, tmp_path):
    figure = tmp_path / "a.png"
    code, out, _ = said(capsys, "replay", str(session), "--json", "-o", str(figure))
    told = json.loads(out)
    assert code == 0
    assert told["same"]
    assert figure.read_bytes()[:4] == b"\x89PNG"
    path = tweets(inputs)
    path.write_bytes(path.read_bytes().replace(b"SIMULATED", b"SIMULATEd", 1))
    code, out, _ = said(capsys, "replay", str(session), "--inputs", str(inputs))
    assert code == 1
    assert "a.starling: NOT the same" in out
    assert f"{path.name}: DIFFERS" in out


def test_the_command_says_in_a_sentence_what_it_cannot_do(tmp_path, capsys):
    code, _, err = said(capsys, "replay", str(tmp_path / "gone.starling"))
    assert code == 1
    assert "gone.starling is not there any more" in err
