from explorer.document import edits
from explorer.document.history import History
from explorer.document.recording import logged, opening
from explorer.document.steps import Done
from explorer.evidence import steps
from explorer.evidence.steps import paragraph, steps_of

WHEN = "2026-01-02T03:04:05+00:00"


def worked(graph):
    document = edits.load(graph)
    log = logged(History(), "Open A", document, "", opening(document), WHEN)
    history = History().commit("Open A", document, "", log)
    core = Done("select role", {"role": "core", "mode": "replace"})
    for title, edit, done in (
        ("Select all", edits.select_all, Done("select all")),
        ("Select core", edits.select_role, core),
        ("Find “<b>\u202ex”", edits.select_none, Done("grow", {}, "a\nb")),
    ):
        after = edit(history.now.document)
        history = history.commit(title, after, "", logged(history, title, after, "", done, WHEN))
    return history.now


def test_a_figure_carries_the_steps_it_depends_on(graph):
    now = worked(graph)
    assert [step["title"] for step in steps_of(now.log)] == ["Open A", "Select core", "Find “<b>x”"]
    assert steps_of(now.log)[1] == {
        "title": "Select core",
        "parameters": "",
        "verb": "select role",
        "when": WHEN,
    }


def test_the_methods_paragraph_ends_with_the_steps_in_order(graph):
    now = worked(graph)
    words = paragraph(now.document, now.log, WHEN)
    assert words.endswith("Steps, in this order: Open A; Select core; Find “<b>x” (a b).")
    assert "Made with Starling" in words
    assert "\n" not in words


def test_without_a_log_the_paragraph_says_nothing_of_steps(graph):
    assert "Steps" not in paragraph(edits.load(graph), ())


def test_the_methods_paragraph_says_where_steps_were_left_out(graph, monkeypatch):
    now = worked(graph)
    monkeypatch.setattr(steps, "MOST", 2)
    words = paragraph(now.document, now.log, WHEN)
    assert words.endswith("The last 2 of 3 steps, in this order: Select core; Find “<b>x” (a b).")
