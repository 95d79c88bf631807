"""Loops over pixels shared out to several processors, so that a picture comes sooner."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")

MOST = 4
"""Processors that draw, at most: with more, memory is what is waited for."""
NICE = 6
"""By how much a drawing thread steps back behind the window's: the longest stretch of a minute of
use is 17 to 24 ms by the clock, with 2 it is 21 to 35, with 10 it is 15 to 30."""


def step_back() -> None:
    """Let the window's thread go before this one, where the system knows of such a thing."""
    if sys.platform == "linux":  # elsewhere priorities belong to processes, the window's included
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


class Crew:
    """Hands that share a list of pieces of work; the thread that asks is one of them.

    The pieces must run without the GIL to gain anything, and must not write to the same place.

    Parameters
    ----------
    hands
        How many; as many as there are processors, up to ``MOST``, if None.
    """

    def __init__(self, hands: int | None = None) -> None:
        self.hands = hands or max(1, min(MOST, os.cpu_count() or 1))
        self._pool: ThreadPoolExecutor | None = None

    def each(self, do: Callable[[T], object], items: Iterable[T]) -> None:
        """Call *do* with every one of *items*: whoever is free takes the next.

        Raises whatever *do* raised first, after everybody has stopped.
        """
        left = list(items)
        queue = iter(left)  # the GIL makes taking the next one a single step

        def work() -> None:
            for item in queue:
                do(item)

        helpers = [self._helpers().submit(work) for _ in range(min(self.hands, len(left)) - 1)]
        try:
            work()
        finally:
            wait(helpers)
        for helper in helpers:
            helper.result()

    def _helpers(self) -> ThreadPoolExecutor:
        if self._pool is None:  # its threads end when nobody knows the crew any more
            self._pool = ThreadPoolExecutor(self.hands - 1, "crew", initializer=step_back)
        return self._pool
