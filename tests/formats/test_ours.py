"""Every format through our own readers: who is who, where, and what they did come back."""

import tempfile
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from explorer.document import edits
from explorer.evidence.provenance import provenance
from explorer.formats.taken import network
from explorer.graph.build import OpenArchive
from explorer.graph.roles import CORE, assign
from explorer.graph.rules import parse_rule
from explorer.ingest.mapping import Columns
from explorer.job import silent
from tests.formats.conftest import MADE, document_of, graph_of, graphs, said, write

ENDINGS = (".gexf", ".graphml", ".gml", ".json", ".csv", ".zip", ".xlsx", ".parquet")
BESIDE = {
    ".csv": ("a.csv", "a.accounts.csv"),
    ".parquet": ("a.parquet", "a.accounts.parquet"),
}
TABLES = (".csv", ".parquet", ".xlsx")


def back(document, folder, ending):
    """Write a document, read the files again, and say what they say."""
    write(document, folder / f"a{ending}")
    paths = tuple(folder / name for name in BESIDE.get(ending, (f"a{ending}",)))
    opened = OpenArchive(paths, folder / "cache")(silent)
    return edits.load(opened.graph, opened.receipt)


def without_loops(document):
    told = said(document)
    return told.accounts, {edge for edge in told.edges if edge[0] != edge[1]}


def of(document):
    """What was read, with the role as the column that the file gave."""
    graph, told = document.graph, said(document)
    ids = list(told.accounts)
    roles = graph.nodes["role"]
    accounts = {one: (told.accounts[one][0], roles[at]) for at, one in enumerate(ids)}
    return accounts, told.edges


@pytest.mark.parametrize("ending", ENDINGS)
@given(document=graphs(loops=True))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_was_written_is_read_again(ending, document):
    with tempfile.TemporaryDirectory() as name:
        assert of(back(document, Path(name), ending)) == without_loops(document)


@pytest.mark.parametrize("ending", ENDINGS)
def test_hostile_names_are_read_again(tmp_path, ending, hostile):
    assert of(back(hostile, tmp_path, ending)) == without_loops(hostile)


@pytest.mark.parametrize("ending", ENDINGS)
def test_accounts_stand_where_they_stood(tmp_path, ending, hostile):
    found = back(hostile, tmp_path, ending)
    assert found.placing.layout == "as in the file"
    before = dict(zip(said(hostile).accounts, hostile.positions.tolist(), strict=True))
    after = dict(zip(said(found).accounts, found.positions.tolist(), strict=True))
    assert after == before


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_rule_column_role_finds_the_same_core(tmp_path, ending, hostile):
    found = back(hostile, tmp_path, ending)
    roles = assign(parse_rule("column:role=core"), found.graph)
    core = set(np.array(list(said(found).accounts))[roles.mask(CORE)])
    assert core == {one for one, (_, role) in said(hostile).accounts.items() if role == "core"}


@pytest.mark.parametrize("ending", [".gexf", ".graphml", *TABLES])
def test_weights_that_are_no_counts_come_back_beside_the_counts(tmp_path, ending):
    rows = [(0, 1, 0, 3, -1, -1), (1, 0, 0, 2, -1, -1)]
    document = document_of(graph_of(["a", "b"], ["", ""], rows, weights=[0.25, 1e-9]))
    graph = back(document, tmp_path, ending).graph
    assert graph.edges["weight"].tolist() == [0.25, 1e-9]
    assert graph.edges["count"].tolist() == [3, 2]


def test_pajek_brings_back_ids_kinds_weights_and_places(tmp_path):
    rows = [(0, 1, 0, 3, -1, -1), (0, 1, 1, 2, -1, -1)]
    document = document_of(graph_of(["906012345678901234567", "b"], ["", ""], rows))
    found = back(document, tmp_path, ".net")
    assert said(found).edges == said(document).edges
    assert list(said(found).accounts) == ["906012345678901234567", "b"]
    assert np.ptp(found.positions, axis=0).max() == 1


