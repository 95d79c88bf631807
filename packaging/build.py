"""Build the program for people without Python: a folder dist/starling with the command starling.

Makes an environment in .venv-build in the checkout, runs PyInstaller there, adds the licences of
what is inside, and proves the result: `starling selftest`, from an empty folder, with nothing on
the search path.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING

import ground
import libraries
from speech import SetupError, say

if TYPE_CHECKING:
    from pathlib import Path

DIST = ground.ROOT / "dist" / "starling"


def build(environment: ground.Environment) -> None:
    """Freeze the program into ``DIST``."""
    shutil.rmtree(DIST, ignore_errors=True)
    ground.run(
        *(environment.python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
        *("--distpath", str(DIST.parent), "--workpath", str(ground.ROOT / "build")),
        ground.ROOT / "packaging" / "starling.spec",
        failing="PyInstaller could not build the program; it says why above.",
    )
    ground.run(
        *(environment.python, ground.ROOT / "packaging" / "licences.py", DIST / "licences"),
        failing="The licences of the dependencies could not be gathered.",
    )


def prove(program: Path) -> float:
    """Run the built program's selftest where no Python can help it; return its seconds.

    Raises
    ------
    SetupError
        If it fails.
    """
    with tempfile.TemporaryDirectory(prefix="starling-proof-") as empty:
        bare = {"PATH": empty, "HOME": empty, "LANG": "C.UTF-8"}
        if os.name == "nt":
            bare |= {key: os.environ[key] for key in ("SYSTEMROOT", "TEMP") if key in os.environ}
        start = time.monotonic()
        done = subprocess.run([str(program), "selftest"], cwd=empty, env=bare, check=False)
        if done.returncode:
            raise SetupError(f"The built program fails its selftest (exit {done.returncode}).")
        return time.monotonic() - start


def size(folder: Path) -> int:
    """Return the bytes of all files in *folder*, links not followed."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def main() -> int:
    """Build, prove, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-proof", action="store_true", help="build only, do not run it")
    chosen = parser.parse_args()
    try:
        ground.refuse_old_python()
        libraries.prepare()
        environment = ground.make(ground.ROOT / ".venv-build", "build")
        start = time.monotonic()
        build(environment)
        say(f"Built {DIST} in {time.monotonic() - start:.0f} s, {size(DIST) / 1e6:.0f} MB.")
        if not chosen.no_proof:
            seconds = prove(DIST / ("starling.exe" if os.name == "nt" else "starling"))
            say(f"It passes its selftest, {seconds:.1f} s, from an empty folder.")
    except SetupError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
