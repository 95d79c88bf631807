"""Dark, light and print: every colour that is drawn, from one file each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from explorer.assets import asset

Colour: TypeAlias = tuple[int, int, int]

THEMES = ("dark", "light", "print")


@dataclass(frozen=True, slots=True)
class Tone:
    """How one group of edges is drawn: thin places in *thin*, dense bundles in *dense*.

    Attributes
    ----------
    least, most
        Opacity in [0, 1] of the thinnest and densest places.
    steep
        Exponent on the rank of density; above 1 only dense bundles are strong.
    """

    thin: Colour
    dense: Colour
    least: float
    most: float
    steep: float


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of the picture and of the window round it.

    Attributes
    ----------
    tones
        By id of the group in ``graph.edges.GROUPS``.
    roles
        Colour of the accounts by role: other, amplifier, core.
    window
        Colours of Qt's palette by name: ``window``, ``base``, ``text``, ``quiet``, ``line``,
        ``raised``, ``accent``, ``on_accent``, ``blue``.
    """

    id: str
    title: str
    ground: Colour
    text: Colour
    quiet: Colour
    halo: Colour
    focus: Colour
    tones: dict[str, Tone]
    roles: tuple[Colour, Colour, Colour]
    window: dict[str, Colour]

    @property
    def is_dark(self) -> bool:
        """Whether the ground is darker than mid grey."""
        return sum(self.ground) < 3 * 128


def colour(code: str) -> Colour:
    """Return the red, green and blue of ``#rrggbb``."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def code(value: Colour) -> str:
    """Return ``#rrggbb``."""
    return "#{:02x}{:02x}{:02x}".format(*value)


@cache
def theme(name: str) -> Theme:
    """Return the theme of this name, from ``resources/themes``."""
    raw = json.loads(asset("themes", f"{name}.json").read_text("utf-8"))
    tones = {
        group: Tone(
            colour(tone["thin"]),
            colour(tone["dense"]),
            tone["opacity"][0],
            tone["opacity"][1],
            tone["steep"],
        )
        for group, tone in raw["tones"].items()
    }
    return Theme(
        id=name,
        title=raw["title"],
        ground=colour(raw["ground"]),
        text=colour(raw["text"]),
        quiet=colour(raw["quiet"]),
        halo=colour(raw["halo"]),
        focus=colour(raw["focus"]),
        tones=tones,
        roles=(
            colour(raw["roles"]["other"]),
            colour(raw["roles"]["amplifier"]),
            colour(raw["roles"]["core"]),
        ),
        window={key: colour(value) for key, value in raw["window"].items()},
    )
