"""What each layout can be asked for: fields from which a form is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def number(default: float, label: str, tip: str, between: tuple[float, float], step: float) -> Any:
    """Return a field for a number *between* two, both allowed."""
    low, high = between
    meta = {"label": label, "tip": tip, "min": low, "max": high, "step": step, "unit": ""}
    return field(default=default, metadata=meta)


def switch(default: bool, label: str, tip: str) -> Any:
    """Return a field for yes or no."""
    return field(default=default, metadata={"label": label, "tip": tip})


def choice(label: str, tip: str, choices: tuple[str, ...], default: str) -> Any:
    """Return a field for one of a few words."""
    return field(default=default, metadata={"label": label, "tip": tip, "choices": choices})


def seed() -> Any:
    """Return the field that every layout has."""
    tip = "The same seed gives the same picture, another one a variation"
    return number(7, "Seed", tip, (0, 2**31 - 1), 1)


@dataclass(frozen=True, slots=True)
class FlockOptions:
    """What Flock can be asked for; *spread* is a factor on the intention's own."""

    intention: str = choice(
        "Bring out",
        "Communities far apart, distances as true as can be, or a balance of the two",
        ("communities", "balanced", "structure"),
        "balanced",
    )
    spread: float = number(
        1.0,
        "Spread",
        "How much room crowded places are given; 0 leaves them as dense as they are",
        (0.0, 3.0),
        0.1,
    )
    rounds: int = number(
        60,
        "Rounds at most",
        "How often every account moves at most; it ends by itself when they hardly move any more",
        (5, 200),
        5,
    )
    keep: bool = switch(
        False,
        "Start from here",
        "Keep the present picture: accounts move little, and new ones find their place",
    )
    seed: int = seed()


@dataclass(frozen=True, slots=True)
class SeedOnly:
    """What a layout without anything else to choose can be asked for."""

    seed: int = seed()


@dataclass(frozen=True, slots=True)
class ForceOptions:
    """What Fruchterman and Reingold's can be asked for."""

    rounds: int = number(500, "Rounds", "How often every account moves", (10, 5000), 10)
    weighted: bool = switch(True, "Weigh interactions", "Accounts that interact more stand nearer")
    seed: int = seed()


@dataclass(frozen=True, slots=True)
class DrlOptions:
    """What DrL can be asked for."""

    preset: str = choice(
        "Preset",
        "How it cools: coarser ones are for larger networks, final only touches up",
        ("default", "coarsen", "coarsest", "refine", "final"),
        "default",
    )
    weighted: bool = switch(True, "Weigh interactions", "Accounts that interact more stand nearer")
    seed: int = seed()


@dataclass(frozen=True, slots=True)
class UmapOptions:
    """What UMAP can be asked for."""

    epochs: int = number(300, "Epochs", "How often every pair is looked at", (10, 2000), 10)
    apart: float = number(
        0.05, "Least distance", "How near neighbours may come; more is looser", (0.0, 1.0), 0.05
    )
    seed: int = seed()


@dataclass(frozen=True, slots=True)
class SugiyamaOptions:
    """What Sugiyama's can be asked for."""

    rounds: int = number(100, "Rounds", "Tries at having fewer crossings", (1, 1000), 10)
    seed: int = seed()


@dataclass(frozen=True, slots=True)
class CoreOptions:
    """What the layouts round the core can be asked for."""

    intention: str = choice(
        "Of the core bring out",
        "Communities far apart, distances as true as can be, or a balance of the two",
        ("communities", "balanced", "structure"),
        "balanced",
    )
    spread: float = number(
        1.0,
        "Room for amplifiers",
        "How far amplifiers spread round those they amplify, or how wide their ring is",
        (0.0, 3.0),
        0.1,
    )
    seed: int = seed()
