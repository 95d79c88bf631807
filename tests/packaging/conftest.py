"""Load the scripts of packaging/ by path: the folder is no package."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "packaging"
SCRIPTS = [path.stem for path in sorted(FOLDER.glob("*.py"))]


@pytest.fixture
def folder():
    return FOLDER


@pytest.fixture
def script(monkeypatch):
    """Return a function that loads a script by name, as if it were run from its folder."""
    monkeypatch.syspath_prepend(str(FOLDER))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def load(name):
        if name in sys.modules:
            return sys.modules[name]
        spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
        return module

    yield load
    for name in SCRIPTS:  # siblings that they imported by themselves
        sys.modules.pop(name, None)
