import importlib
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numba.core.dispatcher import Dispatcher

import explorer.scene
from explorer.document import edits
from explorer.document.model import Placing
from explorer.graph.model import Graph
from explorer.graph.query import Chosen, Filter
from explorer.layout import compiled
from explorer.scene import warm
from explorer.scene.camera import fit
from explorer.scene.painter import Painter
from explorer.scene.seen import FEW, MANY
from explorer.scene.view import View

DRAW = """
import sys
import numba.core.caching as caching
if {everywhere}:
    def refuse(locator):
        raise OSError("read-only")
    caching._CacheLocator.ensure_cache_path = refuse
    import tempfile
    tempfile.mkdtemp = lambda **_: refuse(None)
from explorer.layout import compiled
from explorer.scene.raster import veil
import numpy as np
out = np.zeros((2, 2), np.uint32)
veil(np.full((2, 2), 0xFFFFFFFF, np.uint32), (0, 0, 0), 128, out)
print(hex(out[0, 0]), compiled.KEPT, compiled.numba.config.CACHE_DIR)
"""


def kernels():
    """Everything that is compiled in the room, by name."""
    found = {}
    for module in pkgutil.iter_modules(explorer.scene.__path__):
        loaded = importlib.import_module(f"explorer.scene.{module.name}")
        for name, value in vars(loaded).items():
            if isinstance(value, Dispatcher):
                found[f"{value.py_func.__module__}.{name}"] = value
    return found


@pytest.mark.slow
def test_after_warming_nothing_is_compiled_any_more():
    warm.warm()
    before = {name: len(kernel.signatures) for name, kernel in kernels().items()}
    random = np.random.default_rng(0)
    for m in (FEW // 2, (FEW + MANY) // 2, 20 * MANY):
        ends = random.integers(0, 900, (2, m)).astype(np.int32)
        graph = Graph(900, ends[0].copy(), ends[1].copy(), {"author": np.arange(900) < 90})
        places = random.normal(size=(900, 2)).astype(np.float32)
        document = edits.place(edits.load(graph), places, Placing())
        some = edits.keep(document, Filter((Chosen(np.arange(900) < 800),)))
        for drawn in (document, edits.select_role(some)):
            for hover in (-1, 5):
                view = View(fit(places, (300, 200)), (300, 200), hover=hover)
                list(Painter().pictures(drawn, view))
    assert {name: len(kernel.signatures) for name, kernel in kernels().items()} == before


def drawn_by_another(folder, everywhere):
    """What a fresh process says that is told to keep its kernels in *folder*."""
    told = os.environ | {"NUMBA_CACHE_DIR": str(folder)}
    made = subprocess.run(
        [sys.executable, "-c", DRAW.format(everywhere=everywhere)],
        env=told, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return made.stdout.split()


@pytest.mark.slow
def test_a_folder_that_cannot_be_written_is_replaced_for_the_time_being(tmp_path):
    (tmp_path / "file").touch()
    pixel, kept, folder = drawn_by_another(tmp_path / "file" / "kernels", everywhere=False)
    assert (pixel, kept) == ("0xff7f7f7f", "True")
    assert "starling-kernels-" in folder
    assert not Path(folder).exists()


@pytest.mark.slow
def test_where_nothing_can_be_written_it_draws_all_the_same(tmp_path):
    (tmp_path / "file").touch()
    pixel, kept, *_ = drawn_by_another(tmp_path / "file" / "kernels", everywhere=True)
    assert (pixel, kept) == ("0xff7f7f7f", "False")


def test_kernels_of_an_old_version_are_swept_away_after_a_while(tmp_path):
    mine, old, new = (tmp_path / name for name in ("mine", "old", "new"))
    for folder in (mine, old, new):
        folder.mkdir()
    os.utime(old, (0, 0))
    os.utime(mine, (0, 0))
    warm.sweep(tmp_path, mine)
    assert {path.name for path in tmp_path.iterdir()} == {"mine", "new"}
    warm.sweep(tmp_path / "new", mine)
    assert mine.exists()


def test_another_source_is_another_folder(monkeypatch):
    before = compiled.sources()
    assert before == compiled.sources()
    monkeypatch.setattr(compiled, "__version__", "another")
    assert before != compiled.sources()
