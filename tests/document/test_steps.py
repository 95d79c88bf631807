import json
from dataclasses import replace

import numpy as np
import pytest

from explorer.document import content, edits, parts
from explorer.document.content import Beside, packed, unpacked
from explorer.document.history import History
from explorer.document.model import Placing
from explorer.document.recording import begun, logged, moved, opening, placed
from explorer.document.steps import OPEN, SET, Accounts, Done, Given, Step, program
from explorer.document.verbs import VERBS, light, replaced
from explorer.graph.direct import Ids
from explorer.graph.model import Text
from explorer.graph.query import Between, Chosen, Filter
from explorer.graph.roles import assign
from explorer.job import silent
from explorer.layout.run import layouts

WHEN = "2026-01-02T03:04:05+00:00"


def begin(graph):
    """A history whose log begins with files that were read."""
    document = edits.load(graph)
    log = logged(History(), "Open", document, "open", opening(document), WHEN)
    return History().commit("Open", document, "open", log)


def commit(history, title, document, merge="", done=None):
    log = logged(history, title, document, merge, done, WHEN)
    return history.commit(title, document, merge, log)


def through_a_file(log, document):
    """The log as it comes out of a session file."""
    meta, held = packed(document, Beside(log=log))
    back = unpacked(json.loads(json.dumps(meta)), held, "x.starling")
    return back.beside.log


def again(log, fresh):
    """The document that a log from a file makes."""
    document = fresh
    for step in log[1:]:
        document = VERBS[step.verb].again(document, step, silent)
    return document


def test_a_step_says_what_when_and_by_what_it_was_done(graph):
    history = begin(graph)
    now = edits.select_role(history.now.document)
    done = Done("select role", {"role": "core", "mode": "replace"})
    step = commit(history, "Select core", now, done=done).now.log[-1]
    assert (step.title, step.verb, step.when) == ("Select core", "select role", WHEN)
    assert step.values == {"role": "core", "mode": "replace"}
    assert {"starling", "python", "igraph", "numpy"} <= {name for name, _ in step.program}


def test_undo_shortens_the_log_and_redo_restores_it(graph):
    one = begin(graph)
    two = commit(one, "Select all", edits.select_all(one.now.document), done=Done("select all"))
    assert two.undo().now.log is one.now.log
    assert two.undo().redo().now.log is two.now.log
    assert two.now.log[0] is one.now.log[0]  # shared, not copied


def test_a_slider_that_is_dragged_is_one_step_and_none_if_it_comes_back(graph):
    history = begin(graph)
    document, style = history.now.document, history.now.document.style
    for size in (1.1, 1.4, 2.0):
        larger = edits.restyle(document, replace(style, node_size=size))
        history = commit(history, "Size", larger, "size")
    assert [step.values for step in history.now.log[1:]] == [{"style": {"node_size": 2.0}}]
    assert history.now.log[-1].words == "node size 2.0"
    back = commit(history, "Size", edits.restyle(history.now.document, style), "size")
    assert [step.verb for step in back.now.log] == [OPEN]


def test_partial_layouts_are_one_step_after_the_opening(graph):
    history, layout = begin(graph), layouts()["circle"]
    options = layout.options(seed=3)
    for turn in range(3):
        now = history.now.document
        positions = np.full((graph.n, 2), turn, np.float32)
        done = placed(layout, options, positions, now, complete=False)
        after = edits.place(now, positions, Placing(layout.title, "", 3, False))
        history = commit(history, "Open", after, "open", done)
    assert [step.verb for step in history.now.log] == [OPEN, "layout"]
    assert "stopped early" in history.now.log[-1].words
    assert (history.now.log[-1].given.positions == 2).all()


