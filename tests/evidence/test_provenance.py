import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from explorer.archive.receipt import FileReceipt, Receipt
from explorer.document import edits
from explorer.document.model import Placing
from explorer.evidence.provenance import libraries, methods, provenance
from explorer.graph.edges import CLASSES
from explorer.graph.query import Between, Filter

MADE = "2026-01-02T03:04:05+00:00"
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def file(path="/home/somebody/case 7/china.zip", member="sub/china_users.csv", read=10):
    return FileReceipt(path, member, HASH, 100, "takedown users", read, read - 3, 2, 1)


@pytest.fixture
def document(graph):
    made = edits.load(graph, Receipt(files=(file(), file(member="")), first=5, last=9))
    return edits.place(made, made.positions.copy(), Placing("Flock", "rounds=20", 7))


def test_files_are_named_without_their_folders(document):
    told = provenance(document)
    assert [(one.name, one.member) for one in told.inputs] == [
        ("china.zip", "china_users.csv"),
        ("china.zip", ""),
    ]
    assert "somebody" not in told.as_json()
    windows = replace(document, receipt=Receipt(files=(file(r"C:\Users\somebody\china.zip"),)))
    assert provenance(windows).inputs[0].name == "china.zip"


def test_records_are_summed_over_all_files(document):
    assert provenance(document).records == {"read": 20, "kept": 14, "merged": 4, "refused": 2}


def test_what_is_shown_and_of_how_much_is_told(document):
    few = edits.keep(document, Filter((Between("posts", 6),)))
    told = provenance(edits.switch_classes(few, (CLASSES.index("core>core"),), on=False))
    assert (told.accounts.shown, told.accounts.all) == (6, 12)
    assert told.filter == "posts at least 6"
    assert told.hidden == ("core → core",)
    assert sum(count.shown for count in told.roles) == 6
    assert sum(count.all for count in told.classes) == document.graph.m


def test_the_layout_and_the_rule_are_told(document):
    told = provenance(document)
    assert (told.layout, told.layout_options, told.seed) == (
        "layout Flock, seed 7",
        "rounds=20",
        7,
    )
    assert told.rule.startswith("Core: listed in the users file.")


def test_the_same_document_and_time_give_the_same_words(document):
    assert provenance(document, MADE).as_json() == provenance(document, MADE).as_json()


def test_other_positions_or_edges_have_another_digest(document):
    told = provenance(document)
    moved = provenance(edits.move(document, np.arange(12) == 3, (1.0, 0.0)))
    assert moved.positions != told.positions
    assert moved.graph == told.graph


def test_json_comes_back_and_is_ascii(document):
    hostile = replace(document, receipt=Receipt(files=(file("/x/观察\u202e者<.zip"),)))
    text = provenance(hostile, MADE).as_json()
    told = json.loads(text)
    assert text.isascii()
    assert told["inputs"][0]["name"] == "观察者<.zip"
    assert told["made"] == MADE
    assert told["accounts"] == {"name": "accounts", "shown": 12, "all": 12}


def test_the_footer_is_a_few_plain_lines(document):
    lines = provenance(document, MADE).footer()
    assert len(lines) == 3
    assert "2026-01-02 03:04:05 UTC" in lines[0]
    assert "layout Flock, seed 7" in lines[0]
    assert "20 read, 14 kept, 4 merged, 2 refused" in lines[2]
    assert all(line == " ".join(line.split()) for line in lines)


def test_many_inputs_are_named_in_part_and_counted(document):
    files = tuple(replace(file(), sha256=f"{i:064x}") for i in range(9))
    many = replace(document, receipt=Receipt(files=files))
    assert "and 6 more" in provenance(many).footer()[-1]
    assert len(provenance(many).as_dict()["inputs"]) == 9


def test_a_zip_with_two_tables_is_named_once_with_its_own_hash(document):
    tables = tuple(replace(file(), path="in/a.zip", member=name) for name in ("u.csv", "t.csv"))
    told = provenance(replace(document, receipt=Receipt(files=tables)))
    assert told.footer()[-1].startswith(f"Input: a.zip (SHA-256 {HASH[:12]}) ·")
    assert f"u.csv in a.zip (takedown users, 10 records; SHA-256 of a.zip: {HASH})" in methods(told)


def test_without_inputs_the_footer_claims_none(graph):
    assert not any("Input" in line for line in provenance(edits.load(graph)).footer())


def test_simulated_data_are_told(document):
    made = replace(document, receipt=Receipt(files=(file("SIMULATED_small.zip"),)))
    assert provenance(made).simulated
    assert methods(provenance(made)).startswith("The data are simulated.")
    assert not provenance(document).simulated


def test_the_methods_paragraph_names_everything_needed(document):
    text = methods(provenance(document, MADE))
    for needed in (HASH, "layout Flock, seed 7", "12 accounts", "Core: listed", "igraph", "numpy"):
        assert needed in text


def test_versions_are_known_without_importing_the_libraries():
    assert {name for name, _ in libraries()} == {"python", "duckdb", "igraph", "numba", "numpy"}
    assert all(number for _, number in libraries())
    code = (
        "import sys; from explorer.evidence.provenance import libraries; libraries(); "
        "sys.exit(bool({'PySide6', 'duckdb', 'pyqtgraph'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
