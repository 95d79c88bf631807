"""Find what other packages add: readers, layouts and measures, by entry point."""

from __future__ import annotations

import logging
from functools import cache
from importlib.metadata import entry_points

log = logging.getLogger(__name__)


@cache
def extras(group: str) -> tuple[tuple[str, object], ...]:
    """Return (name, object) for each loadable entry point in *group*; log and skip the broken.

    Asked once a run: looking through all installed packages takes tens of milliseconds.
    """
    found = []
    for point in entry_points(group=group):
        try:
            found.append((point.name, point.load()))
        except Exception:
            log.exception("plugin %s of %s did not load", point.name, group)
    return tuple(found)
