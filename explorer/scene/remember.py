"""Answers that are remembered as long as the very same things are asked about."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


def same(old: tuple[object, ...], new: tuple[object, ...]) -> bool:
    """Whether both hold the same: arrays by identity, values by equality."""
    return len(old) == len(new) and all(_is_same(a, b) for a, b in zip(old, new, strict=True))


def _is_same(a: object, b: object) -> bool:
    if a is b:
        return True
    if isinstance(a, tuple) and isinstance(b, tuple):
        return same(a, b)  # a tuple of arrays: no array may be compared by value
    arrays = isinstance(a, np.ndarray) or isinstance(b, np.ndarray)
    return not arrays and bool(a == b)


def remember_last(function: Callable[P, R]) -> Callable[P, R]:
    """Call *function* anew only if an argument is not what it was last time.

    The answer lives as long as the wrapper: wrap inside an object, not in a module, so that a
    closed document is forgotten with whoever drew it.
    """
    last: list[tuple[tuple[object, ...], R]] = []

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        key = (*args, *kwargs.values())
        if not last or not same(last[0][0], key):
            last[:] = [(key, function(*args, **kwargs))]
        return last[0][1]

    return wrapper


class Kept(Generic[R]):
    """The last answer, with the reasons for it."""

    def __init__(self) -> None:
        self._last: tuple[tuple[object, ...], R] | None = None

    def __call__(self, reasons: tuple[object, ...], make: Callable[[], R]) -> R:
        """Return the kept answer if the *reasons* are the same, else *make* another."""
        if self._last is None or not same(self._last[0], reasons):
            self._last = reasons, make()
        return self._last[1]
