"""Whatever the disk does to an import or a figure: one sentence, and nothing half there."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="limits and users as on Linux"
)

WORK = """
import os, resource, signal, sys
from pathlib import Path
from explorer.assets import sample
from explorer.document import edits
from explorer.errors import StarlingError
from explorer.evidence.provenance import provenance
from explorer.formats.write import WriteNetwork
from explorer.graph.build import OpenArchive
from explorer.job import silent
from explorer.scene.camera import Camera
from explorer.scene.view import View
from explorer.ui.export import ExportFigure
from explorer.ui.letters import ensure_gui

folder, what = Path(sys.argv[1]), sys.argv[2]
opened = OpenArchive((sample(),), folder / "first")(silent)
document = edits.load(opened.graph, opened.receipt, opened.stored)
ensure_gui()
view, size = View(Camera(), (800, 600)), (800, 600)
ExportFigure.of(document, view, folder / "first" / "a.png", size)(silent)  # imports what it needs
figure = ExportFigure.of(document, view, folder / "work" / "a.png", size)
network = WriteNetwork(document, folder / "work" / "a.parquet", "all", provenance, made="2026")
HINDRANCE
try:
    if what == "import":
        OpenArchive((sample(),), folder / "work")(silent)
    elif what == "network":
        network(silent)
    else:
        figure(silent)
except StarlingError as error:
    sys.stdout.write(str(error))
"""
FULL = """
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a limit on files stands in for a full disk
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
"""
READ_ONLY = """
(folder / "work").chmod(0o555)
if os.geteuid() == 0:
    os.setuid(65534)  # root may write anywhere; nobody may not
"""


def hindered(folder, what, hindrance):
    folder.chmod(0o755)
    for parent in [*folder.parents][:3]:  # nobody may at least walk there
        if parent.stat().st_uid == folder.stat().st_uid and parent != Path("/tmp"):
            parent.chmod(parent.stat().st_mode | 0o011)
    (folder / "work").mkdir()
    (folder / "work" / "a.png").write_bytes(b"the old one")
    done = subprocess.run(
        [sys.executable, "-c", WORK.replace("HINDRANCE", hindrance), str(folder), what],
        capture_output=True,
        text=True,
        check=True,
    )
    (folder / "work").chmod(0o700)
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("hindrance", [FULL, READ_ONLY], ids=["full", "read-only"])
def test_an_import_that_cannot_be_kept_is_one_sentence_and_leaves_nothing(tmp_path, hindrance):
    said = hindered(tmp_path, "import", hindrance)
    assert "cannot be made" in said
    assert "Traceback" not in said
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["a.png"]


@pytest.mark.slow
@pytest.mark.parametrize("hindrance", [FULL, READ_ONLY], ids=["full", "read-only"])
def test_a_figure_that_cannot_be_written_leaves_the_old_one(tmp_path, hindrance):
    said = hindered(tmp_path, "figure", hindrance)
    assert "Cannot write a.png in" in said
    assert (tmp_path / "work" / "a.png").read_bytes() == b"the old one"
    assert len(list((tmp_path / "work").iterdir())) == 1


@pytest.mark.slow
@pytest.mark.parametrize("hindrance", [FULL, READ_ONLY], ids=["full", "read-only"])
def test_a_network_that_cannot_be_written_as_parquet_is_one_sentence(tmp_path, hindrance):
    said = hindered(tmp_path, "network", hindrance)
    assert "Cannot write a" in said
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["a.png"]
