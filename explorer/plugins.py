"""Find what other packages add: readers, layouts and measures, by entry point."""

from __future__ import annotations

import logging
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger(__name__)


def extras(group: str) -> Iterator[tuple[str, object]]:
    """Yield (name, object) for each loadable entry point in *group*; log and skip the broken."""
    for point in entry_points(group=group):
        try:
            yield point.name, point.load()
        except Exception:
            log.exception("plugin %s of %s did not load", point.name, group)
