"""What only a worker needs must not take memory and start-up time from the window."""

import subprocess
import sys

import pytest

HEAVY = {"duckdb", "igraph", "networkx", "fsspec", "scipy.sparse", "scipy.fft", "scipy.spatial"}
WINDOW = [
    "layout.run", "graph.build", "archive.store", "archive.questions", "document.placing",
    "scene.painter", "ui.canvas.view", "ui.panels.drawing", "ui.panels.receipt", "ui.tasks",
    "app",
]  # fmt: skip


def loaded_by(code):
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(said.stdout.split())


@pytest.mark.parametrize("name", WINDOW)
def test_the_window_leaves_heavy_libraries_to_its_workers(name):
    loaded = loaded_by(f"import explorer.{name}, sys; print(*sys.modules)")
    assert not loaded & HEAVY


def test_a_worker_finds_what_the_layouts_need():
    code = (
        "import numpy as np, sys\n"
        "from explorer.graph.model import Graph\n"
        "from explorer.job import silent\n"
        "from explorer.layout.run import RunLayout, layouts\n"
        "ends = np.array([0, 1], np.int32), np.array([1, 2], np.int32)\n"
        "layout = layouts()['flock']\n"
        "RunLayout(Graph(3, *ends), layout, layout.options())(silent)\n"
        "print(*sys.modules)\n"
    )
    assert "igraph" in loaded_by(code)


def test_no_source_is_kept_of_what_is_loaded_after_qt():
    told = loaded_by("import explorer.app, linecache; print(*linecache.cache)")
    assert len(told) < 30
