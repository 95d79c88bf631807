import json

import pytest

from explorer.assets import sample
from explorer.cli import front as cli


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch, qapp):  # before figures make an application of their own
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path / "cache"))


def told(capsys, *words):
    assert cli.run(["layout", str(sample()), *words]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_layout_is_measured(capsys):
    said = told(capsys, "--json")
    (one,) = said["layouts"]
    assert one["layout"] == "flock"
    assert one["options"]["seed"] == 7
    assert 0 < one["stress"] < 1
    assert 0 < one["purity"] <= 1
    assert one["communities"] > 1
    assert said["igraph"]


def test_the_same_seed_gives_the_same_places_and_another_does_not(capsys):
    first, again, other = (
        told(capsys, "--json", "--seed", seed)["layouts"][0]["positions_sha256"]
        for seed in ("3", "3", "4")
    )
    assert first == again != other


def test_several_layouts_are_compared_in_one_table(capsys):
    assert cli.run(["layout", str(sample()), "--by", "flock", "--by", "grid"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert "Stress" in head
    assert [row.split()[0] for row in rows] == ["flock", "grid"]


def test_a_layout_that_asks_for_roles_gets_them(capsys):
    said = told(capsys, "--json", "--by", "core-first", "--by", "rings")
    assert [one["layout"] for one in said["layouts"]] == ["core-first", "rings"]


def test_options_are_read_and_kept(capsys):
    said = told(capsys, "--json", "--set", "intention=structure", "--set", "rounds=10")
    assert said["layouts"][0]["options"]["intention"] == "structure"
    assert said["layouts"][0]["options"]["rounds"] == 10


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--by", "nothing"], "There is no layout 'nothing'."),
        (["--set", "rounds=many"], "'rounds=many' is not a number between 5 and 200."),
        (["--set", "rounds=1000000"], "'rounds=1000000' is not a number between 5 and 200."),
        (["--set", "colour=red"], "'colour=red' says no option of this layout."),
        (["--set", "intention=chaos"], "'intention=chaos' is not a choice."),
        (["-o", "places.txt"], "places.txt is no name for a session."),
        (["--by", "grid", "--by", "flock", "-o", "a.starling"], "Several layouts do not fit"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(capsys, words, sentence):
    assert cli.run(["layout", str(sample()), *words]) == 1
    assert sentence in capsys.readouterr().err


def test_the_places_are_written_as_a_session(capsys, tmp_path):
    from explorer.document.file import open_session

    out = tmp_path / "placed.starling"
    assert cli.run(["layout", str(sample()), "--by", "circle", "-o", str(out)]) == 0
    assert open_session(out).document.placing.layout == "Circle"


def test_a_session_that_was_written_can_be_made_again(capsys, tmp_path):
    out = tmp_path / "placed.starling"
    assert cli.run(["layout", str(sample()), "--core", "top:5", "-o", str(out)]) == 0
    capsys.readouterr()
    assert cli.run(["replay", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["same"]


def test_a_session_laid_out_again_keeps_its_steps_and_can_be_made_again(capsys, tmp_path):
    from dataclasses import replace

    from explorer.document import edits
    from explorer.document.file import open_session, save_session
    from explorer.document.scripted import log_of
    from explorer.document.steps import Done

    first, second, third = (tmp_path / f"{name}.starling" for name in "abc")
    assert cli.run(["layout", str(sample()), "--by", "grid", "-o", str(first)]) == 0
    opened = open_session(first)
    chosen = edits.switch_classes(edits.select_role(opened.document, 2), (0, 5), False)
    resumed = Done("resume", log=opened.beside.log)
    log = log_of([("Open", opened.document, resumed), ("Choose", chosen, None)], "")
    save_session(chosen, second, replace(opened.beside, log=log, theme="print", picture=None))
    assert cli.run(["layout", str(second), "--by", "circle", "-o", str(third)]) == 0
    capsys.readouterr()
    again = open_session(third)
    assert again.document.selected.sum() == 400
    assert again.beside.theme == "print"
    titles = [step.title for step in again.beside.log]
    assert titles[-2:] == ["Choose", "Layout Circle"]
    assert cli.run(["replay", str(third), "--json"]) == 0, capsys.readouterr().out
    assert json.loads(capsys.readouterr().out)["same"]
