"""From a dataclass of options to a form, and back."""

from __future__ import annotations

from dataclasses import Field, fields
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from explorer.ui.still import still

if TYPE_CHECKING:
    from collections.abc import Callable

LARGE = 1_000_000_000
LEFT_OUT = frozenset({"kinds", "title", "heavy"})
"""Fields that no form asks for."""
INSET = 6
"""Logical pixels between the frame of a number and its first digit."""


class Form(QWidget):
    """Shows the fields of a frozen dataclass, each by its type and ``metadata``.

    Metadata: ``label``, ``tip``, ``min``, ``max``, ``step``, ``unit``, ``choices`` (values, or
    pairs of value and title), ``hidden``. Fields of *without* are left out too.

    Signals
    -------
    edited : object
        The options as the user would like them now.
    """

    edited = Signal(object)

    def __init__(
        self,
        options: Any,
        parent: QWidget | None = None,
        without: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(parent)
        self._kind = type(options)
        self._readers: dict[str, Callable[[], Any]] = {}
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(16)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in fields(options):
            if field.metadata.get("hidden") or field.name in LEFT_OUT | without:
                continue
            editor = self._editor(field, getattr(options, field.name))
            if editor is not None:
                editor.setToolTip(str(field.metadata.get("tip", "")))
                name = field.metadata.get("label", field.name.replace("_", " ").capitalize())
                layout.addRow(str(name), editor)

    @property
    def options(self) -> Any:
        """The options as they stand in the form."""
        return self._kind(**{name: read() for name, read in self._readers.items()})

    def _editor(self, field: Field[Any], value: Any) -> QWidget | None:
        if "choices" in field.metadata:
            return self._choice(field, value)
        makers: tuple[tuple[type, Callable[[Field[Any], Any], QWidget]], ...] = (
            (bool, self._check),  # before int, which it is too
            (int, self._whole),
            (float, self._number),
            (str, self._line),
        )
        for kind, make in makers:
            if isinstance(value, kind):
                return make(field, value)
        return None

    def _choice(self, field: Field[Any], value: Any) -> QWidget:
        editor = still(QComboBox())
        for choice in field.metadata["choices"]:
            key, title = choice if isinstance(choice, tuple) else (choice, str(choice).capitalize())
            editor.addItem(title, key)
        editor.setCurrentIndex(max(editor.findData(value), 0))
        editor.currentIndexChanged.connect(self._tell)
        self._readers[field.name] = editor.currentData
        return editor

    def _check(self, field: Field[Any], value: bool) -> QWidget:
        editor = QCheckBox()
        editor.setChecked(value)
        editor.toggled.connect(self._tell)
        self._readers[field.name] = editor.isChecked
        return editor

    def _whole(self, field: Field[Any], value: int) -> QWidget:
        editor = still(QSpinBox())
        editor.setRange(field.metadata.get("min", 0), field.metadata.get("max", LARGE))
        editor.setSingleStep(field.metadata.get("step", 1))
        editor.setSuffix(_unit(field))
        editor.setGroupSeparatorShown(True)
        editor.setValue(value)
        self._settle(field, editor)
        return editor

    def _number(self, field: Field[Any], value: float) -> QWidget:
        editor = still(QDoubleSpinBox())
        editor.setRange(field.metadata.get("min", 0.0), field.metadata.get("max", 1e9))
        editor.setSingleStep(field.metadata.get("step", 0.1))
        editor.setSuffix(_unit(field))
        editor.setValue(value)
        self._settle(field, editor)
        return editor

    def _settle(self, field: Field[Any], editor: QSpinBox | QDoubleSpinBox) -> None:
        editor.lineEdit().setTextMargins(INSET, 0, 0, 0)
        editor.setKeyboardTracking(False)
        editor.valueChanged.connect(self._tell)
        self._readers[field.name] = editor.value

    def _line(self, field: Field[Any], value: str) -> QWidget:
        editor = QLineEdit(value)
        editor.editingFinished.connect(self._tell)
        self._readers[field.name] = editor.text
        return editor

    def _tell(self, *_: object) -> None:
        self.edited.emit(self.options)


def _unit(field: Field[Any]) -> str:
    unit = field.metadata.get("unit", "")
    return f" {unit}" if unit else ""
