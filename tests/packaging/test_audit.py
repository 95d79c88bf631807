import json
from pathlib import Path

import pytest


@pytest.fixture
def audit(script):
    return script("audit")


def test_without_the_network_it_says_that_nothing_was_audited(audit, monkeypatch, capsys):
    monkeypatch.setattr(audit, "reachable", lambda: False)
    monkeypatch.setattr(audit.importlib.util, "find_spec", lambda _: object())
    assert audit.main() == 0
    said = capsys.readouterr().out
    assert said == "=== skipped: nothing was audited, https://pypi.org/ cannot be reached ===\n"


def test_without_the_tool_nobody_is_asked(audit):
    def asked():
        raise AssertionError

    assert "not installed" in audit.hindrance(installed=False, answers=asked)


def test_a_host_that_is_not_there_is_not_reached(audit):
    assert not audit.reachable("http://127.0.0.1:9/")


def library(name, *weak, skip=""):
    told = {"name": name, "vulns": [{"id": one} for one in weak]}
    return {"name": name, "skip_reason": skip} if skip else told


@pytest.mark.parametrize(
    ("libraries", "code", "words"),
    [
        ([library("a"), library("b")], 0, "audited 2 of 2 libraries: nothing is known"),
        ([library("a"), library("b", "CVE-1", "CVE-2")], 1, "known weaknesses in b: CVE-1, CVE-2"),
        ([library("a"), library("b", skip="unknown")], 0, "audited 1 of 2 libraries"),
        ([library("a", skip="unknown")], 0, "skipped: nothing was audited"),
        ([], 0, "skipped: nothing was audited"),
    ],
)
def test_what_is_found_shuts_the_gate_and_what_is_not_known_is_not_called_sound(
    audit, monkeypatch, capsys, libraries, code, words
):
    monkeypatch.setattr(audit, "hindrance", lambda *_: "")

    class Ended:
        returncode, stdout, stderr = code, json.dumps({"dependencies": libraries}), ""

    monkeypatch.setattr(audit.subprocess, "run", lambda *_, **__: Ended)
    assert audit.main() == code
    assert words in capsys.readouterr().out


def test_an_audit_that_breaks_says_so_and_shuts_nothing(audit, monkeypatch, capsys):
    monkeypatch.setattr(audit, "hindrance", lambda *_: "")

    class Ended:
        returncode, stdout, stderr = 1, "", "Traceback\nConnectionError: no"

    monkeypatch.setattr(audit.subprocess, "run", lambda *_, **__: Ended)
    assert audit.main() == 0
    assert "pip-audit failed: ConnectionError: no" in capsys.readouterr().out


def test_the_gate_repeats_what_the_audit_says(script):
    line = "=== skipped: nothing was audited, pip-audit is not installed ==="
    assert script("stage").closing(line) == line.strip("= ")


def test_the_gate_audits_unless_told_not_to(script):
    check = script("check")
    environment = check.ground.Environment(Path("/env"), windows=False)
    names = [stage.name for stage in check.stages(environment)]
    assert names == ["format", "lint", "types", "contracts", "audit", "tests", "screen"]
    assert "audit" not in [stage.name for stage in check.stages(environment, audit=False)]
