import subprocess
import sys

import pytest

CORE = [
    "archive.questions", "ingest.run", "graph.build", "graph.measured", "layout.run",
    "document.edits", "scene.painter", "scene.svg", "evidence.provenance", "job", "cli",
    "__main__",
]  # fmt: skip
LIGHT = ["__main__", "cli"]


def loaded_by(code: str) -> set[str]:
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(said.stdout.split())


@pytest.mark.parametrize("name", CORE)
def test_core_runs_without_qt(name):
    code = f"import explorer.{name}, sys; print(*{{m.split('.')[0] for m in sys.modules}})"
    assert "PySide6" not in loaded_by(code)


@pytest.mark.parametrize("name", LIGHT)
def test_the_command_line_imports_nothing_heavy(name):
    code = f"import explorer.{name}, sys; print(*{{m.split('.')[0] for m in sys.modules}})"
    assert not loaded_by(code) & {"PySide6", "numpy", "duckdb", "igraph", "numba", "networkx"}


@pytest.mark.slow
def test_a_worker_started_from_the_command_loads_no_qt(tmp_path):
    script = tmp_path / "starling"
    script.write_text(
        "import sys\n"
        "from explorer.__main__ import main\n"
        "from explorer.job import READY, Inbox, wait_and_serve\n"
        "from multiprocessing import get_context\n"
        "if __name__ == '__main__':\n"
        "    import PySide6.QtCore\n"
        "    from tests_worker import modules\n"
        "    with get_context('spawn').Pool(1) as pool:\n"
        "        print(*pool.apply(modules))\n"
    )
    (tmp_path / "tests_worker.py").write_text(
        "import sys\n"
        "def modules():\n"
        "    import explorer.graph.build, explorer.layout.run\n"
        "    return sorted({m.split('.')[0] for m in sys.modules})\n"
    )
    said = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert "explorer" in said.stdout.split()
    assert "PySide6" not in said.stdout.split()


def test_packaging_is_no_package(request):
    assert not (request.config.rootpath / "packaging" / "__init__.py").exists()
