import subprocess

import pytest


@pytest.fixture
def kills(script):
    return script("kills")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["autosave", "import"])
def test_kills_at_random_moments_lose_nothing(kills, kind, capsys):
    assert kills.main(["--count", "5", "--only", kind, "--seed", "3"]) == 0
    assert "nothing was lost" in capsys.readouterr().out


def test_the_kinds_take_turns_and_the_moments_can_be_had_again(kills):
    some = list(kills.rounds(kills.KINDS, 8, 1))
    assert [kind for kind, _ in some] == [*kills.KINDS, *kills.KINDS]
    assert some == list(kills.rounds(kills.KINDS, 8, 1))
    assert all(0 <= after <= kills.LONGEST[kind] for kind, after in some)


def test_what_is_lost_is_said_with_the_moment(kills, monkeypatch, capsys):
    def broken(code, *_):
        if code is kills.CHECK:
            raise subprocess.CalledProcessError(1, "check")

    monkeypatch.setattr(kills, "python", broken)
    monkeypatch.setattr(kills, "kill", lambda *_: None)
    assert kills.main(["--count", "1", "--only", "save", "--seed", "5"]) == 1
    assert "LOST: kill 1, save after" in capsys.readouterr().out
