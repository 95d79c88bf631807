"""Find the files that ship with the program: from a wheel, a checkout or a frozen bundle."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """Return the folder that holds icons, themes and samples.

    A wheel and a frozen bundle carry it inside the package, a checkout beside it.
    """
    package = Path(__file__).resolve().parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def asset(*parts: str) -> Path:
    """Return the path of one shipped file, such as ``asset("themes", "dark.json")``."""
    return root().joinpath(*parts)


def sample() -> Path:
    """Return the path of the bundled sample archive, which is simulated and says so."""
    return asset("samples", "SIMULATED_small.zip")
