"""Fit words into the room there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.scene.marks import Measure

SLACK = 0.01
"""Pixels by which words may be too wide: room is a sum of widths, and sums are rounded."""


@dataclass(frozen=True, slots=True)
class Type:
    """A size of type, and how to measure it.

    Attributes
    ----------
    size
        Logical pixels.
    """

    measure: Measure
    size: float
    bold: bool = False

    def width(self, text: str) -> float:
        """Return the width of *text* in logical pixels."""
        return self.measure(text, self.size, self.bold)

    def start(self, text: str, room: float) -> int:
        """Return how many characters from the start of *text* fit into *room*."""
        if self.width(text) <= room + SLACK:
            return len(text)
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self.width(text[:middle]) <= room + SLACK:
                low = middle
            else:
                high = middle - 1
        return low

    def shortened(self, text: str, room: float) -> str:
        """Return *text*, or as much of it as fits with an ellipsis; nothing if none does."""
        if self.width(text) <= room + SLACK:
            return text
        kept = text[: self.start(text, room - self.width("…"))].rstrip()
        return f"{kept}…" if kept else ""

    def wrapped(self, text: str, room: float, most: int) -> tuple[str, ...]:
        """Return *text* in at most *most* lines, broken at spaces where there are any.

        What does not fit ends in an ellipsis.
        """
        lines: list[str] = []
        while text and len(lines) < most:
            if len(lines) == most - 1:
                lines.append(self.shortened(text, room))
                break
            end = self._break(text, room)
            lines.append(text[:end].rstrip())
            text = text[end:].lstrip()
        return tuple(line for line in lines if line)

    def _break(self, text: str, room: float) -> int:
        """Return where the first line of *text* ends: after a space, or within a long word."""
        end = self.start(text, room)
        if end == len(text) or text[end] == " ":
            return end
        space = text.rfind(" ", 0, end)
        return space if space > 0 else max(end, 1)
