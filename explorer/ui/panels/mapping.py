"""Ask what the columns of a table mean, beside its first rows, and say what will come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from explorer.errors import StarlingError
from explorer.ingest.encodings import ENCODINGS, is_utf8
from explorer.ingest.encodings import guess as likely
from explorer.ingest.mapping import SEPARATORS, Columns, guess, key
from explorer.ingest.peek import Preview, preview
from explorer.scene.naming import plain as clean
from explorer.ui.panels.fields import fill, form, listed
from explorer.ui.panels.firstrows import FirstRows
from explorer.ui.panels.parts import heading, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from explorer.ingest.peek import Table

EDGES = {
    "source": "Source",
    "target": "Target",
    "kind": "Kind",
    "weight": "Weight or count",
    "time": "Time",
}
ACCOUNTS = {"id": "Id", "label": "Name"}
DIRECTIONS = (
    ("From source to target", "directed"),
    ("From target to source", "reverse"),
    ("Both ways are one", "undirected"),
)
MERGES = (
    ("Add up the weights", "sum"),
    ("Count the rows", "rows"),
    ("Keep the largest weight", "max"),
    ("Keep the first", "first"),
)


class MappingWindow(QDialog):
    """Asks how a table is to be read; remembers nothing itself.

    Signals
    -------
    agreed : object, object, str
        Paths, the Columns that were said, and what the header is remembered by.
    """

    agreed = Signal(object, object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Open with mapping")
        self.resize(860, 720)
        self._paths: tuple[Path, ...] = ()
        self._tables: tuple[Table, ...] = ()
        self._remembered: Callable[[str], Columns | None] = lambda _key: None
        self._shown = Preview((), (), ",")
        self._intro, self._verdict = wrapped(), wrapped()
        self._verdict.setAccessibleName("What will come of it")
        self._table, self._beside = QComboBox(), QComboBox()
        self._separator = listed(
            ("As found", ""), *((word.capitalize(), sign) for sign, word in SEPARATORS.items())
        )
        self._written = listed(("UTF-8", ""), *((told, name) for name, told in ENCODINGS.items()))
        self._written.setAccessibleName("Written in")
        self._header = QCheckBox("The first row names the columns")
        self._columns = {role: QComboBox() for role in (*EDGES, *ACCOUNTS)}
        self._direction, self._merge = listed(*DIRECTIONS), listed(*MERGES)
        self._rows = FirstRows()
        self._open, self._cancel = QPushButton("Open"), QPushButton("Cancel")
        self._open.setDefault(True)
        self._open.setObjectName("primary")
        self._cancel.setAutoDefault(False)
        self._build()
        self._wire()

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._open)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(self._intro)
        how = QHBoxLayout()
        how.setSpacing(16)
        how.addWidget(self._separator)
        how.addWidget(self._header, 1)
        box.addLayout(
            form(
                ("Edges are in", self._table),
                ("Written in", self._written),
                ("Cells are separated by", how),
            )
        )
        box.addWidget(heading("First rows"))
        box.addWidget(self._rows, 1)
        box.addWidget(heading("What the columns mean"))
        box.addWidget(self._meaning())
        box.addWidget(self._verdict)
        box.addLayout(buttons)

    def _meaning(self) -> QWidget:
        """Return the choices of columns, those of edges at the left."""
        room = QWidget()
        room.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        forms = QHBoxLayout(room)
        forms.setContentsMargins(0, 0, 0, 0)
        forms.setSpacing(28)
        forms.addLayout(form(*((title, self._columns[role]) for role, title in EDGES.items())), 1)
        rest = (
            ("Direction", self._direction),
            ("Repeated edges", self._merge),
            ("Accounts are in", self._beside),
            *((title, self._columns[role]) for role, title in ACCOUNTS.items()),
        )
        forms.addLayout(form(*rest), 1)
        return room

    def _wire(self) -> None:
        self._table.currentIndexChanged.connect(lambda _: self._look(anew=True))
        self._beside.currentIndexChanged.connect(lambda _: self._look_beside())
        self._separator.currentIndexChanged.connect(lambda _: self._look())
        self._written.currentIndexChanged.connect(lambda _: self._recode())
        self._header.toggled.connect(lambda _: self._look())
        for combo in (*self._columns.values(), self._direction, self._merge):
            combo.currentIndexChanged.connect(lambda _: self._judge())
        self._open.clicked.connect(self._agree)
        self._cancel.clicked.connect(self.reject)

    def ask(
        self,
        paths: tuple[Path, ...],
        tables: tuple[Table, ...],
        remembered: Callable[[str], Columns | None],
    ) -> None:
        """Ask about *tables* of *paths*; what was said of the same header before stands there."""
        self._paths, self._tables, self._remembered = paths, tables, remembered
        names = clean(", ".join(path.name for path in paths[:3]))
        self._intro.setText(f"Say which columns of {names} make an edge.")
        with QSignalBlocker(self._table), QSignalBlocker(self._beside):
            fill(self._table, [(clean(one.name), place) for place, one in enumerate(tables)])
            others = [(clean(one.name), place) for place, one in enumerate(tables)]
            fill(self._beside, [("No table", -1), *others], -1)
        self._beside.setEnabled(len(tables) > 1)
        self._look(anew=True)
        self._columns["source"].setFocus()

    def _look(self, *, anew: bool = False) -> None:
        """Read the first rows as they are to be read now; *anew* takes what seems right."""
        table = self._tables[self._table.currentData()]
        try:
            if anew:
                with QSignalBlocker(self._written):
                    self._written.setCurrentIndex(0)
                    self._written.setItemText(0, "UTF-8" if is_utf8(table.sample) else "Not said")
                found = preview(table, encoding=self._as_read(table))
                numbered = found.names[:2] == ("1", "2")
                with QSignalBlocker(self._header), QSignalBlocker(self._separator):
                    self._header.setChecked(not numbered)
                    self._separator.setCurrentIndex(0)
            else:
                delimiter = self._separator.currentData()
                how = self._as_read(table)
                found = preview(table, delimiter, self._header.isChecked(), how)
        except StarlingError as error:
            self._shown = Preview((), (), ",")
            self._offer(Columns())
            self._verdict.setText(error.message)
            return
        self._shown = found
        said = self._remembered(self._key) if anew else None
        self._offer(said or guess(found.names, self._header.isChecked()))
        self._look_beside()

    def _recode(self) -> None:
        """Show the rows in the encoding that is said now; columns stay what they are."""
        places = {role: self._columns[role].currentIndex() for role in EDGES}
        self._look()
        for role, place in places.items():
            with QSignalBlocker(self._columns[role]):
                self._columns[role].setCurrentIndex(place)
        self._judge()

    def _as_read(self, table: Table) -> str:
        """Return in which encoding to show a table: as said, else what it looks like."""
        said: str = self._written.currentData()
        return said if said or is_utf8(table.sample) else likely(table.sample)

    @property
    def _unsaid(self) -> str:
        """What is missing if a table is not UTF-8 and nobody has said what it is in."""
        places = self._table.currentData(), self._beside.currentData()
        tables = [self._tables[place] for place in places if place is not None and place >= 0]
        odd = [one for one in tables if not is_utf8(one.sample)]
        if not odd or self._written.currentData():
            return ""
        return f"It is not UTF-8. It looks like {ENCODINGS[likely(odd[0].sample)]}: say what it is."

    @property
    def _key(self) -> str:
        return key(self._shown.names)

    def _look_beside(self) -> None:
        """Offer the columns of the table of accounts."""
        place = self._beside.currentData()
        names: Sequence[str] = ()
        if place is not None and place >= 0:
            try:
                table = self._tables[place]
                how = self._as_read(table)
                names = preview(table, self._separator.currentData(), encoding=how).names
            except StarlingError:
                names = ()
        found = {name.strip().lower(): name for name in names}
        for role, words in (("id", ("id", *found)), ("label", ("label", "name", "screen_name"))):
            combo = self._columns[role]
            with QSignalBlocker(combo):
                wanted = next((found[word] for word in words if word in found), "")
                fill(combo, [("None", ""), *((clean(name), name) for name in names)], wanted)
            combo.setEnabled(bool(names))
        self._judge()

    def _offer(self, columns: Columns) -> None:
        """Show the columns there are, and what they are taken for."""
        names, rows = self._shown.names, self._shown.rows
        examples = rows[0] if rows else ("",) * len(names)
        titles = [("None", "")]
        for name, example in zip(names, examples, strict=True):
            told = name if columns.header else f"column {name}"
            titles.append((clean(f"{told} ({example[:20]})" if example else told), name))
        for role in EDGES:
            combo = self._columns[role]
            with QSignalBlocker(combo):
                fill(combo, titles, getattr(columns, role))
        with QSignalBlocker(self._direction), QSignalBlocker(self._merge):
            self._direction.setCurrentIndex(self._direction.findData(columns.direction))
            self._merge.setCurrentIndex(self._merge.findData(columns.merge))
        self._rows.show_rows(names, rows)
        self._judge()

    @property
    def said(self) -> Columns:
        """What is said now."""
        told: dict[str, Any] = {
            role: one.currentData() or "" for role, one in self._columns.items()
        }
        return Columns(
            **told,
            delimiter=self._separator.currentData(),
            header=self._header.isChecked(),
            direction=self._direction.currentData(),
            merge=self._merge.currentData(),
            encoding=self._written.currentData(),
        )

    def _judge(self) -> None:
        """Say what will come of what is said now, or what is missing."""
        said, names = self.said, self._shown.names
        trouble = said.trouble(names) if names else "There is no table to read."
        trouble = (self._unsaid if names else "") or trouble
        roles = {getattr(said, role): title.lower() for role, title in reversed(EDGES.items())}
        self._rows.show_roles(names, roles)
        self._merge.setEnabled(not trouble)
        self._verdict.setText(trouble or clean(said.sentence(names, self._shown.rows)))
        self._open.setEnabled(not trouble)

    def _agree(self) -> None:
        said = self.said
        if not said.trouble(self._shown.names) and not self._unsaid:
            self.accept()
            self.agreed.emit(self._paths, said, self._key)
