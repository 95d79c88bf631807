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


@pytest.mark.parametrize(("code", "words"), [(0, "nothing is known"), (1, "were found")])
def test_what_is_found_shuts_the_gate(audit, monkeypatch, capsys, code, words):
    monkeypatch.setattr(audit, "hindrance", lambda *_: "")

    class Ended:
        returncode = code

    monkeypatch.setattr(audit.subprocess, "run", lambda *_, **__: Ended)
    assert audit.main() == code
    assert words in capsys.readouterr().out


def test_the_gate_repeats_what_the_audit_says(script):
    line = "=== skipped: nothing was audited, pip-audit is not installed ==="
    assert script("stage").closing(line) == line.strip("= ")


def test_the_gate_audits_only_if_asked(script):
    check = script("check")
    environment = check.ground.Environment(Path("/env"), windows=False)
    names = [stage.name for stage in check.stages(environment, audit=True)]
    assert names == ["format", "lint", "types", "contracts", "audit", "tests", "screen"]
    assert "audit" not in [stage.name for stage in check.stages(environment)]
