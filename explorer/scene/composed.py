"""A figure put together: where its picture, its names and its furniture go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.scene.bands import Furniture
    from explorer.scene.layers import Layers
    from explorer.scene.marks import Mark, Words
    from explorer.scene.shares import Shares
    from explorer.scene.sheet import Sheet
    from explorer.scene.view import View


@dataclass(frozen=True, slots=True, eq=False)
class Composed:
    """Where everything in a figure goes.

    Attributes
    ----------
    layers, page
        What is drawn of the document, and where: the whole figure, in device pixels.
    view
        The same place as a view.
    labels
        Names of accounts, under the furniture; logical pixels.
    furniture
        Title, key and footer; logical pixels.
    rim
        Device pixels beyond each side that the tones are taken from too, as the window does.
    pins
        Marks of pinned accounts, under the names; logical pixels.
    """

    layers: Layers
    page: Sheet
    view: View
    labels: tuple[Words, ...]
    furniture: Furniture
    shares: Shares
    rim: tuple[int, int] = (0, 0)
    pins: tuple[Mark, ...] = ()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All that lies over the picture, in the order of painting."""
        return (*self.pins, *self.labels, *self.furniture.all)
