from types import SimpleNamespace

import numpy as np
import pytest

from explorer.app import build
from explorer.document import edits
from explorer.document.model import Placing
from explorer.job import silent
from explorer.layout.judge import MEASURES, Quality
from explorer.layout.run import layouts
from explorer.ui.commands.comparing import TRIED, Asked, Earlier, choices, intentions
from explorer.ui.compare import CompareWindow, better
from explorer.ui.settings import Memory, Settings
from explorer.ui.tasks import Inline, Task

STRESS = MEASURES[0]
PURITY = MEASURES[2]


@pytest.fixture
def window(qtbot, commands):
    window = CompareWindow()
    qtbot.addWidget(window)
    commands.layout.run()
    commands.compare.begin(window)
    yield window
    window.done(0)


def cells(window):
    return {name: [cell.text() for cell in pair] for name, pair in window.numbers._cells.items()}


def row_of(window, start):
    return next(
        i for i in range(window.choice.count()) if window.choice.itemText(i).startswith(start)
    )


def test_less_stress_is_better_and_more_purity_is():
    assert better(STRESS, [0.2, 0.1]) == 1
    assert better(PURITY, [0.2, 0.1]) == 0
    assert better(PURITY, [0.2, 0.2]) is None
    assert better(PURITY, [0.2, None]) is None


def test_the_present_layout_is_judged_when_the_window_opens(window):
    assert all(cells(window)[one.name][0] != "–" for one in MEASURES)
    assert all(cells(window)[one.name][1] == "–" for one in MEASURES)
    assert not window.use.isEnabled()


def test_a_layout_that_is_chosen_is_tried_beside_it_and_changes_nothing_yet(window, desk):
    before = desk.document
    window.choice.setCurrentIndex(row_of(window, "Circle"))
    window._choose(window.choice.currentIndex())
    assert cells(window)["stress"][1] != "–"
    assert cells(window)["seconds"][1] != "–"
    assert desk.document is before
    assert window.use.isEnabled()


def test_the_right_one_can_be_used_and_undone(window, desk):
    before = desk.document.positions
    window._choose(row_of(window, "Circle"))
    window.choice.setCurrentIndex(row_of(window, "Circle"))
    tried = window._tried.positions
    window.use.click()
    assert desk.document.positions is tried
    assert desk.document.placing.layout == layouts()["circle"].title
    desk.session.undo()
    assert desk.document.positions is before


def test_pinned_accounts_stay_where_they_are_in_what_is_tried(window, desk, commands):
    commands.select.one(3, "replace")
    commands.arrange.pin()
    window.show_document(desk.document)
    window._choose(row_of(window, "Flock: distances"))
    assert (window._tried.positions[3] == desk.document.positions[3]).all()


def test_places_that_the_history_holds_can_be_compared_with(desk, commands):
    document = desk.document
    first = edits.place(document, np.eye(document.graph.n, 2, dtype=np.float32), Placing("one"))
    desk.session.commit("Layout one", first)
    desk.session.commit("Layout two", edits.place(first, first.positions + 1, Placing("two")))
    titles = [title for title, key in choices(desk.document, desk) if isinstance(key, Earlier)]
    assert titles == ["Earlier: Layout one"]


def test_flock_is_offered_once_for_each_intention(desk):
    titles = [title for title, key in choices(desk.document, desk) if isinstance(key, Asked)]
    assert [t for t in titles if t.startswith("Flock")] == [
        f"Flock{words}" for words, _ in intentions(layouts()["flock"].options)
    ]


def test_what_is_clicked_in_a_picture_is_told(window, qtbot):
    with qtbot.waitSignal(window.picked) as told:
        window.right.picked.emit(2, "replace")
    assert told.args == [2, "replace"]


def test_another_archive_takes_the_right_picture_away(window, desk, graph):
    window._choose(row_of(window, "Circle"))
    window.show_document(edits.load(graph.bare("kind", "count")))
    assert window._tried is None
    assert not window.use.isEnabled()


class Pending(Task):
    """A task that has not come to its end yet."""

    def cancel(self, wait=False):
        self.ended.emit(self)


@pytest.fixture
def pending(desk, monkeypatch):
    """Nothing comes to its end from now on; the last that was begun."""
    begun = []

    def task(job):
        begun.append(Pending(job, desk))
        return begun[-1]

    monkeypatch.setattr(desk, "runner", SimpleNamespace(task=task))
    return begun


def test_what_is_not_wanted_any_more_does_not_come(window, desk, pending):
    window._choose(row_of(window, "Circle"))
    assert desk.running(TRIED) is pending[-1]
    window._choose(0)
    assert desk.running(TRIED) is None


def test_numbers_of_places_that_are_gone_are_not_shown(window, desk, qtbot):
    before = cells(window)["stress"][0]
    far = edits.place(desk.document, desk.document.positions[::-1].copy(), Placing("other"))
    desk.session.commit("Other", far)
    window.show_document(desk.document)
    assert cells(window)["stress"][0] == "–"
    qtbot.waitUntil(lambda: cells(window)["stress"][0] not in ("–", before), timeout=5000)


def test_numbers_that_come_late_are_not_those_of_other_places(window, desk, pending):
    window.show_document(desk.document)
    window.moved.emit()
    judged = pending[-1].job(silent)
    window.numbers.show_left(None)
    desk.session.commit("Other", edits.place(desk.document, -desk.document.positions, Placing()))
    pending[-1].succeeded.emit(judged)
    assert cells(window)["stress"][0] == "–"


def test_a_quality_has_no_text_in_it():
    assert all(kind in ("float", "int") for kind in Quality.__annotations__.values())


def test_the_window_goes_when_another_archive_is_opened(qtbot, graph):
    main = build(Settings(Memory()), Inline())
    qtbot.addWidget(main)
    session = main.commands.desk.session
    session.commit("Open", edits.load(graph))
    main.sheets.show_sheet("compare", None)
    beside = main.findChild(CompareWindow)
    session.commit("Layout", edits.place(session.document, -session.document.positions, Placing()))
    assert beside.isVisible()
    session.commit("Open", edits.load(graph.bare("kind", "count")))
    assert not beside.isVisible()
    main.close()
