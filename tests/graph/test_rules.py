import pytest

from explorer.errors import RuleError
from explorer.graph.direct import Authors, Column, Listed, Strengths, TopActive
from explorer.graph.measured import Hits, KCore
from explorer.graph.rules import ids_from, looks_like_ids, parse_rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("listed", Listed()),
        ("authors", Authors()),
        ("top:50", TopActive(50)),
        ("kcore:3", KCore(3)),
        ("hits:20", Hits(20)),
        ("strength:9", Strengths(9)),
        ("column:party=blue=green", Column("party", "blue=green")),
    ],
)
def test_every_spelling_gives_its_rule(text, rule):
    assert parse_rule(text) == rule


@pytest.mark.parametrize("text", ["", "core", "top:", "top:-1", "top:1e3", "column:x", "listed:1"])
def test_anything_else_is_refused_in_a_sentence(text):
    with pytest.raises(RuleError) as refused:
        parse_rule(text)
    assert refused.value.hint


def test_a_list_is_one_id_a_line_or_a_first_column(tmp_path):
    path = tmp_path / "ids.csv"
    path.write_text('\ufeffuserid,note\n"900719925474099312",a\n# later\n\nvMm2+Qx8=,b\n')
    assert ids_from(path).ids == {"900719925474099312", "vMm2+Qx8="}


def test_a_list_that_is_not_text_is_refused(tmp_path):
    path = tmp_path / "ids.bin"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RuleError, match="not text in UTF-8"):
        ids_from(path)


def test_a_missing_list_is_named(tmp_path):
    with pytest.raises(RuleError, match=r"Cannot read gone\.txt"):
        parse_rule(f"file:{tmp_path / 'gone.txt'}")


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        ("123\nvMm2+Qx8=\n@name\n", True),
        ("# core\n123\n", True),
        ("userid,user_display_name\n1,a\n", False),
        ("a sentence\n", False),
        ("<gexf>\n", False),
        ("", False),
    ],
)
def test_a_list_of_ids_is_told_from_a_table(tmp_path, text, is_list):
    path = tmp_path / "dropped"
    path.write_text(text)
    assert looks_like_ids(path) is is_list


def test_bytes_and_folders_are_no_list(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04\xff\xfe")
    assert not looks_like_ids(path)
    assert not looks_like_ids(tmp_path)
