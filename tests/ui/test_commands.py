import numpy as np
import pytest

from explorer.document import edits
from explorer.errors import LayoutError
from explorer.graph.direct import Authors
from explorer.graph.measured import AssignRoles, Hits
from explorer.graph.model import Graph
from explorer.graph.roles import CORE
from explorer.job import Failure
from explorer.layout.run import RunLayout
from explorer.scene.camera import Camera
from explorer.scene.view import View
from explorer.ui.commands.networks import NETWORK
from explorer.ui.desk import FIGURE, QUESTION, WARM
from explorer.ui.tasks import Task


def test_select_core_is_one_undoable_step(session, commands):
    before = session.document
    commands.select.core()
    assert (session.document.selected == (session.document.roles.codes == CORE)).all()
    assert commands.desk.facts.undo == "Select core"
    commands.edit.undo()
    assert session.document is before
    assert commands.desk.facts.redo == "Select core"


def test_a_core_of_nobody_is_said(commands, said, session):
    ends = np.array([0], np.int32), np.array([1], np.int32)
    session.commit("Open", edits.load(Graph(2, *ends)))
    commands.select.core()
    assert not session.document.selected.any()
    assert said.told[-1] == "Nobody is core by this rule. Choose another under Roles."


def test_layout_moves_accounts_as_one_step_and_can_be_undone(session, commands):
    before = session.document.positions
    commands.layout.run()
    assert session.document.positions is not before
    assert session.document.placing.complete
    commands.edit.undo()
    assert session.document.positions is before


def test_partial_layouts_merge_into_one_step(session, commands):
    steps = len(session.history.past)
    commands.layout.run()
    assert len(session.history.past) == steps + 1


def test_a_layout_of_an_older_graph_is_dropped(session, commands, monkeypatch):
    other = edits.load(Graph(2, np.array([0], np.int32), np.array([1], np.int32)))

    def swap(self, report):
        session.commit("Open another", other)
        return np.zeros((12, 2), np.float32)

    monkeypatch.setattr(RunLayout, "__call__", swap)
    commands.layout.run()
    assert session.document is other


def test_a_known_failure_is_said_not_raised(commands, said):
    commands.desk.failed(Failure(LayoutError("No room.", "Zoom out."), "trace"))
    assert said.failed == ["No room."]
    assert said.details == [""]


def test_a_bug_is_said_with_its_details(commands, said):
    commands.desk.run(lambda: 1 / 0)
    assert "Something broke" in said.failed[0]
    assert "ZeroDivisionError" in said.details[0]


def test_changing_the_rule_recolours_and_can_be_undone(session, commands):
    before = session.document.roles
    commands.roles.use(Authors())
    assert session.document.roles is not before
    commands.edit.undo()
    assert session.document.roles is before


def test_a_heavy_rule_runs_as_a_job(session, commands):
    commands.roles.use(Hits(3))
    assert session.document.roles.counts()["core"] == 3
    assert session.document.roles.rule == Hits(3)


def test_a_list_of_ids_becomes_the_core(session, commands, answers, tmp_path):
    path = tmp_path / "ids.txt"
    path.write_text("id0007=\n")
    answers.paths = (path,)
    commands.roles.from_list()
    assert session.document.roles.mask(CORE).nonzero()[0].tolist() == [7]


def test_a_bad_list_is_said_and_changes_nothing(session, commands, answers, said, tmp_path):
    path = tmp_path / "ids.txt"
    path.write_text("nobody\n")
    answers.paths = (path,)
    before = session.document
    commands.desk.run(commands.roles.from_list)
    assert session.document is before
    assert "None of the 1 ids in ids.txt" in said.failed[0]


def test_least_strength_filters_and_zero_shows_all(session, commands):
    commands.select.at_least("in_strength", 5)
    assert commands.desk.facts.undo == "Filter by interactions received"
    assert session.document.filter.words == "interactions received at least 5"
    commands.select.at_least("in_strength", 0)
    assert not session.document.filter.clauses


def test_hiding_a_kind_and_showing_it_again(session, commands):
    commands.select.kinds("mention", False)
    assert session.document.filter.hidden_kinds == {"mention"}
    commands.select.kinds("mention", True)
    assert not session.document.filter.hidden_kinds


def test_escape_deselects_when_nothing_runs(session, commands):
    commands.select.core()
    commands.edit.stop_or_none()
    assert not session.document.selected.any()


def test_find_selects_what_it_found(session, commands):
    assert commands.select.found("name1") == 3  # name1, name10, name11
    assert session.document.selected.sum() == 3


def test_ends_of_a_class_are_selected(session, commands):
    codes = session.document.roles.codes
    commands.select.classes((8,))
    assert (codes[session.document.selected] == CORE).all()


def test_style_drags_are_one_step(session, commands):
    steps = len(session.history.past)
    for factor in (1.1, 1.2, 1.3):
        commands.view.node_size(factor)
    assert session.document.style.node_size == pytest.approx(1.3)
    assert len(session.history.past) == steps + 1


def test_copied_ids_are_text_one_a_line(commands, qapp, said):
    commands.select.core()
    commands.figure.copy_ids()
    assert qapp.clipboard().text() == "id0000=\nid0001=\nid0002=\nid0003="


def test_opening_what_is_gone_is_one_sentence(session, commands, said, tmp_path):
    before = session.document
    commands.desk.run(lambda: commands.file.open((tmp_path / "gone.zip",)))
    assert said.failed == ["gone.zip is not there any more."]
    assert session.document is before


