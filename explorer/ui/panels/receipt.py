"""The receipt as a window: every file, every sum, every refused record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.scene.naming import plain as clean
from explorer.ui.panels.parts import Row, heading, literal, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from explorer.archive.receipt import Interactions, Receipt

FILES = ("File", "Recognised as", "Read", "Kept", "Merged", "Refused", "SHA-256")
REFUSED = ("File", "Record", "Line", "Reason")
SKIPPED = ("File", "What it is")
WORDS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ReceiptWindow(QDialog):
    """Shows one receipt; read only, copyable."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Receipt")
        self.resize(980, 620)
        self._words = wrapped("", "quiet")
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        copy = QPushButton("Copy as text")
        copy.clicked.connect(self._copy)
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(self._words)
        box.addWidget(self._tabs, 1)
        box.addLayout(buttons)
        self._text = ""

    def show_receipt(self, receipt: Receipt) -> None:
        """Show *receipt*."""
        self._text = as_text(receipt)
        wrong = receipt.discrepancies()
        verdict = " ".join(wrong) if wrong else "Every sum adds up."
        self._words.setText(f"{summary(receipt)} {verdict}")
        while self._tabs.count():
            widget = self._tabs.widget(0)
            self._tabs.removeTab(0)
            if widget is not None:
                widget.deleteLater()
        self._tabs.addTab(_table(FILES, file_rows(receipt), {2, 3, 4, 5}), "Files")
        self._tabs.addTab(_sums(receipt.interactions), "Interactions")
        refused = refused_rows(receipt)
        self._tabs.addTab(_table(REFUSED, refused, {1, 2}), f"Refused ({receipt.refused:,})")
        skipped = [(name(one.path, one.member), one.reason) for one in receipt.skipped]
        self._tabs.addTab(_table(SKIPPED, skipped, set()), f"Left out ({len(skipped):,})")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)


def name(path: str, member: str) -> str:
    """Return what to call a table: the file, and where in it."""
    file = Path(path).name
    return clean(f"{file} › {member}" if member else file)


def summary(receipt: Receipt) -> str:
    """Return the receipt in a sentence."""
    return (
        f"{receipt.read:,} records read: {sum(f.kept for f in receipt.files):,} kept, "
        f"{receipt.merged:,} merged, {receipt.refused:,} refused. "
        f"{receipt.accounts:,} accounts, {receipt.posts:,} posts, {receipt.edges:,} edges."
    )


def file_rows(receipt: Receipt) -> list[tuple[str, ...]]:
    """Return a row of words for each table."""
    return [
        (
            name(file.path, file.member),
            file.format,
            *(f"{number:,}" for number in (file.read, file.kept, file.merged, file.refused)),
            file.sha256,
        )
        for file in receipt.files
    ]


def refused_rows(receipt: Receipt) -> list[tuple[str, ...]]:
    """Return a row of words for each refused record kept, and one for those only counted."""
    rows: list[tuple[str, ...]] = []
    for file in receipt.files:
        where = name(file.path, file.member)
        rows += [
            (where, f"{one.record:,}", f"{one.line:,}", clean(one.reason)) for one in file.refusals
        ]
        more = file.refused - len(file.refusals)
        if more:
            reasons = "; ".join(f"{count:,} × {clean(why)}" for why, count in file.reasons)
            rows.append((where, "", "", f"and {more:,} more. In all: {reasons}"))
    return rows


def interaction_rows(found: Interactions) -> tuple[tuple[str, int], ...]:
    """Return the sums of interactions as names and numbers."""
    return (
        ("Found in the posts", found.found),
        ("Kept as part of an edge", found.kept),
        ("    retweets", found.retweet),
        ("    replies", found.reply),
        ("    quotes", found.quote),
        ("    mentions", found.mention),
        ("    links from graph files", found.link),
        ("Of those, target found through the post it points to", found.by_post),
        ("Of those, target found by a name that one account in the files has", found.by_known_name),
        ("Of those, target known by screen name only", found.by_name_only),
        ("Left out: with oneself", found.self),
        ("Left out: retweets of nobody known", found.unresolved_retweets),
        ("Left out: replies to nobody known", found.unresolved_replies),
        ("Left out: quotes of nobody known", found.unresolved_quotes),
        ("References damaged by a spreadsheet, not used", found.damaged_references),
    )


def as_text(receipt: Receipt) -> str:
    """Return the whole receipt as plain text, tabs between columns."""
    lines = [summary(receipt), "", "\t".join(FILES)]
    lines += ["\t".join(row) for row in file_rows(receipt)]
    lines += [
        "",
        *(f"{title.strip()}\t{n:,}" for title, n in interaction_rows(receipt.interactions)),
    ]
    lines += ["", "\t".join(REFUSED), *("\t".join(row) for row in refused_rows(receipt))]
    lines += ["", "\t".join(SKIPPED)]
    lines += [f"{name(one.path, one.member)}\t{clean(one.reason)}" for one in receipt.skipped]
    return "\n".join(lines) + "\n"


def _sums(found: Interactions) -> QWidget:
    whole = QWidget()
    box = QVBoxLayout(whole)
    box.setContentsMargins(8, 14, 8, 8)
    box.addWidget(heading("Interactions"))
    for title, number in interaction_rows(found):
        row = Row(title)
        row.show_number(number)
        box.addWidget(row)
    box.addStretch(1)
    whole.setMaximumWidth(620)
    return whole


def _table(
    titles: tuple[str, ...], rows: Sequence[tuple[str, ...]], numbers: set[int]
) -> QTableWidget:
    table = QTableWidget(len(rows), len(titles))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    table.verticalHeader().hide()
    for j, title in enumerate(titles):
        head = QTableWidgetItem(title)
        head.setTextAlignment(NUMBER if j in numbers else WORDS)
        table.setHorizontalHeaderItem(j, head)
    for i, row in enumerate(rows):
        for j, words in enumerate(row):
            item = QTableWidgetItem(words)
            if j in numbers:
                item.setTextAlignment(NUMBER)
            else:
                item.setToolTip(literal(words))  # it may be cut in the middle
            table.setItem(i, j, item)
    table.resizeColumnsToContents()
    for j in range(len(titles)):
        table.setColumnWidth(j, min(table.columnWidth(j) + 12, 380))
    table.horizontalHeader().setSectionResizeMode(len(titles) - 1, QHeaderView.ResizeMode.Stretch)
    return table
