import networkx as nx
import pytest

from explorer.document import edits
from explorer.document.model import Placing
from explorer.errors import FormatError
from explorer.formats.write import FORMATS
from explorer.graph.query import Filter
from explorer.ui.panels.network import NetworkWindow


@pytest.fixture
def window(qtbot):
    made = NetworkWindow()
    qtbot.addWidget(made)
    return made


def test_the_sheet_counts_what_would_be_written(window, graph):
    document = edits.load(graph)
    document = edits.place(document, document.positions, Placing("Flock"))
    window.show_document(document)
    assert window._size.text() == f"{graph.n} accounts, {graph.m} edges"
    assert window._format.currentData() == FORMATS[0].id
    assert "SIMULATED" not in window._note.text()
    assert "nothing is laid out" not in window._note.text()


def test_what_has_nobody_cannot_be_chosen(window, graph):
    document = edits.load(graph)
    window.show_document(document)
    assert [window._what.model().item(row).isEnabled() for row in range(3)] == [True, True, False]
    one = edits.select_role(document, 2)
    window.show_document(one)
    assert window._what.model().item(2).isEnabled()
    window._what.setCurrentIndex(2)
    assert window._size.text().startswith("4 accounts")
    window.show_document(document)
    assert window._what.currentData() == "all"


def test_the_sheet_says_what_a_format_cannot_and_that_nothing_is_laid_out(window, graph):
    window.show_document(edits.load(graph), "xlsx")
    assert "1,048,575 edges" in window._note.text()
    assert "nothing is laid out" in window._note.text()


def test_the_sheet_tells_what_was_agreed(window, graph, qtbot):
    window.show_document(edits.load(graph), "graphml")
    with qtbot.waitSignal(window.agreed) as agreed:
        window._go.click()
    assert agreed.args == ["graphml", "all", True]


def test_a_network_is_written_and_told(commands, desk, answers, said, tmp_path, graph):
    answers.path = tmp_path / "net"
    commands.network.choose("graphml", "all")
    assert len(nx.read_graphml(tmp_path / "net.graphml")) == graph.n
    assert said.told[0].startswith(f"Wrote net.graphml: {graph.n} accounts, {graph.m} edges,")
    assert desk.settings["network_folder"] == str(tmp_path)
    assert desk.settings["network_format"] == "graphml"


def test_the_next_one_begins_in_the_same_folder(commands, desk, answers, tmp_path, monkeypatch):
    answers.path = tmp_path / "net.gexf"
    commands.network.choose("gexf", "all")
    asked = []

    def again(title, name, patterns):
        asked.append((name, patterns))

    monkeypatch.setattr(answers, "save_path", again)
    commands.network.choose("csv", "selected")
    ((name, patterns),) = asked
    assert name == str(tmp_path / "network_selected.csv")
    assert patterns == "CSV, two tables (*.csv)"


def test_files_that_stand_beside_are_named(commands, answers, said, tmp_path):
    answers.path = tmp_path / "net.csv"
    commands.network.choose("csv", "all")
    assert "net.csv, beside it net.accounts.csv and net.about.json" in said.told[0]


def test_only_what_is_shown_goes_into_the_file(commands, desk, tmp_path):
    document = desk.document
    desk.session.commit("Filter", edits.keep(document, Filter(hidden_kinds=frozenset({"reply"}))))
    commands.network.write(tmp_path / "net.graphml", "shown")
    kinds = {kind for *_, kind in nx.read_graphml(tmp_path / "net.graphml").edges(data="kind")}
    assert "reply" not in kinds


def test_a_name_without_a_known_ending_is_a_sentence(commands, tmp_path):
    with pytest.raises(FormatError, match="does not end like a network"):
        commands.network.write(tmp_path / "net.doc", "all")


def test_asking_opens_the_sheet_with_the_last_format(commands, desk, qtbot):
    desk.settings["network_format"] = "gml"
    with qtbot.waitSignal(desk.asked) as asked:
        commands.network.ask()
    assert asked.args == ["network", "gml"]
