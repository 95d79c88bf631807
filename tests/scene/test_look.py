"""The look of a small archive in every theme, held against pictures that somebody looked at."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from explorer.assets import sample
from explorer.document import edits
from explorer.graph.build import OpenArchive
from explorer.graph.roles import CORE
from explorer.job import silent
from explorer.scene.camera import fit
from explorer.scene.painter import Painter
from explorer.scene.theme import THEMES
from explorer.scene.view import View

GOLDEN = Path(__file__).parent.parent / "golden"
SIZE = (480, 300)
MEAN, MANY = 1.5, 0.01
"""Mean difference of a channel, and share of pixels that may differ by more than ``FAR``."""
FAR = 48


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    """The sample, each amplifier beside a core account it acted towards: no layout has a say."""
    cache = tmp_path_factory.mktemp("cache")
    opened = OpenArchive((sample(),), cache)(silent)
    made = edits.load(opened.graph, opened.receipt)
    graph, core, rng = made.graph, made.roles.mask(CORE), np.random.default_rng(7)
    ring = np.flatnonzero(core)
    places = rng.normal(0, 30, (graph.n, 2))
    angle = 2 * np.pi * np.arange(len(ring)) / len(ring)
    spread = 100 + 45 * np.sin(5 * angle)
    places[ring] = np.column_stack([spread * np.cos(angle), spread * np.sin(angle)])
    towards = core[graph.target] & ~core[graph.source]
    places[graph.source[towards]] = places[graph.target[towards]]
    places[~core] += rng.normal(0, 7, (int((~core).sum()), 2))
    return replace(made, positions=places.astype(np.float32))


def rgb(image):
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    shape = image.height(), image.width(), 4
    return np.frombuffer(image.constBits(), np.uint8).reshape(shape)[..., :3].astype(int)


@pytest.mark.parametrize("selected", ["plain", "core"])
@pytest.mark.parametrize("theme", THEMES)
def test_the_sample_looks_as_it_did(document, tmp_path, theme, selected):
    chosen = edits.select_role(document, CORE) if selected == "core" else document
    view = View(fit(document.positions, SIZE), SIZE, theme)
    pixels = Painter().whole(chosen, view).pixels
    image = QImage(pixels.data, *SIZE, 4 * SIZE[0], QImage.Format.Format_RGB32)
    name = f"look-{theme}-{selected}.png"
    image.save(str(tmp_path / name))
    golden = QImage(str(GOLDEN / name))
    told = f"if it should look so now, copy {tmp_path / name} to {GOLDEN}"
    assert (golden.width(), golden.height()) == SIZE, told
    difference = np.abs(rgb(image) - rgb(golden))
    assert difference.mean() < MEAN, told
    assert (difference.max(axis=2) > FAR).mean() < MANY, told
