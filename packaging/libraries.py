"""The system libraries that Qt takes for granted, and how to get those that are missing.

Only Linux needs this: on macOS and Windows, PySide6 brings all it uses. Nothing newer than
Python 3.8 here (see ``ground``).
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from speech import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libz.so.1": "zlib1g",
}
"""What Qt loads, by the Debian package that has it."""

TOOLS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
"""What the window tests need, by the Debian package that has it."""

CHINESE = ("cjk", "hansans", "hanserif", "wqy", "droidsansfallback", "ukai", "uming", "arphic")
"""Parts of the names of font files that have Chinese."""

EMOJI = ("emoji",)
"""The same of files with pictures of emoji."""


def debian(os_release: str) -> bool:
    """Return whether the text of an os-release file is Debian's, Ubuntu's or a descendant's."""
    words: set[str] = set()
    for line in os_release.splitlines():
        key, _, value = line.partition("=")
        if key.strip() in {"ID", "ID_LIKE"}:
            words.update(value.strip().strip("\"'").lower().split())
    return bool(words & {"debian", "ubuntu"})


def on_debian() -> bool:
    """Return whether this machine is Debian or a descendant."""
    try:
        return debian(Path("/etc/os-release").read_text(encoding="utf-8"))
    except OSError:
        return False


def may_install() -> bool:
    """Return whether we can install system packages here without asking: root, with apt."""
    if sys.platform != "linux":
        return False
    return os.geteuid() == 0 and on_debian() and shutil.which("apt-get") is not None


def loads(library: str) -> bool:
    """Return whether the system can load *library*, a file name such as ``libEGL.so.1``."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_libraries(has: Callable[[str], bool] = loads) -> list[str]:
    """Return the libraries of ``PACKAGES`` that *has* denies, by file name."""
    return [library for library in PACKAGES if not has(library)]


def packages(libraries: Iterable[str]) -> list[str]:
    """Return the Debian packages that have *libraries*, each once; unknown ones by their name."""
    return sorted({PACKAGES.get(library, library) for library in libraries})


def font_files() -> list[str]:
    """Return the names of all font files, in lower case."""
    home = Path.home()
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".fonts"]
    return [
        path.name.lower()
        for folder in [*folders, home / ".local/share/fonts"]
        for path in folder.rglob("*")
        if path.suffix.lower() in {".ttf", ".otf", ".ttc", ".pfb"}
    ]


def missing_fonts(files: Iterable[str]) -> list[str]:
    """Return the Debian font packages wanted by a machine that has only the font *files*."""
    names = list(files)
    wanted = [] if names else ["fonts-dejavu-core"]
    if not any(part in name for name in names for part in CHINESE):
        wanted.append("fonts-noto-cjk")
    if not any(part in name for name in names for part in EMOJI):
        wanted.append("fonts-noto-color-emoji")
    return wanted


def sentence(wanted: Iterable[str]) -> str:
    """Return the one line that installs the packages *wanted*, to be copied."""
    return f"sudo apt-get install -y {' '.join(wanted)}"


def apt_install(wanted: Iterable[str]) -> bool:
    """Install the packages *wanted* as root, and return whether apt was content."""
    install = ["apt-get", "install", "-y", "--no-install-recommends", *wanted]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}

    def try_once(command: list[str]) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command, env=quiet, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    done = try_once(install)
    if done.returncode:  # a fresh machine has no lists yet
        try_once(["apt-get", "update"])
        done = try_once(install)
    if done.returncode:
        say("\n".join(done.stdout.decode(errors="replace").splitlines()[-5:]))
    return done.returncode == 0


def missing_packages(tools: Iterable[str] = ()) -> list[str]:
    """Return the packages that Qt and the programs *tools* need and this machine lacks."""
    programs = [TOOLS[name] for name in tools if not shutil.which(name)]
    return sorted({*packages(missing_libraries()), *programs})


def prepare(tools: Iterable[str] = ()) -> list[str]:
    """Get what Qt and the programs *tools* need of the system; return the packages not got.

    As root on Debian they are installed; otherwise one line says how. Fonts are wished for and
    never demanded: they are installed or named, and not returned.
    """
    if sys.platform != "linux":
        return []
    needed = list(tools)
    missing, fonts = missing_packages(needed), missing_fonts(font_files())
    if not missing and not fonts:
        return []
    if may_install():
        say(f"Installing system packages: {' '.join([*missing, *fonts])} …")
        if not apt_install([*missing, *fonts]) and missing:  # a font must not stand in the way
            apt_install(missing)
        missing, fonts = missing_packages(needed), missing_fonts(font_files())
    tell(missing, fonts)
    return missing


def tell(missing: list[str], fonts: list[str]) -> None:
    """Say what is still missing, and the one line that brings it."""
    if not missing and not fonts:
        return
    what = "The system lacks libraries" if missing else "Fonts are missing: some names show as □"
    if on_debian():
        say(f"{what}. Install with:\n  {sentence([*missing, *fonts])}")
    elif missing:
        say(f"{what} (named as on Debian): {' '.join(missing)}")


def unresolved(files: Iterable[Path]) -> list[str]:
    """Return the libraries that *files*, shared objects, need and the system does not have."""
    ldd = shutil.which("ldd")
    present = [str(path) for path in files if path.exists()]
    if sys.platform != "linux" or not ldd or not present:
        return []
    told = subprocess.run([ldd, *present], check=False, text=True, capture_output=True).stdout
    lines = (line.split() for line in told.splitlines())
    return sorted({words[0] for words in lines if words[-2:] == ["not", "found"]})
