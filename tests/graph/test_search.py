import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.graph.model import Graph, Text
from explorer.graph.search import find


def named(names):
    none = np.empty(0, np.int32)
    return Graph(len(names), none, none, {"name": Text.of(names)})


def test_a_piece_of_a_name_is_enough_and_case_does_not_matter():
    assert find(named(["Alice", "bob", "ALIen"]), "@ali").tolist() == [True, False, True]


def test_a_hit_across_two_names_does_not_count():
    assert not find(named(["ab", "cd"]), "bc").any()


def test_a_hit_across_two_names_hides_none_behind_it():
    assert find(named(["ba", "aa", "Ana", "nana"]), "aa").tolist() == [False, True, False, False]
    assert find(named(["an", "aNan", "na"]), "ana").tolist() == [False, True, False]


def test_special_characters_are_searched_as_they_are():
    assert find(named(["a+b=", "aab="]), "+b=").tolist() == [True, False]


def test_nothing_is_found_for_nothing():
    assert not find(named(["a"]), "  ").any()


@given(st.lists(st.text(max_size=5), max_size=20), st.text(min_size=1, max_size=3))
def test_search_agrees_with_python(names, words):
    wanted = words.strip().removeprefix("@")
    names = [name.encode("utf-8", "replace").decode() for name in names]
    wanted_bytes = wanted.encode("utf-8", "replace")
    expected = [bool(wanted) and wanted_bytes.lower() in name.encode().lower() for name in names]
    if wanted_bytes.decode() == wanted:
        assert find(named(names), words).tolist() == expected


@given(st.lists(st.text("ab", max_size=5), max_size=20), st.text("ab", min_size=1, max_size=4))
def test_search_agrees_with_python_where_words_overlap_themselves(names, words):
    assert find(named(names), words).tolist() == [words in name for name in names]
