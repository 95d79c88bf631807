import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.graph.model import Text
from explorer.scene.naming import called, file_name, plain, short


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("a\u202etxt.exe", "atxt.exe"),
        ("a\u2066b\u2069c", "abc"),
        ("one\r\ntwo\u2028three\tfour", "one two three four"),
        ("nul\0bell\x07", "nulbell"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("lone\ud800surrogate", "lonesurrogate"),
        ("private\ue000use", "privateuse"),
        ("not a character\ufffe", "not a character"),
        ("z" + "\u0335" * 50 + "!", "z" + "\u0335" * 3 + "!"),
        ("  much    space ", "much space"),
    ],
)
def test_tricks_are_taken_out(hostile, shown):
    assert plain(hostile) == shown


@pytest.mark.parametrize(
    "name", ["观察者网友", "محلل سياسي", "👩‍👩‍👧 family", "می‌خواهم", "Ångström", "é"]
)
def test_writing_stays_as_it_is(name):
    assert plain(name) == name


def test_a_long_text_is_cut_with_an_ellipsis():
    assert plain("x" * 5000, 40) == "x" * 39 + "…"
    assert len(plain("观" * 5000, 40)) == 40


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_what_is_left_may_stand_in_xml_and_on_one_line(text):
    left = plain(text)
    assert plain(left) == left
    assert "\n" not in left
    for letter in left:
        assert unicodedata.category(letter) not in ("Cc", "Cs", "Co", "Zl", "Zp")
        assert unicodedata.bidirectional(letter) not in (
            ("LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI")
        )


def test_a_hash_is_shortened_and_a_decimal_id_mostly_not():
    assert short("vMm2kPabcdefghijklmnopqrstuvwxyzABCDEFGHQx8=") == "vMm2kP…Qx8="
    assert short("1234567890") == "1234567890"


def test_an_account_is_called_by_its_name_else_by_its_id(graph):
    assert called(graph, 3) == "name3"
    hashed = "vMm2kPabcdefghijklmnopqrstuvwxyzABCDEFGHQx8="
    column = Text.of([hashed] * graph.n)
    nodes = dict(graph.nodes) | {"id": column, "name": column}
    assert called(replace(graph, nodes=nodes), 0) == "vMm2kP…Qx8="


def test_an_account_without_any_text_still_has_a_name(graph):
    assert called(graph.bare(), 4) == "4"
    empty = Text.of([""] * graph.n)
    assert called(replace(graph, nodes={"id": empty, "name": empty}), 4) == "account 5"


def test_a_title_becomes_a_name_that_every_system_takes():
    assert file_name('who: "a/b"\u202e?') == "who___a_b__"
    assert file_name("Core and others", " ") == "Core and others"
