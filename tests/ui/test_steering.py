import numpy as np
import pytest

from explorer.document import arrange, edits
from explorer.document.model import Placing
from explorer.graph.model import Graph
from explorer.graph.query import Between, Filter
from explorer.scene.camera import Camera
from explorer.scene.view import View


class Window:
    """A stage that looks somewhere."""

    def __init__(self, view):
        self._view = view

    def view(self):
        return self._view

    def scale(self):
        return self._view.camera.scale


def choose(session, *rows):
    mask = np.zeros(session.document.graph.n, bool)
    mask[list(rows)] = True
    session.commit("Select", edits.select(session.document, mask))


@pytest.fixture
def looking(desk):
    def look(x, y, wide):
        desk.stage = Window(View(Camera(x, y, 400 / wide), (400, 400)))

    return look


def test_only_the_selection_is_laid_out_and_it_says_so(session, commands):
    commands.layout.run()
    choose(session, 0, 3, 4, 8)
    before = session.document
    commands.steer.selection()
    now = session.document
    assert session.history.now.title == "Lay out selection"
    assert np.array_equal(now.positions[~now.selected], before.positions[~now.selected])
    assert not np.array_equal(now.positions[now.selected], before.positions[now.selected])
    assert now.placing.words.endswith("then 4 accounts laid out anew")
    commands.edit.undo()
    assert session.document is before


def test_pinned_accounts_of_a_selection_stay(session, commands, desk, said):
    choose(session, 0, 3, 4)
    commands.arrange.pin()
    desk.run(commands.steer.selection)
    assert said.failed == ["All 3 selected accounts are pinned."]
    choose(session, 0, 5, 6, 7)
    before = session.document.positions
    commands.steer.selection()
    assert np.array_equal(session.document.positions[:5], before[:5])


def test_every_layout_that_follows_leaves_pins_in_place(session, commands):
    choose(session, 1, 2, 9)
    commands.arrange.pin()
    before = session.document
    commands.layout.run()
    commands.steer.settle()
    now = session.document
    assert np.array_equal(now.positions[now.pinned], before.positions[now.pinned])
    assert not np.array_equal(now.positions, before.positions)


def test_what_is_in_view_is_untangled_and_nothing_else(session, commands, looking):
    looking(0, 0, 2.0)
    n = session.document.graph.n
    before = np.random.default_rng(3).uniform(-1.4, 1.4, (n, 2)).astype(np.float32)
    session.commit("Place", edits.place(session.document, before, Placing("here")))
    commands.steer.untangle()
    moved = (session.document.positions != before).any(axis=1)
    inside = (np.abs(before) <= 1.0).all(axis=1)
    assert session.history.now.title == "Untangle view"
    assert 0 < moved.sum() <= inside.sum()
    assert not moved[~inside].any()


def test_too_many_or_too_few_in_view_are_refused_with_a_sentence(
    session, commands, looking, desk, said, monkeypatch
):
    looking(0, 0, 100)
    monkeypatch.setattr("explorer.ui.commands.steering.MOST_IN_VIEW", 10)
    desk.run(commands.steer.untangle)
    looking(900, 900, 1)
    desk.run(commands.steer.untangle)
    assert said.failed == [
        "Untangling works on 10 accounts or fewer; this view shows 12.",
        "There is nothing to untangle: this view shows 0 accounts.",
    ]


def test_under_a_filter_only_what_is_shown_moves(session, commands):
    commands.layout.run()
    kept = Filter((Between("posts", 4),))
    session.commit("Filter", edits.keep(session.document, kept))
    before, shown = session.document.positions, edits.shown(session.document)
    commands.steer.shown()
    assert session.history.now.title.startswith("Lay out what is shown")
    assert np.array_equal(session.document.positions[~shown], before[~shown])
    commands.steer.settle()
    assert np.array_equal(session.document.positions[~shown], before[~shown])


def test_settling_what_is_settled_is_no_step(session, commands, said):
    commands.layout.run()
    steps = len(session.history.past)
    commands.steer.settle()
    assert len(session.history.past) == steps
    assert said.told == ["Nobody had to move."]


def test_a_layout_from_the_cache_says_so(session, commands):
    commands.layout.run()
    first = session.document.positions
    assert session.history.now.title == "Layout Flock"
    commands.layout.run()
    assert session.history.now.title == "Layout Flock (from the cache)"
    assert np.array_equal(session.document.positions, first)


def test_a_part_that_was_laid_out_meanwhile_keeps_what_else_has_moved(session, desk, commands):
    document = session.document
    mask = np.arange(document.graph.n) < 3
    moved = arrange.put(document, mask, document.positions + 1, "moved")
    assert np.array_equal(moved.positions[3:], document.positions[3:])
    assert arrange.put(moved, mask, moved.positions, "again") is moved


def test_a_second_network_takes_places_from_the_first(session, commands, desk, said, graph):
    desk.run(commands.steer.carry)
    assert said.failed == ["There is no earlier network whose places could be taken."]
    commands.layout.run()
    first = session.document
    fewer = graph.m - 3
    columns = {name: column[:fewer] for name, column in graph.edges.items() if name == "count"}
    again = Graph(graph.n, graph.source[:fewer], graph.target[:fewer], graph.nodes, columns)
    session.commit("Open", edits.load(again))
    commands.steer.carry()
    assert session.history.now.title == "Take earlier places"
    moved = np.hypot(*(session.document.positions - first.positions).T)
    assert np.median(moved) < 0.2 * np.ptp(first.positions, axis=0).max()
