"""When interactions were, as a part of a session file and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.document import columns
from explorer.graph.model import Moments

if TYPE_CHECKING:
    from collections.abc import Mapping

    from explorer.document.columns import Told
    from explorer.document.upgrade import Meta

MOMENTS = "moments.parquet"
TOLD: list[Told] = [
    {"name": "time", "column": "time", "type": "int64"},
    {"name": "edge", "column": "edge", "type": "int32"},
]


def packed(moments: Moments | None) -> dict[str, bytes]:
    """Return the part that holds *moments*; nothing if there are none."""
    if moments is None:
        return {}
    return {MOMENTS: columns.pack({"time": moments.time, "edge": moments.edge}, TOLD)}


def unpacked(meta: Meta, parts: Mapping[str, bytes]) -> Moments | None:
    """Return the moments that ``packed`` took apart; None if the session has none."""
    count = meta["counts"].get("moments")
    if count is None:
        return None
    held = columns.unpack(parts[MOMENTS], TOLD, count)
    return Moments(np.asarray(held["time"]), np.asarray(held["edge"]))


def alike(one: Moments | None, other: Moments | None) -> bool:
    """Tell whether two graphs know the same moments."""
    if one is None or other is None:
        return one is other
    return np.array_equal(one.time, other.time) and np.array_equal(one.edge, other.edge)
