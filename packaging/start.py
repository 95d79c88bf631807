"""Install Starling beside its source, and open it on the bundled sample.

Makes an environment in .venv in the checkout, installs the program and its dependencies there,
gets or names the system libraries that Qt needs on Linux, and opens the window. Where there is
no display it draws the sample's core as PNG and SVG into out/ instead. Running it again is safe
and quick. Nothing is written outside the checkout, except system packages where you are root.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import ground
import libraries
from speech import SetupError, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SAMPLE = ground.ROOT / "resources" / "samples" / "SIMULATED_small.zip"
OUT = ground.ROOT / "out"


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", help="what to open instead of the sample")
    parser.add_argument(
        "--headless", action="store_true", help="draw to out/ even if there is a display"
    )
    parser.add_argument("--install", action="store_true", help="install only, and stop there")
    return parser.parse_args(arguments)


def has_display(platform: str, environ: Mapping[str, str]) -> bool:
    """Return whether a window can be opened on *platform* with these environment variables."""
    if platform != "linux":
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def install() -> ground.Environment:
    """Return an environment in which Starling works.

    Raises
    ------
    SetupError
        If the system lacks a library that cannot be installed from here.
    """
    lacking = libraries.prepare()
    environment = ground.make(ground.ROOT / ".venv")
    if sys.platform == "linux" and not lacking:
        qt = environment.folder.glob("lib/python*/site-packages/PySide6")
        lacking = libraries.unresolved(
            path
            for folder in qt
            for path in (folder / "QtWidgets.abi3.so", folder / "Qt/plugins/platforms/libqxcb.so")
        )
    if lacking:
        raise SetupError(f"Starling is installed; before it can run, get {' '.join(lacking)}.")
    return environment


def draw(starling: Path, source: str) -> None:
    """Tell what is in *source*, and draw its core to ``out/core.png`` and ``out/core.svg``."""
    OUT.mkdir(exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    ground.run(starling, "inspect", source, failing="The file could not be inspected.")
    for name in ("core.png", "core.svg"):
        ground.run(
            *(starling, "render", source, "-o", OUT / name, "--select", "core"),
            failing=f"{name} could not be drawn.",
        )
    say(f"\nThe core, drawn without a window:\n  {OUT / 'core.png'}\n  {OUT / 'core.svg'}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Install, then open the window, or draw where there is no display."""
    chosen = options(arguments)
    try:
        ground.refuse_old_python()
        environment = install()
        starling = environment.command("starling")
        source = str(Path.cwd() / chosen.file) if chosen.file else str(SAMPLE)  # we run elsewhere
        if chosen.install:
            say(f"Installed. Run it with\n  {starling}")
        elif chosen.headless or not has_display(sys.platform, os.environ):
            draw(starling, source)
        else:
            say(f"Opening {source}")
            return subprocess.call(
                [str(starling), source], env=ground.surroundings(os.environ), cwd=ground.ROOT
            )
    except SetupError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
