import os
import shutil
import subprocess
import sys
import time

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from explorer.assets import sample
from explorer.document import edits, envelope
from explorer.document.content import same
from explorer.document.file import Beside, open_session, save_session
from explorer.document.versions import versions_of
from explorer.ingest.mapping import Columns
from explorer.scene.camera import Camera
from explorer.scene.view import View
from explorer.ui.ask import Dialogs
from explorer.ui.commands.sessions import SAVE
from explorer.ui.journal import state_folder
from explorer.ui.status import StatusLine
from explorer.ui.tasks import Task


class Looking:
    """A stage that remembers from where it looks."""

    def __init__(self):
        self.camera = Camera(3.0, -4.0, 0.5)

    def view(self):
        return View(self.camera.scaled(2.0), (640, 480), "dark", ratio=2.0)

    def look_from(self, camera):
        self.camera = camera


@pytest.fixture(autouse=True)
def folders(tmp_path, monkeypatch):
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("STARLING_STATE", str(tmp_path / "state"))


@pytest.fixture
def opened(commands, sample_known):
    """Commands with the sample open and laid out, and somebody who looks."""
    commands.desk.stage = Looking()
    commands.file.open_sample()
    return commands


@pytest.fixture
def saved(opened, answers, tmp_path):
    answers.path = tmp_path / "a.starling"
    opened.file.save()
    return answers.path


@pytest.fixture
def names(commands):
    heard = []
    commands.file.sessions.named.connect(lambda name, unsaved: heard.append((name, unsaved)))
    return heard


def unsaved(commands):
    return commands.file.sessions.unsaved


def test_a_fresh_archive_has_nothing_to_lose(opened):
    assert not unsaved(opened)
    opened.select.core()
    assert not unsaved(opened)


def test_work_on_an_archive_is_unsaved_until_it_is_saved_or_undone(opened, names):
    opened.view.node_size(2.0)
    assert unsaved(opened)
    assert names[-1][1]
    opened.edit.undo()
    assert not unsaved(opened)
    assert not names[-1][1]


def test_the_first_save_asks_where_and_the_next_does_not(opened, answers, said, tmp_path, names):
    opened.view.node_size(2.0)
    answers.path = tmp_path / "a"
    opened.file.save()
    assert (tmp_path / "a.starling").is_file()
    assert said.told[-1].startswith("Saved a.starling")
    assert names[-1] == ("a", False)
    answers.path = None
    opened.select.core()
    assert unsaved(opened)  # in a session a selection is work, too
    opened.file.save()
    assert not unsaved(opened)
    assert open_session(tmp_path / "a.starling").document.selected.any()
    assert versions_of(tmp_path / "a.starling")[0].exists()


def test_undo_after_saving_is_unsaved_and_redo_is_not(opened, saved):
    opened.view.node_size(2.0)
    opened.file.save()
    opened.edit.undo()
    assert unsaved(opened)
    opened.edit.redo()
    assert not unsaved(opened)


def test_a_session_comes_back_as_it_was_with_camera_and_theme(opened, session, saved):
    opened.select.core()
    opened.view.theme("light")
    opened.desk.stage.camera = Camera(7.0, 8.0, 0.25)
    opened.file.save()
    before, steps = session.document, opened.file.sessions.steps()
    opened.view.theme("dark")
    opened.desk.stage.camera = Camera()
    opened.file.open((saved,))
    assert session.document is not before
    assert same(session.document, before)
    assert opened.desk.settings["theme"] == "light"
    assert opened.desk.stage.camera == Camera(7.0, 8.0, 0.25)
    assert not unsaved(opened)
    assert opened.file.sessions.steps() == steps
    assert steps[0].startswith("Open ")
    assert steps[-1] == "Select core"
    opened.select.invert()
    assert opened.file.sessions.steps() == (*steps, "Invert selection")


def test_camera_and_theme_are_no_unsaved_work(opened, saved):
    opened.desk.stage.camera = Camera(1.0, 1.0, 9.0)
    opened.view.theme("print")
    assert not unsaved(opened)


