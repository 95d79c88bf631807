import json
import subprocess
import sys
import zipfile

import networkx as nx
import pytest

from explorer.assets import sample
from explorer.cli import front as cli
from explorer.document.file import save_session


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch, qapp):  # before figures make an application of their own
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path / "cache"))


def said(capsys, *words):
    code = cli.run(list(map(str, words)))
    out, err = capsys.readouterr()
    return code, out, err


def test_convert_writes_what_inspect_counts(capsys, tmp_path):
    path = tmp_path / "a.graphml"
    code, out, err = said(capsys, "convert", sample(), "-o", path, "--json")
    assert code == 0, err
    told = json.loads(out)
    counted = json.loads(said(capsys, "inspect", sample(), "--json")[1])
    assert told["accounts"] == counted["accounts"]["total"]
    assert told["edges"] == counted["edges"]["total"]
    assert told["simulated"]
    found = nx.read_graphml(path)
    roles = [role for _, role in found.nodes(data="role")]
    assert roles.count("core") == counted["accounts"]["core"]
    assert found.graph["simulated"]
    assert "x" not in next(iter(found.nodes(data=True)))[1]


def test_convert_lays_out_only_if_asked(capsys, tmp_path):
    path = tmp_path / "a.gexf"
    code, out, err = said(capsys, "convert", sample(), "-o", path, "--layout", "flock")
    assert code == 0, err
    assert "SIMULATED" in out
    assert b"viz:position" in path.read_bytes()


def test_convert_of_what_was_converted_says_the_same(capsys, tmp_path):
    path, again = tmp_path / "a.zip", tmp_path / "b.json"
    first = json.loads(said(capsys, "convert", sample(), "-o", path, "--json")[1])
    words = ("convert", path, "--core", "column:role=core", "-o", again, "--json")
    second = json.loads(said(capsys, *words)[1])
    assert (second["accounts"], second["edges"]) == (first["accounts"], first["edges"])
    assert second["simulated"]
    with zipfile.ZipFile(path) as whole:
        assert all(name.startswith("SIMULATED") for name in whole.namelist())


def test_convert_writes_the_selection_of_a_session(capsys, tmp_path):
    from dataclasses import replace

    import numpy as np

    from explorer.cli.common import document_of

    document = document_of((sample(),), "listed")
    some = np.zeros(document.graph.n, bool)
    some[:5] = True
    save_session(replace(document, selected=some), tmp_path / "s.starling")
    words = ("convert", tmp_path / "s.starling", "-o", tmp_path / "a.csv", "--what", "selected")
    code, out, err = said(capsys, *words, "--json")
    assert code == 0, err
    told = json.loads(out)
    assert told["accounts"] == 5
    assert [path.rpartition("/")[2] for path in told["paths"]] == [
        "a.csv",
        "a.accounts.csv",
        "a.about.json",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["-o", "x.doc"], "x.doc does not end like a network."),
        (["-o", "x.gexf", "--layout", "cloud"], "There is no layout 'cloud'."),
        (["-o", "x.gexf", "--what", "selected"], "Nothing is selected"),
        (["-o", "nowhere/x.gexf"], "Cannot write x.gexf in nowhere"),
    ],
)
def test_what_convert_cannot_do_is_one_sentence(capsys, tmp_path, monkeypatch, words, sentence):
    monkeypatch.chdir(tmp_path)
    code, out, err = said(capsys, "convert", sample(), *words)
    assert code == 1
    assert sentence in err
    assert not out


@pytest.mark.slow
def test_convert_loads_no_qt(tmp_path):
    code = (
        "import sys; from explorer.cli.front import run; "
        f"code = run(['convert', {str(sample())!r}, '-o', {str(tmp_path / 'a.gexf')!r}]); "
        "print(code, *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    words = done.stdout.split("edges.")[1].split()
    assert words[0] == "0"
    assert not any(word.startswith("PySide6") for word in words)


@pytest.mark.parametrize("ending", ["zip", "csv", "gexf", "json"])
def test_what_was_read_is_never_written_over(capsys, tmp_path, monkeypatch, ending):
    monkeypatch.chdir(tmp_path)
    folder, path = tmp_path / "in", tmp_path / "in" / f"a.{ending}"
    folder.mkdir()
    assert said(capsys, "convert", sample(), "-o", path)[0] == 0
    before = {one: one.read_bytes() for one in folder.iterdir()}
    for given, output in ((path, path), (folder, path), (path, f"in/../in/a.{ending}")):
        code, _, err = said(capsys, "convert", given, "-o", output)
        assert code == 1
        assert "is the file that this network was read from" in err
    assert {one: one.read_bytes() for one in folder.iterdir()} == before


def test_a_table_beside_is_not_written_over_either(capsys, tmp_path):
    path, beside = tmp_path / "a.csv", tmp_path / "a.accounts.csv"
    beside.write_text("source,target\na,b\n", encoding="utf-8")
    path.write_text("x", encoding="utf-8")
    code, _, err = said(capsys, "convert", beside, "-o", path)
    assert code == 1
    assert "a.accounts.csv is the file that this network was read from" in err
    assert path.read_text(encoding="utf-8") == "x"


def test_a_session_is_never_counted_beside_what_it_was_made_from(capsys, tmp_path, graph):
    from explorer.document import edits

    folder = tmp_path / "work"
    folder.mkdir()
    document, path = edits.load(graph), folder / "a.starling"
    save_session(document, path)
    save_session(document, path)  # the older one is kept, and is a session too
    with zipfile.ZipFile(folder / "b.zip", "w") as whole:
        whole.writestr("edges.csv", "source,target\na,b\nb,c\n")
    code, out, err = said(capsys, "inspect", folder, "--json")
    assert code == 0, err
    told = json.loads(out)
    assert told["edges"]["total"] == 2
    assert [one["reason"] for one in told["skipped"]] == [
        "a.starling is a Starling session, not a table.",
        "a.starling.1~ is a Starling session, not a table.",
    ]
    code, _, err = said(capsys, "inspect", path, folder / "b.zip")
    assert code == 1
    assert "a.starling is a session" in err
