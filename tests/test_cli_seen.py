from dataclasses import replace

import pytest
from PySide6.QtGui import QImage

from explorer.assets import sample
from explorer.cli import front as cli
from explorer.document import edits
from explorer.document.content import Beside
from explorer.document.file import save_session
from explorer.document.placing import laid_out
from explorer.graph.build import OpenArchive
from explorer.job import silent
from explorer.scene.camera import fit
from explorer.scene.figure import Choices
from explorer.scene.view import View
from explorer.ui.export import ExportFigure

SIZE = (1350, 960)


pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(autouse=True)
def one_day(monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path / "cache"))


def said(capsys, *words):
    code = cli.run(list(words))
    return code, capsys.readouterr().err


def rgb(path):
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
    return image.size(), bytes(image.constBits())


@pytest.fixture
def document():
    """Laid out, the core selected, two classes hidden, every name wanted."""
    opened = OpenArchive((sample(),))(silent)
    made = laid_out(edits.load(opened.graph, opened.receipt, opened.stored), 7, silent)
    made = edits.select_role(edits.switch_classes(made, (0, 7), on=False))
    return edits.restyle(made, replace(made.style, labels="all"))


@pytest.fixture
def view(document):
    camera = fit(document.positions, SIZE).zoomed(2.3, 400.0, 500.0, SIZE)
    return View(camera, SIZE, "light", hover=4, ratio=1.5)


@pytest.fixture
def session(document, view, tmp_path):
    """Saved as the window does it."""
    at = view.camera.scaled(1 / view.ratio)
    path = tmp_path / "case.starling"
    beside = Beside((at.x, at.y, at.scale), view.theme, size=view.size, ratio=view.ratio)
    save_session(document, path, beside)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("place", ["outside", "top left"])
def test_what_the_window_showed_is_rendered_pixel_for_pixel(
    capsys, tmp_path, document, view, session, place
):
    own, again = tmp_path / "own.png", tmp_path / "again.png"
    chosen = Choices(place=place)
    ExportFigure.of(document, view, own, SIZE, whole=False, choices=chosen)(silent)
    words = ["render", str(session), "-o", str(again), "--show", "seen", "--legend", place]
    code, err = said(capsys, *words)
    assert code == 0, err
    assert rgb(again) == rgb(own)


@pytest.mark.slow
def test_the_whole_graph_of_a_session_is_the_other_mode_and_in_its_theme(
    capsys, tmp_path, document, view, session
):
    own, again = tmp_path / "own.png", tmp_path / "again.png"
    ExportFigure.of(document, view, own, (1600, 1000))(silent)
    assert said(capsys, "render", str(session), "-o", str(again))[0] == 0
    assert rgb(again) == rgb(own)


def test_only_a_session_from_the_window_has_been_seen(capsys, tmp_path):
    words = ["render", str(sample()), "-o", str(tmp_path / "x.png"), "--show", "seen"]
    code, err = said(capsys, *words)
    assert code == 1
    assert "Only a session that was saved from the window" in err
    assert not (tmp_path / "x.png").exists()
