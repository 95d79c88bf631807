import numpy as np
import pytest
from numba.core.dispatcher import Dispatcher

from explorer.document import edits
from explorer.document.model import Document, Placing
from explorer.graph.model import Graph
from explorer.scene import raster
from explorer.scene.camera import Camera, fit
from explorer.scene.painter import Painter
from explorer.scene.standin import StandIn
from explorer.scene.theme import THEMES, theme
from explorer.scene.view import View

SIZE = (320, 240)


@pytest.fixture
def document():
    random = np.random.default_rng(0)
    ends = random.integers(0, 600, (2, 9000)).astype(np.int32)
    graph = Graph(600, ends[0].copy(), ends[1].copy(), {"author": np.arange(600) < 40})
    places = random.normal(size=(600, 2)).astype(np.float32)
    return edits.place(edits.load(graph), places, Placing())


def channels(pixels):
    return np.stack([pixels >> 16 & 255, pixels >> 8 & 255, pixels & 255], axis=-1).astype(int)


@pytest.mark.parametrize("name", THEMES)
def test_it_shows_about_what_the_picture_will_show(document, name):
    view = View(fit(document.positions, SIZE), SIZE, name)
    rough = StandIn().picture(document, view)
    fine = channels(Painter().whole(document, view).pixels)
    small = fine.reshape(120, 2, 160, 2, 3).mean(axis=(1, 3))
    assert rough.pixels.shape == (120, 160)
    assert rough.rough and not rough.complete  # noqa: PT018 - one fact
    assert (rough.pixels >> 24 == 255).all()
    back = np.array(theme(name).ground)
    here, there = (
        np.abs(one - back).sum(axis=2).ravel() for one in (channels(rough.pixels), small)
    )
    assert np.corrcoef(here, there)[0, 1] > 0.5


def test_it_compiles_nothing(document, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a kernel was called")

    kernels = [name for name, it in vars(raster).items() if isinstance(it, Dispatcher)]
    assert kernels
    monkeypatch.setattr(Dispatcher, "_compile_for_args", refuse)
    StandIn().picture(document, View(fit(document.positions, SIZE), SIZE))


def test_far_and_near_and_nothing_do_no_harm(document):
    for camera in (Camera(1e6, 0.0, 1.0), Camera(0.0, 0.0, 1e6), Camera(0.0, 0.0, 1e-6)):
        StandIn().picture(document, View(camera, SIZE))
    empty = StandIn().picture(Document(), View(Camera(), SIZE)).pixels
    assert len(np.unique(empty)) == 1
