"""Read lists of neighbours: on each line an account, and after it all that it points to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from explorer.ingest.links import Links
from explorer.ingest.rows import NOT_UTF8, lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from explorer.ingest.drawn import Drawn
    from explorer.ingest.entry import Entry

BETWEEN = re.compile(r"[,;\t]")


def read(entry: Entry, heard: Callable[[int], None]) -> Drawn:
    """Return the graph of a list of neighbours; cells are parted by blanks, or commas and the like.

    Each line is taken as edges from its first account, as networkx writes a directed graph.
    """
    links = Links()
    for place, line in enumerate(lines(entry, heard), 1):
        text = line.removeprefix("\ufeff").partition("#")[0].strip()
        if not text:
            continue
        if not text.isascii() and any("\udc80" <= letter <= "\udcff" for letter in text):
            links.refused.add(NOT_UTF8, 0, place)
            continue
        cells = [cell.strip().strip('"') for cell in BETWEEN.split(text)]
        first, *rest = cells if len(cells) > 1 else text.split()
        if not rest:
            links.state([first])
        for other in rest:
            reason = links.add((first, other))
            if reason and other:
                links.refused.add(reason, 0, place)
    return links.drawn("list of neighbours")
