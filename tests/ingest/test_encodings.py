import gzip
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.cli import front as cli
from explorer.document import edits
from explorer.document.content import Beside
from explorer.document.file import save_session
from explorer.document.recording import opening
from explorer.document.scripted import log_of
from explorer.errors import SourceError
from explorer.evidence.replay import Replay
from explorer.graph.build import OpenArchive
from explorer.ingest.encodings import ENCODINGS, as_utf8, guess, known
from explorer.ingest.mapping import Columns, from_text
from explorer.ingest.peek import LookAtTables, preview
from explorer.ingest.run import take_in
from explorer.job import silent

NAMES = ("josé", "müller", "ça", "señor", "naïve")
TABLE = "source,target,weight\n" + "".join(
    f"{one},{other},2\n" for one in NAMES for other in NAMES if one != other
)


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path / "cache"))


def opened(path, **asked):
    return OpenArchive((path,), mapping=Columns(**asked) if asked else None)(silent)


def ids(made):
    return set(made.graph.text("id").strings())


def written(folder, text, encoding, name="t.csv"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_utf_16_with_a_mark_is_read_and_the_receipt_says_so(tmp_path, encoding, separator):
    text = ("" if encoding == "utf-16" else "\ufeff") + TABLE.replace(",", separator)
    made = opened(written(tmp_path, text.replace("\n", "\r\n"), encoding))
    assert ids(made) == set(NAMES)
    assert made.graph.m == 20
    assert made.receipt.files[0].format.endswith("in UTF-16 by its mark")
    assert made.receipt.refused == 0


@pytest.mark.parametrize("encoding", ["windows-1252", "iso-8859-1"])
def test_another_encoding_is_read_only_if_it_is_said(tmp_path, encoding):
    path = written(tmp_path, TABLE, encoding)
    with pytest.raises(SourceError, match="not valid UTF-8") as caught:
        opened(path)
    assert "looks like Windows-1252" in caught.value.hint
    assert "--encoding windows-1252" in caught.value.hint
    made = opened(path, encoding=encoding)
    assert ids(made) == set(NAMES)
    told = made.receipt.files[0].format
    assert told.endswith(f"in {ENCODINGS[encoding]}, as was chosen")


def test_what_is_utf_8_through_and_through_is_never_read_as_something_else(tmp_path):
    made = opened(written(tmp_path, TABLE, "utf-8"), encoding="windows-1252")
    assert ids(made) == set(NAMES)
    assert "chosen" not in made.receipt.files[0].format


def test_columns_and_encoding_may_be_said_together(tmp_path):
    path = written(tmp_path, TABLE.replace("source", "von").replace("target", "zu"), "cp1252")
    made = opened(path, source="zu", target="von", encoding="windows-1252")
    assert ids(made) == set(NAMES)
    assert "source from zu" in made.receipt.files[0].format


def test_it_is_read_the_same_inside_gz_and_zip(tmp_path):
    data = TABLE.encode("cp1252")
    packed, zipped = tmp_path / "t.csv.gz", tmp_path / "t.zip"
    packed.write_bytes(gzip.compress(data))
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("a/t.csv", data)
        archive.writestr("a/u.txt", TABLE.encode("utf-16"))
    assert ids(opened(packed, encoding="windows-1252")) == set(NAMES)
    both = opened(zipped, encoding="windows-1252")
    assert ids(both) == set(NAMES)
    assert {file.format.rsplit(", in ")[-1] for file in both.receipt.files} == {
        "UTF-16 by its mark",
        f"{ENCODINGS['windows-1252']}, as was chosen",
    }


def test_bytes_that_mean_nothing_there_are_named(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b"source,target\n\xe9a,b\n\x81x,c\n")
    with pytest.raises(SourceError, match="not all in Windows-1252") as caught:
        opened(path, encoding="windows-1252")
    assert "81 78" in caught.value.message
    path.write_bytes("source,target\na,b\n".encode("utf-16")[:-1])
    with pytest.raises(SourceError, match="not all in UTF-16"):
        opened(path)


XML = {
    "g.gexf": '<?xml version="1.0" encoding="{}"?><gexf xmlns="http://www.gexf.net/1.2draft" '
    'version="1.2"><graph defaultedgetype="directed"><nodes><node id="josé" label="é"/>'
    '<node id="b"/></nodes><edges><edge id="0" source="josé" target="b"/></edges></graph></gexf>',
    "g.graphml": '<?xml version="1.0" encoding="{}"?>'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed">'
    '<node id="josé"/><node id="b"/><edge source="josé" target="b"/></graph></graphml>',
}


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "windows-1252", "UTF-16"])
def test_graphs_in_xml_are_in_what_they_declare(tmp_path, name, encoding):
    path = written(tmp_path, XML[name].format(encoding), encoding, name)
    assert ids(opened(path)) == {"josé", "b"}
    assert ids(opened(path, encoding="windows-1251")) == {"josé", "b"}  # not for XML to choose


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            "source,target\n\u041c\u043e\u0441\u043a\u0432\u0430,\u043f\u0440\u0430\u0432\u0434\u0430\n",
            "windows-1251",
        ),
        ("source,target\n新疆棉花,香港警察\n光復香港,時代革命\n", "gb18030"),
        ("source,target\nこんにちは,ありがとう\nさようなら,おはよう\n", "shift_jis"),
        ("source,target\n안녕하세요,감사합니다\n대한민국,서울특별시\n", "euc-kr"),
        (TABLE, "windows-1252"),
        (TABLE, "utf-16-le"),
        (TABLE, "utf-16-be"),
    ],
)
def test_the_guess_offers_what_it_is_in(text, encoding):
    assert guess(text.encode(encoding)) == encoding


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_have_a_guess_that_can_be_shown(data):
    assert as_utf8(data, guess(data)).decode("utf-8", "replace") is not None


