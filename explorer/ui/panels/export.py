"""Ask what a figure shall show and how, beside a small picture of what will be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer.errors import StarlingError
from explorer.evidence.provenance import stated_time
from explorer.scene.bands import CORNERS, OUTSIDE
from explorer.scene.figure import Choices
from explorer.ui.export import figure_of
from explorer.ui.panels.fields import Scrolled, chosen, number, side, ticked
from explorer.ui.panels.parts import wrapped
from explorer.ui.preview import Previewer

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from explorer.document.model import Document
    from explorer.scene.view import View

SIZES = (
    ("Screen", 1600, 1000, 96),
    ("Page, A4", 3508, 2480, 300),
    ("Poster, 8k", 8192, 5120, 300),
    ("Largest, 16k", 16384, 10240, 300),
)
"""Title, width and height in pixels, pixels to an inch."""
NONE = "none"
PREVIEW = 520
"""Pixels of the longer side of the preview."""
PAUSE = 150
"""Milliseconds without an edit before the preview is drawn anew."""
FRAME = (24, 56)
"""Pixels that a frame and a title bar may take of the screen."""
CHECKER = 8
"""Pixels of a square of what shows through where there is no ground."""


class Shown(QWidget):
    """The preview, in the middle of its room."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._words = "Drawing…"
        self.setMinimumSize(QSize(PREVIEW, PREVIEW * 5 // 8))
        self.setAccessibleName("Preview")

    @property
    def image(self) -> QImage:
        """What is shown."""
        return self._image

    def show_image(self, image: QImage) -> None:
        """Show a picture."""
        self._image = image
        self.update()

    def say(self, words: str) -> None:
        """Say *words* in place of a picture."""
        self._image, self._words = QImage(), words
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture, on squares where it has no ground."""
        painter = QPainter(self)
        if self._image.isNull():
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), int(flags), self._words)
            return
        ratio = self.devicePixelRatioF()
        self._image.setDevicePixelRatio(ratio)
        wide, high = self._image.width() / ratio, self._image.height() / ratio
        x, y = round((self.width() - wide) / 2), round((self.height() - high) / 2)
        if self._image.hasAlphaChannel():
            painter.fillRect(x, y, round(wide), round(high), QColor(200, 200, 200))
            squares = QImage(2 * CHECKER, 2 * CHECKER, QImage.Format.Format_RGB32)
            squares.fill(QColor(200, 200, 200))
            light = QPainter(squares)
            for at in (0, CHECKER):
                light.fillRect(at, at, CHECKER, CHECKER, QColor(228, 228, 228))
            light.end()
            painter.fillRect(x, y, round(wide), round(high), QBrush(squares))
        painter.drawImage(x, y, self._image)


class ExportWindow(QDialog):
    """Asks for the form of a figure.

    Signals
    -------
    agreed : str, Choices
        Ending of the file (png, svg or pdf), and what is wanted.
    """

    agreed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export figure")
        self._looked_at: tuple[Document, View] | None = None
        self._fitted = False
        self._format = chosen(("PNG picture", "png"), ("SVG drawing", "svg"), ("PDF page", "pdf"))
        self._what = chosen(("The whole graph", True), ("What I see now", False))
        self._theme = chosen(
            ("As in the window", ""), ("Dark", "dark"), ("Light", "light"), ("Print", "print")
        )
        corners = ((f"In the picture, {corner}", corner) for corner in CORNERS)
        self._key = chosen(("Beside the picture", OUTSIDE), *corners, ("None", NONE))
        titles = ((f"{title} · {w:,} × {h:,}", (w, h, dpi)) for title, w, h, dpi in SIZES)
        self._size = chosen(*titles, ("Other", None))
        self._width, self._height = side(SIZES[0][1], 400), side(SIZES[0][2], 300)
        self._dpi = number(SIZES[0][3], 36, 2400, " per inch")
        self._title, self._caption, self._author = QLineEdit(), QLineEdit(), QLineEdit()
        self._heading = ticked("Title and caption", True)
        self._scale = ticked("What the size of accounts means", True)
        self._tones = ticked("What tones, widths and dashes of edges mean", True)
        self._footer = ticked("Provenance at the foot", True)
        self._transparent = ticked("Transparent background", False)
        self._outline = ticked("Outline text", False)
        self._outline.setToolTip("SVG and PDF: words look the same where the fonts are missing")
        self._shown, self._note = Shown(), wrapped("", "note")
        self._previewer = Previewer(self)
        self._previewer.drawn.connect(self._shown.show_image)
        self._previewer.failed.connect(self._fail)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._preview)
        self._lay_out()
        self._wire()

    def show_figure(self, document: Document, view: View) -> None:
        """Ask about a figure of *document*, which *view* looks at."""
        self._looked_at = document, view
        self._title.setPlaceholderText(document.archive.title)
        words = "Counts, rule, layout, filter and the hashes of the inputs go into the file."
        if document.receipt.simulated:
            words = f"It will say SIMULATED. {words}"
        self._note.setText(words)
        self._edited()

    @property
    def choices(self) -> Choices:
        """What is wanted as the form stands."""
        key = self._key.currentData()
        return Choices(
            width=self._width.value(),
            height=self._height.value(),
            whole=self._what.currentData(),
            theme=self._theme.currentData(),
            title=self._title.text(),
            caption=self._caption.text(),
            author=self._author.text(),
            heading=self._heading.isChecked(),
            legend=key != NONE,
            place=OUTSIDE if key == NONE else key,
            scale=self._scale.isChecked(),
            tones=self._tones.isChecked(),
            footer=self._footer.isChecked(),
            transparent=self._transparent.isChecked(),
            outline=self._outline.isChecked(),
            dpi=self._dpi.value(),
        )

    def done(self, result: int) -> None:
        """Let go of what was looked at."""
        self._looked_at = None
        super().done(result)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what is asked for, also when the window is back from the task bar."""
        if not self._fitted:  # only now has everything its style, and no dialog its place yet
            self._fitted = True
            room = self.screen().availableSize() - QSize(*FRAME)
            self.resize(self.sizeHint().boundedTo(room))
        super().showEvent(event)
        self._edited()

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw no more as long as nobody sees it."""
        self._pause.stop()
        self._previewer.stop()
        super().hideEvent(event)

    def _lay_out(self) -> None:
        asked = QWidget()
        inside = QVBoxLayout(asked)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(14)
        form = QFormLayout()
        form.setHorizontalSpacing(20)
        rows = (
            ("Format", self._format), ("Show", self._what), ("Theme", self._theme),
            ("Size", self._size), ("Width", self._width), ("Height", self._height),
            ("Pixels", self._dpi), ("Key", self._key), ("Title", self._title),
            ("Caption", self._caption), ("Author", self._author),
        )  # fmt: skip
        for name, editor in rows:
            form.addRow(name, editor)
        explained = self._heading, self._scale, self._tones, self._footer
        for box in (*explained, self._transparent, self._outline):
            form.addRow("", box)
        left = QVBoxLayout()
        left.setSpacing(14)
        inside.addLayout(form)
        inside.addWidget(self._note)
        inside.addStretch(1)
        left.addWidget(Scrolled(asked), 1)
        left.addLayout(self._buttons())
        whole = QHBoxLayout(self)
        whole.setContentsMargins(22, 20, 22, 18)
        whole.setSpacing(22)
        whole.addLayout(left)
        whole.addWidget(self._shown, 1)

    def _wire(self) -> None:
        for combo in (self._format, self._what, self._theme, self._key):
            combo.currentIndexChanged.connect(self._edited)
        self._size.currentIndexChanged.connect(self._sized)
        for spin in (self._width, self._height, self._dpi):
            spin.valueChanged.connect(self._edited)
        for line in (self._title, self._caption):
            line.textChanged.connect(self._edited)
        for box in (self._heading, self._scale, self._tones, self._footer, self._transparent):
            box.toggled.connect(self._edited)

    def _buttons(self) -> QHBoxLayout:
        go, cancel = QPushButton("Choose where…"), QPushButton("Cancel")
        go.setObjectName("primary")
        go.setDefault(True)
        go.clicked.connect(self._agree)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(go)
        return buttons

    def _sized(self) -> None:
        size = self._size.currentData()
        if size:
            for spin, value in zip((self._width, self._height, self._dpi), size, strict=True):
                spin.setValue(value)

    def _edited(self) -> None:
        self._pause.start()

    def _preview(self) -> None:
        if self._looked_at is None or not self.isVisible():
            return
        try:
            figure = figure_of(*self._looked_at, self.choices, stated_time())
        except StarlingError as error:
            self._shown.say(error.message)
            return
        self._previewer.ask(figure, round(PREVIEW * self.devicePixelRatioF()))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, StarlingError):
            raise error
        self._shown.say(error.message)

    def _agree(self) -> None:
        wanted = self._format.currentData(), self.choices
        self.accept()
        self.agreed.emit(*wanted)
