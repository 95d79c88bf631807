"""Who is who, and by which rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from explorer.graph.direct import Authors, Listed, Strengths, TopActive
from explorer.graph.measured import Hits, KCore
from explorer.graph.roles import AMPLIFIER, CORE, NO_AMPLIFIERS, OTHER
from explorer.scene.theme import theme
from explorer.ui.form import Form
from explorer.ui.icons import dot
from explorer.ui.panels.parts import GAP, Section, breakable, plain, wrapped
from explorer.ui.still import still

if TYPE_CHECKING:
    from explorer.document.model import Document

RULES: tuple[Any, ...] = (Listed(), Authors(), Strengths(), TopActive(), Hits(), KCore())
FROM_LIST = "Named in a list of ids…"


class RolesPanel(Section):
    """Counts by role, the rule in a sentence, and another rule to choose.

    Signals
    -------
    role_chosen : int
        The user would like to select the accounts of a role.
    rule_chosen : object
        The user would like another rule.
    list_asked
        The user would like to name the core by a list of ids.
    """

    role_chosen = Signal(int)
    rule_chosen = Signal(object)
    list_asked = Signal()

    def __init__(self) -> None:
        super().__init__("Roles")
        self._dots: dict[int, QLabel] = {}
        self._counts: dict[int, QLabel] = {}
        for role, name in ((CORE, "Core"), (AMPLIFIER, "Amplifier"), (OTHER, "Other")):
            self.add(self._row(role, name))
        self._sentence = wrapped("", "note")
        self.add(self._sentence)
        self._choice = still(QComboBox())
        for rule in RULES:
            self._choice.addItem(rule.title, rule)
        self._choice.addItem(FROM_LIST)
        self._choice.setToolTip("The rule that says who is core")
        self._choice.activated.connect(self._chose)
        self.add(self._choice)
        self._form: Form | None = None
        self._apply = QPushButton("Use this rule")
        self._apply.clicked.connect(self._use)
        self._apply.hide()
        self.add(self._apply)

    def set_theme(self, name: str) -> None:
        """Colour the keys."""
        for role, label in self._dots.items():
            label.setPixmap(dot(theme(name).roles[role]))

    def show_document(self, document: Document, what: frozenset[str]) -> None:
        """Show how many accounts have which role, and why."""
        if "roles" not in what:
            return
        if document.roles.rule.title != self._choice.currentText():
            self._drop_form()
        counts = document.roles.counts()
        for role, name in ((CORE, "core"), (AMPLIFIER, "amplifier"), (OTHER, "other")):
            self._counts[role].setText(f"{counts[name]:,}")
        self._sentence.setText(breakable(sentence(document)))
        with QSignalBlocker(self._choice):
            titles = [rule.title for rule in RULES]
            title = document.roles.rule.title
            self._choice.setCurrentIndex(titles.index(title) if title in titles else len(RULES))

    def _row(self, role: int, name: str) -> QWidget:
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GAP)
        self._dots[role] = QLabel()
        button = QPushButton(name)
        button.setObjectName("row")
        button.setToolTip(f"Select: {name.lower()}")
        button.clicked.connect(lambda: self.role_chosen.emit(role))
        self._counts[role] = plain("0")
        box.addWidget(self._dots[role])
        box.addWidget(button)
        box.addStretch(1)
        box.addWidget(self._counts[role])
        return row

    def _chose(self, index: int) -> None:
        self._drop_form()
        rule = self._choice.itemData(index)
        if rule is None:
            self.list_asked.emit()
        elif type(rule) in {Listed, Authors}:
            self.rule_chosen.emit(rule)
        else:
            self._form = Form(rule)
            self.box.insertWidget(self.box.indexOf(self._apply), self._form)
            self._apply.show()

    def _drop_form(self) -> None:
        if self._form is not None:
            self._form.setParent(None)
            self._form.deleteLater()
            self._form = None
        self._apply.hide()

    def _use(self) -> None:
        if self._form is not None:
            self.rule_chosen.emit(self._form.options)


def sentence(document: Document) -> str:
    """Return the rule in words, and what it could not find."""
    rule, counts = document.roles.rule, document.roles.counts()
    words = document.roles.sentence
    by_release = isinstance(rule, Listed) and document.receipt.users_files > 0
    if by_release and counts["core"] and not counts["amplifier"]:
        words = f"{words}\n\n{NO_AMPLIFIERS}"
    return words