def edited(document):
    """A document that differs in every part that can be taken down."""
    some = np.arange(document.graph.n) % 3 == 0
    kept = Filter((Between("posts", 1), Chosen(edits.frozen(~some))), frozenset({"mention"}))
    document = edits.keep(document, kept)
    ids = frozenset(document.graph.text("id").take(np.array([2, 5])))
    document = edits.give_roles(document, assign(Ids(ids, "ids.txt"), document.graph))
    document = edits.select(document, np.arange(document.graph.n) > 4)
    document = edits.restyle(document, replace(document.style, labels="top", hidden=frozenset({3})))
    positions = np.random.default_rng(1).normal(size=(document.graph.n, 2)).astype(np.float32)
    return edits.place(document, positions, Placing("By hand"))


def test_a_change_without_a_verb_is_taken_down_by_what_came_of_it(graph):
    history = begin(graph)
    after = edited(history.now.document)
    log = commit(history, "Something", after).now.log
    assert log[-1].verb == SET
    made = again(through_a_file(log, after), edits.load(graph))
    assert content.same(made, after)
    assert made.roles.rule == after.roles.rule
    assert made.style == after.style
    assert made.placing == after.placing
    assert made.filter.hidden_kinds == after.filter.hidden_kinds
    assert (made.filter.mask(graph) == after.filter.mask(graph)).all()


def test_accounts_are_kept_by_id_and_never_by_row(graph):
    history = begin(graph)
    mask = np.arange(graph.n) == 7
    after = edits.select(history.now.document, mask)
    log = commit(history, "Select account", after).now.log
    (step,) = through_a_file(log, after)[1:]
    assert step.given.sets == {"selection": frozenset(graph.text("id").take(np.array([7])))}
    meta, _ = packed(after, Beside(log=log))
    assert "7" not in json.dumps(meta["log"]["steps"][1]["values"])


def test_every_verb_is_done_again_as_it_was_done(graph):
    history = begin(graph)
    mask = np.arange(graph.n) % 2 == 0
    layout = layouts()["circle"]

    def laid_out(document):
        return VERBS["layout"].again(document, Step("", "layout", run.values), silent)

    run = placed(layout, layout.options(seed=3), np.empty(0), edits.load(graph), complete=True)
    one = graph.text("id")[3]
    ends = Done("select ends", {"classes": ["other>other"]})
    for title, edit, done in (
        ("Layout", laid_out, run),
        ("Core", edits.select_role, Done("select role", {"role": "core", "mode": "replace"})),
        ("Grow", edits.grow, Done("grow")),
        ("Shrink", edits.shrink, Done("shrink")),
        ("Move", lambda d: edits.move(d, mask, (0.1, -3.7)), moved(mask, (0.1, -3.7))),
        ("Ends", lambda d: edits.select_ends(d, (0,)), ends),
        ("Find", lambda d: edits.select_found(d, "name1"), Done("find", {"words": "name1"})),
        ("Invert", edits.invert, Done("invert")),
        ("None", edits.select_none, Done("select none")),
        ("All", edits.select_all, Done("select all")),
        ("Ego", lambda d: edits.select_ego(d, 3), Done("ego", {"id": one})),
    ):  # fmt: skip
        history = commit(history, title, edit(history.now.document), done=done)
        log = through_a_file(history.now.log, history.now.document)
        assert content.same(again(log, edits.load(graph)), history.now.document), title


def test_an_unknown_verb_is_taken_down_by_what_came_of_it(graph):
    history = begin(graph)
    after = edits.select_all(history.now.document)
    step = commit(history, "Bless", after, done=Done("bless", {"by": "hand"})).now.log[-1]
    assert step.verb == SET
    assert step.values == {"selected": {"accounts": graph.n}}


def test_a_change_that_cannot_be_taken_down_says_so(graph):
    history = begin(graph)
    odd = replace(graph, nodes={**graph.nodes, "x": np.zeros(graph.n)})
    after = replace(history.now.document, graph=odd)
    step = commit(history, "Odd", after).now.log[-1]
    assert step.values == {"unrecorded": ["graph"]}
    assert step.words == "graph not recorded"
    with pytest.raises(parts.StarlingError, match="changed graph in a way that is not recorded"):
        again((step, step), history.now.document)


