import io
import re
import zlib
from dataclasses import replace

import numpy as np
import pytest

from explorer.document import edits
from explorer.scene.budget import planned
from explorer.scene.camera import fit
from explorer.scene.figure import Choices, Figure
from explorer.scene.pdf import content, packed
from explorer.scene.pdffile import Objects, underlay
from explorer.scene.png import write_png
from explorer.scene.view import View


def measure(text, size, bold=False):
    return 0.6 * size * len(text)


@pytest.fixture
def document(graph):
    places = np.random.default_rng(1).normal(0, 10, (graph.n, 2)).astype(np.float32)
    return replace(edits.load(graph), positions=places)


def drawn(document, budget=100, **more):
    view = View(fit(document.positions, (800, 600)), (800, 600))
    figure = Figure(document, view, Choices(**({"width": 800, "height": 600} | more)))
    plan = planned(figure, measure, budget)
    return content(plan, 0.75)


def minimal(*bodies):
    """A file of these objects, written as Qt does."""
    file, places = b"%PDF-1.4\n%\xe2\xe3\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count, start = len(bodies) + 1, len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return file + b"trailer\n<<\n/Size %d \n/Root 1 0 R\n>>\nstartxref\n%d \n%%%%EOF\n" % (
        count,
        start,
    )


PAGE = minimal(
    b"<<\n/Type /Page\n/Contents 2 0 R\n/Resources 3 0 R\n>>",
    b"<< /Length 4 >>\nstream\nendo\nendstream",
    b"<<\n/ExtGState <<\n/GSa 1 0 R\n>>\n/XObject <<\n>>\n>>",
)


def test_every_edge_and_account_is_in_the_content(document):
    made = drawn(document)
    text = made.stream.decode()
    lines = re.findall(r"(-?\d+ -?\d+) m (-?\d+ -?\d+) l", text)
    assert text.count(" c S\n") == document.graph.m  # few: each a curve
    dots = {first for first, last in lines if first == last}
    assert len(dots) == len(np.unique(document.positions, axis=0))
    assert text.count("q ") == text.count("Q")
    assert made.picture is None


def test_every_opacity_that_is_named_is_told(document):
    made = drawn(edits.select_role(document))
    named = {int(name) for name in re.findall(r"/S(\d+) gs", made.stream.decode())}
    assert named == set(made.opacities)
    assert all(1 <= each <= 1000 for each in named)


def test_above_the_budget_edges_are_one_picture(document):
    made = drawn(document, budget=0)
    assert b"/Edges Do" in made.stream
    (wide, high), rows, _ = made.picture
    assert max(wide, high) == 4096
    assert len(zlib.decompress(rows)) == high * (1 + 3 * wide)


def test_the_rows_of_a_png_are_taken_whole():
    file, strip = io.BytesIO(), np.full((5, 3), 0xFF102030, np.uint32)
    write_png(file, (3, 10), iter([strip, strip]))
    assert len(zlib.decompress(b"".join(packed(file.getvalue())))) == 10 * 10


def test_objects_are_the_same_after_reading_and_writing():
    out = io.BytesIO()
    Objects(PAGE).write(out)
    assert out.getvalue() == PAGE.replace(b"3 \n%%EOF", b"3\n%%EOF").replace(
        re.search(rb"startxref\n(\d+) \n", PAGE)[0],
        b"startxref\n%s\n" % re.search(rb"startxref\n(\d+)", PAGE)[1],
    )


@pytest.mark.parametrize("budget", [0, 100])
def test_the_graph_comes_before_the_marks_and_every_place_in_the_table_is_right(document, budget):
    out = io.BytesIO()
    made = drawn(document, budget)
    underlay(PAGE, made).write(out)
    file = out.getvalue()
    assert b"/Contents [4 0 R 2 0 R]" in file
    assert (b"/Edges 5 0 R" in file) == (budget == 0)
    for each in made.opacities:
        assert b"/S%d << /ca" % each in file
    start = int(re.search(rb"startxref\n(\d+)", file)[1])
    rows = re.findall(rb"(\d{10}) \d{5} n", file[start:])
    assert len(rows) == 5 - (budget != 0)
    for number, place in enumerate(rows, 1):
        assert file[int(place) :].startswith(b"%d 0 obj" % number)


def test_many_edges_are_lines(document, monkeypatch):
    monkeypatch.setattr("explorer.scene.pdf.drawn_singly", lambda *_: (None, None))
    lines = re.findall(r"(-?\d+ -?\d+) m (-?\d+ -?\d+) l", drawn(document).stream.decode())
    assert sum(first != last for first, last in lines) == document.graph.m
