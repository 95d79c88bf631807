"""What is dropped on the window, as local paths; anything else is refused in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from explorer.errors import SourceError

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData


def droppable(data: QMimeData) -> bool:
    """Whether there is at least one URL in what is held over the window."""
    return data.hasUrls()


def dropped(data: QMimeData) -> tuple[Path, ...]:
    """Return the local files and folders in *data*.

    Raises
    ------
    SourceError
        If there is none: links to the web are named, since Starling never fetches anything.
    """
    urls = data.urls()
    paths = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    if paths:
        return paths
    where = urls[0].host() if urls else ""
    what = f"a link to {where}" if where else "nothing that has a place"
    raise SourceError(
        f"What was dropped is {what}, not a file on this computer.",
        "Starling works offline: save the file first, then drop it here.",
    )
