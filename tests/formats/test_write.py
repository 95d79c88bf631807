import errno
import json
import pickle
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from explorer.document import edits
from explorer.errors import FormatError
from explorer.evidence.provenance import provenance
from explorer.formats import xlsx
from explorer.formats.about import receipt_hash
from explorer.formats.taken import chosen, network, with_communities
from explorer.formats.write import FORMATS, WriteNetwork, format_of, suggested
from explorer.graph.model import EMPTY
from explorer.graph.moments import Span
from explorer.graph.query import Filter
from explorer.job import silent
from tests.formats.conftest import MADE, document_of, graph_of, said, write

ROWS = [(0, 1, 0, 3, 1_577_836_800, 1_577_923_200), (0, 1, 1, 1, -1, -1), (1, 2, 3, 2, -1, -1)]
ENDINGS = [one.ending for one in FORMATS]
GEXF = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}


@pytest.fixture
def document():
    return document_of(graph_of(["a", "b", "c"], ["A", "", "C"], ROWS), core=(0,))


def taken(document, what="all"):
    return network(document, what, provenance(document, MADE).as_dict())


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("graph", [EMPTY, graph_of(["only"], [""], [])], ids=["empty", "single"])
def test_a_network_of_nobody_or_of_one_is_written(tmp_path, ending, graph):
    written = write(document_of(graph), tmp_path / f"a{ending}")
    assert (written.accounts, written.edges) == (graph.n, 0)
    assert all(path.stat().st_size for path in written.paths)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_network_gives_the_same_bytes(tmp_path, ending, document):
    first, second = (
        write(document, tmp_path / name / f"a{ending}")
        for name in ("one", "two")
        if (tmp_path / name).mkdir() is None
    )
    for a, b in zip(first.paths, second.paths, strict=True):
        assert a.read_bytes() == b.read_bytes()


@pytest.mark.parametrize("ending", ENDINGS)
def test_progress_never_goes_back_and_ends_at_one(tmp_path, ending, document):
    steps = []
    WriteNetwork(document, tmp_path / f"a{ending}", "all", provenance)(
        lambda done, note="", partial=None: steps.append(done)
    )
    assert steps == sorted(steps)
    assert steps[-1] == 1.0


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_disk_that_fails_leaves_what_was_there(tmp_path, ending, document, monkeypatch):
    job = WriteNetwork(document, tmp_path / f"a{ending}", "all", provenance)
    paths = format_of(job.path).paths(job.path)
    for path in paths:
        path.write_bytes(b"old")

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(FormatError, match=r"Cannot write a.*: no space left on device\."):
        job(silent)
    assert [path.read_bytes() for path in paths] == [b"old"] * len(paths)
    assert len(list(tmp_path.iterdir())) == len(paths)


def test_what_a_killed_job_left_is_forgotten(tmp_path, document):
    from explorer.scene.saving import part_of

    job = WriteNetwork(document, tmp_path / "a.csv", "all", provenance)
    parts = [part_of(path) for path in format_of(job.path).paths(job.path)]
    for part in parts:
        part.write_bytes(b"half")
    job.forget()
    assert not any(part.exists() for part in parts)


def test_a_job_travels_to_a_worker(tmp_path, document):
    job = WriteNetwork(document, tmp_path / "a.gexf", "all", provenance, made=MADE)
    assert pickle.loads(pickle.dumps(job))(silent).accounts == 3


def test_a_file_beside_that_is_not_ours_is_spared(tmp_path, document):
    (tmp_path / "a.accounts.csv").write_bytes(b"mine")
    with pytest.raises(FormatError, match=r"a\.accounts\.csv is already in"):
        write(document, tmp_path / "a.csv")
    assert (tmp_path / "a.accounts.csv").read_bytes() == b"mine"
    (tmp_path / "a.csv").write_bytes(b"an earlier one")
    assert write(document, tmp_path / "a.csv").accounts == 3


def test_an_unknown_ending_is_refused_with_those_that_are_known(tmp_path, document):
    with pytest.raises(FormatError, match=r"a\.doc does not end like a network\. .*\.gexf"):
        write(document, tmp_path / "a.doc")


def test_only_what_is_shown_is_written(document):
    shown = replace(document, filter=Filter(hidden_kinds=frozenset({"mention"})))
    assert [int(mask.sum()) for mask in chosen(shown, "shown")] == [3, 2]
    assert [int(mask.sum()) for mask in chosen(shown, "all")] == [3, 3]


def test_of_what_is_shown_the_weight_counts_the_time_shown(graph):
    document = document_of(graph)
    day = graph.edges["first"][0]
    late = replace(document, filter=Filter(during=Span(int(day) + 10, int(day) + 20)))
    assert taken(late, "all").weight.tolist() == graph.weight().tolist()
    shown = chosen(late, "shown")[1]
    assert taken(late, "shown").weight.tolist() == late.filter.weight(graph)[shown].tolist()


