import io
import re
import shutil
import subprocess
from unicodedata import normalize

import numpy as np
import pytest
from PySide6.QtGui import QImage

from explorer.document import arrange, edits
from explorer.errors import FigureError
from explorer.scene.camera import fit
from explorer.scene.figure import Choices, Figure
from explorer.scene.view import View
from explorer.ui.pdf import write_pdf
from tests.scene.rings import ring

NAMES = ("alpha", "观察者网友", "محلل", "🙂 smile", "<b>&amp;</b>", "(paren\\thesis)")
MADE = "2026-01-02T03:04:05+00:00"


@pytest.fixture(autouse=True)
def gui(qapp):
    return qapp


@pytest.fixture
def document():
    return ring(NAMES, "Tiny 观察")


def written(document, budget=100, **more):
    view = View(fit(document.positions, (800, 600)), (800, 600))
    choices = Choices(**({"width": 800, "height": 600, "theme": "light"} | more))
    file = io.BytesIO()
    drawn = write_pdf(file, Figure(document, view, choices, metadata={"made": MADE}), budget=budget)
    return file.getvalue(), drawn


def told(command, file, *more):
    made = subprocess.run([command, *more], input=file, check=True, capture_output=True, timeout=60)
    return made.stdout.decode()


def test_the_page_has_the_size_on_paper_that_its_dots_say(document):
    file, _ = written(document, dpi=200)
    assert b"/MediaBox [0 0 288.000000 216.000000]" in file


def test_the_file_tells_title_author_program_and_the_stated_time(document):
    file, _ = written(document, author="An analyst & friends")
    assert b'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Tiny \xe8\xa7\x82' in file
    assert b"<rdf:li>An analyst &amp; friends</rdf:li>" in file
    assert b"<xmp:CreatorTool>Starling " in file
    assert b"/CreationDate (D:20260102030405Z)" in file
    assert b"&quot;program" in file or b'"picture"' in file


def test_without_a_stated_time_there_is_none(document):
    view = View(fit(document.positions, (800, 600)), (800, 600))
    file = io.BytesIO()
    write_pdf(file, Figure(document, view, Choices(800, 600)))
    assert b"CreationDate" not in file.getvalue()


def test_the_same_figure_gives_the_same_bytes(document):
    assert written(document) == written(document)


def test_fonts_are_embedded(document):
    file, _ = written(document)
    assert b"/FontFile2" in file or b"/FontFile3" in file
    assert b"/ToUnicode" in file


def test_above_the_budget_the_file_says_that_edges_are_a_picture(document):
    file, drawn = written(document, budget=2)
    assert not drawn.vectors
    assert b"/Subtype /Image" in file
    assert b"exceed the budget of 2" in file


def test_a_page_larger_than_readers_open_is_refused(document):
    with pytest.raises(FigureError, match="228 inches"):
        written(document, width=8192, height=600, dpi=36)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_another_program_finds_the_words(document, tmp_path):
    file, _ = written(document)
    (tmp_path / "a.pdf").write_bytes(file)
    words = normalize("NFKC", told("pdftotext", b"", str(tmp_path / "a.pdf"), "-"))
    assert "alpha" in words
    assert "观察者网友" in words
    fonts = told("pdffonts", b"", str(tmp_path / "a.pdf")).splitlines()[2:]
    assert fonts
    assert all(re.search(r"yes (yes|no)  (yes|no)", line) for line in fonts)


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler is not installed")
@pytest.mark.parametrize("budget", [0, 100])
def test_another_program_can_draw_it(document, tmp_path, budget):
    file, _ = written(edits.select_role(document), budget=budget)
    (tmp_path / "a.pdf").write_bytes(file)
    command = ["pdftoppm", "-r", "96", "-png", "-singlefile", "a.pdf", "a"]
    made = subprocess.run(command, cwd=tmp_path, check=True, timeout=60, capture_output=True)
    assert not made.stderr
    image = QImage(str(tmp_path / "a.png"))
    assert (image.width(), image.height()) == (800, 600)


def test_pins_are_in_it(document):
    pinned = arrange.pin(document, np.arange(document.graph.n) < 2)
    plain, marked = (len(written(one, legend=False)[0]) for one in (document, pinned))
    assert marked > plain
