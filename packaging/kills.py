"""Kill Starling at random moments, many times, and see that nothing is ever lost or half there.

By hand: python3 packaging/kills.py --count 200. A child saves, saves by itself, imports or writes a
figure over and over until it is killed; then what it has left is opened. The gate does ten of each
of the first three.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import ground
from speech import say

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = ("save", "autosave", "import", "figure")
LONGEST = {"save": 0.25, "autosave": 0.25, "import": 1.5, "figure": 0.6}
"""Seconds after it began that a child lives at most: about one turn of what it does."""

CHILD = """
import sys
from pathlib import Path
from explorer.archive import store
from explorer.assets import sample
from explorer.document import edits
from explorer.document.file import Beside, open_session, save_session
from explorer.graph.build import OpenArchive
from explorer.job import silent

kind, folder = sys.argv[1], Path(sys.argv[2])
if kind == "import":
    from explorer.ingest import run  # so that what is killed is the import, not Python's start
    sys.stdout.write("ready\\n"); sys.stdout.flush()
    while True:
        for old in folder.glob("cache/*"):
            if old.is_dir() and not old.name.startswith("incoming-"):
                store.discard(old)
        OpenArchive((sample(),), folder / "cache")(silent)
document = open_session(folder / "a.starling").document
every, none = edits.select_all(document), edits.select_none(document)
if kind == "figure":
    from explorer.scene.camera import Camera
    from explorer.scene.view import View
    from explorer.ui.export import ExportFigure
    from explorer.ui.letters import ensure_gui
    ensure_gui()
    job = ExportFigure.of(none, View(Camera(), (800, 600)), folder / "a.png", (800, 600))
    job(silent)
    sys.stdout.write("ready\\n"); sys.stdout.flush()
    while True:
        job(silent)
path = folder / ("a.starling" if kind == "save" else "journal.starling")
versions = 3 if kind == "save" else 0
sys.stdout.write("ready\\n"); sys.stdout.flush()
while True:
    save_session(every, path, Beside(origin=str(path)), versions)
    save_session(none, path, Beside(origin=str(path)), versions)
"""

CHECK = """
import sys
from pathlib import Path
from explorer.archive import store
from explorer.assets import sample
from explorer.document import edits
from explorer.document.content import same
from explorer.document.file import open_session, save_session
from explorer.document.versions import versions_of
from explorer.graph.build import OpenArchive
from explorer.job import silent

folder = Path(sys.argv[1])
good = open_session(folder / "good.starling").document
session = folder / "a.starling"
for path in (session, folder / "journal.starling", *versions_of(session)):
    if path.exists():
        now = open_session(path).document
        assert now.selected.all() or not now.selected.any(), path
        assert same(edits.select_none(now), edits.select_none(good)), path
cache = folder / "cache"
if cache.exists():
    store.clean(cache)
    assert not list(cache.glob("incoming-*")), "half an archive was left"
    for one in cache.iterdir():
        assert store.find(cache, one.name) is not None, f"{one} is broken"
    opened = OpenArchive((sample(),), cache)(silent)
    assert not opened.receipt.discrepancies()
    assert opened.graph.n == good.graph.n and opened.graph.m == good.graph.m
figure = folder / "a.png"
if figure.exists():
    data = figure.read_bytes()
    assert data[:4] == b"\\x89PNG" and data[-8:-4] == b"IEND", "half a figure"
sys.stdout.write("whole\\n")
"""

BEGIN = """
import sys
from pathlib import Path
from explorer.assets import sample
from explorer.document import edits
from explorer.document.file import save_session
from explorer.graph.build import OpenArchive
from explorer.job import silent

folder = Path(sys.argv[1])
opened = OpenArchive((sample(),), folder / "first")(silent)
document = edits.load(opened.graph, opened.receipt, opened.stored)
for name in ("a", "good"):
    save_session(document, folder / f"{name}.starling")
"""


def surroundings() -> dict[str, str]:
    """Return variables for a child: our code, no display."""
    return {**os.environ, "PYTHONPATH": str(ground.ROOT), "QT_QPA_PLATFORM": "offscreen"}


def python(code: str, *words: str) -> None:
    """Run *code* to its end; raise CalledProcessError if it fails."""
    subprocess.run([sys.executable, "-c", code, *words], env=surroundings(), check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip


def kill(kind: str, folder: Path, after: float) -> None:
    """Start a child that does *kind* in *folder* for ever, and kill it *after* so many seconds."""
    command = [sys.executable, "-c", CHILD, kind, str(folder)]
    with subprocess.Popen(command, env=surroundings(), stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n", f"{kind} did not begin"
        time.sleep(after)
        child.kill()


def rounds(kinds: tuple[str, ...], count: int, seed: int) -> Iterator[tuple[str, float]]:
    """Yield what is killed and when, *count* times, the kinds in turn."""
    chance = random.Random(seed)
    for turn in range(count):
        kind = kinds[turn % len(kinds)]
        yield kind, chance.uniform(0.0, LONGEST[kind])


def main(arguments: list[str] | None = None) -> int:
    """Kill, check after every kill, and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="kills in all (default 200)")
    parser.add_argument("--seed", type=int, default=7, help="of the moments")
    parser.add_argument("--only", choices=KINDS, help="kill only this")
    chosen = parser.parse_args(arguments)
    kinds = (chosen.only,) if chosen.only else KINDS
    with tempfile.TemporaryDirectory(prefix="starling-kills-") as name:
        folder = Path(name)
        python(BEGIN, name)
        for turn, (kind, after) in enumerate(rounds(kinds, chosen.count, chosen.seed), 1):
            kill(kind, folder, after)
            try:
                python(CHECK, name)
            except subprocess.CalledProcessError:
                say(f"LOST: kill {turn}, {kind} after {after:.3f} s; seed {chosen.seed}")
                return 1
            if turn % 10 == 0:
                say(f"{turn} kills, everything whole")
    say(f"{chosen.count} kills during {', '.join(kinds)}: nothing was lost, nothing half there.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
