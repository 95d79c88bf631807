"""The key to a picture: what each colour is, and how much of it there is."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from explorer.graph.edges import GROUPS
from explorer.graph.roles import AMPLIFIER, CORE, OTHER, ROLES
from explorer.scene.marks import Box, Disc, Words
from explorer.scene.pins import pin
from explorer.scene.typeset import Type

if TYPE_CHECKING:
    from explorer.graph.edges import Group
    from explorer.scene.gauge import Gauge
    from explorer.scene.marks import Mark, Measure
    from explorer.scene.shares import Share, Shares
    from explorer.scene.theme import Colour, Theme, Tone

TEXT, SMALL = 13.0, 11.0
"""Sizes of type in logical pixels."""
PITCH = 20.0
"""From one row to the next."""
HEAD = 22.0
"""Height of a block's head."""
SWATCH = 24.0
"""Width of the sign before a row's words."""
GAP = 10.0
"""Between the columns of a row."""
FAINT = 0.3
"""Opacity of the sign for what is not selected."""
ORDER = (GROUPS[3], GROUPS[0], GROUPS[1], GROUPS[2])
"""As a reader asks: core first, the rest last."""
SCALED = 190.0
"""Width of a block that shows sizes, tones or widths."""
PIN = 5.5
"""From the middle of a row down to the point of a pin."""
STEPS = 6
"""Patches of the ramp from few edges to many."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a key.

    Attributes
    ----------
    sign
        Id of a group of edges, name of a role, ``selected``, ``pinned``, or nothing.
    value, rest
        Two columns of numbers, right-aligned: how many are shown, and of how many.
    off
        Whether what it explains is not drawn.
    """

    label: str
    value: str = ""
    rest: str = ""
    sign: str = ""
    off: bool = False


@dataclass(frozen=True, slots=True)
class Sized:
    """An account as large as one with so many edges is drawn; *radius* in logical pixels."""

    label: str
    radius: float
    role: int


@dataclass(frozen=True, slots=True)
class Block:
    """A head and its rows, and accounts of several sizes side by side, or a gauge."""

    head: str
    rows: tuple[Row, ...]
    sizes: tuple[Sized, ...] = ()
    gauge: Gauge | None = None

    @property
    def height(self) -> float:
        """Logical pixels from the top of the head to the bottom of the last row."""
        return HEAD + PITCH * len(self.rows) + self.ruler

    @property
    def ruler(self) -> float:
        """Height of the accounts side by side, or of the gauge, with its words."""
        if self.gauge is not None:
            return math.ceil(self.gauge.height)
        if not self.sizes:
            return 0.0
        return math.ceil(max(2 * each.radius for each in self.sizes)) + SMALL + 8

    @property
    def least(self) -> float:
        """Width that it takes, whatever its rows say."""
        return SCALED if self.sizes or self.gauge is not None else 0.0

    @property
    def has_signs(self) -> bool:
        """Whether its words stand to the right of signs."""
        return any(row.sign for row in self.rows)


def accounts_block(counted: Shares) -> Block:
    """Return the key to the colours of accounts."""
    rows = [
        _counted(ROLES[code], counted.roles[code], ROLES[code]) for code in (CORE, AMPLIFIER, OTHER)
    ]
    if counted.selected:
        rows.append(Row("selected, bright", f"{counted.selected:,}", sign="selected"))
    if counted.pinned:
        rows.append(Row("pinned by hand", f"{counted.pinned:,}", sign="pinned"))
    return Block("ACCOUNTS", tuple(rows))


def edges_block(counted: Shares) -> Block:
    """Return the key to the colours of edges; core first."""
    return Block("EDGES", tuple(_group_row(counted, group) for group in ORDER))


def shown_block(counted: Shares, notes: tuple[str, ...]) -> Block:
    """Return the denominators, and *notes* on how complete the picture is."""
    rows = (
        _counted("accounts", counted.accounts),
        _counted("edges", counted.edges),
        Row("interactions", counted.interactions.percent),
        *(Row(note) for note in notes),
    )
    return Block("SHOWN", rows)


def _group_row(counted: Shares, group: Group) -> Row:
    share, off = counted.group(group), counted.off_in(group)
    if off == len(group.classes):
        return Row(group.title, "off", f"of {share.all:,}" if share.all else "", group.id, True)
    title = f"{group.title} ({off} of {len(group.classes)} off)" if off else group.title
    return _counted(title, share, group.id)


