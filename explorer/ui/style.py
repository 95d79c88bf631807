"""Palette and style sheet of the window, from the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QPalette

from explorer.assets import asset
from explorer.scene.theme import code

if TYPE_CHECKING:
    from explorer.scene.theme import Theme

FAMILIES = [
    "Inter",
    "Segoe UI",
    "SF Pro Text",
    "Noto Sans",
    "DejaVu Sans",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans Arabic",
]
"""System fonts, with Chinese, Japanese and Arabic to fall back on."""


def font(pixels: int = 13) -> QFont:
    """Return the window's font at a size in logical pixels."""
    made = QFont()
    made.setFamilies(FAMILIES)
    made.setPixelSize(pixels)
    return made


def palette(theme: Theme) -> QPalette:
    """Return Qt's palette in the colours of *theme*."""
    colours = {name: QColor(*value) for name, value in theme.window.items()}
    made = QPalette()
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    for which, name in (
        (role.Window, "window"),
        (role.WindowText, "text"),
        (role.Base, "base"),
        (role.AlternateBase, "raised"),
        (role.Text, "text"),
        (role.Button, "raised"),
        (role.ButtonText, "text"),
        (role.BrightText, "text"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on_accent"),
        (role.ToolTipBase, "raised"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "quiet"),
        (role.Link, "blue"),
        (role.Mid, "line"),
        (role.Dark, "line"),
        (role.Light, "raised"),
        (role.Shadow, "base"),
    ):
        made.setColor(which, colours[name])
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, which, colours["line"].lighter(150))
    return made


def sheet(theme: Theme) -> str:
    """Return the one style sheet."""
    words = {name: code(value) for name, value in theme.window.items()}
    kind = "dark" if theme.is_dark else "light"
    signs = {name: asset("themes", f"{name}-{kind}.svg").as_posix() for name in ("tick", "arrow")}
    return SHEET % {**words, **signs}


