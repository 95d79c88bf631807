"""What stands round the picture in a figure: title, key and footer, never one over another.

They form a column at the left or bands above and below, whichever leaves the picture more. Where
there is little room the key goes down to its essentials, and the denominators into the footer:
they are never left out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from explorer.scene.bands import OUTSIDE, Furniture, footer, header
from explorer.scene.legend import (
    Block,
    Columns,
    accounts_block,
    block_marks,
    edges_block,
    shown_block,
)
from explorer.scene.marks import Box
from explorer.scene.over import over

if TYPE_CHECKING:
    from explorer.scene.bands import Content, Rect, Setting
    from explorer.scene.marks import Mark
    from explorer.scene.shares import Shares

BETWEEN = 16.0
"""Between the blocks of the key."""


class Scales(NamedTuple):
    """What the size of an account and the tone, width or dashes of edges mean, where told."""

    accounts: Block | None = None
    edges: Block | None = None
    kinds: Block | None = None


def furnish(
    content: Content, counted: Shares, sheet: Setting, scales: Scales | None = None
) -> Furniture:
    """Place everything that *content* says on *sheet*, as much as there is room for."""
    ways = (_beside, _around) if content.place == OUTSIDE else (over,)
    for said, blocks in _plans(content, counted, scales or Scales()):
        tried = [way(said, blocks, counted, sheet) for way in ways]
        fitting = [made for made in tried if made is not None]
        if fitting:
            return max(fitting, key=lambda made: min(made.stage[2:]))
    raise AssertionError("the barest figure always fits")


def _plans(
    content: Content, counted: Shares, scales: Scales
) -> list[tuple[Content, tuple[Block, ...]]]:
    """Return what to try, from everything to the least, which is a title and a footer."""
    accounts, edges = accounts_block(counted), edges_block(counted)
    bare = replace(content, caption="")
    if not content.legend:
        return [(content, ()), (bare, ())]
    told = shown_block(counted, content.notes)
    keys = [
        tuple(block for block in (told, accounts, size, edges, *more) if block is not None)
        for size, *more in dict.fromkeys((scales, scales._replace(accounts=None), Scales()))
    ]
    return [
        *((said, key) for key in keys for said in (content, bare)),
        (bare, (accounts, edges)),
        (bare, (edges,)),
        (bare, ()),
    ]


def _beside(
    content: Content, blocks: tuple[Block, ...], counted: Shares, sheet: Setting
) -> Furniture | None:
    """Set title and key in a column at the left; None if it is too high."""
    margin = sheet.margin
    foot, top = footer(content, blocks, counted, sheet)
    most = 0.36 * sheet.width
    columns = Columns.of(blocks, sheet.measure).within(most)
    spare = sheet.width - sheet.height - 3 * margin
    title = min(sheet.title.width(content.title), spare)
    column = min(max(columns.width, title, 150.0), most)
    head, end = header(content, (margin, margin, column), 3, sheet)
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
    foot, top = footer(content, blocks, counted, sheet)
    head, end = header(content, (margin, margin, sheet.width - 2 * margin), 2, sheet)
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
    return Furniture(stage, kept, grounds, marks, stage)


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
