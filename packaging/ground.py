"""What the scripts of this folder stand on: the checkout, its environments, and one way to fail.

It must import on Pythons too old for the program, so that they can be told so: nothing newer
than 3.8 here.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import libraries
from speech import SetupError, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROOT = Path(__file__).resolve().parent.parent
NEEDED = (3, 11)
STAMP = "starling.json"


def too_old(version: tuple[int, ...], script: str = "", others: Iterable[str] = ()) -> str:
    """Return a sentence if Python *version* cannot run the program, else nothing.

    *others* are names of newer Pythons on this machine, that can run *script* instead.
    """
    if version[:2] >= NEEDED:
        return ""
    found = next(iter(others), "")
    way = f"Use the one you have: {found} {script}" if found else "Install it and try again."
    has = ".".join(map(str, version[:2]))
    return f"Starling needs Python {NEEDED[0]}.{NEEDED[1]} or newer; this is {has}. {way}"


def refuse_old_python() -> None:
    """Raise SetupError if this Python is too old, naming a newer one if there is one."""
    newer = (f"python3.{minor}" for minor in range(NEEDED[1], 16))
    found = (name for name in newer if shutil.which(name))
    sentence = too_old(sys.version_info[:2], sys.argv[0], found)
    if sentence:
        raise SetupError(sentence)


@dataclass(frozen=True)
class Environment:
    """A Python environment in the checkout."""

    folder: Path
    windows: bool = os.name == "nt"

    def command(self, name: str) -> Path:
        """Return the path of the program *name* in this environment."""
        if self.windows:
            return self.folder / "Scripts" / f"{name}.exe"
        return self.folder / "bin" / name

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.command("python")


def stamp(folder: Path, extra: str = "") -> dict[str, str]:
    """Return what an up-to-date environment in *folder* was made from.

    If ``base`` differs it must be made anew; if only ``project`` differs, installing again is
    enough.
    """
    project = (ROOT / "pyproject.toml").read_bytes() + extra.encode()
    base = f"{sys.implementation.cache_tag} {sys.base_prefix} {folder}"
    return {"base": base, "project": hashlib.sha256(project).hexdigest()}


def read_stamp(folder: Path) -> dict[str, str]:
    """Return the stamp left in *folder*; empty if there is none or it cannot be read."""
    try:
        found = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def surroundings(environ: Mapping[str, str]) -> dict[str, str]:
    """Return *environ* without what would lead an environment's Python or pip astray.

    Proxies, certificates and every other setting of pip stay as the user has them.
    """
    kept = {key: value for key, value in environ.items() if key not in {"PYTHONHOME", "PYTHONPATH"}}
    return {**kept, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def run(*command: str | Path, failing: str) -> None:
    """Run *command* in the checkout, its output shown.

    Raises
    ------
    SetupError
        With the sentence *failing*, if it does not end well.
    """
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=surroundings(os.environ), check=False
    )
    if done.returncode:
        raise SetupError(failing)


def prepare_venv() -> None:
    """Make sure that Python can make environments: Debian keeps that in a package of its own."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if libraries.may_install():
        say(f"Installing {package} …")
        libraries.apt_install([package])
        importlib.invalidate_caches()
    if not importlib.util.find_spec("ensurepip"):
        raise SetupError(
            f"This Python cannot make environments yet: {libraries.sentence([package])}"
        )


def make(folder: Path, extra: str = "") -> Environment:
    """Return the environment in *folder* with the project in it, made or mended if it must be.

    The project is installed editable, with the optional dependencies *extra*. An environment
    whose stamp is up to date is returned at once.

    Raises
    ------
    SetupError
        If it cannot be made.
    """
    wanted, found = stamp(folder, extra), read_stamp(folder)
    environment = Environment(folder)
    whole = environment.python.exists() and found.get("base") == wanted["base"]
    if whole and found == wanted:
        return environment
    name = folder.relative_to(ROOT)
    if not whole:
        prepare_venv()
        say(f"Making an environment in {name} …")
        run(
            *(sys.executable, "-m", "venv", "--clear", folder),
            failing=f"Python could not make an environment in {name}; it says why above.",
        )
    say("Installing Starling and what it needs (700 MB on disk; a few minutes the first time) …")
    run(
        *(environment.python, "-m", "pip", "install", "--quiet", "--editable"),
        f".[{extra}]" if extra else ".",
        failing="pip could not install Starling; it says why above. Running this again is safe.",
    )
    (folder / STAMP).write_text(json.dumps(wanted), encoding="utf-8")
    return environment