def test_opening_the_sample_lays_it_out_and_tells_the_sums(session, commands, said):
    commands.file.open_sample()
    document = session.document
    assert document.receipt.simulated
    assert document.placing.layout
    assert document.roles.counts()["amplifier"] > 0
    assert "Read" in said.told[-1]
    commands.edit.undo()
    assert session.document.graph.n == 12


def test_a_file_that_is_no_archive_leaves_the_document(session, commands, said, tmp_path):
    path = tmp_path / "notes.csv"
    path.write_text("a,b\n1,2\n")
    before = session.document
    commands.file.open((path,))
    assert session.document is before
    assert len(said.failed) == 1


def test_a_dropped_list_of_ids_names_the_core(session, commands, tmp_path):
    path = tmp_path / "ids.txt"
    path.write_text("id0005=\nid0006=\n")
    commands.take((path,))
    assert session.document.roles.mask(CORE).nonzero()[0].tolist() == [5, 6]


def test_a_list_of_ids_is_read_beside_a_layout_that_runs(session, commands, tmp_path):
    path = tmp_path / "ids.txt"
    path.write_text("id0005=\n")
    layout = Task(AssignRoles(session.document.graph, Hits(3)), commands.desk)
    commands.desk.follow(layout)
    commands.take((path,))
    assert commands.desk.running() is layout
    assert session.document.roles.mask(CORE).nonzero()[0].tolist() == [5]


def test_a_layout_stopped_before_its_first_picture_offers_to_go_on(commands, said, monkeypatch):
    runner = commands.desk.runner
    monkeypatch.setattr(runner, "task", lambda job: Slow(job, commands.desk))
    commands.layout.run()
    commands.edit.stop_or_none()
    assert "stopped before its first picture" in said.told[-1]
    assert said.offers[-1][0] == "Run layout"
    monkeypatch.undo()
    said.offers[-1][1]()
    assert commands.desk.document.placing.layout


def test_a_layout_stopped_later_needs_no_words(commands, said, monkeypatch):
    commands.layout.run()
    before = list(said.told)
    monkeypatch.setattr(commands.desk.runner, "task", lambda job: Slow(job, commands.desk))
    commands.layout.run()
    commands.layout.stop()
    assert said.told == before


class Slow(Task):
    """A task that never gets anywhere."""

    def cancel(self, wait=False):
        self.ended.emit(self)


class Looking:
    """A stage that looks at everything from one place."""

    def view(self):
        return View(Camera(), (640, 480))


def test_the_copied_picture_is_a_figure_and_leaves_no_file(
    session, commands, said, qapp, tmp_path, monkeypatch
):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    commands.desk.stage = Looking()
    commands.figure.copy_picture()
    assert qapp.clipboard().image().size().width() == 640
    assert list(tmp_path.iterdir()) == []


def test_exporting_to_nowhere_is_one_sentence(session, commands, said, tmp_path):
    commands.desk.stage = Looking()
    commands.figure.write(tmp_path / "no" / "x.png", (640, 480), True)
    assert len(said.failed) == 1
    assert "x.png" in said.failed[0] or "no" in said.failed[0]


def test_a_search_that_finds_nothing_leaves_the_selection(session, commands):
    commands.select.core()
    before, steps = session.document, len(session.history.past)
    assert commands.select.found("nobody is called so") == 0
    assert session.document is before
    assert len(session.history.past) == steps


class Waiting:
    """A job that is never done, run by nobody."""

    title = "Wait"

    def __call__(self, report):
        raise AssertionError


def test_what_is_compiled_to_draw_is_not_the_users_to_stop(desk, commands, session):
    warm, work = Task(Waiting(), desk), Task(Waiting(), desk)
    stopped = []
    warm.cancel = lambda wait=False: stopped.append("warm")
    work.cancel = lambda wait=False: stopped.append("work")
    desk.follow(warm, WARM)
    assert not desk.facts.busy
    commands.select.core()
    commands.edit.stop_or_none()
    assert not session.document.selected.any()
    desk.follow(work)
    assert desk.facts.busy
    commands.layout.stop()
    assert stopped == ["work"]


def test_the_window_waits_for_a_file_that_is_written_and_esc_ends_that(desk, commands, said):
    closed = []
    assert commands.file.may_close(lambda: closed.append(1))
    for lane in (FIGURE, NETWORK):
        writing = Task(Waiting(), desk)
        desk.follow(writing, lane)
        assert not commands.file.may_close(lambda: closed.append(1))
        assert "closes as soon as this file is written" in said.told[-1]
        writing.ended.emit(writing)
    assert closed == [1, 1]


def test_escape_deselects_while_posts_are_looked_up(desk, commands, session):
    commands.select.core()
    posts = Task(Waiting(), desk)
    stopped = []
    posts.cancel = lambda wait=False: stopped.append("posts")
    desk.follow(posts, QUESTION)
    commands.edit.stop_or_none()
    assert stopped == ["posts"]
    assert not session.document.selected.any()


def test_one_goes_to_an_account_by_selecting_it_and_bringing_it_to_the_centre(session, commands):
    class Where:
        def go_to(self, account):
            self.account = account

    commands.desk.stage = Where()
    commands.view.go_to(4)
    assert np.flatnonzero(session.document.selected).tolist() == [4]
    assert commands.desk.stage.account == 4
