import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.archive.tables import KINDS
from explorer.errors import RuleError
from explorer.graph.direct import Authors, Column, Ids, Listed, Strengths, TopActive, top
from explorer.graph.edges import CLASSES, count_classes, edge_classes
from explorer.graph.measured import AssignRoles, Hits, KCore
from explorer.graph.model import Category, Graph, Text
from explorer.graph.roles import AMPLIFIER, CORE, OTHER, assign, codes_from_core
from explorer.job import silent


def small(edges, n=4, listed=(0,), kinds=None):
    """Accounts 0…n-1, those of *listed* in a users file; edges of (source, target)."""
    pairs = np.array(edges, np.int32).reshape(-1, 2)
    codes = np.isin(np.arange(n), listed).astype(np.int8)
    kind = np.array([KINDS.index(k) for k in kinds or ["retweet"] * len(pairs)], np.int8)
    return Graph(
        n,
        pairs[:, 0].copy(),
        pairs[:, 1].copy(),
        {
            "id": Text.of(f"{i}" for i in range(n)),
            "name": Text.of(f"n{i}" for i in range(n)),
            "listed_in": Category(codes, ("", "users.csv")),
            "listed_at": np.where(codes > 0, 7, 0).astype(np.int32),
            "posts": np.array([5, 0, 2, 9][:n], np.int32),
            "author": np.array([True, False, True, True][:n]),
        },
        {"kind": Category(kind, KINDS), "count": np.full(len(pairs), 3, np.int32)},
    )


def test_an_account_that_acts_on_the_core_is_an_amplifier():
    assert assign(Listed(), small([(1, 0)])).codes.tolist() == [CORE, AMPLIFIER, OTHER, OTHER]


def test_an_account_that_the_core_mentions_is_never_an_amplifier():
    roles = assign(Listed(), small([(0, 1)], kinds=["mention"]))
    assert roles.codes[1] == OTHER
    assert "target of 3 interactions (3 mentions)" in roles.why(1)


def test_an_account_that_acts_on_amplifiers_only_is_other():
    assert assign(Listed(), small([(1, 0), (2, 1)])).codes[2] == OTHER


def test_core_wins_over_amplifier():
    assert assign(Listed(), small([(1, 0), (0, 1)], listed=(0, 1))).counts()["core"] == 2


def test_kinds_narrow_who_amplifies():
    graph = small([(1, 0), (2, 0)], kinds=["retweet", "mention"])
    roles = assign(Listed(kinds=frozenset({"retweet"})), graph)
    assert roles.codes.tolist() == [CORE, AMPLIFIER, OTHER, OTHER]


def test_why_names_the_record_of_the_users_file():
    assert assign(Listed(), small([])).why(0) == "Core: it is listed in users.csv, record 7."


def test_why_counts_the_interactions_of_an_amplifier():
    why = assign(Listed(), small([(1, 0)])).why(1)
    assert why.startswith("Amplifier: not core, and has made 3 interactions (3 retweets)")


def test_without_a_users_file_the_authors_are_core_and_it_is_said():
    graph = small([(1, 0)], listed=())
    roles = assign(Listed(), graph)
    assert roles.mask(CORE).tolist() == [True, False, True, True]
    assert "no users file was given" in roles.why(0)
    assert "no users file" in roles.rule.sentence(graph)


def test_a_graph_that_says_nothing_of_its_accounts_is_all_other():
    roles = assign(Listed(), Graph(2, np.array([0], np.int32), np.array([1], np.int32)))
    assert roles.codes.tolist() == [OTHER, OTHER]
    assert "Choose a rule" in roles.rule.sentence(roles.graph)


def test_ids_are_compared_as_text():
    roles = assign(Ids(frozenset({"2", "@n3"}), "list.txt"), small([]))
    assert roles.mask(CORE).tolist() == [False, False, True, True]
    assert roles.why(2) == "Core: its id is in list.txt."


def test_a_list_that_names_nobody_is_refused():
    with pytest.raises(RuleError, match=r"None of the 1 ids in x\.txt"):
        assign(Ids(frozenset({"99"}), "x.txt"), small([]))


def test_top_takes_the_most_active_and_no_silent_one():
    assert assign(TopActive(2), small([])).mask(CORE).tolist() == [True, False, False, True]
    assert assign(TopActive(9), small([])).counts()["core"] == 3


def test_thresholds_look_at_both_directions():
    graph = small([(1, 0), (2, 0), (0, 3)])
    assert assign(Strengths(6, 3), graph).mask(CORE).tolist() == [True, False, False, False]
    assert not assign(Strengths(6, 2), graph).mask(CORE).any()


def test_authors_and_columns():
    graph = small([])
    assert assign(Authors(), graph).mask(CORE).tolist() == [True, False, True, True]
    assert assign(Column("posts", "9"), graph).mask(CORE).tolist() == [False, False, False, True]
    with pytest.raises(RuleError, match="no column 'colour'"):
        assign(Column("colour", "red"), graph)


def test_hits_finds_who_is_amplified():
    graph = small([(1, 0), (2, 0), (3, 0), (0, 2)])
    codes = AssignRoles(graph, Hits(1))(silent)
    assert codes.tolist() == [CORE, AMPLIFIER, AMPLIFIER, AMPLIFIER]


def test_a_star_has_core_number_one_and_the_rule_warns_of_it():
    graph = small([(1, 0), (2, 0), (3, 0)])
    assert not assign(KCore(2), graph).mask(CORE).any()
    assert "a star has core number 1" in KCore(2).sentence(graph)
    assert assign(KCore(2), small([(0, 1), (1, 2), (2, 0)])).counts()["core"] == 3


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=40),
            st.lists(st.booleans(), min_size=n, max_size=n),
        )
    )
)
def test_roles_follow_their_definition(made):
    n, pairs, core = made
    pairs = [(a, b) for a, b in pairs if a != b]
    ends = np.array(pairs, np.int32).reshape(-1, 2)
    graph = Graph(n, ends[:, 0].copy(), ends[:, 1].copy())
    codes = codes_from_core(graph, np.array(core), frozenset(KINDS))
    for node in range(n):
        acts = any(a == node and core[b] for a, b in pairs)
        assert codes[node] == (CORE if core[node] else AMPLIFIER if acts else OTHER)


def test_all_nine_classes_are_counted(graph):
    roles = assign(Listed(), graph)
    counts = count_classes(graph, edge_classes(graph, roles))
    assert tuple(counts.by_name()) == CLASSES
    assert sum(counts.edges) == graph.m
    assert sum(counts.interactions) == graph.weight().sum()


def test_a_rule_that_found_fewer_than_it_asked_for_says_how_many(graph):
    asked = frozenset({"id0001=", "id0002=", "nobody"})
    assert assign(Ids(asked, "list.txt"), graph).sentence.endswith("Found here: 2 of 3.")
    assert assign(TopActive(99), graph).sentence.endswith("Found here: 11 of 99.")
    assert "Found here" not in assign(TopActive(3), graph).sentence
    assert "Found here" not in assign(Listed(), graph).sentence


@given(st.lists(st.integers(-2, 4), max_size=30), st.integers(-1, 32))
def test_the_largest_are_taken_and_of_equals_the_earlier(values, n):
    given_ = np.array(values, np.int64)
    order = sorted(range(len(values)), key=lambda row: (-values[row], row))[: max(n, 0)]
    assert np.flatnonzero(top(given_, n)).tolist() == sorted(r for r in order if values[r] > 0)
