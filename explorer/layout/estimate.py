"""About how long a layout takes, said before it begins."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds as *factor* times a power of the number of accounts, from so many accounts *on*."""

    factor: float
    power: float
    on: int = 0


COSTS: dict[str, tuple[Cost, ...]] = {
    "flock": (Cost(7e-6, 1.0),),
    "core-first": (Cost(7e-6, 1.0),),
    "rings": (Cost(7e-6, 1.0),),
    "fr": (Cost(7e-7, 2.0), Cost(7e-5, 1.0, 1001)),
    "kk": (Cost(8.2e-7, 2.0),),
    "drl": (Cost(3.1e-4, 1.24),),
    "umap": (Cost(7.8e-4, 1.0),),
    "mds": (Cost(4.8e-10, 3.0),),
    "sugiyama": (Cost(1.35e-6, 2.0),),
}
"""Fitted to processor seconds on one machine, 500 to 8,000 accounts with four edges each, default
options; Flock to 176,033 accounts. Other machines and networks differ by a factor of a few."""


def seconds(layout: str, n: int) -> float | None:
    """Return about how many seconds a layout takes for *n* accounts; None if nobody knows."""
    fits = [cost for cost in COSTS.get(layout, ()) if n >= cost.on]
    return fits[-1].factor * n ** fits[-1].power if fits else None


def spoken(layout: str, n: int) -> str:
    """Return a sentence about that; empty if there is nothing to say."""
    taken = seconds(layout, n)
    if taken is None or n == 0:
        return ""
    return f"{duration(taken)} for {n:,} accounts."


def duration(taken: float) -> str:
    """Return so many seconds in words that are no more exact than the estimate."""
    if taken < 1:
        return "Less than a second"
    for unit, size, most in (("second", 1, 90), ("minute", 60, 90), ("hour", 3600, 48)):
        if taken < most * size:
            count = round(taken / size)
            return f"About {count} {unit}{'s' * (count != 1)}"
    return f"About {round(taken / 86400):,} days"
