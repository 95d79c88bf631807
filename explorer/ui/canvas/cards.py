"""What stands over the picture all the time: the legend, the selection, the denominators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from explorer.ui.canvas.legend import MARGIN, EdgeLegend
from explorer.ui.canvas.overlays import Sign, Words, selection_words, share_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from explorer.document.model import Style
    from explorer.scene.painter import Picture
    from explorer.scene.theme import Theme


class Cards:
    """The legend at the lower left, the selection at the top, signs at the lower right.

    Attributes
    ----------
    bare
        Show none of them: for a picture beside another that has them.
    """

    def __init__(self, canvas: QWidget) -> None:
        self._canvas = canvas
        self.legend = EdgeLegend(canvas)
        self.pill = Words(canvas, "pill")
        self.pill.setTextFormat(Qt.TextFormat.RichText)  # our own numbers, no names
        self.sign = Sign(canvas, "sign")
        self.legend.hide()
        self.bare = False

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for card in (self.legend, self.pill, self.sign):
            card.set_theme(theme)
        self.place()

    def show_picture(self, picture: Picture, style: Style) -> None:
        """Show what a picture shows, and whether it shows it completely."""
        if self.bare:
            return
        facts, complete = picture.facts, picture.complete
        self.legend.show_facts(facts, style.hidden)
        self.legend.show_kinds(picture.kinds)
        self.legend.show()
        self.pill.say(selection_words(facts))
        drawn = "drawn completely" if complete else "sampled, refining"
        self.sign.say(f"{share_words(facts)}  •  {drawn}")
        self.place()

    def hide(self) -> None:
        """Show nothing: there is no picture."""
        for card in (self.legend, self.pill, self.sign):
            card.hide()

    def place(self) -> None:
        """Put each in its corner."""
        wide, high = self._canvas.width(), self._canvas.height()
        aside = self.legend.width() + self.sign.width() + 3 * MARGIN <= wide
        above = MARGIN if aside or self.sign.isHidden() else 2 * MARGIN + self.sign.height()
        self.legend.move(MARGIN, high - self.legend.height() - above)
        self.pill.move((wide - self.pill.width()) // 2, MARGIN)
        self.sign.move(wide - self.sign.width() - MARGIN, high - self.sign.height() - MARGIN)
