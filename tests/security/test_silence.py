"""Nothing is sent, and nothing is left lying about: proved on a whole journey."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.archive import store
from explorer.document import edits
from explorer.document import file as sessions

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LOCAL = {"AF_UNIX", "1"}
"""Families of sockets that cannot leave this computer."""
TALK = {
    "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.__new__",
    "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo",
}  # fmt: skip


@pytest.fixture(scope="module")
def journey(tmp_path_factory):
    """What was heard on a journey, and the folder it took place in."""
    folder = tmp_path_factory.mktemp("journey")
    heard, temporary = folder / "heard.txt", folder / "temporary"
    temporary.mkdir()
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(HERE / "watch"), str(ROOT)]),
        "QT_QPA_PLATFORM": "offscreen",
        "STARLING_WATCH": str(heard),
        "STARLING_CACHE": str(folder / "cache"),
        "STARLING_STATE": str(folder / "state"),
        "TMPDIR": str(temporary),
    }
    said = subprocess.run(
        [sys.executable, str(HERE / "journey.py"), str(folder)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert said.stdout.strip().endswith("done"), said.stderr[-2000:]
    return folder, [line.split("\t") for line in heard.read_text().splitlines()]


@pytest.mark.slow
def test_a_whole_journey_talks_to_nobody_outside_this_computer(journey):
    _, heard = journey
    watched = {process for process, event, *_ in heard if event == "watching"}
    assert len(watched) >= 2  # the window, and workers
    outside = [
        (event, family, rest)
        for _, event, family, rest in heard
        if (event in TALK and family not in LOCAL)
        or event.startswith(("webbrowser.", "urllib.", "http.", "ftplib.", "smtplib."))
    ]
    assert outside == []


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="modes as on POSIX")
def test_a_whole_journey_leaves_no_temporary_file_and_shows_nobody_the_rest(journey):
    folder, heard = journey
    made = [rest.strip("'") for _, event, _, rest in heard if event.startswith("tempfile.")]
    assert made  # the copied picture, at least
    assert not [path for path in made if Path(path).exists()]
    assert list((folder / "temporary").iterdir()) == []
    for private in (folder / "cache", folder / "state" / "recovery"):
        assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "a.starling").stat().st_mode) == 0o600
    assert not list(folder.glob("**/*.part"))
    assert not list(folder.glob("**/*.saving~"))
    assert not list(folder.glob("**/incoming-*"))


@pytest.fixture
def careless():
    """A user whose files are open to everybody unless a program says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.skipif(os.name != "posix", reason="modes as on POSIX")
def test_what_is_being_imported_is_private(careless, tmp_path):
    with store.incoming(store.cache_folder(tmp_path / "cache")) as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    assert not folder.exists()


@pytest.mark.skipif(os.name != "posix", reason="modes as on POSIX")
def test_what_is_being_saved_is_private(careless, graph, tmp_path, monkeypatch):
    seen = []

    def looked_at(aside, document):
        seen.append(stat.S_IMODE(aside.stat().st_mode))
        return True

    monkeypatch.setattr(sessions, "_reads_back", looked_at)
    sessions.save_session(edits.load(graph), tmp_path / "a.starling")
    assert seen == [0o600]
    assert stat.S_IMODE((tmp_path / "a.starling").stat().st_mode) == 0o600


def test_no_link_of_a_post_is_ever_opened():
    """Addresses are shown as plain text; nothing in the program opens one."""
    found = [
        path.name
        for path in (ROOT / "explorer").rglob("*.py")
        for word in ("openUrl", "QDesktopServices", "webbrowser", "setOpenExternalLinks", "urlopen")
        if word in path.read_text("utf-8")
    ]
    assert found == []