def test_parts_that_nobody_has_described_are_kept_if_they_are_plain(graph):
    record, apply = parts._record_any("placing"), parts._apply_any("placing")
    after = replace(edits.load(graph), placing=Placing("Rings", "", 9))
    values, words = record(after, after, {})
    assert words == "placing"
    assert apply(edits.load(graph), values, Given()).placing == after.placing
    with pytest.raises(ValueError, match="a part 'pins'"):
        parts._apply_any("pins")(after, {}, Given())


def test_what_later_steps_replace_is_not_kept_nor_what_they_need_lost(graph):
    history = begin(graph)
    for row in range(4):
        mask = np.arange(graph.n) == row
        history = commit(history, "Select", edits.select(history.now.document, mask))
    history = commit(history, "Grow", edits.grow(history.now.document), done=Done("grow"))
    log = light(history.now.log)
    assert [step.given.kept for step in log] == [True, False, False, False, True, True]
    assert replaced(log) == {1, 2, 3}
    assert history.now.log[1].given.sets  # the open document has them still
    made = edits.load(graph)
    for place, step in enumerate(through_a_file(log, history.now.document)[1:], 1):
        if place not in replaced(log):
            made = VERBS[step.verb].again(made, step, silent)
    assert (made.selected == history.now.document.selected).all()


def test_positions_without_a_recipe_are_kept_once(graph):
    history = begin(graph)
    first = np.random.default_rng(1).normal(size=(graph.n, 2)).astype(np.float32)
    history = commit(history, "Odd", edits.place(history.now.document, first, Placing()))
    log, now = history.now.log, history.now.document
    assert "steps.parquet" not in packed(now, Beside(log=log))[1]  # they are the document's own
    mask = np.ones(graph.n, bool)
    later = commit(history, "Move", edits.move(now, mask, (1, 1)), done=moved(mask, (1, 1)))
    assert "steps.parquet" in packed(later.now.document, Beside(log=later.now.log))[1]
    back = through_a_file(later.now.log, later.now.document)
    assert back[1].given.positions.tobytes() == first.tobytes()


def test_positions_find_their_accounts_by_id(graph):
    small = replace(
        graph,
        n=3,
        source=np.array([0], np.int32),
        target=np.array([1], np.int32),
        nodes={"id": Text.of(["new", graph.text("id")[5], graph.text("id")[0]])},
        edges={},
    )
    given = Given(
        positions=np.arange(2 * graph.n, dtype=np.float32).reshape(-1, 2), ids=graph.text("id")
    )
    found = parts.given_to(edits.load(small), given)
    assert found[1].tolist() == [10, 11]
    assert found[2].tolist() == [0, 1]


def test_a_session_without_a_log_gets_one_of_what_it_holds(graph):
    document = edited(edits.load(graph))
    log = begun(document, edits.load(graph), WHEN)
    assert [step.verb for step in log] == [OPEN, SET]
    assert content.same(again(through_a_file(log, document), edits.load(graph)), document)


def test_a_thousand_selections_of_a_large_graph_are_small():
    mask = np.random.default_rng(3).random(200_000) < 0.5
    held = Accounts.of(mask)
    assert len(held.bits) < 26_000
    assert (held.mask() == mask).all()
    assert len(Accounts.of(np.arange(200_000) == 5).bits) < 300


def test_versions_of_the_program_are_told_once_in_the_file(graph):
    history = begin(graph)
    after = edits.select_all(history.now.document)
    log = commit(history, "All", after, done=Done("select all")).now.log
    meta, _ = packed(after, Beside(log=log))
    assert len(meta["log"]["programs"]) == 1
    assert through_a_file(log, after)[1].program == program()


def test_what_is_drawn_otherwise_is_said_in_words(graph):
    document = edits.load(graph)
    hidden = parts.difference(document, edits.switch_classes(document, (8,), on=False))
    assert hidden.words == "hidden: core>core"
    thick = replace(document.style, edge_strength=1.0965, labels_by="listed_at")
    words = parts.difference(document, edits.restyle(document, thick)).words
    assert words == "edge strength 1.1, labels by listed at"
