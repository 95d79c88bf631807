import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest


@pytest.fixture
def check(script):
    return script("check")


@pytest.fixture
def stage(script):
    return script("stage")


@pytest.fixture
def environment(check):
    return check.ground.Environment(Path("/env"), windows=False)


def test_the_gate_is_cheapest_first(check, environment):
    names = [each.name for each in check.stages(environment)]
    assert names == ["format", "lint", "types", "contracts", "audit", "tests", "screen"]


def test_only_the_last_stage_needs_a_window(check, environment):
    assert [each.window for each in check.stages(environment)] == [False] * 6 + [True]


def test_fast_leaves_out_slow_tests_in_both_test_stages(check, environment):
    *_, plain, screen = check.stages(environment, fast=True)
    assert "not screen and not slow" in plain.commands[0]
    assert "screen and not slow" in screen.commands[0]


def test_what_follows_two_dashes_goes_to_pytest(check, environment):
    chosen, extra = check.options(["--only", "tests", "--", "-k", "roles"])
    assert chosen.only == "tests"
    assert extra == ["-k", "roles"]
    assert check.stages(environment, extra=extra)[5].commands[0][-2:] == ("-k", "roles")


def test_an_unknown_stage_is_refused(check, capsys):
    with pytest.raises(SystemExit):
        check.options(["--only", "luck"])
    assert "luck" in capsys.readouterr().err


def commands(check, *codes):
    """Stages that end with these codes."""
    return [
        check.Stage(f"stage{i}", ((sys.executable, "-c", f"raise SystemExit({code})"),))
        for i, code in enumerate(codes)
    ]


def test_the_gate_opens_if_every_stage_does_well(check, capsys):
    assert check.gate(commands(check, 0, 0), {})
    assert "ran 2 of 2 stages" in capsys.readouterr().out


def test_the_gate_stops_at_the_first_failure(check, capsys):
    assert not check.gate(commands(check, 0, 1, 0), {})
    said = capsys.readouterr().out
    assert "FAILED stage1" in said
    assert "stage2" not in said


def test_a_window_stage_that_ran_no_test_fails(check, monkeypatch, capsys):
    monkeypatch.setattr(check, "display", lambda: nullcontext({}))
    (plain,) = commands(check, check.NO_TESTS)
    assert not check.gate([replace(plain, window=True)], {})
    assert "no window test ran" in capsys.readouterr().out


def test_a_machine_without_xvfb_fails_the_window_stage_in_one_line(check, monkeypatch, capsys):
    display = sys.modules["display"]
    monkeypatch.setattr(display.sys, "platform", "linux")
    monkeypatch.setattr(display.shutil, "which", lambda _name: None)
    (plain,) = commands(check, 0)
    assert not check.gate([replace(plain, window=True)], {})
    assert "no Xvfb" in capsys.readouterr().out


def test_tests_stay_away_from_the_users_files(check, tmp_path):
    variables = check.private(tmp_path)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        folder = Path(variables[name])
        assert folder.is_dir()
        assert folder.is_relative_to(tmp_path)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("===== 3 passed in 0.10s =====\n", "3 passed in 0.10s"),
        ("== 1 failed, 2 passed in 1s ==", "1 failed, 2 passed in 1s"),
        ("==== no tests ran in 0.01s ====", "no tests ran in 0.01s"),
        ("===== 5 deselected in 0.20s =====", "5 deselected in 0.20s"),
        ("===== test session starts =====", ""),
        ("3 passed", ""),
    ],
)
def test_the_closing_line_of_pytest_is_known(stage, line, said):
    assert stage.closing(line) == said


def test_a_command_is_followed_to_its_closing_line(stage, tmp_path, capfd):
    speak = "print('hello'); print('== 2 passed in 1s =='); raise SystemExit(4)"
    outcome = stage.follow([sys.executable, "-c", speak], {}, tmp_path)
    assert (outcome.code, outcome.closing) == (4, "2 passed in 1s")


def test_a_command_that_hangs_is_ended_and_said_to(stage, tmp_path):
    hang = [sys.executable, "-c", "import time; time.sleep(60)"]
    outcome = stage.follow(hang, {}, tmp_path, limit=0.2)
    assert outcome.code != 0
    assert "more than" in outcome.closing


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
def test_a_command_that_crashes_is_said_to(stage, tmp_path):
    crash = [sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGABRT)"]
    assert stage.follow(crash, {}, tmp_path).closing == "it crashed (SIGABRT)"