def test_undo_past_an_opened_session_never_saves_over_it(opened, answers, saved, tmp_path):
    opened.file.open_sample()
    before = saved.read_bytes()
    answers.path = tmp_path / "b.starling"
    opened.view.node_size(3.0)
    opened.file.save()
    assert saved.read_bytes() == before
    while opened.file.sessions.home.path != saved:
        opened.edit.undo()
    opened.view.node_size(0.5)
    opened.file.save()
    assert open_session(saved).document.style.node_size == pytest.approx(0.5)
    assert open_session(tmp_path / "b.starling").document.style.node_size == pytest.approx(3.0)


def test_a_session_is_listed_among_the_recent(opened, saved, settings):
    assert settings.recent[0] == str(saved)
    opened.file.open_recent(settings.recent[0])
    assert opened.file.sessions.name == "a"


def test_opening_another_asks_first_and_cancel_stays(opened, answers, session):
    opened.view.node_size(2.0)
    before, answers.changes = session.document, "cancel"
    opened.file.open_sample()
    assert session.document is before
    assert answers.asked == [opened.file.sessions.name]


def test_what_cannot_be_read_asks_nothing_about_unsaved_work(opened, answers, said, tmp_path):
    opened.view.node_size(2.0)
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0" + bytes(99))
    before = opened.desk.document
    opened.take((photo,))
    assert said.failed[-1].startswith("photo.jpg is media")
    assert answers.asked == []
    assert opened.desk.document is before


def test_a_table_that_has_to_be_mapped_asks_about_unsaved_work_once(
    opened, answers, said, tmp_path
):
    opened.view.node_size(2.0)
    table = tmp_path / "odd.csv"
    table.write_text("Wer;Wen;Wie oft;Wann\na;b;1;2020-01-01\nb;c;2;2020-01-02\n")
    answers.changes = "discard"
    asked = []
    opened.desk.asked.connect(lambda name, value: asked.append((name, value)))
    opened.take((table,))
    ((name, value),) = asked
    assert name == "mapping"
    assert answers.asked == []
    opened.tables.read(value.paths, Columns("Wer", "Wen"), "key")
    assert len(answers.asked) == 1
    assert opened.desk.document.graph.n == 3
    assert opened.desk.document.placing.layout


def test_opening_another_after_discard_or_save(opened, answers, session, saved):
    opened.view.node_size(2.0)
    opened.file.open_sample()
    assert session.document.style.node_size == 1.0
    opened.edit.undo()
    answers.changes = "save"
    opened.file.open_sample()
    assert session.document.style.node_size == 1.0
    assert open_session(saved).document.style.node_size == 2.0


def test_a_save_that_fails_keeps_the_window_open(opened, answers, said, tmp_path):
    left = []
    opened.view.node_size(2.0)
    answers.changes, answers.path = "save", tmp_path / "no" / "a.starling"
    assert not opened.file.may_leave(lambda: left.append(1))
    assert left == []
    assert said.failed[-1].startswith("a.starling cannot be saved in")
    assert unsaved(opened)


def test_no_answer_to_where_is_a_cancel(opened, answers):
    opened.view.node_size(2.0)
    answers.changes, answers.path = "save", None
    assert not opened.file.may_leave(lambda: None)
    assert unsaved(opened)


def test_a_session_and_archives_do_not_open_together(opened, said, saved):
    opened.desk.run(lambda: opened.file.open((saved, sample())))
    assert said.failed == ["a.starling is a session, which opens on its own."]


def test_a_damaged_session_leaves_the_document(opened, said, session, tmp_path):
    path = tmp_path / "b.starling"
    path.write_text("id0001=\n")
    before = session.document
    opened.take((path,))
    assert session.document is before
    assert said.failed == ["b.starling is not a whole session: it is cut off or damaged."]


def test_a_session_whose_archive_is_gone_says_so(commands, graph, said, tmp_path):
    archive = type(edits.load(graph).archive)(tmp_path, "ab" * 32, "A")
    save_session(edits.load(graph, archive=archive), tmp_path / "a.starling")
    commands.file.open((tmp_path / "a.starling",))
    assert "drop the original files again" in said.told[-1]


def test_a_document_made_elsewhere_can_be_saved(commands, session, answers, tmp_path):
    answers.path = tmp_path / "a.starling"
    commands.file.save()
    assert commands.file.sessions.home.path == answers.path
    assert same(open_session(answers.path).document, session.document)
    commands.select.core()
    assert unsaved(commands)


