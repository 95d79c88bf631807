"""What was done, taken down in the log of steps as it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.document import parts
from explorer.document.placing import described
from explorer.document.plain import plain
from explorer.document.steps import OPEN, SET, Accounts, Done, Given, Log, Step, appended, program
from explorer.document.verbs import MOVED, VERBS

if TYPE_CHECKING:
    from explorer.document.history import History
    from explorer.document.model import Document
    from explorer.graph.model import Mask, Positions
    from explorer.layout.base import Layout


def opening(document: Document) -> Done:
    """Return how a document was opened: the files that were read, each with its SHA-256."""
    files = {one.path: one.sha256 for one in document.receipt.files}
    inputs = [{"path": path, "sha256": sha256} for path, sha256 in files.items()]
    names = ", ".join(path.replace("\\", "/").rsplit("/", 1)[-1] for path in files)
    return Done(OPEN, {"inputs": inputs}, names)


def placed(
    layout: Layout, options: Any, positions: Positions, document: Document, *, complete: bool
) -> Done:
    """Return how a layout was run; of one that was stopped early the positions are kept."""
    placing = described(layout, options, complete)
    values = {"id": layout.id, "options": plain(options), "complete": complete}
    if document.pinned.any():
        values["pinned"] = True
    words = f"{layout.title}: {placing.options}, seed {placing.seed}".replace(": ,", ":")
    if complete:
        return Done("layout", values, words)
    given = Given(positions=positions, ids=document.graph.text("id"))
    return Done("layout", {**values, "placing": plain(placing)}, f"{words}, stopped early", given)


def moved(mask: Mask, by: tuple[float, float]) -> Done:
    """Return how accounts were moved by hand."""
    count = int(np.count_nonzero(mask))
    words = f"{count:,} account{'s' * (count != 1)} by {by[0]:.4g}, {by[1]:.4g}"
    return Done("move", {"by": list(by)}, words, Given({MOVED: Accounts.of(mask)}))


def logged(
    history: History, title: str, document: Document, merge: str, done: Done | None, when: str
) -> Log:  # fmt: skip
    """Return the log after an edit that is about to be committed to *history*."""
    now = history.now
    merged = bool(merge) and merge == now.merge
    if done is not None and (done.verb == OPEN or done.log):
        return (*done.log, *(() if done.log else (_step(title, done, when),)))
    if done is None or done.verb not in VERBS:
        before = now.document
        if merged and history.past and history.past[-1].document.graph is document.graph:
            before = history.past[-1].document
        done = parts.difference(before, document)
    if done is None:  # a slider that is back where it was
        back = merged and now.log[-1:] and now.log[-1].verb == SET
        return now.log[:-1] if back else now.log
    return appended(now.log, _step(title, done, when), merged=merged)


def begun(document: Document, fresh: Document, when: str) -> Log:
    """Return a log for a document that has none: its files, and all that differs from *fresh*."""
    first = _step(f"Open {document.archive.title}", opening(document), when)
    rest = parts.difference(fresh, document)
    title = "As it was saved, before steps were recorded"
    return (first,) if rest is None else (first, _step(title, rest, when))


def _step(title: str, done: Done, when: str) -> Step:
    return Step(title, done.verb, done.values, done.words, done.given, when, program())
