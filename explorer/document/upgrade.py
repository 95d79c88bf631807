"""The version of the session file, and one pure function from each older version to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from explorer.errors import SessionFileError

VERSION = 2
Meta: TypeAlias = dict[str, Any]
"""What ``meta.json`` holds; it describes every column, so that an upgrade changes nothing else."""
Upgrade: TypeAlias = Callable[[Meta], Meta]


def with_nothing_new(meta: Meta) -> Meta:
    """Return version 1 as version 2 has it.

    What came with version 2 (the log of steps, moments, pins, named selections, a span of time,
    carried posts) may be missing from it, and is then empty.
    """
    return meta


UPGRADES: Mapping[int, Upgrade] = {1: with_nothing_new}
"""From a version to the one after it."""


def upgraded(
    meta: Meta, name: str, upgrades: Mapping[int, Upgrade] = UPGRADES, latest: int = VERSION
) -> Meta:
    """Return *meta* of the file *name* as the latest version has it.

    Raises
    ------
    SessionFileError
        If its version is newer than the latest, or none that was ever released.
    """
    version = meta.get("version")
    if not isinstance(version, int) or isinstance(version, bool):
        raise SessionFileError(f"{name} does not say which version of session file it is.")
    if version > latest:
        raise SessionFileError(
            f"{name} was saved by a newer Starling: it is a session of version {version}, "
            f"and this one reads up to {latest}.",
            "Update Starling to open it.",
        )
    for step in range(version, latest):
        if step not in upgrades:
            raise SessionFileError(f"{name} is a session of version {version}, which never was.")
        meta = {**upgrades[step](meta), "version": step + 1}
    if version < 0 or not latest >= version:
        raise SessionFileError(f"{name} is a session of version {version}, which never was.")
    return meta
