"""When simulated posts are written: working hours on weekdays, and ids that tell the time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.ingest.simulated_plan import Plan

HOUR = 3_600_000
DAY = 24 * HOUR
OPENING = 8
"""Hour of the local day at which work begins."""
WORKDAY = 9 * HOUR
"""Length of a working day, in milliseconds."""
SNOWFLAKE_EPOCH = 1_288_834_974_657
"""Milliseconds since 1970 at which ids that hold their time begin."""
SPREAD = 0x2545F5
"""Odd, so that multiplying by it modulo 2**22 repeats nothing."""
MARGIN = 3
"""Working days at the end in which nothing new is written, only answered."""


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """Working time: milliseconds counted over weekdays and working hours only.

    Whatever follows in working time follows in real time too, so causes stay before effects.

    Attributes
    ----------
    days
        ``(d,)`` int64, every weekday of the plan as days since 1970.
    volume
        ``(d + 1,)`` float64 rising from 0 to 1: the share of posts written before each day.
    opens
        Milliseconds after midnight UTC at which work begins.
    """

    days: NDArray[np.int64]
    volume: NDArray[np.float64]
    opens: int

    @property
    def end(self) -> int:
        """The end of the last working day, in working milliseconds."""
        return len(self.days) * WORKDAY

    def since(self, day: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the working time at which the first workday after each *day* begins."""
        return np.asarray(np.searchsorted(self.days, day, side="right") * WORKDAY, np.int64)

    def write(self, earliest: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
        """Draw a working time for each post, never before *earliest*, following the volume."""
        days = np.arange(len(self.volume)) * float(WORKDAY)
        most = self.volume[-1 - MARGIN]
        least = np.interp(earliest, days, self.volume)
        level = least + rng.random(len(earliest)) * np.maximum(most - least, 0)
        drawn = np.interp(level, self.volume, days).astype(np.int64)
        return np.asarray(np.maximum(drawn, earliest), np.int64)

    def answer(self, cause: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
        """Draw a working time after each *cause*: minutes mostly, sometimes weeks."""
        n = len(cause)
        lag = 6_000 + 60_000 * rng.lognormal(np.log(45), 1.9, n)
        left = rng.random(n) * (self.end - 60_000 - cause)
        return cause + np.maximum(np.minimum(lag, left).astype(np.int64), 1)

    def utc(self, worked: NDArray[np.int64]) -> NDArray[np.int64]:
        """Turn working milliseconds into UTC milliseconds since 1970."""
        return self.days[worked // WORKDAY] * DAY + self.opens + worked % WORKDAY

    def stray(self, utc: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
        """Move a few moments into the evening, and fewer by a day or two."""
        n = len(utc)
        evening = utc + (rng.random(n) < 0.03) * (rng.random(n) * 8 * HOUR).astype(np.int64)
        later = evening + (rng.random(n) < 0.006) * rng.integers(1, 3, n) * DAY
        return np.where(later < (self.days[-1] + 1) * DAY - 3 * HOUR, later, utc)


def calendar(plan: Plan) -> Calendar:
    """Return the working calendar of a plan: slow growth and two waves near its end."""
    days = np.arange(plan.day("first"), plan.day("last") + 1)
    days = days[(days + 3) % 7 < 5]  # 1 January 1970 was a Thursday
    at = np.linspace(0, 1, len(days))
    wave = 1.6 * np.exp(-(((at - 0.74) / 0.06) ** 2)) + 3.0 * np.exp(-(((at - 0.955) / 0.025) ** 2))
    volume = np.r_[0, np.cumsum(0.12 + 0.7 * at**3 + wave)]
    return Calendar(days, volume / volume[-1], (OPENING - plan.utc_offset) * HOUR)


def snowflakes(utc: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a distinct id for each moment (UTC milliseconds) that tells the moment."""
    rank = np.empty(len(utc), np.int64)
    rank[np.argsort(utc, kind="stable")] = np.arange(len(utc))
    return ((utc - SNOWFLAKE_EPOCH) << 22) | ((rank * SPREAD) & (2**22 - 1))