def test_a_class_that_is_switched_off_is_not_shown(document):
    off = replace(document, style=replace(document.style, hidden=frozenset({6})))
    kept, edges = chosen(off, "shown")
    assert (int(kept.sum()), edges.tolist()) == (3, [False, False, True])


def test_selected_accounts_bring_the_shown_edges_between_them(document):
    some = edits.select(document, np.array([True, True, False]))
    some = replace(some, filter=Filter(hidden_kinds=frozenset({"reply"})))
    made = taken(some, "selected")
    assert made.ids.tolist() == ["a", "b"]
    assert made.edge_field("count").values.tolist() == [3]
    assert made.account_field("out_strength").values.tolist() == [4, 2]


def test_ids_that_look_alike_once_cleaned_stay_apart():
    document = document_of(graph_of(["a", "a\x00", "\u202ea", "\x00", "b"], [""] * 5, []))
    made = taken(document)
    assert made.ids.tolist() == ["a", "a (2)", "a (3)", "account", "b"]
    assert made.renamed == 3


def test_gexf_has_positions_sizes_and_colours_without_alpha(tmp_path, document):
    write(document, tmp_path / "a.gexf")
    root = ElementTree.parse(tmp_path / "a.gexf").getroot()
    nodes = root.findall("g:graph/g:nodes/g:node", GEXF)
    assert [node.get("label") for node in nodes] == ["A", "b", "C"]
    for node in nodes:
        assert set(node.find("viz:color", GEXF).attrib) == {"r", "g", "b"}
        assert float(node.find("viz:size", GEXF).get("value")) > 0
        assert {"x", "y", "z"} == set(node.find("viz:position", GEXF).attrib)
    assert root.findtext("g:meta/g:creator", namespaces=GEXF).startswith("Starling")
    assert "Receipt SHA-256" in root.findtext("g:meta/g:description", namespaces=GEXF)


def test_a_network_without_a_layout_has_no_positions(tmp_path, document):
    bare = document_of(document.graph, placed=False)
    write(bare, tmp_path / "a.gexf")
    assert b"viz:position" not in (tmp_path / "a.gexf").read_bytes()


def test_node_link_json_tells_where_it_comes_from(tmp_path, document):
    write(document, tmp_path / "a.json")
    told = json.loads((tmp_path / "a.json").read_text("utf-8"))["graph"]
    assert told["provenance"]["program"] == "Starling"
    assert told["receipt_sha256"] == receipt_hash(document.receipt)
    assert told["written"] == {"what": "all", "accounts": 3, "edges": 3}


def test_the_hash_of_a_receipt_does_not_depend_on_the_folder(document):
    file = document.receipt.files[0]
    moved = replace(document.receipt, files=(replace(file, path="C:\\other\\a.zip"),))
    assert receipt_hash(moved) == receipt_hash(document.receipt)


def test_more_edges_than_a_sheet_holds_are_refused_in_a_sentence(tmp_path, document, monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    with pytest.raises(FormatError, match=r"^3 edges do not fit a sheet .*which holds 2 and its"):
        write(document, tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())


def test_columns_past_z_have_two_letters():
    assert [xlsx.letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_what_is_simulated_says_so_in_its_suggested_name(document, hostile):
    assert suggested(document, "all", ".gexf") == "network.gexf"
    assert suggested(hostile, "selected", ".csv") == "network_SIMULATED_selected.csv"
    named = replace(hostile, archive=replace(hostile.archive, title="SIMULATED/china"))
    assert suggested(named, "all", ".net") == "SIMULATED_china.net"


def test_further_columns_of_the_archive_are_written(tmp_path, graph):
    document = document_of(graph)
    names = [field.name for field in taken(document).accounts]
    assert names == ["role", "in_strength", "out_strength", "listed_in", "posts", "language"]
    assert said(document).accounts.keys() == set(taken(document).ids.tolist())


def test_communities_are_found_and_written_the_largest_first():
    pairs = [(a, b) for a in range(6) for b in range(a)]
    rows = [*pairs, *((a + 6, b + 6) for a, b in pairs[:10]), (0, 6)]
    ids = [f"a{i}" for i in range(12)]
    document = document_of(graph_of(ids, [""] * 12, [(a, b, 0, 1, -1, -1) for a, b in rows]))
    found = with_communities(document).graph.nodes["community"]
    assert len(set(found[:6].tolist())) == len(set(found[6:11].tolist())) == 1
    assert found[0] == 0
    assert found[6] == 1


def test_a_community_that_a_file_gave_is_kept():
    graph = graph_of(["a", "b"], ["", ""], [(0, 1, 0, 1, -1, -1)])
    given = replace(graph, nodes={**graph.nodes, "community": np.array([7, 8], np.int32)})
    document = document_of(given)
    assert with_communities(document) is document


def test_without_edges_there_are_no_communities():
    document = document_of(graph_of(["a", "b"], ["", ""], []))
    assert "community" not in with_communities(document).graph.nodes
