import pytest


@pytest.fixture
def start(script):
    return script("start")


def test_linux_has_a_display_if_x_or_wayland_says_so(start):
    assert start.has_display("linux", {"DISPLAY": ":0"})
    assert start.has_display("linux", {"WAYLAND_DISPLAY": "wayland-0"})
    assert not start.has_display("linux", {"DISPLAY": ""})


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_always_have_a_display(start, platform):
    assert start.has_display(platform, {})


def test_help_says_what_it_does(start, capsys):
    with pytest.raises(SystemExit) as ended:
        start.main(["--help"])
    assert ended.value.code == 0
    assert "opens the window" in " ".join(capsys.readouterr().out.split())


@pytest.fixture
def runs(start, tmp_path, monkeypatch):
    """What would be run after an install that has nothing to do; no display."""
    commands = []
    monkeypatch.setattr(start, "install", lambda: start.ground.Environment(tmp_path, windows=False))
    monkeypatch.setattr(start, "OUT", tmp_path / "out")
    monkeypatch.setattr(start, "has_display", lambda *_: False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")

    def run(*command, failing):
        commands.append([str(part) for part in command[1:]])

    monkeypatch.setattr(start.ground, "run", run)
    return commands


def test_without_a_display_the_core_is_drawn_and_its_place_told(start, runs, tmp_path, capsys):
    assert start.main([]) == 0
    sample = str(start.SAMPLE)
    out = tmp_path / "out"
    assert runs == [
        ["inspect", sample],
        ["render", sample, "-o", str(out / "core.png"), "--select", "core"],
        ["render", sample, "-o", str(out / "core.svg"), "--select", "core"],
    ]
    said = capsys.readouterr().out
    assert str(out / "core.png") in said
    assert str(out / "core.svg") in said


def test_with_a_display_the_window_opens_on_what_was_given(start, runs, tmp_path, monkeypatch):
    opened = []

    def call(command, **_):
        opened.append(command)
        return 3

    monkeypatch.setattr(start, "has_display", lambda *_: True)
    monkeypatch.setattr(start.subprocess, "call", call)
    monkeypatch.chdir(tmp_path)  # the program itself runs in the checkout
    assert start.main(["posts.zip"]) == 3
    assert opened == [[str(tmp_path / "bin" / "starling"), str(tmp_path / "posts.zip")]]


def test_install_only_starts_nothing(start, runs):
    assert start.main(["--install"]) == 0
    assert runs == []


def test_trouble_is_told_in_a_sentence(start, monkeypatch, capsys):
    def fail():
        raise start.SetupError("No room.")

    monkeypatch.setattr(start, "install", fail)
    assert start.main([]) == 1
    assert capsys.readouterr().out == "No room.\n"
