"""How a compiled loop over many rows is shared by two threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

HANDS = 2
"""Threads that share a kernel: always as many parts, so that every machine does the same sums."""
FEW = 4096
"""Rows below which a second thread costs more than it saves."""

_second = ThreadPoolExecutor(max_workers=1, thread_name_prefix="second hand")


def aside(work: Callable[..., Any], *given: Any) -> Callable[[], Any]:
    """Begin *work* in another thread; what is returned waits for its value."""
    return _second.submit(work, *given).result


def shared(kernel: Callable[..., Any], rows: int, *given: Any) -> None:
    """Run ``kernel(part, (first, end), *given)`` over all *rows*, in `HANDS` parts of equal length.

    A kernel may write to its own rows only, or to what belongs to its *part*.
    """
    half = rows // HANDS
    if rows < FEW:
        kernel(0, (0, half), *given)
        kernel(1, (half, rows), *given)
        return
    other = aside(kernel, 1, (half, rows), *given)
    kernel(0, (0, half), *given)
    other()