@pytest.mark.parametrize("ending", [".gexf", ".graphml", ".gml", ".net", ".json", ".zip"])
def test_what_is_simulated_is_still_known_to_be_when_read_again(tmp_path, ending, hostile):
    assert back(hostile, tmp_path, ending).receipt.simulated


@pytest.mark.parametrize("ending", [".gexf", ".net", ".json"])
def test_what_is_not_simulated_is_not_called_so(tmp_path, ending):
    document = document_of(graph_of(["a", "b"], ["", ""], [(0, 1, 0, 1, -1, -1)]))
    assert not back(document, tmp_path, ending).receipt.simulated


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_simulated_stays_simulated(tmp_path, ending, hostile):
    write(hostile, tmp_path / f"a{ending}")
    told = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    if ending == ".xlsx":
        with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
            told = book.read("xl/sharedStrings.xml")
    assert b"SIMULATED" in told


@pytest.mark.parametrize("ending", TABLES)
def test_a_table_of_edges_alone_that_was_renamed_still_says_simulated(tmp_path, ending, hostile):
    write(hostile, tmp_path / f"a{ending}")
    alone = (tmp_path / f"a{ending}").rename(tmp_path / f"plain{ending}")
    opened = OpenArchive((alone,), tmp_path / "cache")(silent)
    assert opened.receipt.simulated
    mapped = OpenArchive((alone,), tmp_path / "cache", Columns("target", "source"))(silent)
    assert mapped.receipt.simulated


@pytest.mark.parametrize("ending", TABLES)
def test_what_is_real_is_written_without_a_mark(tmp_path, ending):
    document = document_of(graph_of(["a", "b"], ["", ""], [(0, 1, 0, 1, -1, -1)]))
    assert not back(document, tmp_path, ending).receipt.simulated


def test_rows_cut_out_of_a_table_still_say_simulated(tmp_path, hostile):
    write(hostile, tmp_path / "a.csv")
    head, *rows = (tmp_path / "a.csv").read_text("utf-8").splitlines()
    (tmp_path / "b.csv").write_text(f"{head}\n{rows[-1]}\n", "utf-8")
    assert OpenArchive((tmp_path / "b.csv",), tmp_path / "cache")(silent).receipt.simulated


@pytest.mark.parametrize(("cell", "said"), [("SIMULATED", True), ("no", False), ("", False)])
def test_a_column_called_simulated_says_what_is_in_it(tmp_path, cell, said):
    (tmp_path / "a.csv").write_text(f"source,target,Simulated\na,b,{cell}\nb,c,{cell}\n")
    opened = OpenArchive((tmp_path / "a.csv",), tmp_path / "cache")(silent)
    assert opened.receipt.simulated is said


@pytest.mark.parametrize("ending", ENDINGS)
def test_colours_and_sizes_come_back(tmp_path, ending, hostile):
    found = back(hostile, tmp_path, ending)
    made = network(hostile, "all", provenance(hostile, MADE).as_dict())
    colours = [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in made.colours.tolist()]
    ids = list(said(found).accounts)
    column = found.graph.nodes["colour"]
    assert dict(zip(ids, (column[at] for at in range(len(ids))), strict=True)) == dict(
        zip(made.ids.tolist(), colours, strict=True)
    )
    sizes = dict(zip(ids, found.graph.nodes["size"].tolist(), strict=True))
    assert sizes == pytest.approx(dict(zip(made.ids.tolist(), made.sizes.tolist(), strict=True)))


def test_our_table_reads_the_same_by_its_names_and_by_a_mapping(tmp_path, hostile):
    write(hostile, tmp_path / "a.csv")
    plain = OpenArchive((tmp_path / "a.csv",), tmp_path / "cache")(silent).graph
    columns = Columns("source", "target", kind="kind")
    mapped = OpenArchive((tmp_path / "a.csv",), tmp_path / "cache", columns)(silent).graph
    assert list(mapped.text("id").strings()) == list(plain.text("id").strings())
