"""What was opened, with the receipt one click away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from explorer.ui.panels.parts import Row, Section, link, wrapped

if TYPE_CHECKING:
    from explorer.document.model import Document


class ArchivePanel(Section):
    """Counts of what is in the archive.

    Signals
    -------
    receipt_asked
        The user would like to see the receipt.
    """

    receipt_asked = Signal()

    def __init__(self) -> None:
        super().__init__("Archive")
        self._simulated = wrapped("Simulated data: not a real release.", "note")
        self._rows = {
            name: Row(name) for name in ("Accounts", "Posts", "Interactions", "Edges", "Posts from")
        }
        self._refused = Row("Refused records", link("receipt", self.receipt_asked.emit))
        for row in self._rows.values():
            self.add(row)
        self.add(self._refused)
        self.add(self._simulated)

    def show_document(self, document: Document, what: frozenset[str]) -> None:
        """Show the receipt's sums."""
        if not what & {"receipt", "graph"}:
            return
        receipt = document.receipt
        self._rows["Accounts"].show_number(document.graph.n)
        self._rows["Posts"].show_number(receipt.posts)
        self._rows["Interactions"].show_number(int(document.graph.weight().sum()))
        self._rows["Edges"].show_number(document.graph.m)
        self._rows["Posts from"].show_text(span(receipt.first, receipt.last))
        self._refused.show_number(receipt.refused)
        self._simulated.setVisible(receipt.simulated)


def span(first: int, last: int) -> str:
    """Return two UTC times as days, such as ``2018-01-03 – 2020-04-17``; a dash if unknown."""
    return "–" if first < 0 else f"{day(first)} – {day(last)}"


def day(seconds: int) -> str:
    """Return the UTC day of a time in seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")