def test_nothing_is_asked_while_a_save_is_on_its_way(opened, answers, saved, monkeypatch):
    class Slow:
        ended = type("", (), {"connect": lambda self, then: done.append(then)})()

    done = []
    monkeypatch.setattr(opened.desk, "running", lambda lane: Slow() if lane == SAVE else None)
    assert not opened.file.may_leave(lambda: None)
    assert answers.asked == []
    assert len(done) == 1


# The journal


@pytest.fixture
def journal(opened):
    journal = opened.file.sessions.journal
    journal.start()
    yield journal
    journal.end()


def files(ending=".starling"):
    return sorted(state_folder().glob(f"*{ending}"))


def test_nothing_is_kept_before_there_is_something_to_lose(opened, journal):
    journal.write()
    assert files() == []


def test_unsaved_work_is_kept_once_and_goes_when_it_is_saved(opened, journal, answers, tmp_path):
    opened.view.node_size(2.0)
    journal.write()
    (path,) = files()
    assert open_session(path).document.style.node_size == 2.0
    stamp = path.stat().st_mtime_ns
    journal.write()
    assert path.stat().st_mtime_ns == stamp
    answers.path = tmp_path / "a.starling"
    opened.file.save()
    assert files() == []


def test_a_clean_end_leaves_nothing(opened, journal):
    opened.view.node_size(2.0)
    journal.write()
    journal.end()
    assert list(state_folder().iterdir()) == []


def test_a_job_makes_the_journal_be_written_soon(opened, journal, qtbot):
    journal._risk.setInterval(1)
    opened.view.node_size(2.0)
    opened.layout.run()
    qtbot.waitUntil(lambda: len(files()) == 1)


