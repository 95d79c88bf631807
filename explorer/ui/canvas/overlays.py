"""What lies over the picture for a moment: rubber band, lasso, focus ring, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QWidget

from explorer.graph.edges import GROUPS
from explorer.scene.naming import plain
from explorer.scene.shares import Share
from explorer.scene.theme import code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from explorer.scene.layers import Facts
    from explorer.scene.theme import Colour, Theme

RING = 11.0
"""Least radius in pixels of the ring round the focused account."""
CLEAR = 6.0
"""Pixels between an account and the ring round it."""
LONGEST = 240
"""Characters of one line of a tooltip."""
BESIDE = QPoint(16, 18)
"""From the cursor to its tooltip."""


def paint_box(painter: QPainter, theme: Theme, box: QRectF) -> None:
    """Draw a rubber band."""
    for pen in _pens(painter, theme):
        painter.setPen(pen)
        painter.drawRect(box)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_lasso(painter: QPainter, theme: Theme, points: list[QPointF]) -> None:
    """Draw the line of a lasso, closed."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for pen in _pens(painter, theme):
        painter.setPen(pen)
        painter.drawPolygon(QPolygonF(points))
        painter.setBrush(Qt.BrushStyle.NoBrush)


def ringed(radius: float) -> float:
    """Return the radius of the inner line round an account of this radius, in pixels."""
    return max(RING, radius + CLEAR)


def paint_focus(painter: QPainter, theme: Theme, at: QPointF, radius: float) -> None:
    """Draw the ring round the account, of this radius, that the keyboard walks on.

    Two lines with the ground between and round them: its shape and its contrast tell it from an
    account's own ring, on any picture and for any eye.
    """
    around = ringed(radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width, away in (
        (theme.ground, 8.6, 2.0),
        (theme.focus, 2.0, 0.0),
        (theme.focus, 1.4, 4.0),
    ):
        painter.setPen(QPen(QColor(*colour), width))
        painter.drawEllipse(at, around + away, around + away)


def paint_carried(painter: QPainter, theme: Theme, places: Iterable[QPointF]) -> None:
    """Draw accounts where they would be let go."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(*theme.ground), 1.0))
    painter.setBrush(QColor(*theme.window["accent"]))
    for place in places:
        painter.drawEllipse(place, 4.0, 4.0)


def _pens(painter: QPainter, theme: Theme) -> tuple[QPen, QPen]:
    """Return the pens of what surrounds accounts: a dark line under a light one, or the other."""
    inside = QColor(*theme.window["blue"])
    inside.setAlpha(28)
    painter.setBrush(inside)
    return QPen(QColor(*theme.ground), 3.2), QPen(QColor(*theme.text), 1.3)


def rgba(colour: Colour, opacity: float) -> str:
    """Return a colour of a style sheet."""
    return "rgba({}, {}, {}, {})".format(*colour, round(255 * opacity))


class Words(QLabel):
    """Plain words on a card over the picture; the mouse goes through it."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of *theme*."""
        window = theme.window
        self.setStyleSheet(
            f"QLabel {{ background: {rgba(window['raised'], 0.92)}; color: {code(window['text'])};"
            f" border: 1px solid {code(window['line'])}; border-radius: 6px; padding: 5px 12px; }}"
        )

    def say(self, text: str) -> None:
        """Show *text*, or nothing."""
        if text != self.text():
            self.setText(text)
            self.adjustSize()
        self.setVisible(bool(text))


class Tip(Words):
    """A tooltip that follows the cursor and cannot be made to show markup."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "tip")

    def say_at(self, text: str, cursor: QPoint) -> None:
        """Show lines of *text* beside the cursor, inside the canvas."""
        self.say("\n".join(plain(line, LONGEST) for line in text.splitlines()))
        parent = self.parentWidget()
        room = parent.rect() if parent is not None else self.rect()
        at = cursor + BESIDE
        if at.x() + self.width() > room.right():
            at.setX(cursor.x() - BESIDE.x() - self.width())
        if at.y() + self.height() > room.bottom():
            at.setY(cursor.y() - BESIDE.y() - self.height())
        self.move(max(0, at.x()), max(0, at.y()))
        self.raise_()


class Sign(Words):
    """Quiet words in a corner, without a card."""

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of *theme*."""
        self.setStyleSheet(
            f"QLabel {{ background: {rgba(theme.ground, 0.88)}; border-radius: 4px;"
            f" color: {code(theme.quiet)}; padding: 3px 8px; font-size: 12px; }}"
        )


def selection_words(facts: Facts) -> str:
    """Say in rich text how much is selected and lit; nothing if nothing is."""
    if not facts.selected:
        return ""
    said = f"<b>{facts.selected:,}</b> of {facts.all_accounts:,} accounts selected"
    amplified = dict(zip((group.id for group in GROUPS), facts.lit, strict=True))["amplifier>core"]
    if amplified:
        return f"{said} &nbsp;•&nbsp; <b>{amplified:,}</b> amplifier {_edges(amplified)} lit"
    lit = sum(facts.lit)
    return f"{said} &nbsp;•&nbsp; <b>{lit:,}</b> {_edges(lit)} lit" if lit else said


def _edges(count: int) -> str:
    return "edge" if count == 1 else "edges"


def share_words(facts: Facts) -> str:
    """Say the denominators: how much of the data the picture shows."""
    if not facts.all_accounts:
        return ""
    if facts.accounts == facts.all_accounts and facts.edges == facts.all_edges:
        return f"all {facts.all_accounts:,} accounts and {facts.all_edges:,} edges"
    share = Share(facts.interactions, facts.all_interactions).percent
    return (
        f"shown {facts.accounts:,} of {facts.all_accounts:,} accounts, "
        f"{facts.edges:,} of {facts.all_edges:,} edges, {share} of interactions"
    )
