"""Gives memory back that is not needed any more: the compiler's, once the kernels are loaded.

LLVM is a library of 150 MB. Loading kernels touches half of it, and the pages would stay in
memory as long as the window. They are clean copies of a file: given back they cost nothing, and
come again by themselves if something is compiled after all.
"""

from __future__ import annotations

import ctypes
import re
import sys
from pathlib import Path

LIBRARY = "libllvmlite"
DONT_NEED = 4
"""Of ``madvise`` on Linux."""
MAPPED = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+ +(\S.*)$")
MAPS = Path("/proc/self/smaps")


def release_compiler() -> int:
    """Give back the pages of the compiler; return how many bytes lay there, 0 elsewhere than Linux.

    Only mappings that cannot be written and of which no page was changed are given up.
    """
    if sys.platform != "linux":
        return 0
    try:
        advise = ctypes.CDLL(None).madvise
        found = clean(MAPS.read_text("utf-8", "replace"))
    except (OSError, AttributeError):
        return 0
    given = 0
    for start, end, resident in found:
        if advise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), DONT_NEED) == 0:
            given += resident
    return given


def release_heap() -> None:
    """Give back what was freed in the middle of the heap, where the system's library can.

    It takes milliseconds and holds no interpreter, but for when nothing is to be done.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's: musl has none
        if trim is not None:
            trim(0)


def clean(maps: str) -> list[tuple[int, int, int]]:
    """Return start, end and resident bytes of the clean mappings of the compiler in *maps*."""
    found: list[tuple[int, int, int]] = []
    mapped: re.Match[str] | None = None
    resident = 0
    for line in maps.splitlines():
        if (match := MAPPED.match(line)) or re.match(r"[0-9a-f]+-[0-9a-f]+ ", line):
            mapped = match if match and LIBRARY in match[4] and "w" not in match[3] else None
        elif mapped and line.startswith("Rss:"):
            resident = 1024 * int(line.split()[1])
        elif mapped and line.startswith("Private_Dirty:") and int(line.split()[1]) == 0:
            found.append((int(mapped[1], 16), int(mapped[2], 16), resident))
    return found