def test_a_folder_that_cannot_be_written_is_said_once(opened, said, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("STARLING_STATE", str(tmp_path / "file"))
    journal = opened.file.sessions.journal
    journal.start()
    journal.start()
    assert len(said.failed) == 1
    assert "Nothing can be saved automatically" in said.failed[0]
    opened.view.node_size(2.0)
    journal.write()
    journal.end()


def test_what_a_living_process_keeps_is_not_offered(opened, journal, qtbot):
    code = (
        "import sys, time\n"
        "from PySide6.QtCore import QLockFile\n"
        "lock = QLockFile(sys.argv[1]); lock.setStaleLockTime(0); assert lock.tryLock(0)\n"
        "print('held', flush=True); time.sleep(60)\n"
    )
    path = state_folder() / "other.starling"
    path.write_bytes(b"x")
    child = subprocess.Popen(
        [sys.executable, "-c", code, f"{path}.lock"], stdout=subprocess.PIPE, text=True
    )
    with child:
        assert child.stdout.readline() == "held\n"
        assert journal.found() == ()
        child.kill()
    assert [left.path for left in journal.found()] == [path]


@pytest.fixture
def left(graph, tmp_path):
    """What a run that is no more had not saved, of a session called origin."""
    state_folder().mkdir(parents=True)
    path = state_folder() / "dead.starling"
    document = edits.restyle(edits.load(graph), type(edits.load(graph).style)(node_size=5.0))
    origin = str(tmp_path / "origin.starling")
    save_session(document, path, Beside((1.0, 2.0, 3.0), "light", ("Open A",), origin))
    moment = time.mktime((2026, 1, 2, 14, 2, 0, 0, 0, -1))
    os.utime(path, (moment, moment))
    return path


def test_what_a_dead_run_has_left_is_offered_and_opens(commands, said, left, session, tmp_path):
    commands.desk.stage = Looking()
    commands.file.keep_journal()
    assert said.told[-1] == (
        "Starling ended unexpectedly. Open what was saved at 14:02 on 2 January 2026?"
    )
    commands.file.recover()
    assert session.document.style.node_size == 5.0
    assert commands.desk.stage.camera == Camera(1.0, 2.0, 3.0)
    sessions = commands.file.sessions
    assert sessions.unsaved
    assert sessions.name == "origin"
    assert sessions.steps() == ("Open A",)
    assert not left.exists()
    assert len(files()) == 1  # it is ours now, until it is saved
    commands.file.save()
    assert open_session(tmp_path / "origin.starling").document.style.node_size == 5.0
    assert files() == []
    commands.file.recover()
    assert said.told[-1] == "Nothing is left to recover."
    sessions.journal.end()


def test_what_cannot_be_recovered_is_put_aside_and_said(commands, said, left, session):
    left.write_bytes(left.read_bytes()[:500])
    before = session.document
    commands.file.recover()
    assert session.document is before
    assert "is not a whole session" in said.failed[-1]
    assert files() == []
    assert len(files(".damaged")) == 1


def test_the_question_has_three_answers(qtbot, monkeypatch):
    buttons = QMessageBox.StandardButton
    for button, answer in (
        (buttons.Save, "save"),
        (buttons.Discard, "discard"),
        (buttons.Cancel, "cancel"),
    ):
        shown = []

        def press(box, button=button, shown=shown):
            shown.append(box.text())
            box.button(button).click()
            return button.value

        monkeypatch.setattr(QMessageBox, "exec", press)
        assert Dialogs().save_changes("<b>a</b>") == answer
        assert shown == ["Save the changes to “<b>a</b>”?"]
        QApplication.processEvents()


def test_a_recovery_folder_that_vanished_is_said_once(opened, said, tmp_path):
    opened.file.keep_journal()
    shutil.rmtree(tmp_path / "state")
    for size in (2.0, 2.5):
        opened.view.node_size(size)
        opened.file.sessions.journal.write()
    told = [words for words in said.failed if "could not be saved automatically" in words]
    assert len(told) == 1
    assert "No such file or directory" in told[0]
    opened.file.sessions.journal.end()


def test_an_autosave_that_was_stopped_half_way_leaves_nothing(opened, tmp_path):
    opened.file.keep_journal()
    journal = opened.file.sessions.journal
    opened.view.node_size(2.0)
    journal.write()
    left = journal._path.with_name(f".{journal._path.name}.ab.saving~")
    left.write_bytes(b"half")
    journal.end()
    assert not left.exists()


def test_a_session_saved_with_posts_keeps_them_from_then_on(opened, answers, said, tmp_path):
    answers.path = tmp_path / "a.starling"
    opened.file.save_with_posts()
    assert said.told[-1].startswith("Saved a.starling, with its posts")
    opened.view.node_size(2.0)
    opened.file.save()
    opened.file.open((answers.path,))
    opened.view.node_size(2.5)
    opened.file.save()
    assert "archive.posts.parquet" in envelope.read(answers.path)[0]["parts"]
    answers.path = tmp_path / "b.starling"
    opened.file.save_as()
    assert "archive.posts.parquet" not in envelope.read(answers.path)[0]["parts"]


def test_without_posts_on_this_computer_nobody_is_asked_for_a_file(opened, answers, said, tmp_path):
    shutil.rmtree(tmp_path / "cache")
    answers.path = tmp_path / "a.starling"
    opened.desk.run(opened.file.save_with_posts)
    assert "no posts on this computer" in said.failed[-1]
    assert not answers.path.exists()


class Endless(Task):
    """Runs until it is stopped."""

    def cancel(self, wait=False):
        self.ended.emit(self)


def test_a_save_that_was_stopped_says_so_and_what_stays(opened, saved, monkeypatch):
    heard, before = [], saved.read_bytes()
    opened.desk.said.connect(heard.append)
    monkeypatch.setattr(opened.desk.runner, "task", Endless)
    opened.view.node_size(2.0)
    opened.file.save()
    opened.desk.stop()
    assert heard == [
        "Saving a.starling was stopped: it is not saved. What it was before is unchanged."
    ]
    assert saved.read_bytes() == before
    assert unsaved(opened)


def test_a_save_that_failed_is_not_said_to_be_stopped(opened, answers, said, tmp_path):
    heard = []
    opened.desk.said.connect(heard.append)
    answers.path = tmp_path / "nowhere" / "a.starling"
    opened.file.save()
    assert said.failed
    assert heard == []


def test_the_status_line_keeps_what_was_said_until_the_next_job(qtbot):
    line = StatusLine()
    qtbot.addWidget(line)
    line.say("Saving a.starling was stopped: it is not saved.")
    line.show_lane("save", "")
    assert line.currentMessage().startswith("Saving")
    line.show_lane("save", "Save a.starling")
    assert line.currentMessage() == ""
