"""The log of steps as a figure carries it: plain values, and sentences for a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from explorer.document.verbs import replaced
from explorer.evidence.provenance import methods, provenance
from explorer.scene.naming import plain

if TYPE_CHECKING:
    from explorer.document.model import Document
    from explorer.document.steps import Log

MOST = 200
"""Steps that a figure carries; of more, the last ones."""
LONGEST = 200
"""Letters of what one step says."""


def steps_of(log: Log) -> tuple[dict[str, Any], ...]:
    """Return the steps that a document depends on as plain values, for a figure's metadata."""
    return tuple(
        {
            "title": plain(step.title),
            "parameters": plain(step.words, LONGEST),
            "verb": step.verb,
            "when": step.when,
        }
        for step in _live(log)[0]
    )


def paragraph(document: Document, log: Log, made: str = "") -> str:
    """Return a paragraph for the methods section of a report, with the steps in their order."""
    live, all_ = _live(log)
    told = "; ".join(
        f"{plain(step.title)}{f' ({plain(step.words, LONGEST)})' if step.words else ''}"
        for step in live
    )
    which = "Steps" if all_ == len(live) else f"The last {len(live)} of {all_:,} steps"
    steps = f"{which}, in this order: {told}." if told else ""
    return " ".join(filter(None, (methods(provenance(document, made)), steps)))


def _live(log: Log) -> tuple[Log, int]:
    """Return the last ``MOST`` steps that no later step has made anew, and how many there are."""
    dead = replaced(log)
    live = tuple(step for place, step in enumerate(log) if place not in dead)
    return live[-MOST:], len(live)
