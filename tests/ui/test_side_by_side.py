"""The same figure as PNG, SVG and PDF, drawn by other programs, looks the same."""

import io
import shutil
import subprocess
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage

from explorer.document import edits
from explorer.graph.model import Category, Graph
from explorer.scene.camera import fit
from explorer.scene.figure import Choices, Figure
from explorer.scene.svg import write_svg
from explorer.scene.view import View
from explorer.ui.image import render_image
from explorer.ui.letters import qt_measure
from explorer.ui.outline import qt_outline
from explorer.ui.pdf import write_pdf

SIZE = (800, 500)
MEAN = 3.5
"""Levels, of 255, by which a channel may differ on average: each program smooths its own way."""
BLURRED = 12.0
"""The same in nine parts of a hundred of the worst places, once both are blurred by 8 pixels."""
ALIKE = 0.85
"""Correlation of what stands off the ground."""


@pytest.fixture(autouse=True)
def gui(qapp):
    return qapp


@pytest.fixture
def document():
    """A core ring of six, sixty amplifiers about them, four hundred edges."""
    rng = np.random.default_rng(4)
    n = 66
    source = rng.integers(0, n, 400).astype(np.int32)
    target = rng.integers(0, 12, 400).astype(np.int32)
    source[source == target] += 12
    listed = Category((np.arange(n) < 6).astype(np.uint8), ("", "users.csv"))
    graph = Graph(n, source, target, nodes={"listed_in": listed})
    angle = 2 * np.pi * np.arange(n) / 6
    away = np.where(np.arange(n) < 6, 60, rng.uniform(80, 160, n))
    places = np.column_stack([away * np.cos(angle), away * np.sin(angle)])
    places[6:] += rng.normal(0, 14, (n - 6, 2))
    return replace(edits.load(graph), positions=places.astype(np.float32))


def figure(document, **more):
    view = View(fit(document.positions, SIZE), SIZE)
    choices = Choices(**({"width": SIZE[0], "height": SIZE[1], "theme": "light"} | more))
    return Figure(document, view, choices, ("A line of footer",))


def rgb(image):
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    assert (image.width(), image.height()) == SIZE
    shape = image.height(), image.width(), 4
    return np.frombuffer(image.constBits(), np.uint8).reshape(shape)[..., :3].astype(float)


def by_rsvg(made, folder, **more):
    file = io.BytesIO()
    drawn = write_svg(file, made, qt_measure(), outline=qt_outline, **more)
    (folder / "a.svg").write_bytes(file.getvalue())
    command = ["rsvg-convert", "--unlimited", "a.svg", "-o", "a.png"]
    subprocess.run(command, cwd=folder, check=True, timeout=60)
    return rgb(QImage(str(folder / "a.png"))), drawn


def by_poppler(made, folder, **more):
    file = io.BytesIO()
    drawn = write_pdf(file, made, **more)
    (folder / "a.pdf").write_bytes(file.getvalue())
    command = ["pdftocairo", "-r", "96", "-png", "-singlefile", "a.pdf", "a"]
    subprocess.run(command, cwd=folder, check=True, timeout=60)
    return rgb(QImage(str(folder / "a.png"))), drawn


PROGRAMS = [
    pytest.param(
        by_rsvg,
        id="svg",
        marks=pytest.mark.skipif(
            not shutil.which("rsvg-convert"), reason="rsvg-convert is not installed"
        ),
    ),
    pytest.param(
        by_poppler,
        id="pdf",
        marks=pytest.mark.skipif(not shutil.which("pdftocairo"), reason="poppler is not installed"),
    ),
]


def blurred(picture):
    """Return the means of squares of 20 pixels."""
    high, wide = picture.shape[0] // 20, picture.shape[1] // 20
    return picture[: 20 * high, : 20 * wide].reshape(high, 20, wide, 20, 3).mean(axis=(1, 3))


def assert_alike(seen, wanted):
    assert np.abs(seen - wanted).mean() < MEAN
    assert np.percentile(np.abs(blurred(seen) - blurred(wanted)), 91) < BLURRED
    assert np.corrcoef(seen.ravel(), wanted.ravel())[0, 1] > ALIKE


@pytest.mark.parametrize("draw", PROGRAMS)
@pytest.mark.parametrize("budget", [0, 10_000])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_other_programs_draw_the_same_figure(document, tmp_path, draw, budget, theme):
    made = figure(document, theme=theme)
    seen, drawn = draw(made, tmp_path, budget=budget)
    assert drawn.vectors == (budget > 0)
    if not drawn.vectors:  # the file says so in its key and footer
        made = replace(made, footer=(drawn.note, *made.footer))
    assert_alike(seen, rgb(render_image(made)))


@pytest.mark.parametrize("draw", PROGRAMS)
def test_a_selection_lies_bright_on_top_everywhere(document, tmp_path, draw):
    made = figure(edits.select_role(document))
    seen, _ = draw(made, tmp_path)
    wanted = rgb(render_image(made))
    assert_alike(seen, wanted)


@pytest.mark.parametrize("draw", PROGRAMS)
def test_core_accounts_lie_over_every_edge(document, tmp_path, draw):
    made = figure(document, legend=False, heading=False, footer=False, labels="none")
    seen, _ = draw(made, tmp_path)
    wanted = rgb(render_image(made))
    dark = wanted.sum(axis=2) < 120
    assert dark.sum() > 50
    assert (seen.sum(axis=2)[dark] < 240).mean() > 0.9
