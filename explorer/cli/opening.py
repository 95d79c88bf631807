"""The command that opens the window."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from explorer.cli.common import CONTEXT, paths_argument
from explorer.errors import StarlingError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@click.command("open", context_settings=CONTEXT)
@paths_argument
def open_window(paths: tuple[Path, ...]) -> int:
    """Open the window on files, folders or zips."""
    for path in paths:
        if not path.exists():
            raise StarlingError(
                f"There is no command and no file called {path}.", "See starling --help."
            )
    return window(paths)


def _blind(environment: Mapping[str, str]) -> bool:
    """Whether Qt would find nowhere to show a window."""
    named = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    return sys.platform.startswith("linux") and not any(map(environment.get, named))


def window(paths: tuple[Path, ...]) -> int:
    """Open the window on *paths*; return its exit code."""
    if _blind(os.environ):
        raise StarlingError(
            "There is no display to open a window on.",
            "On a machine without one use starling inspect and starling render.",
        )
    from explorer.app import main

    return main(paths)
