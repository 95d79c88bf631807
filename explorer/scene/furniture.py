"""What stands round the picture in a figure: title, key and footer, never one over another.

They form a column at the left or bands above and below, whichever leaves the picture more. Where
there is little room the key goes down to its essentials, and the denominators into the footer:
they are never left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from explorer.scene.legend import (
    Block,
    Columns,
    accounts_block,
    block_marks,
    edges_block,
    shown_block,
)
from explorer.scene.marks import Box, Stroke, Words
from explorer.scene.typeset import Type

if TYPE_CHECKING:
    from explorer.scene.marks import Mark, Measure
    from explorer.scene.shares import Shares
    from explorer.scene.theme import Theme

Rect: TypeAlias = tuple[float, float, float, float]
"""Left, top, width and height in logical pixels."""

CAPTION, FINE, BADGE = 12.5, 10.5, 11.0
"""Sizes of type."""
LEADING = 1.35
"""From one line to the next, in parts of the size."""
BETWEEN = 16.0
"""Between the blocks of the key."""
SIMULATED = "SIMULATED DATA"
IN_FULL = " … (in full in the file's metadata)"


@dataclass(frozen=True, slots=True)
class Content:
    """What the furniture says.

    Attributes
    ----------
    notes
        Short lines under the denominators, such as "drawn completely".
    """

    title: str = ""
    caption: str = ""
    footer: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    legend: bool = True
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
    """

    stage: Rect
    covered: tuple[Rect, ...]
    marks: tuple[Mark, ...]


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


def furnish(content: Content, counted: Shares, sheet: Setting) -> Furniture:
    """Place everything that *content* says on *sheet*, as much as there is room for."""
    for said, blocks in _plans(content, counted):
        tried = (_beside(said, blocks, counted, sheet), _around(said, blocks, counted, sheet))
        fitting = [made for made in tried if made is not None]
        if fitting:
            return max(fitting, key=lambda made: min(made.stage[2:]))
    raise AssertionError("the barest figure always fits")


def _plans(content: Content, counted: Shares) -> list[tuple[Content, tuple[Block, ...]]]:
    """Return what to try, from everything to the least, which is a title and a footer."""
    accounts, edges = accounts_block(counted), edges_block(counted)
    bare = replace(content, caption="")
    if not content.legend:
        return [(content, ()), (bare, ())]
    told = shown_block(counted, content.notes)
    return [
        (content, (told, accounts, edges)),
        (bare, (told, accounts, edges)),
        (bare, (accounts, edges)),
        (bare, (edges,)),
        (bare, ()),
    ]


def _beside(
    content: Content, blocks: tuple[Block, ...], counted: Shares, sheet: Setting
) -> Furniture | None:
    """Set title and key in a column at the left; None if it is too high."""
    margin = sheet.margin
    foot, top = _footer(content, blocks, counted, sheet)
    most = 0.36 * sheet.width
    columns = Columns.of(blocks, sheet.measure).within(most)
    spare = sheet.width - sheet.height - 3 * margin
    title = min(sheet.title.width(content.title), spare)
    column = min(max(columns.width, title, 150.0), most)
    head, end = _header(content, (margin, margin, column), 3, sheet)
    down = sum(block.height for block in blocks) + BETWEEN * max(len(blocks) - 1, 0)
    y = top - margin - down
    if blocks and y < end + BETWEEN:
        return None
    marks: list[Mark] = []
    for block in blocks:
        marks += block_marks(block, (margin, y), columns, sheet.theme, sheet.measure)
        y += block.height + BETWEEN
    side: Rect = (0.0, 0.0, column + 2 * margin if blocks or head else 0.0, sheet.height)
    stage = (side[2], 0.0, sheet.width - side[2], top)
    below = (0.0, top, sheet.width, sheet.height - top)
    return _furniture(stage, (side, below), (*head, *marks, *foot), sheet)


def _around(
    content: Content, blocks: tuple[Block, ...], counted: Shares, sheet: Setting
) -> Furniture | None:
    """Set the title above and the key below; None if they take too much of the height."""
    margin = sheet.margin
    foot, top = _footer(content, blocks, counted, sheet)
    head, end = _header(content, (margin, margin, sheet.width - 2 * margin), 2, sheet)
    key, high = _flow(blocks, sheet)
    start = top - high
    if blocks and start - end < 0.5 * sheet.height:
        return None
    moved = [
        block_marks(block, (x, start + y), columns, sheet.theme, sheet.measure)
        for block, columns, x, y in key
    ]
    marks = [mark for some in moved for mark in some]
    above: Rect = (0.0, 0.0, sheet.width, end if head else 0.0)
    below: Rect = (0.0, start, sheet.width, sheet.height - start)
    stage = (0.0, above[3], sheet.width, start - above[3])
    return _furniture(stage, (above, below), (*head, *marks, *foot), sheet)


def _furniture(
    stage: Rect, covered: tuple[Rect, ...], marks: tuple[Mark, ...], sheet: Setting
) -> Furniture:
    """Lay ground under *marks*, so that no edge runs through the words."""
    kept = tuple(rect for rect in covered if rect[2] > 0 and rect[3] > 0)
    grounds = tuple(Box(*rect, sheet.theme.ground) for rect in kept)
    return Furniture(stage, kept, (*grounds, *marks))


def _flow(
    blocks: tuple[Block, ...], sheet: Setting
) -> tuple[list[tuple[Block, Columns, float, float]], float]:
    """Return where each block goes, left to right and then down, and the height of all."""
    room = sheet.width - 2 * sheet.margin
    placed: list[tuple[Block, Columns, float, float]] = []
    x, y, deepest = 0.0, 0.0, 0.0
    for block in blocks:
        columns = Columns.of((block,), sheet.measure).within(room)
        if x and x + columns.width > room:
            x, y, deepest = 0.0, y + deepest + BETWEEN, 0.0
        placed.append((block, columns, sheet.margin + x, y))
        x += columns.width + 3 * BETWEEN
        deepest = max(deepest, block.height)
    return placed, y + deepest + (sheet.margin if blocks else 0.0)


def _header(
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


def _footer(
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
