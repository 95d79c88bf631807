"""What a figure says of itself: to those who cannot see it, and to programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from explorer.scene.naming import plain

if TYPE_CHECKING:
    from explorer.scene.composed import Composed
    from explorer.scene.figure import Figure


def description(figure: Figure, composed: Composed, *said: str) -> str:
    """Return what the picture shows in a few sentences: for those who cannot see it."""
    parts = [
        "Simulated data." if figure.document.receipt.simulated else "",
        "Interaction graph drawn by Starling.",
        f"{composed.shares.sentence}.",
        *said,
        *figure.footer,
    ]
    return " ".join(plain(part) for part in parts if part)


def record(figure: Figure, composed: Composed, **drawn: object) -> str:
    """Return what a program must know of the figure, as JSON in ASCII.

    That is the provenance, and how this picture was drawn: camera, size, theme and *drawn*.
    """
    camera = composed.view.camera
    picture = {
        "width": figure.size[0],
        "height": figure.size[1],
        "camera": {"x": camera.x, "y": camera.y, "scale": camera.scale},
        "whole": figure.choices.whole,
        "theme": figure.theme,
        "title": figure.title,
        "caption": plain(figure.choices.caption),
        "labels": len(composed.labels),
        **drawn,
    }
    return json.dumps({**figure.metadata, "picture": picture}, indent=1)
