import json
import pickle
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtGui import QImage

from explorer.archive.receipt import FileReceipt, Receipt
from explorer.document import edits
from explorer.errors import FigureError
from explorer.scene.camera import fit
from explorer.scene.figure import Choices
from explorer.scene.view import View
from explorer.ui.export import ExportFigure, stated_time
from explorer.ui.image import PIXELS

MADE = "2026-01-02T03:04:05+00:00"


@pytest.fixture
def document(graph):
    receipt = Receipt(files=(FileReceipt("/x/SIMULATED.zip", "", "ab", 1, "tweets", 3, 3, 0, 0),))
    places = np.random.default_rng(2).normal(0, 9, (graph.n, 2)).astype(np.float32)
    return replace(edits.load(graph, receipt), positions=places)


def job(document, path, **choices):
    view = View(fit(document.positions, (800, 600)), (800, 600))
    return ExportFigure(document, view, path, Choices(**choices), MADE)


def steps(done):
    said = []
    return said, lambda share, note="", partial=None: said.append(share)


@pytest.fixture(autouse=True)
def gui(qapp):
    return qapp


def test_a_png_opens_with_its_size_its_provenance_and_its_dots(document, tmp_path):
    path = tmp_path / "figure.png"
    said, report = steps(0)
    written = job(document, path, width=640, height=480, dpi=300, title="观察者")(report)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (640, 480)
    assert image.dotsPerMeterX() == 11811
    assert image.text("Title") == "观察者"
    told = json.loads(image.text("Starling"))
    assert (told["made"], told["simulated"]) == (MADE, True)
    assert told["picture"]["width"] == 640
    assert written.bytes == path.stat().st_size
    assert said == sorted(said)
    assert said[-1] == 1.0


def test_a_picture_in_strips_has_no_seams(document, tmp_path):
    width = 4000
    rows = PIXELS // width
    job(document, tmp_path / "a.png", width=width, height=3 * rows, labels="all")(lambda *_: None)
    image = QImage(str(tmp_path / "a.png")).convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(3 * rows, width)
    rgb = pixels.view(np.uint8).reshape(3 * rows, width, 4)[:, :, :3].astype(int)
    steps_down = np.abs(np.diff(rgb, axis=0)).sum(axis=(1, 2))
    for seam in (rows - 1, 2 * rows - 1):
        around = np.r_[steps_down[seam - 6 : seam], steps_down[seam + 1 : seam + 7]]
        assert steps_down[seam] <= 2 * around.max() + 2000


def test_an_svg_is_well_formed_and_says_what_it_is(document, tmp_path):
    written = job(document, tmp_path / "figure.SVG")(lambda *_: None)
    root = ElementTree.parse(tmp_path / "figure.SVG").getroot()
    assert written.vector_edges
    assert written.note == ""
    assert root.get("width") == "1600"


def test_a_drawing_with_outlines_needs_no_font(document, tmp_path):
    job(document, tmp_path / "a.svg", outline=True, title="观察者 محلل <b>")(lambda *_: None)
    root = ElementTree.parse(tmp_path / "a.svg").getroot()
    assert not [element for element in root.iter() if element.tag.endswith("}text")]
    labels = [element.get("aria-label") for element in root.iter()]
    assert "观察者 محلل <b>" in labels


@pytest.mark.parametrize("name", ["figure.png", "figure.svg", "figure.pdf"])
def test_the_same_job_gives_the_same_bytes(document, tmp_path, name):
    made = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / name
        job(document, path, labels="top")(lambda *_: None)
        made.append(path.read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize("name", ["figure.gif", "figure", "png"])
def test_another_ending_is_refused(document, tmp_path, name):
    with pytest.raises(FigureError, match=r"neither \.png nor \.svg"):
        job(document, tmp_path / name)(lambda *_: None)
    assert not list(tmp_path.iterdir())


def test_a_figure_asked_for_now_is_checked_now(document, tmp_path):
    view = View(fit(document.positions, (800, 600)), (800, 600))
    with pytest.raises(FigureError, match="cannot be made"):
        ExportFigure.of(document, view, tmp_path / "a.png", (20000, 100))
    with pytest.raises(FigureError, match="neither"):
        ExportFigure.of(document, view, tmp_path / "a.gif", (800, 600))
    made = ExportFigure.of(document, view, tmp_path / "a.png", (800, 600), whole=False)
    assert made.made.endswith("+00:00")
    assert not made.choices.whole
    assert made.title == "Export: a.png"


def test_the_stated_time_can_be_fixed_from_outside(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1577836800")
    assert stated_time() == "2020-01-01T00:00:00+00:00"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert stated_time() > "2025"


def test_a_folder_that_cannot_be_written_leaves_nothing(document, tmp_path):
    with pytest.raises(FigureError, match=r"Cannot write a\.png"):
        job(document, tmp_path / "nowhere" / "a.png")(lambda *_: None)
    assert not list(tmp_path.iterdir())


def test_the_job_survives_a_pickle(document, tmp_path):
    made = pickle.loads(pickle.dumps(job(document, tmp_path / "a.svg")))
    assert made(lambda *_: None).path == tmp_path / "a.svg"


@pytest.mark.slow
def test_it_runs_without_a_display_and_without_an_application(document, tmp_path):
    (tmp_path / "job").write_bytes(pickle.dumps(job(document, tmp_path / "a.png", width=640)))
    code = (
        "import os, pickle, sys; os.environ.pop('DISPLAY', None); "
        "os.environ.pop('QT_QPA_PLATFORM', None); "
        "print(pickle.load(open(sys.argv[1], 'rb'))(lambda *_: None).bytes)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "job")]
    ended = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    assert int(ended.stdout) == (tmp_path / "a.png").stat().st_size
