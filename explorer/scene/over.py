"""Furniture laid over the picture in cards: the key in a corner, as on the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.scene.bands import Furniture, footer, header
from explorer.scene.legend import Columns, block_marks
from explorer.scene.marks import Box, Words

if TYPE_CHECKING:
    from explorer.scene.bands import Content, Rect, Setting
    from explorer.scene.legend import Block
    from explorer.scene.marks import Mark
    from explorer.scene.shares import Shares

INSIDE = 12.0
"""Logical pixels between the rim of a card and what it says."""
BETWEEN = 14.0
"""Between the blocks of the key."""
OPAQUE = 0.9
"""Of a card: a hint of the picture shows through, and no edge disturbs the words."""


def over(
    content: Content, blocks: tuple[Block, ...], counted: Shares, sheet: Setting
) -> Furniture | None:
    """Set title and key in cards, and the footer in a band; None if they do not fit."""
    margin = sheet.margin
    foot, top = footer(content, blocks, counted, sheet)
    start = margin + INSIDE
    head, _ = header(content, (start, start, 0.5 * sheet.width), 2, sheet)
    title = _around(head, margin, sheet)
    end = title[1] + title[3] + margin if head else margin
    columns = Columns.of(blocks, sheet.measure).within(0.4 * sheet.width - 2 * INSIDE)
    down = sum(block.height for block in blocks) + BETWEEN * max(len(blocks) - 1, 0)
    wide, high = columns.width + 2 * INSIDE, down + 2 * INSIDE
    if blocks and (high > top - margin - end or wide > 0.45 * sheet.width):
        return None
    below, right = (word in content.place for word in ("bottom", "right"))
    key: Rect = (
        sheet.width - margin - wide if right else margin,
        top - margin - high if below else (margin if right else end),
        wide,
        high,
    )
    marks = [*head, *foot]
    y = key[1] + INSIDE
    for block in blocks:
        marks += block_marks(block, (key[0] + INSIDE, y), columns, sheet.theme, sheet.measure)
        y += block.height + BETWEEN
    cards = [card for card, some in ((title, head), (key, blocks)) if some]
    band = (0.0, top, sheet.width, sheet.height - top)
    grounds = (Box(*band, sheet.theme.ground),) if foot else ()
    stage = (0.0, end if head else 0.0, sheet.width, top - (end if head else 0.0))
    covered = (*cards, *((band,) if foot else ()))
    said = (*(_card(card, sheet) for card in cards), *marks)
    return Furniture(stage, covered, grounds, said, (0.0, 0.0, sheet.width, top))


def _around(head: list[Mark], margin: float, sheet: Setting) -> Rect:
    """Return the card round the words and the badge of a header."""
    right = bottom = margin
    for mark in head:
        if isinstance(mark, Words):
            right = max(right, mark.x + sheet.measure(mark.text, mark.size, mark.bold))
            bottom = max(bottom, mark.y + 0.4 * mark.size)
        elif isinstance(mark, Box):
            right, bottom = max(right, mark.x + mark.width), max(bottom, mark.y + mark.height)
    return margin, margin, right + INSIDE - margin, bottom + INSIDE - margin


def _card(rect: Rect, sheet: Setting) -> Box:
    line = sheet.theme.window["line"]
    return Box(*rect, sheet.theme.ground, OPAQUE, radius=6.0, line=line)
