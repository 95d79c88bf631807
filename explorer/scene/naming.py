"""What an account is called on the screen and in a figure: names come from hostile files."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.graph.model import Graph

MOST_SHOWN = 40
"""Characters of a name that are shown; the rest becomes an ellipsis."""
MOST_STACKED = 3
"""Combining marks on one letter; more are not writing but a way to paint over others."""

UNFIT = str.maketrans('/\\:*?"<>|', "_________")
"""What some system forbids in a file's name."""
JOINERS = "\u200c\u200d"
"""Format characters that writing needs: Persian the first, families of emoji the second."""


def plain(text: str, most: int = 0) -> str:
    """Return *text* as one line that cannot disturb what stands round it.

    Control, bidirectional, private and invisible characters go, and combining marks beyond three
    in a row; line breaks become spaces. Emoji, Chinese and right-to-left letters stay.

    Parameters
    ----------
    most
        Characters kept, the last an ellipsis if any had to go; 0 for all.
    """
    if not text.isascii() or not text.isprintable():
        text = _without_tricks(text[: most * 8] if most else text)
    text = " ".join(text.split())
    return text if not most or len(text) <= most else text[: most - 1].rstrip() + "…"


def _without_tricks(text: str) -> str:
    kept: list[str] = []
    stacked = 0
    for letter in text:
        kind = unicodedata.category(letter)
        if kind in ("Zl", "Zp") or letter in "\t\n\v\f\r\x85":
            kept.append(" ")
        stacked = stacked + 1 if kind in ("Mn", "Me") else 0
        if _is_quiet(letter, kind) and stacked <= MOST_STACKED:
            kept.append(letter)
    return "".join(kept)


def _is_quiet(letter: str, kind: str) -> bool:
    """Tell whether a character of a category draws itself alone, and may stand in XML."""
    if kind in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
        return letter in JOINERS
    return ord(letter) & 0xFFFE != 0xFFFE


def file_name(title: str, blank: str = "_") -> str:
    """Return *title* as a file may be called on any system, its blanks as *blank*."""
    return plain(title).translate(UNFIT).replace(" ", blank)


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return a count with its noun, such as ``1 edge`` or ``2,913 edges``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {plural or noun + 's'}"


def short(account: str) -> str:
    """Return an id as it fits a label: ``vMm2kP…Qx8=`` for a hash, short ones unchanged."""
    return account if len(account) <= 14 else f"{account[:6]}…{account[-4:]}"


def called(graph: Graph, node: int) -> str:
    """Return what to call one account: its name, else its id, shortened."""
    account = graph.text("id")[node] if "id" in graph.nodes else str(node)
    name = graph.text("name")[node] if "name" in graph.nodes else ""
    shown = plain(name, MOST_SHOWN) if name != account else ""
    if shown:
        return shown
    return short(plain(account, 200)) or f"account {node + 1:,}"
