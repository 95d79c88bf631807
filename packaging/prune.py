"""Leave out of the built program what only plugins for other desktops would load.

Qt's plugin for GTK alone drags in forty libraries. An entry of the bundle is (where it goes, the
file it comes from or the entry it points to, its kind), as in PyInstaller's tables.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Entry = tuple[str, str, str]

NEEDLESS = (
    *("platformthemes/libqgtk3", "printsupport/", "imageformats/libqpdf", "qmltooling/"),
    *("platforms/libqeglfs", "platforms/libqlinuxfb", "platforms/libqvnc"),
    *("platforms/libqminimalegl", "platforms/libqvkkhrdisplay", "egldeviceintegrations/"),
    *("networkinformation/", "tls/", "generic/", "platforminputcontexts/libqtvirtualkeyboard"),
)
"""Qt plugins for windows we do not have and desktops we do not ask."""


def place(entry: Entry) -> str:
    """Return where *entry* goes in the bundle, with forward slashes."""
    return entry[0].replace("\\", "/")


def shared(entry: Entry) -> bool:
    """Return whether *entry* is a library that others load, not one we load by name."""
    name = place(entry)
    loose = "/" not in name or "/Qt/lib/" in name
    return entry[2] == "BINARY" and loose and not name.startswith("libpython")


def pruned(
    binaries: Iterable[Entry], imports: Callable[[str], Iterable[tuple[str, str | None]]]
) -> list[Entry]:
    """Return *binaries* without the needless plugins and the libraries that only they load.

    *imports* gives the (name, path) of every library that a file loads, however indirectly.
    """
    chosen = [
        entry
        for entry in binaries
        if not any(f"plugins/{part}" in place(entry) for part in NEEDLESS)
    ]
    roots = [entry for entry in chosen if entry[2] != "SYMLINK" and not shared(entry)]
    used = {name for root in roots for name, _ in imports(root[1])}
    kept = [
        entry for entry in chosen if not shared(entry) or PurePosixPath(place(entry)).name in used
    ]
    return without_dangling(kept)


def without_dangling(entries: list[Entry]) -> list[Entry]:
    """Return *entries* without the links to what is not among them."""
    there = {place(entry) for entry in entries}

    def stands(entry: Entry) -> bool:
        if entry[2] != "SYMLINK":
            return True
        return str(PurePosixPath(place(entry)).parent / entry[1]) in there

    return [entry for entry in entries if stands(entry)]
