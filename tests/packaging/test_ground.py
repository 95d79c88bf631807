import ast
import json
from pathlib import PurePosixPath, PureWindowsPath

import pytest


@pytest.fixture
def ground(script):
    return script("ground")


@pytest.mark.parametrize("version", [(3, 11), (3, 11, 7), (3, 12, 0), (4, 0)])
def test_a_new_enough_python_is_not_refused(ground, version):
    assert ground.too_old(version) == ""


def test_an_old_python_is_told_which_it_is_and_what_is_needed(ground):
    sentence = ground.too_old((3, 9, 2))
    assert "this is 3.9." in sentence
    assert "3.11 or newer" in sentence
    assert "\n" not in sentence


def test_an_old_python_is_told_of_a_newer_one_on_the_machine(ground):
    sentence = ground.too_old((3, 9), "packaging/start.py", ["python3.12", "python3.11"])
    assert sentence.endswith("python3.12 packaging/start.py")


def test_every_script_can_be_read_by_an_older_python(folder):
    for path in folder.glob("*.py"):
        ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_the_scripts_folder_is_no_package(folder):
    assert not (folder / "__init__.py").exists()


def test_programs_are_found_on_every_system(ground):
    posix = ground.Environment(PurePosixPath("/here/.venv"), windows=False)
    windows = ground.Environment(PureWindowsPath("C:/here/.venv"), windows=True)
    assert posix.command("starling") == PurePosixPath("/here/.venv/bin/starling")
    assert windows.command("starling") == PureWindowsPath("C:/here/.venv/Scripts/starling.exe")
    assert windows.python.name == "python.exe"


def test_a_stamp_is_the_same_until_the_project_or_the_extras_change(ground, tmp_path, monkeypatch):
    monkeypatch.setattr(ground, "ROOT", tmp_path)
    (tmp_path / "pyproject.toml").write_text("a = 1")
    first = ground.stamp(tmp_path / ".venv")
    assert ground.stamp(tmp_path / ".venv") == first
    assert ground.stamp(tmp_path / ".venv", "dev")["project"] != first["project"]
    assert ground.stamp(tmp_path / "moved")["base"] != first["base"]
    (tmp_path / "pyproject.toml").write_text("a = 2")
    assert ground.stamp(tmp_path / ".venv")["project"] != first["project"]
    assert ground.stamp(tmp_path / ".venv")["base"] == first["base"]


@pytest.mark.parametrize("left", [None, "", "{half", "[1]"])
def test_a_missing_or_broken_stamp_counts_as_none(ground, tmp_path, left):
    if left is not None:
        (tmp_path / ground.STAMP).write_text(left)
    assert ground.read_stamp(tmp_path) == {}


class Calls:
    """Stands for ``run``: remembers the commands, and makes the interpreter that venv would."""

    def __init__(self, ground):
        self.ground = ground
        self.commands = []

    def __call__(self, *command, failing):
        self.commands.append(" ".join(map(str, command)))
        if "venv" in command:
            python = self.ground.Environment(command[-1]).python
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()


@pytest.fixture
def calls(ground, tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text("a = 1")
    monkeypatch.setattr(ground, "ROOT", tmp_path)
    monkeypatch.setattr(ground, "run", Calls(ground))
    return ground.run


def test_the_first_time_makes_an_environment_and_installs(ground, calls, tmp_path):
    ground.make(tmp_path / ".venv", "dev")
    made, installed = calls.commands
    assert "-m venv --clear" in made
    assert installed.endswith("--editable .[dev]")


def test_the_second_time_does_nothing(ground, calls, tmp_path):
    ground.make(tmp_path / ".venv")
    calls.commands.clear()
    ground.make(tmp_path / ".venv")
    assert calls.commands == []


def test_new_dependencies_install_again_into_the_same_environment(ground, calls, tmp_path):
    ground.make(tmp_path / ".venv")
    calls.commands.clear()
    (tmp_path / "pyproject.toml").write_text("a = 2")
    ground.make(tmp_path / ".venv")
    assert len(calls.commands) == 1
    assert " pip install" in calls.commands[0]


def test_another_python_makes_the_environment_anew(ground, calls, tmp_path):
    ground.make(tmp_path / ".venv")
    stamp = tmp_path / ".venv" / ground.STAMP
    stamp.write_text(json.dumps({**json.loads(stamp.read_text()), "base": "cpython-310"}))
    calls.commands.clear()
    ground.make(tmp_path / ".venv")
    assert len(calls.commands) == 2


def test_an_install_that_failed_leaves_no_stamp(ground, calls, tmp_path, monkeypatch):
    def fail(*command, failing):
        if "pip" in command:
            raise ground.SetupError(failing)

    monkeypatch.setattr(ground, "run", fail)
    with pytest.raises(ground.SetupError, match="pip could not install"):
        ground.make(tmp_path / ".venv")
    assert ground.read_stamp(tmp_path / ".venv") == {}


def test_the_users_proxies_stay_and_stray_python_paths_go(ground):
    given = {"HTTPS_PROXY": "http://p", "PIP_INDEX_URL": "i", "PYTHONPATH": "x", "PYTHONHOME": "y"}
    kept = ground.surroundings(given)
    assert kept["HTTPS_PROXY"] == "http://p"
    assert kept["PIP_INDEX_URL"] == "i"
    assert not {"PYTHONPATH", "PYTHONHOME"} & set(kept)


def test_a_command_that_fails_becomes_the_given_sentence(ground):
    with pytest.raises(ground.SetupError, match=r"It broke\."):
        ground.run("python3", "-c", "raise SystemExit(3)", failing="It broke.")
