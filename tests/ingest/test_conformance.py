"""Every real file at hand gives the right graph, or the right refusal in one sentence.

What is right stands in ``conformance.txt``. The counts were checked against igraph and networkx
where those read a file, and against the file itself where they disagree: networkx rejects repeated
edges and Gephi's own namespace, and reads some Pajek files as empty. Edges are those of a graph
without loops, repeated ones merged.
"""

import zipfile
from pathlib import Path

import pytest

from explorer.errors import SourceError
from explorer.ingest.run import take_in
from explorer.job import silent

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
HERE = pytest.mark.skipif(not SHARED.is_dir(), reason="the real files are not at hand")
TABLE = {
    path: tuple(rest)
    for path, *rest in (
        line.split(" | ")
        for line in Path(__file__).with_name("conformance.txt").read_text("utf-8").splitlines()
        if not line.startswith("#")
    )
}
REFUSED = [path for path, said in TABLE.items() if said[0] == "X"]
TAKEN = [path for path in TABLE if path not in REFUSED]


@HERE
@pytest.mark.parametrize("name", TAKEN)
def test_a_real_file_gives_its_graph(name, tmp_path):
    _, receipt = take_in([SHARED / name], tmp_path, silent)
    (file,) = receipt.files
    assert not receipt.discrepancies()
    assert TABLE[name] == (
        file.format.split(":")[0],
        f"{receipt.accounts} {receipt.edges}",
        f"{file.read} {file.merged} {file.refused} {receipt.interactions.self}",
    )


@HERE
@pytest.mark.parametrize("name", [one for one in TAKEN if one.endswith((".gz", ".xlsx"))])
def test_a_real_workbook_or_packed_file_inside_a_zip_gives_the_same(name, tmp_path):
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(SHARED / name, Path(name).name)
    _, receipt = take_in([tmp_path / "z.zip"], tmp_path, silent)
    assert TABLE[name][1] == f"{receipt.accounts} {receipt.edges}"


@HERE
@pytest.mark.parametrize("name", REFUSED)
def test_a_real_file_without_a_graph_is_named_for_what_it_is(name, tmp_path):
    with pytest.raises(SourceError) as caught:
        take_in([SHARED / name], tmp_path, silent)
    assert caught.value.message.startswith(f"{Path(name).name} {TABLE[name][1]}")


@HERE
def test_every_real_file_is_in_the_table():
    there = {path.relative_to(SHARED).as_posix() for path in SHARED.rglob("*") if path.is_file()}
    assert there == TABLE.keys()
