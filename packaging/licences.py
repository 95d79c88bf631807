"""Gather the licences of what the built program contains; runs in the environment built from."""

from __future__ import annotations

import re
import shutil
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

LICENCE = re.compile(r"\.dist-info/.*(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)


def closure(name: str) -> dict[str, Distribution]:
    """Return the installed distribution *name* and all it needs to run, by name."""
    found: dict[str, Distribution] = {}
    waiting = [name]
    while waiting:
        wanted = waiting.pop()
        if wanted in found:
            continue
        try:
            found[wanted] = distribution(wanted)
        except PackageNotFoundError:  # for another system, or another Python
            continue
        wishes = [wish for wish in found[wanted].requires or () if "extra ==" not in wish]
        waiting.extend(match.group() for wish in wishes if (match := needed(wish)))
    return found


def needed(wish: str) -> re.Match[str] | None:
    """Return the name in a requirement such as ``numpy>=2.0``."""
    return re.match(r"[A-Za-z0-9._-]+", wish)


def gather(name: str, target: Path) -> list[str]:
    """Copy the licence files of *name* and all it needs into *target*; return who had none."""
    bare = []
    for title, found in closure(name).items():
        files = [file for file in found.files or () if LICENCE.search(str(file))]
        for file in files:
            place = target / title / file.name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(str(file.locate()), place)
        if not files:
            told = found.metadata.json
            bare.append(
                f"{title} {found.version}: {told.get('license_expression', 'see its site')}"
            )
    return bare


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    bare = gather("starling-explorer", folder)
    (folder / "OTHERS.txt").write_text("\n".join(["Without a licence file of their own:", *bare]))
