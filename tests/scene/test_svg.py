import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.document import edits
from explorer.graph.edges import GROUPS
from explorer.graph.query import Chosen, Filter
from explorer.scene.camera import Camera, fit
from explorer.scene.figure import Choices, Figure
from explorer.scene.marks import Box, Disc, Stroke, Words
from explorer.scene.svg import EDGE_BUDGET, markup, write_svg
from explorer.scene.view import View
from tests.scene.rings import ring

GOLDEN = Path(__file__).parent.parent / "golden" / "tiny.svg"
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "<script>alert(1)</script>",
    "]]>",
    "a\u202eb\u2066c",
    "nul\0bell\x07\x1b",
    "emoji 👩‍👩‍👧 观察者 محلل",
    "& &amp; \" ' --> <!--",
    "x" * 5000,
)


def measure(text, size, bold=False):
    return 0.6 * size * len(text)


def figure(document, **more):
    view = View(fit(document.positions, (800, 600)), (800, 600))
    choices = Choices(**({"width": 800, "height": 600, "theme": "light"} | more))
    return Figure(document, view, choices, ("Starling, a line of footer",), {"program": "Starling"})


def written(made, **more):
    file = io.BytesIO()
    drawn = write_svg(file, made, measure, **more)
    return file.getvalue().decode("utf-8"), drawn


def tree(text):
    return ElementTree.fromstring(text)


def by_id(root, name):
    return next(element for element in root.iter() if element.get("id") == name)


def edges_in(root, name):
    return sum(len(re.findall("M", path.get("d"))) for path in by_id(root, name).iter(f"{SVG}path"))


def ids(root):
    return [element.get("id") for element in root.iter() if element.get("id")]


def test_a_tiny_figure_is_written_as_it_always_was(tmp_path):
    corners = np.array([[0, 0], [3, 0], [3, 2], [0, 2]], np.float32)
    document = replace(ring(["alpha", "观察者", "gamma", "d<l>ta"]), positions=corners)
    text, _ = written(figure(document, caption="Four accounts in a ring."))
    seen = tmp_path / "tiny.svg"
    seen.write_text(text, "utf-8", newline="\n")
    assert text == GOLDEN.read_text("utf-8"), f"if it should be so now, copy {seen} to {GOLDEN}"


def test_the_same_figure_gives_the_same_bytes():
    made = figure(ring(["alpha", "beta", "gamma", "delta"]))
    assert written(made) == written(made)


def test_hostile_names_break_nothing():
    text, _ = written(figure(ring(HOSTILE), title=HOSTILE[0], caption=HOSTILE[1] + "\x00\u202e"))
    root = tree(text)
    assert not list(root.iter(f"{SVG}script"))
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text
    )
    shown = [element.text for element in root.iter(f"{SVG}text")]
    assert "<script>alert(1)</script>" in shown
    assert "emoji 👩‍👩‍👧 观察者 محلل" in shown
    assert max(len(words) for words in shown) < 200


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text(max_size=30), min_size=3, max_size=6), st.text(max_size=60))
def test_any_names_and_title_give_well_formed_xml(names, title):
    text, _ = written(
        figure(ring([name.encode("utf-8", "replace").decode() for name in names]), title=title)
    )
    tree(text)


def test_the_provenance_comes_back():
    text, _ = written(figure(ring(["a", "b", "c"])))
    inside = by_id(tree(text), "provenance")[0].text
    assert json.loads(inside)["program"] == "Starling"
    assert json.loads(inside)["picture"]["edges"] == "vectors"


def test_layers_are_groups_in_the_order_of_painting():
    root = tree(written(figure(ring(["a", "b", "c", "d"])))[0])
    order = ids(root)
    wanted = ["ground", "edges", "accounts", "accounts-amplifier", "accounts-core"]
    wanted += ["labels", "furniture"]
    assert [name for name in order if name in wanted] == wanted


def test_every_edge_and_account_in_the_frame_is_there_once():
    document = ring([f"n{i}" for i in range(500)])
    root = tree(written(figure(document))[0])
    assert edges_in(root, "edges") == 500
    amplifiers = by_id(root, "accounts-amplifier")
    dots = {dot for path in amplifiers.iter(f"{SVG}path") for dot in path.get("d").split("h0")}
    assert len(dots - {""}) == 1


def test_hidden_classes_and_filtered_accounts_are_not_written():
    document = ring([f"n{i}" for i in range(60)])
    hidden = edits.switch_classes(document, GROUPS[2].classes, on=False)
    kept = edits.keep(hidden, Filter((Chosen(np.arange(60) < 30),)))
    root = tree(written(figure(kept))[0])
    assert "edges-rest" not in ids(root)
    assert edges_in(root, "edges") == 2


