"""What one picture is to be, beside what is on it: place, size, theme and style."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from explorer.scene.raster import Frame
from explorer.scene.theme import theme

if TYPE_CHECKING:
    from explorer.document.model import Style
    from explorer.scene.theme import Theme
    from explorer.scene.view import View

FADE = 24.0
"""Logical pixels; an edge longer than this weighs so much over its length."""
STRIPS = 4
"""Into how many strips a picture is cut that several hands draw, on every machine alike."""
LARGEST = 2048
"""Pixels a side up to which a picture takes its tones from itself, not from a smaller one."""
PICTURE_SIDE = 4096
"""Pixels of the longer side of a picture inside a file of vectors."""
LOW = 64
"""Rows below which a strip is not worth the trouble."""


class Strip(NamedTuple):
    """Some whole rows of a picture.

    Attributes
    ----------
    rows
        In the picture.
    frame
        Where these rows lie in the world.
    """

    rows: slice
    frame: Frame


@dataclass(frozen=True, slots=True)
class Sheet:
    """One picture to be made.

    Attributes
    ----------
    size
        Width and height in pixels.
    ratio
        Pixels to one logical pixel.
    strength, node_size
        Of the style.
    hover
        Account under the cursor, -1 if none.
    accounts
        Whether accounts are painted, or edges only.
    """

    frame: Frame
    size: tuple[int, int]
    ratio: float
    theme: Theme
    strength: float = 1.0
    node_size: float = 1.0
    hover: int = -1
    accounts: bool = True

    @property
    def strips(self) -> tuple[Strip, ...]:
        """The picture cut into strips of about the same height, from top to bottom."""
        wide, high = self.size
        number = max(1, min(STRIPS, high // LOW))
        cuts = [high * i // number for i in range(number + 1)]
        return tuple(
            Strip(slice(top, end), self.part((0, top), (wide, end)).frame)
            for top, end in itertools.pairwise(cuts)
        )

    def part(self, low: tuple[int, int], high: tuple[int, int]) -> Sheet:
        """Return the part of this picture from pixel *low* up to *high*, both (x, y)."""
        frame = self.frame._replace(
            left=self.frame.left + low[0] / self.frame.scale,
            top=self.frame.top - low[1] / self.frame.scale,
        )
        return replace(self, frame=frame, size=(high[0] - low[0], high[1] - low[1]))

    def larger(self, rim: tuple[int, int]) -> Sheet:
        """Return the same with so many pixels more beyond each side."""
        (width, height), (x, y) = self.size, rim
        return self.part((-x, -y), (width + x, height + y))

    @property
    def toned(self) -> tuple[Sheet, int]:
        """The picture that this one takes its tones from, and how many times smaller it is."""
        zoom = max(1, math.ceil(max(self.size) / LARGEST))
        return self.smaller(zoom), zoom

    @property
    def embedded(self) -> Sheet:
        """The same picture as it stands in a file of vectors, enlarged or reduced."""
        return self.smaller(max(self.size) / PICTURE_SIDE)

    def smaller(self, factor: float) -> Sheet:
        """Return the same picture with *factor* times fewer pixels a side."""
        frame = self.frame._replace(scale=self.frame.scale / factor, fade=self.frame.fade / factor)
        size = max(1, round(self.size[0] / factor)), max(1, round(self.size[1] / factor))
        return replace(self, frame=frame, size=size, ratio=self.ratio / factor)


def sheet(view: View, style: Style) -> Sheet:
    """Return the picture that *view* asks for."""
    left, top = view.camera.origin(view.size)
    return Sheet(
        frame=Frame(left, top, view.camera.scale, FADE * view.ratio),
        size=view.size,
        ratio=view.ratio,
        theme=theme(view.theme),
        strength=style.edge_strength,
        node_size=style.node_size,
        hover=view.hover,
    )