def _counted(label: str, share: Share, sign: str = "") -> Row:
    return Row(label, f"{share.shown:,}", "" if share.whole else f"of {share.all:,}", sign)


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths that rows are set in, in logical pixels, so that blocks one over another align."""

    sign: float
    label: float
    value: float
    rest: float

    @classmethod
    def of(cls, blocks: tuple[Block, ...], measure: Measure) -> Columns:
        """Return the widths that the widest row of *blocks* needs; notes may run on."""
        rows = [row for block in blocks for row in block.rows if row.value]
        needed = cls(
            sign=SWATCH + GAP if any(block.has_signs for block in blocks) else 0.0,
            label=max((measure(row.label, TEXT) for row in rows), default=0.0),
            value=max((measure(row.value, TEXT) for row in rows), default=0.0),
            rest=max((measure(row.rest, SMALL) for row in rows), default=0.0),
        )
        least = max((block.least for block in blocks), default=0.0)
        return replace(needed, label=needed.label + max(least - needed.width, 0.0))

    @property
    def width(self) -> float:
        """Width of a whole row."""
        rest = GAP * 0.6 + self.rest if self.rest else 0.0
        return self.sign + self.label + GAP * 1.6 + self.value + rest

    def within(self, most: float) -> Columns:
        """Return the same with labels narrowed until a row fits into *most* pixels."""
        label = max(self.label - max(self.width - most, 0.0), 0.0)
        return Columns(self.sign, label, self.value, self.rest)


def block_marks(
    block: Block, corner: tuple[float, float], columns: Columns, theme: Theme, measure: Measure
) -> list[Mark]:
    """Return the marks of *block* with its top left at *corner*."""
    x, top = corner
    head = Type(measure, SMALL, bold=True).shortened(block.head, max(columns.width, HEAD))
    marks: list[Mark] = [Words(x, top + 13, head, SMALL, theme.quiet, bold=True)]
    marks += _size_marks(block, (x, top + HEAD), columns, theme, measure)
    if block.gauge is not None:
        marks += block.gauge.marks((x, top + HEAD), columns.width, theme, measure)
    first = top + HEAD + block.ruler
    for at, row in enumerate(block.rows):
        marks += _row_marks(row, (x, first + PITCH * at), columns, theme, measure)
    return marks


def _size_marks(
    block: Block, corner: tuple[float, float], columns: Columns, theme: Theme, measure: Measure
) -> list[Mark]:
    """Return accounts side by side, as many as there is room for, with their words below."""
    x, top = corner
    floor = top + block.ruler - SMALL - 6
    marks: list[Mark] = []
    for each in block.sizes:
        slot = max(2 * each.radius, measure(each.label, SMALL))
        if x + slot > corner[0] + columns.width:
            break
        middle, base = x + slot / 2, floor + SMALL + 2
        marks.append(Disc(middle, floor - each.radius, each.radius, fill=theme.roles[each.role]))
        marks.append(Words(middle, base, each.label, SMALL, theme.quiet, "middle"))
        x += slot + GAP
    return marks


def _row_marks(
    row: Row, corner: tuple[float, float], columns: Columns, theme: Theme, measure: Measure
) -> list[Mark]:
    x, top = corner
    base = top + 14.5
    marks = sign_marks(row, x, top + 10, theme)
    left = x + (columns.sign if row.sign else 0.0)
    room = x + columns.sign + columns.label - left if row.value else columns.width
    colour = theme.quiet if row.off or not row.value else theme.text
    size = TEXT if row.value else SMALL
    words = Type(measure, size).shortened(row.label, room)
    if words:
        marks.append(Words(left, base, words, size, colour))
    right = x + columns.sign + columns.label + GAP * 1.6 + columns.value
    if row.value:
        marks.append(Words(right, base, row.value, TEXT, colour, "end"))
    if row.rest:
        marks.append(Words(x + columns.width, base, row.rest, SMALL, theme.quiet, "end"))
    return marks


def sign_marks(row: Row, x: float, y: float, theme: Theme) -> list[Mark]:
    """Return the sign of *row*, its left edge at *x* and its middle at *y*."""
    if not row.sign:
        return []
    middle = x + SWATCH / 2
    if row.sign in ("selected", "pinned"):
        return _state_marks(row.sign, middle, y, theme)
    if row.sign in ROLES:
        return _role_marks(ROLES.index(row.sign), middle, y, theme)
    if row.off:
        return [Box(x + 0.5, y - 2.5, SWATCH - 1, 5, theme.ground, line=theme.quiet, radius=2.5)]
    return list(_ramp(theme.tones[row.sign], theme.ground, x, y))


def _state_marks(state: str, x: float, y: float, theme: Theme) -> list[Mark]:
    """Return an account that is selected beside one that is not, or a pin."""
    if state == "pinned":
        return list(pin(x, y + PIN, theme.ground, theme.text))
    return [
        Disc(x - 6, y, 4.0, fill=theme.text),
        Disc(x + 6, y, 4.0, fill=theme.text, opacity=FAINT),
    ]


def _role_marks(role: int, x: float, y: float, theme: Theme) -> list[Mark]:
    """Return an account as it looks near by: core in a ring, an amplifier plain, others hollow."""
    colour = theme.roles[role]
    if role == CORE:
        ring = Box(x - 6.5, y - 6.5, 13, 13, theme.ground, radius=6.5, line=colour)
        return [ring, Disc(x, y, 4.2, fill=colour)]
    if role == OTHER:
        return [Disc(x, y, 3.6, line=colour, width=1.5)]
    return [Disc(x, y, 4.2, fill=colour)]


def _ramp(tone: Tone, ground: Colour, x: float, y: float) -> tuple[Box, ...]:
    """Return patches from few edges to many, as they look on the ground."""
    step = SWATCH / STEPS
    return tuple(
        Box(x + step * i, y - 3, step, 6, toned(tone, ground, 0.3 + 0.7 * i / (STEPS - 1)))
        for i in range(STEPS)
    )


def toned(tone: Tone, ground: Colour, rank: float) -> Colour:
    """Return the colour on *ground* of a place whose density has *rank* in (0, 1]."""
    strength = rank**tone.steep
    opacity = tone.least + (tone.most - tone.least) * strength
    mixed = (
        round((1 - opacity) * under + opacity * (thin + (dense - thin) * strength))
        for under, thin, dense in zip(ground, tone.thin, tone.dense, strict=True)
    )
    red, green, blue = mixed
    return red, green, blue
