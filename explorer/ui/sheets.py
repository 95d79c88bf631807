"""The windows beside the window: receipt, export, palette, keys, help, about."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QLayout, QPushButton, QVBoxLayout

from explorer import __version__
from explorer.archive.receipt import Receipt
from explorer.scene.naming import file_name
from explorer.ui.commands.tables import Asked
from explorer.ui.compare import CompareWindow
from explorer.ui.palette import CommandPalette, KeySheet
from explorer.ui.panels.export import ExportWindow
from explorer.ui.panels.mapping import MappingWindow
from explorer.ui.panels.network import NetworkWindow
from explorer.ui.panels.parts import plain, wrapped
from explorer.ui.panels.receipt import ReceiptWindow

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from explorer.document.model import Document
    from explorer.ingest.mapping import Columns
    from explorer.scene.figure import Choices
    from explorer.ui.commands import Commands
    from explorer.ui.menus import Menus

PATTERNS = {
    "png": "PNG picture (*.png)",
    "svg": "SVG drawing (*.svg)",
    "pdf": "PDF page (*.pdf)",
}

HELP = (
    "Drop the files of a release on the window: the users file, the tweets files, as CSV or zip, "
    "several at once. A second tweets file from accounts that are not in the users file shows who "
    "amplified them.",
    "Core are the accounts that the users file names. An amplifier is an account that is not core "
    "and has made at least one interaction of its own towards a core account; to be mentioned by "
    "the core does not make one. Another rule can be chosen at the left.",
    "Press C to select the core: its accounts and the edges that touch them light up, all else "
    "dims. Rows of the legend select, their switches show and hide.",
    "Ctrl+E writes the figure as PNG, SVG or PDF. It carries the legend, the counts, the rule, the "
    "layout with its seed, and the SHA-256 of every input file.",
    "Ctrl+Alt+E writes the network for Gephi, igraph, networkx, a spreadsheet and others: all "
    "accounts, those shown or those selected. What is simulated says so in every file.",
    "The receipt (Ctrl+R) says what was read, kept, merged and refused, and why. "
    "Nothing you open ever leaves this computer: Starling uses no network.",
)


class Sheets:
    """Makes each window when it is first wanted, and shows it."""

    def __init__(self, window: QWidget, commands: Commands, menus: Menus) -> None:
        self._window, self._commands, self._menus = window, commands, menus
        self._made: dict[str, QDialog] = {}

    def show_sheet(self, name: str, value: object) -> None:
        """Show the window called *name* with what it is to show."""
        match name:
            case "receipt" | "mapping":
                self._show_value(value)
            case "export":
                self._ask_export()
            case "network":
                self.network.show_document(self._commands.desk.document, str(value))
                self._open(self.network)
            case "compare":
                self._compare()
            case "palette":
                self.palette.ask()
            case "about":
                self._open(page("About Starling", about(str(value)), self._window))
            case "keys" | "help":
                self._open(self._sheet(name))

    def _show_value(self, value: object) -> None:
        if isinstance(value, Receipt):
            self.receipt.show_receipt(value)
            self._open(self.receipt)
        elif isinstance(value, Asked):
            self.mapping.ask(value.paths, value.tables, value.remembered)
            self._open(self.mapping)

    def _compare(self) -> None:
        """Open a window of its own each time: its pictures end with it, or with the archive."""
        commands, session = self._commands, self._commands.desk.session
        window = CompareWindow(self._window)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        show = window.show_document

        def changed(document: Document, what: frozenset[str]) -> None:
            if "graph" in what:  # what it offers are places of other accounts
                window.reject()
            else:
                show(document)

        session.changed.connect(changed)
        window.finished.connect(lambda _: session.changed.disconnect(changed))
        window.finished.connect(lambda _: commands.compare.end())
        window.picked.connect(
            lambda account, mode: commands.desk.run(lambda: commands.select.one(account, mode))
        )
        commands.compare.begin(window)
        self._open(window)

    @property
    def receipt(self) -> ReceiptWindow:
        """The receipt's window."""
        made = self._made.get("receipt")
        if not isinstance(made, ReceiptWindow):
            made = ReceiptWindow(self._window)
            self._made["receipt"] = made
        return made

    @property
    def export(self) -> ExportWindow:
        """The window that asks for the form of a figure."""
        made = self._made.get("export")
        if not isinstance(made, ExportWindow):
            made = ExportWindow(self._window)
            made.agreed.connect(self._write)
            self._made["export"] = made
        return made

    @property
    def network(self) -> NetworkWindow:
        """The window that asks for the form of a network."""
        made = self._made.get("network")
        if not isinstance(made, NetworkWindow):
            made = NetworkWindow(self._window)
            commands = self._commands
            made.agreed.connect(
                lambda format_, what, found: commands.desk.run(
                    lambda: commands.network.choose(format_, what, found)
                )
            )
            self._made["network"] = made
        return made

    @property
    def mapping(self) -> MappingWindow:
        """The window that asks what columns mean."""
        made = self._made.get("mapping")
        if not isinstance(made, MappingWindow):
            made = MappingWindow(self._window)
            made.agreed.connect(self._read)
            self._made["mapping"] = made
        return made

    def _read(self, paths: tuple[Path, ...], columns: Columns, key: str) -> None:
        self._commands.desk.run(lambda: self._commands.tables.read(paths, columns, key))

    @property
    def palette(self) -> CommandPalette:
        """The command palette."""
        made = self._made.get("palette")
        if not isinstance(made, CommandPalette):
            made = CommandPalette(self._menus, self._window)
            self._made["palette"] = made
        return made

    def _sheet(self, name: str) -> QDialog:
        if name not in self._made:
            self._made[name] = (
                KeySheet(self._menus, self._window)
                if name == "keys"
                else page("Starling help", HELP, self._window)
            )
        return self._made[name]

    def _open(self, dialog: QDialog) -> None:
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _ask_export(self) -> None:
        desk = self._commands.desk
        if desk.stage is not None:
            self.export.show_figure(desk.document, desk.stage.view())
            self._open(self.export)

    def _write(self, ending: str, choices: Choices) -> None:
        desk = self._commands.desk
        title = file_name(desk.document.archive.title or "figure")
        path = desk.ask.save_path("Export figure", f"{title}.{ending}", PATTERNS[ending])
        if path is not None:
            path = path if path.suffix else path.with_suffix(f".{ending}")
            size = choices.width, choices.height
            write = self._commands.figure.write
            desk.run(lambda: write(path, size, choices.whole, choices))


def about(renderer: str) -> tuple[str, ...]:
    """Return what this program is, what draws, and on what it stands."""
    parts = []
    for name in ("PySide6-Essentials", "pyqtgraph", "igraph", "duckdb", "numpy", "numba"):
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:  # a frozen build may leave the label off
            continue
    return (
        f"Starling {__version__}: see who amplifies whom.",
        renderer,
        f"Python {platform.python_version()}, Qt {qVersion()}; {', '.join(parts)}.",
        "Free software under the GNU General Public License, version 3 or later.",
    )


def page(title: str, paragraphs: tuple[str, ...], parent: QWidget) -> QDialog:
    """Return a window of plain paragraphs."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    box = QVBoxLayout(dialog)
    box.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)  # as high as its words, no higher
    box.setContentsMargins(28, 24, 28, 20)
    box.setSpacing(12)
    box.addWidget(plain(title, "title"))
    for paragraph in paragraphs:
        words = wrapped(paragraph)
        words.setFixedWidth(504)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(words)
    close = QPushButton("Close")
    close.clicked.connect(dialog.accept)
    box.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
    return dialog
