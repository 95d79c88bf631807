"""What commands do is taken down, and comes out the same when it is done again."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication

from explorer.document.content import same
from explorer.document.file import open_session
from explorer.document.verbs import VERBS, replaced
from explorer.evidence.replay import Replay
from explorer.graph.direct import TopActive
from explorer.job import silent
from explorer.layout.run import layouts
from explorer.scene.camera import Camera
from explorer.scene.view import View

V1 = Path(__file__).parents[1] / "sessions" / "v1.starling"


class Looking:
    """A stage that is looked at."""

    def view(self):
        return View(Camera(0.0, 0.0, 0.5), (320, 240), "dark", ratio=1.0)

    def look_from(self, camera):
        pass


@pytest.fixture(autouse=True)
def folders(tmp_path, monkeypatch):
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def opened(commands, sample_known):
    """Commands with the sample open and laid out."""
    commands.desk.stage = Looking()
    commands.file.open_sample()
    return commands


def log(commands):
    return commands.desk.session.history.now.log


def halved(commands):
    return np.arange(commands.desk.document.graph.n) % 2 == 0


def scatter(commands):
    commands.layout.choose("random", layouts()["random"].options(seed=4))
    commands.layout.run()


VERBS_OF_HAND = {
    "core": lambda c: c.select.core(),
    "amplifiers added": lambda c: c.select.role(1, "add"),
    "ends": lambda c: c.select.classes((8,)),
    "all": lambda c: c.select.everything(),
    "invert": lambda c: c.select.invert(),
    "grow": lambda c: c.select.grow(),
    "shrink": lambda c: c.select.shrink(),
    "one": lambda c: c.select.one(3, "toggle"),
    "ego": lambda c: c.select.ego(1),
    "area": lambda c: c.select.swept(halved(c), "replace"),
    "find": lambda c: c.select.found("a"),
    "keep": lambda c: c.select.keep(),
    "hide": lambda c: c.select.hide(),
    "show all": lambda c: c.select.show_all(),
    "kinds": lambda c: c.select.kinds("mention", shown=False),
    "at least": lambda c: c.select.at_least("degree", 2),
    "none": lambda c: c.edit.stop_or_none(),
    "move": lambda c: c.edit.move(halved(c), 0.3, -7.7),
    "classes": lambda c: c.view.classes((5,), on=False),
    "size": lambda c: c.view.node_size(1.7),
    "labels": lambda c: c.view.labels("top"),
    "rule": lambda c: c.roles.use(TopActive(4)),
    "undo": lambda c: c.edit.undo(),
    "redo": lambda c: c.edit.redo(),
    "random": scatter,
    "pin": lambda c: c.arrange.pin(),
    "unpin": lambda c: c.arrange.unpin(),
    "turn": lambda c: c.arrange.turn(33.0),
    "mirror": lambda c: c.arrange.mirror("across"),
    "align": lambda c: c.arrange.align("top"),
    "distribute": lambda c: c.arrange.distribute("down"),
    "nudge": lambda c: c.edit.move(c.desk.document.selected, 0.25, 0.0),
    "selection laid out": lambda c: c.desk.run(c.steer.selection),
    "settled": lambda c: c.steer.settle(),
    "shown laid out": lambda c: c.steer.shown(),
    "laid out again": lambda c: c.layout.run(),
    "jump": lambda c: c.desk.session.jump(len(c.desk.session.history.moments) // 2),
}  # fmt: skip


def test_opening_lays_out_and_the_log_says_both(opened):
    first, second = log(opened)
    assert first.verb == "open"
    assert len(first.values["inputs"][0]["sha256"]) == 64
    assert second.verb == "layout"
    assert second.values["options"]["seed"] == 7
    assert second.values["complete"]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.sampled_from(sorted(VERBS_OF_HAND)), max_size=12))
def test_whatever_is_done_by_hand_comes_out_the_same_again(opened, answers, tmp_path, steps):
    session = opened.desk.session
    session.jump(2)  # the sample, laid out
    start, base = opened.desk.document, log(opened)
    for step in steps:
        if opened.desk.document.graph.n > 50:  # else undone to where the sample is not open
            VERBS_OF_HAND[step](opened)
    if log(opened)[: len(base)] != base:
        return  # undone past where this began
    answers.path = tmp_path / "a.starling"
    opened.file.save_as()
    kept = open_session(answers.path).beside.log
    dead, made = replaced(kept), start
    for place, step in enumerate(kept[len(base) :], len(base)):
        if place not in dead:
            made = VERBS[step.verb].again(made, step, silent)
    assert same(made, opened.desk.document)
    assert made.style == opened.desk.document.style
    assert made.filter.words == opened.desk.document.filter.words


def test_a_session_made_by_commands_replays_the_same(opened, answers, tmp_path):
    for name in ("core", "grow", "keep", "size", "classes", "move", "rule", "area"):
        VERBS_OF_HAND[name](opened)
    answers.path = tmp_path / "a.starling"
    opened.file.save()
    done = Replay(answers.path)(silent)
    assert done.same, "\n".join(done.lines())
    assert [step.title for step in done.steps][-1] == "Select area"


def test_the_log_goes_on_when_a_session_is_opened_again(opened, answers, tmp_path):
    opened.select.core()
    answers.path = tmp_path / "a.starling"
    opened.file.save()
    before = [step.title for step in log(opened)]
    opened.file.open((answers.path,))
    assert [step.title for step in log(opened)] == before
    opened.select.invert()
    opened.file.save()
    assert Replay(answers.path)(silent).same


def test_the_methods_paragraph_is_copied_with_its_steps(opened, said):
    opened.select.core()
    opened.figure.copy_methods()
    words = QGuiApplication.clipboard().text()
    assert "Steps, in this order: Open SIMULATED" in words
    assert words.endswith("Select core.")
    assert said.told[-1] == "The methods paragraph was copied."


def test_a_figure_that_is_written_carries_the_steps(opened, tmp_path):
    opened.select.core()
    opened.figure.write(tmp_path / "a.svg", (800, 600), True)
    assert b"Select core" in (tmp_path / "a.svg").read_bytes()


def test_a_session_from_before_there_were_steps_gets_a_log_of_what_it_holds(
    commands, answers, tmp_path
):
    commands.desk.stage = Looking()
    commands.file.open((V1,))
    assert [step.verb for step in log(commands)] == ["open", "set"]
    assert log(commands)[1].title == "As it was saved, before steps were recorded"
    answers.path = tmp_path / "a.starling"
    commands.file.save_as()
    assert [step.verb for step in open_session(answers.path).beside.log] == ["open", "set"]