def test_a_name_nobody_knows_is_refused_and_common_spellings_are_understood():
    assert known("CP1252") == "windows-1252"
    assert known("Latin-1") == "iso-8859-1"
    assert known("shift_jis") == "shift_jis"
    for bad in ("rot13", "idna", "utf-7", "", "unicode_escape"):
        with pytest.raises(SourceError):
            known(bad)
    assert from_text('{"encoding": "rot13"}') is None


def test_the_preview_shows_letters_in_what_is_said(tmp_path):
    path = written(tmp_path, TABLE.replace("source", "année"), "cp1252")
    (table,) = LookAtTables((path,))(silent)
    assert preview(table, encoding="windows-1252").names[0] == "année"
    (wide,) = LookAtTables((written(tmp_path, TABLE, "utf-16", "w.tsv"),))(silent)
    assert preview(wide).rows[0][:2] == ("josé", "müller")


def test_the_command_line_reads_it_as_said(capsys, tmp_path):
    path = written(tmp_path, TABLE, "cp1252")
    assert cli.run(["inspect", str(path), "--encoding", "windows-1252", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["accounts"]["total"] == len(NAMES)
    assert "as was chosen" in told["files"][0]["format"]
    assert cli.run(["inspect", str(path), "--encoding", "klingon"]) == 1


def test_the_same_file_read_otherwise_is_another_archive(tmp_path):
    path = written(tmp_path, TABLE, "iso-8859-1")
    keys = {
        take_in((path,), None, silent, Columns(encoding=name))[0].fingerprint
        for name in ("windows-1252", "windows-1251")
    }
    assert len(keys) == 2


def test_replay_reads_it_again_as_was_said(tmp_path):
    path = written(tmp_path, TABLE.replace("source", "von"), "cp1252")
    made = opened(path, source="von", target="target", encoding="windows-1252")
    document = edits.load(made.graph, made.receipt, made.stored)
    session = tmp_path / "a.starling"
    steps = (("Open", document, opening(document)),)
    save_session(document, session, Beside(log=log_of(steps, "2026-01-02T03:04:05+00:00")))
    done = Replay(session)(silent)
    assert done.trouble == ""
    assert done.same


def test_a_long_text_passes_in_blocks_that_may_cut_a_letter(tmp_path):
    rows = "".join(f"josé{i},müller{i}\n" for i in range(90_000))
    path = written(tmp_path, "source,target\n" + rows, "utf-16")
    assert path.stat().st_size > 2 << 20
    made = opened(path)
    assert made.graph.m == 90_000