def test_what_is_selected_lies_bright_over_the_rest():
    document = ring([f"n{i}" for i in range(60)])
    mask = np.zeros(60, bool)
    mask[10] = True
    root = tree(written(figure(edits.select(document, mask)))[0])
    assert float(by_id(root, "graph").get("opacity")) < 0.5
    assert edges_in(root, "lit-edges") == 2
    order = ids(root)
    assert order.index("selected") > order.index("graph")


def test_above_the_budget_edges_are_one_picture_and_the_file_says_so():
    document = ring([f"n{i}" for i in range(60)])
    text, drawn = written(figure(document), budget=59)
    root = tree(text)
    picture = by_id(root, "edges")
    assert picture.tag == f"{SVG}image"
    assert picture.get("{http://www.w3.org/1999/xlink}href").startswith("data:image/png;base64,iVB")
    assert not drawn.vectors
    assert drawn.note == "edges drawn as a picture: 60 edges exceed the budget of 59"
    assert drawn.note in by_id(root, "desc").text
    assert json.loads(by_id(root, "provenance")[0].text)["picture"]["note"] == drawn.note
    assert any(drawn.note in (words.text or "") for words in root.iter(f"{SVG}text"))
    assert "accounts-core" in ids(root)


def test_at_the_budget_edges_are_vectors():
    text, drawn = written(figure(ring([f"n{i}" for i in range(60)])), budget=60)
    assert drawn.vectors
    assert not drawn.note
    assert "base64" not in text
    assert EDGE_BUDGET == 60_000


def test_edges_outside_the_frame_cost_nothing():
    document = ring([f"n{i}" for i in range(60)])
    view = View(Camera(100.0, 0.0, 10.0), (800, 600))
    made = replace(figure(document), view=view, choices=Choices(800, 600, whole=False))
    text, drawn = written(made)
    assert drawn.edges == 0
    assert "M" not in "".join(re.findall(r' d="([^"]*)"', text))


def test_nobody_and_nothing_can_be_written():
    nobody = edits.keep(ring(["a", "b", "c"]), Filter((Chosen(np.zeros(3, bool)),)))
    tree(written(figure(nobody))[0])


def test_marks_are_written_in_full():
    assert markup(Words(1, 2.04, "a<b", 10, (0, 0, 0), "end", True, (255, 255, 255), 0.5)) == (
        '<text x="1" y="2" font-size="10" fill="#000000" text-anchor="end" font-weight="bold" '
        'stroke="#ffffff" stroke-width="2.6" stroke-linejoin="round" paint-order="stroke" '
        'opacity="0.5">a&lt;b</text>'
    )
    assert markup(Box(0, 0, 5, 6, (1, 2, 3), 1.0, 2.0, (4, 5, 6))) == (
        '<rect x="0" y="0" width="5" height="6" rx="2" fill="#010203" stroke="#040506"/>'
    )
    assert markup(Disc(1, 1, 2, None, (0, 0, 0), 1.5)) == (
        '<circle cx="1" cy="1" r="2" fill="none" stroke="#000000" stroke-width="1.5"/>'
    )
    assert markup(Stroke(0, 0, 1, 1, (0, 0, 0), 0.5)) == (
        '<line x1="0" y1="0" x2="1" y2="1" stroke="#000000" stroke-width="0.5"/>'
    )


def test_a_drawing_is_as_large_on_paper_as_its_dots_say():
    root = tree(written(figure(ring(["a", "b", "c"]), dpi=200))[0])
    assert (root.get("width"), root.get("height")) == ("384", "288")
    assert root.get("viewBox") == "0 0 800 600"


def test_words_may_be_outlines_with_their_words_beside_them():
    def outline(mark):
        return "" if mark.text == "b" else "M0 0L1 1"

    text, _ = written(figure(ring(["a<", "b", "c"])), outline=outline)
    root = tree(text)
    said = {path.get("aria-label") for path in root.iter(f"{SVG}path")}
    assert {"a<", "c"} <= said
    assert [element.text for element in root.iter(f"{SVG}text")] == ["b"]


@pytest.mark.skipif(not shutil.which("rsvg-convert"), reason="rsvg-convert is not installed")
@pytest.mark.parametrize("budget", [0, EDGE_BUDGET])
def test_another_program_can_draw_it(tmp_path, budget):
    text, _ = written(figure(ring(HOSTILE)), budget=budget)
    (tmp_path / "figure.svg").write_text(text, "utf-8")
    command = ["rsvg-convert", "figure.svg", "-o", "figure.png"]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=60)
    assert (tmp_path / "figure.png").stat().st_size > 5000
