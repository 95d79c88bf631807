"""Counts raised no further than full, one or two neighbours by one instruction.

Written in the compiler's own terms, since no Python says "both at once, and no further than full".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

if TYPE_CHECKING:
    from collections.abc import Callable

HALVES = ir.VectorType(ir.IntType(16), 2)
ONE = ir.IntType(16)


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def raise_pair(_typing: Any, flat: Any, at: Any, _both: Any) -> tuple[Any, Callable[..., Any]]:
    """Add the lower 16 bits of *both* to ``flat[at]``, the upper to the next; cut at 65535.

    *flat* is uint16, *at* an unsigned index that is not checked.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        place = builder.bitcast(builder.gep(array.data, [arguments[1]]), HALVES.as_pointer())
        old = builder.load(place)
        old.align = 2
        more = builder.bitcast(arguments[2], HALVES)
        builder.store(_sum(builder, HALVES, "v2i16", (old, more)), place).align = 2
        return context.get_dummy_value()

    return types.void(flat, at, types.uint32), generate


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def raise_one(_typing: Any, flat: Any, at: Any, _more: Any) -> tuple[Any, Callable[..., Any]]:
    """Add the lower 16 bits of *more* to ``flat[at]``; cut at 65535.

    *flat* is uint16, *at* an unsigned index that is not checked.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        place = builder.gep(array.data, [arguments[1]])
        both = builder.load(place), builder.trunc(arguments[2], ONE)
        builder.store(_sum(builder, ONE, "i16", both), place)
        return context.get_dummy_value()

    return types.void(flat, at, types.uint32), generate


def _sum(builder: Any, kind: Any, name: str, both: tuple[Any, Any]) -> Any:
    """Add two values of one *kind*, cut at the largest there is."""
    made = ir.FunctionType(kind, [kind, kind])
    add = cgutils.get_or_insert_function(builder.module, made, f"llvm.uadd.sat.{name}")
    return builder.call(add, both)
