"""Records of edges, gathered one by one from whatever lists them."""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING

import numpy as np

from explorer.archive.tables import KINDS
from explorer.ingest.drawn import LINK, Drawn, Refused
from explorer.ingest.gexf import ways
from explorer.ingest.takedown import DAMAGED
from explorer.ingest.values import number, seconds

if TYPE_CHECKING:
    from collections.abc import Iterable

DAMAGED_ID = "id damaged by a spreadsheet"


class Links:
    """Records of edges, gathered one by one."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}
        self.refused = Refused()
        self._ends = array("q"), array("q")
        self._weight, self._time = array("d"), array("q")
        self._kind, self._directed = array("b"), array("b")
        self._last, self._count = array("q"), array("d")

    def state(self, names: Iterable[str]) -> None:
        """Take accounts before any edge names them."""
        for name in names:
            self.number.setdefault(name, len(self.number))

    def add(
        self,
        ends: tuple[str, str],
        weight: str = "",
        time: str = "",
        kind: str = "",
        directed: bool = True,
        told: tuple[str, str, str] = ("", "", ""),
    ) -> str:
        """Take an edge; return why it cannot be one, '' if it can.

        What is *told* beside is the time of its first and last interaction, and their count.
        """
        for name, end in zip(("source", "target"), ends, strict=True):
            if not end:
                return f"no {name}"
            if re.match(DAMAGED, end):
                return DAMAGED_ID
        for place, end in zip(self._ends, ends, strict=True):
            place.append(self.number.setdefault(end, len(self.number)))
        self._weight.append(number(weight))
        self._time.append(seconds(time or told[0]))
        self._last.append(seconds(told[1]))
        self._count.append(number(told[2]))
        self._kind.append(KINDS.index(kind) if kind in KINDS else LINK)
        self._directed.append(directed)
        return ""

    def drawn(self, what: str) -> Drawn:
        """Return the graph, *what* with its directions said."""
        directed = np.array(self._directed, bool)
        source, target = (np.array(ends, np.int64) for ends in self._ends)
        return Drawn(
            f"{what}, {ways(directed)}",
            list(self.number),
            source,
            target,
            directed,
            weight=np.array(self._weight, np.float64),
            time=np.array(self._time, np.int64),
            kind=np.array(self._kind, np.int64),
            last=np.array(self._last, np.int64),
            count=np.array(self._count, np.float64),
            refused=self.refused,
        )
