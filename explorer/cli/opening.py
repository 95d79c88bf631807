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


safe_option = click.option(
    "--safe-graphics", is_flag=True, help="Draw by the processor; never ask the graphics card."
)


@click.command("open", context_settings=CONTEXT)
@safe_option
@paths_argument
@click.pass_obj
def open_window(safe_before: bool | None, paths: tuple[Path, ...], safe_graphics: bool) -> int:
    """Open the window on files, folders or zips."""
    for path in paths:
        if not path.exists():
            raise StarlingError(
                f"There is no command and no file called {path}.", "See starling --help."
            )
    return window(paths, safe_graphics or bool(safe_before))


def _blind(environment: Mapping[str, str]) -> bool:
    """Whether Qt would find nowhere to show a window."""
    named = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    return sys.platform.startswith("linux") and not any(map(environment.get, named))


def window(paths: tuple[Path, ...], safe_graphics: bool = False) -> int:
    """Open the window on *paths*, with the graphics card or without; return its exit code."""
    if _blind(os.environ):
        raise StarlingError(
            "There is no display to open a window on.",
            "On a machine without one use starling inspect and starling render.",
        )
    from explorer.app import main

    return main(paths, safe_graphics)
