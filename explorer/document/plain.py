"""Small values as JSON and back: dataclasses by the names of their fields, never by class path."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def plain(value: object) -> Any:
    """Return *value* as JSON can hold it: fields by name, sets in order, infinity as a word.

    Raises
    ------
    TypeError
        If it holds something else than numbers, text, tuples, sets and dataclasses.
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, frozenset):
        return sorted((plain(one) for one in value), key=lambda one: (str(type(one)), str(one)))
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} cannot be kept")


def made(kind: type[T], values: object, without: frozenset[str] = frozenset()) -> T:
    """Return the dataclass *kind* from what ``plain`` gave; fields that are not named are default.

    Raises
    ------
    ValueError
        If a field is unknown, or its value is of another type.
    """
    if not isinstance(values, dict):
        raise ValueError(f"{kind.__name__} is no object")  # noqa: TRY004 - one kind of bad file
    hints = get_type_hints(kind)
    unknown = set(values) - {field.name for field in fields(kind)} | set(values) & without  # type: ignore[arg-type]  # a dataclass, as the docstring says
    if unknown:
        raise ValueError(f"{kind.__name__} with {sorted(unknown)}")
    return kind(**{name: _of(hints[name], value) for name, value in values.items()})


def _of(hint: Any, value: object) -> Any:
    """Return *value* as the type *hint* says."""
    origin = get_origin(hint)
    if origin in (frozenset, tuple):
        return _several(hint, origin, value)
    if origin in (Union, UnionType):
        return _either(get_args(hint), value)
    if origin is Literal:
        fits = value in get_args(hint)
    elif is_dataclass(hint):
        return made(hint, value)  # type: ignore[arg-type]  # a class: hints are
    elif hint is float:
        return _float(value)
    else:
        hint = NoneType if hint is None else hint
        fits = isinstance(value, hint) and (hint is bool or not isinstance(value, bool))
    if not fits:
        raise ValueError(f"{value!r:.40} is no {hint}")
    return value


def _several(hint: Any, origin: Any, value: object) -> Any:
    if not isinstance(value, list):
        raise ValueError(f"{value!r:.40} is no list")  # noqa: TRY004 - one kind of bad file
    inner = get_args(hint)
    if origin is tuple and inner[-1:] != (Ellipsis,):
        return tuple(_of(one, item) for one, item in zip(inner, value, strict=True))
    return origin(_of(inner[0], item) for item in value)


def _either(hints: tuple[Any, ...], value: object) -> Any:
    for hint in hints:
        try:
            return _of(hint, value)
        except ValueError:
            continue
    raise ValueError(f"{value!r:.40} is none of {hints}")


def _float(value: object) -> float:
    if isinstance(value, str) and value in ("inf", "-inf", "nan"):
        return float(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise ValueError(f"{value!r:.40} is no number")
