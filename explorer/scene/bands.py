"""What every arrangement of a figure's furniture shares: the sheet, its header and its footer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from explorer.scene.marks import Box, Stroke, Words
from explorer.scene.typeset import Type

if TYPE_CHECKING:
    from explorer.scene.legend import Block
    from explorer.scene.marks import Mark, Measure
    from explorer.scene.shares import Shares
    from explorer.scene.theme import Theme

Rect: TypeAlias = tuple[float, float, float, float]
"""Left, top, width and height in logical pixels."""

CAPTION, FINE, BADGE = 12.5, 10.5, 11.0
"""Sizes of type."""
LEADING = 1.35
"""From one line to the next, in parts of the size."""
OUTSIDE = "outside"
CORNERS = ("top left", "top right", "bottom left", "bottom right")
"""Where a key may stand over the picture."""
SIMULATED = "SIMULATED DATA"
IN_FULL = " … (in full in the file's metadata)"


@dataclass(frozen=True, slots=True)
class Content:
    """What the furniture says.

    Attributes
    ----------
    notes
        Short lines under the denominators, such as "drawn completely".
    place
        Where the key stands: beside the picture, or in a corner of it.
    """

    title: str = ""
    caption: str = ""
    footer: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    legend: bool = True
    place: str = OUTSIDE
    simulated: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Furniture:
    """Marks, and the room they leave.

    Attributes
    ----------
    stage
        Where the picture may be, which nothing covers.
    covered
        Places behind the furniture.
    grounds
        Plain ground under some of it, so that no edge runs through the words.
    open
        The page without those grounds.
    """

    stage: Rect
    covered: tuple[Rect, ...]
    grounds: tuple[Box, ...]
    marks: tuple[Mark, ...]
    open: Rect

    @property
    def all(self) -> tuple[Mark, ...]:
        """Everything, in the order of painting."""
        return (*self.grounds, *self.marks)


@dataclass(frozen=True, slots=True)
class Setting:
    """The sheet that is set: its size, its margin, its colours and its type."""

    width: float
    height: float
    theme: Theme
    measure: Measure

    @property
    def roomy(self) -> bool:
        """Whether there is no need to save."""
        return min(self.width, self.height) >= 700

    @property
    def margin(self) -> float:
        """Free room at every edge."""
        return 24.0 if self.roomy else 12.0

    @property
    def title(self) -> Type:
        """The type of the title."""
        return self.type(20.0 if self.roomy else 15.0, bold=True)

    def type(self, size: float, bold: bool = False) -> Type:
        """Return a size of type."""
        return Type(self.measure, size, bold)


def header(
    content: Content, where: tuple[float, float, float], most: int, sheet: Setting
) -> tuple[list[Mark], float]:
    """Return the marks of badge, title and caption, and where they end."""
    x, y, room = where
    colours = sheet.theme
    marks: list[Mark] = []
    if content.simulated:
        marks += _badge(x, y, sheet)
        y += 2 * BADGE + 8
    title, caption = sheet.title, sheet.type(CAPTION)
    for line in title.wrapped(content.title, room, most):
        marks.append(Words(x, y + title.size * 0.92, line, title.size, colours.text, bold=True))
        y += title.size * LEADING
    for line in caption.wrapped(content.caption, room, 2 * most):
        marks.append(Words(x, y + CAPTION, line, CAPTION, colours.quiet))
        y += CAPTION * LEADING
    return marks, y + (sheet.margin / 2 if marks else 0.0)


def _badge(x: float, y: float, sheet: Setting) -> tuple[Mark, ...]:
    """Return what says that the data are made up: nobody may take them for an archive."""
    colours = sheet.theme.window
    width = sheet.type(BADGE, bold=True).width(SIMULATED)
    return (
        Box(x, y, width + 16, 2 * BADGE, colours["accent"], radius=4),
        Words(x + 8, y + 1.36 * BADGE, SIMULATED, BADGE, colours["on_accent"], bold=True),
    )


def footer(
    content: Content, blocks: tuple[Block, ...], counted: Shares, sheet: Setting
) -> tuple[list[Mark], float]:
    """Return the marks of the footer, and where its band begins."""
    fine = sheet.type(FINE)
    room = sheet.width - 2 * sheet.margin
    said = list(content.footer)
    if not any(block.head == "SHOWN" for block in blocks):
        said.insert(0, "; ".join((counted.sentence, *content.notes)))
    if content.simulated:
        said[:1] = [" · ".join((SIMULATED, *said[:1]))]
    most = max(2, int(0.12 * sheet.height / (FINE * LEADING)))
    lines = [line for one in said for line in fine.wrapped(one, room, most)]
    if len(lines) > most:
        cut = fine.shortened(lines[most - 1], room - fine.width(IN_FULL)).rstrip("… ")
        lines = [*lines[: most - 1], cut + IN_FULL]
    if not lines:
        return [], sheet.height
    top = sheet.height - sheet.margin - FINE * LEADING * len(lines)
    colour = sheet.theme.quiet
    marks: list[Mark] = [
        Words(sheet.margin, top + FINE + FINE * LEADING * at, line, FINE, colour)
        for at, line in enumerate(lines)
    ]
    rule = top - sheet.margin / 2
    line = Stroke(sheet.margin, rule, sheet.width - sheet.margin, rule, sheet.theme.window["line"])
    return [line, *marks], rule - sheet.margin / 2