SHEET = """
QMainWindow, QDialog { background: %(window)s; }
QMenuBar { background: %(window)s; padding: 2px 8px; border-bottom: 1px solid %(line)s; }
QMenuBar::item { padding: 5px 10px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: %(raised)s; }
QMenu { background: %(raised)s; border: 1px solid %(line)s; padding: 5px 0; }
QMenu::item { padding: 5px 28px 5px 24px; }
QMenu::icon { padding-left: 10px; }
QMenu::item:selected { background: %(accent)s; color: %(on_accent)s; }
QMenu::item:disabled { color: %(quiet)s; background: transparent; }
QMenu::separator { height: 1px; background: %(line)s; margin: 5px 8px; }
QToolBar { background: %(window)s; border: 0; border-bottom: 1px solid %(line)s;
           spacing: 4px; padding: 6px 8px; }
QToolBar::separator { width: 1px; background: %(line)s; margin: 4px 6px; }
QToolButton { padding: 5px 9px; border: 1px solid transparent; border-radius: 5px; }
QToolButton:hover { background: %(raised)s; }
QToolButton:checked { background: %(raised)s; border-color: %(line)s; }
QToolButton:disabled { color: %(quiet)s; }
QToolButton#primary, QPushButton#primary { background: %(accent)s; color: %(on_accent)s;
           font-weight: 600; border-radius: 5px; padding: 5px 12px; border: 0; }
QToolButton#primary:disabled, QPushButton#primary:disabled {
           background: %(raised)s; color: %(quiet)s; }
QPushButton { background: %(raised)s; border: 1px solid %(line)s; border-radius: 5px;
              padding: 5px 12px; min-height: 18px; }
QPushButton:hover { border-color: %(quiet)s; }
QPushButton:disabled { color: %(quiet)s; }
QPushButton#segment { border-radius: 0; padding: 5px 4px; }
QPushButton#segment[place="middle"] { border-left: 0; border-right: 0; }
QPushButton#segment[place="first"] { border-top-left-radius: 5px; border-bottom-left-radius: 5px; }
QPushButton#segment[place="last"] { border-top-right-radius: 5px; border-bottom-right-radius: 5px; }
QPushButton#segment:checked { background: %(blue)s; color: %(base)s; border-color: %(blue)s;
    font-weight: 600; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QComboBox { background: %(raised)s; border: 1px solid %(line)s; border-radius: 5px;
            padding: 4px 8px; }
QComboBox:hover { border-color: %(quiet)s; }
QComboBox:disabled { color: %(quiet)s; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url("%(arrow)s"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { border-radius: 0; selection-background-color: %(accent)s;
    selection-color: %(on_accent)s; }
QComboBox QAbstractItemView::item { padding: 3px 6px; min-height: 18px; }
QComboBox QAbstractItemView::item:selected { background: %(accent)s; color: %(on_accent)s; }
QPushButton#link { background: transparent; border: 0; color: %(quiet)s; padding: 0;
                   text-align: left; text-decoration: underline; }
QPushButton#link:hover { color: %(text)s; }
QPushButton#row { background: transparent; border: 0; text-align: left; padding: 1px 0;
                  min-height: 16px; }
QPushButton#row:hover { color: %(accent)s; }
QLineEdit, QSpinBox, QDoubleSpinBox, QPlainTextEdit {
    background: %(base)s; border: 1px solid %(line)s; border-radius: 5px; padding: 4px 8px;
    selection-background-color: %(accent)s; selection-color: %(on_accent)s; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button,
QDoubleSpinBox::down-button { width: 0; border: 0; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid %(quiet)s;
    border-radius: 4px; background: %(base)s; }
QCheckBox::indicator:checked { background: %(blue)s; border-color: %(blue)s;
    image: url("%(tick)s"); }
QLineEdit#id { background: transparent; border: 0; padding: 0; color: %(quiet)s; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QPlainTextEdit:focus, QComboBox:focus,
QPushButton:focus, QToolButton:focus { border-color: %(accent)s; }
QLineEdit#id:focus { border: 0; }
QPushButton#primary:focus, QToolButton#primary:focus { border: 2px solid %(text)s;
    padding: 3px 10px; }
QPushButton#segment:focus { border: 2px solid %(text)s; padding: 4px 3px; }
QPushButton#link:focus, QPushButton#row:focus { color: %(accent)s; }
QCheckBox:focus { color: %(accent)s; }
QCheckBox::indicator:focus { border-color: %(accent)s; }
QSlider::handle:horizontal:focus { background: %(accent)s; }
QLabel#heading { color: %(quiet)s; font-size: 11px; font-weight: 600; letter-spacing: 1px; }
QLabel#quiet, QLabel#value_quiet { color: %(quiet)s; }
QLabel#title { font-size: 22px; font-weight: 600; }
QLabel#name { font-size: 16px; font-weight: 600; }
QLabel#note { color: %(quiet)s; background: %(raised)s; border-radius: 5px; padding: 8px 10px; }
QFrame#rule { background: %(line)s; max-height: 1px; border: 0; }
QFrame#drop { border: 2px dashed %(line)s; border-radius: 12px; background: transparent; }
QFrame#drop[hot="true"] { border-color: %(accent)s; background: %(raised)s; }
QFrame#notice { background: %(raised)s; border: 1px solid %(line)s; border-radius: 8px; }
QFrame#notice[bad="true"] { border-color: %(accent)s; }
QScrollArea, QScrollArea > QWidget > QWidget { background: %(window)s; border: 0; }
QDockWidget { titlebar-close-icon: none; titlebar-normal-icon: none;
              border: 1px solid %(line)s; }
QDockWidget::title { background: %(window)s; padding: 6px 12px; }
QMainWindow::separator { background: %(line)s; width: 1px; height: 1px; }
QStatusBar { background: %(window)s; border-top: 1px solid %(line)s; }
QStatusBar::item { border: 0; }
QProgressBar { background: %(raised)s; border: 0; border-radius: 3px; max-height: 6px;
               min-height: 6px; }
QProgressBar::chunk { background: %(accent)s; border-radius: 3px; }
QTableView, QTreeView, QListView { outline: 0; background: %(base)s; border: 1px solid %(line)s;
    border-radius: 5px; alternate-background-color: %(raised)s; gridline-color: %(line)s; }
QListView#history { background: %(window)s; border: 0; border-radius: 0; }
QTreeView::item { padding: 3px 6px; }
QTreeView::item:selected, QListView::item:selected, QTableView::item:selected {
    background: %(accent)s; color: %(on_accent)s; }
QHeaderView::section { background: %(window)s; color: %(quiet)s; border: 0;
    border-bottom: 1px solid %(line)s; padding: 5px 8px; }
QToolTip { background: %(raised)s; color: %(text)s; border: 1px solid %(line)s; padding: 4px; }
QSlider::groove:horizontal { height: 4px; background: %(raised)s; border-radius: 2px; }
QSlider::sub-page:horizontal { background: %(quiet)s; border-radius: 2px; }
QSlider::handle:horizontal { background: %(text)s; width: 14px; margin: -5px 0;
    border-radius: 7px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: %(line)s; border-radius: 4px; min-height: 28px;
    margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; }
QScrollBar::handle:horizontal { background: %(line)s; border-radius: 4px; margin: 2px; }
"""
