"""Unknown tables: they are asked about, opened as said, and the answer is remembered."""

import pytest

from explorer.ingest.mapping import Columns
from explorer.ui.commands.tables import Asked

CALLS = b"von;nach;zahl\na;b;2,5\nb;a;1\n"


@pytest.fixture
def calls(tmp_path, monkeypatch):
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "calls.csv"
    path.write_bytes(CALLS)
    return path


@pytest.fixture
def asked(desk):
    heard = []
    desk.asked.connect(lambda name, value: heard.append(value) if name == "mapping" else None)
    return heard


def test_an_unknown_table_that_is_opened_is_asked_about(commands, calls, asked, said):
    commands.take((calls,))
    (question,) = asked
    assert isinstance(question, Asked)
    assert [table.name for table in question.tables] == ["calls.csv"]
    assert question.remembered("any") is None
    assert "von, nach, zahl" in said.failed[0]


def test_several_unknown_tables_are_asked_about_together(commands, calls, asked):
    other = calls.with_name("people.csv")
    other.write_bytes(b"handle,title\na,Ann\n")
    commands.take((calls, other))
    assert [table.name for table in asked[0].tables] == ["calls.csv", "people.csv"]


def test_open_with_mapping_asks_about_any_table(commands, calls, asked, answers):
    answers.paths = (calls,)
    commands.tables.open_files()
    assert asked[0].paths == (calls,)
    answers.paths = ()
    commands.tables.open_files()
    assert len(asked) == 1


def test_the_answer_opens_the_table_stands_in_the_receipt_and_is_remembered(
    commands, calls, session
):
    columns = Columns("von", "nach", weight="zahl")
    commands.tables.read((calls,), columns, "key")
    document = session.document
    assert (document.graph.n, document.graph.m) == (2, 2)
    assert "source from von, target from nach" in document.receipt.files[0].format
    assert commands.tables.remembered("key") == columns


def test_an_answer_that_was_damaged_is_none(commands, desk):
    desk.settings.keep_answer("key", "{broken")
    assert commands.tables.remembered("key") is None


def test_a_file_that_is_no_table_is_one_sentence(commands, tmp_path, said):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4 x")
    commands.tables.ask_about((path,))
    assert "holds no table whose columns could be named" in said.failed[0]
