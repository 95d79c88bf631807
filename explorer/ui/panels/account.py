"""What is under the hand now: an account and why it has its role, or an edge; and the posts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from explorer.archive.tables import PLURALS
from explorer.graph.account import account
from explorer.graph.roles import AMPLIFIER, CORE, OTHER, ROLES
from explorer.graph.tie import edge
from explorer.scene.naming import called, counted
from explorer.scene.naming import plain as clean
from explorer.ui.panels.parts import (
    Row,
    Section,
    breakable,
    entry,
    link,
    literal,
    plain,
    wrapped,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.archive.questions import Post
    from explorer.document.model import Document
    from explorer.graph.account import Account, Tie
    from explorer.graph.model import Graph
    from explorer.graph.tie import Edge

POSTS_SHOWN = 50


class AccountPanel(Section):
    """Shows the one selected account, an edge that was clicked, or how many are selected.

    Signals
    -------
    posts_asked : str
        The posts of the account with this id are wanted.
    tie_asked : int, int, str
        The posts behind an edge are wanted: source, target, kind.
    account_chosen : int
        The user would like to go to this account.
    """

    posts_asked = Signal(str)
    tie_asked = Signal(int, int, str)
    account_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__("Account")
        self._name = plain("", "name")
        self._id = QLineEdit()
        self._id.setObjectName("id")
        self._id.setReadOnly(True)
        self._id.setFrame(False)
        self._hint = wrapped("Click an account to see who it is.", "quiet")
        self._pin = plain("Pinned: every layout leaves it in place.", "quiet")
        self._why = wrapped("", "note")
        self._body = QWidget()
        self._box = QVBoxLayout(self._body)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(2)
        self._posts = QWidget()
        self._posts_box = QVBoxLayout(self._posts)
        self._posts_box.setContentsMargins(0, 8, 0, 0)
        self._posts_box.setSpacing(8)
        for widget in (
            self._name,
            self._id,
            self._hint,
            self._pin,
            self._why,
            self._body,
            self._posts,
        ):
            self.add(widget)
        self._shown = -1
        self._edge = -1
        self._document: Document | None = None

    @property
    def subject(self) -> str:
        """Names what is shown, for answers that come when it may be another."""
        return f"edge {self._edge}" if self._edge >= 0 else self.id

    @property
    def id(self) -> str:
        """Id of the account shown; empty if none is."""
        if self._document is None or self._shown < 0:
            return ""
        return self._document.graph.text("id")[self._shown]

    @property
    def has_posts(self) -> bool:
        """Whether posts, or why there are none, are shown."""
        return not self._posts.isHidden()

    @property
    def _graph(self) -> Graph:
        assert self._document is not None
        return self._document.graph

    def show_document(self, document: Document, what: frozenset[str]) -> None:
        """Show the selected account, if it is one."""
        chosen = np.flatnonzero(document.selected)
        self._pin.setVisible(len(chosen) == 1 and bool(document.pinned[chosen[0]]))
        if not what & {"selected", "graph", "roles"}:
            return
        self._document = document
        self._edge = -1
        self.head.setText("ACCOUNT")
        if len(chosen) == 1:
            self._show(account(document.graph, document.roles, int(chosen[0])))
            self.posts_asked.emit(self.id)
            return
        self._shown = -1
        words = f"{len(chosen):,} accounts selected." if len(chosen) else ""
        self._hint.setText(words or "Click an account to see who it is.")
        self._hint.show()
        for widget in (self._name, self._id, self._why, self._body, self._posts):
            widget.hide()
        if len(chosen):
            self._show_roles(document.roles.codes[chosen])

    def show_edge(self, row: int) -> None:
        """Show one edge, and ask for the posts behind it."""
        assert self._document is not None
        graph, one = self._graph, edge(self._graph, self._document.roles, row)
        self._edge = row
        self.head.setText("EDGE")
        ends = [called(graph, end) for end in (one.source, one.target)]
        self._name.setText(" → ".join(clean(end, 16) for end in ends))
        self._name.setToolTip(literal(clean(" → ".join(ends))))
        self._why.setText(breakable(_behind(one, ends)))
        _empty(self._box)
        for title, end, name in zip(("From", "To"), (one.source, one.target), ends, strict=True):
            go = partial(self.account_chosen.emit, end)
            self._box.addWidget(Row(title, entry(clean(name, 22), "Go to this account", go)))
        for title, value in one.facts:
            fact = Row(title)
            fact.show_text(value)
            self._box.addWidget(fact)
        for widget, shown in ((self._hint, False), (self._id, False), (self._name, True)):
            widget.setVisible(shown)
        self._why.show()
        self._body.show()
        self._posts.hide()
        self.tie_asked.emit(one.source, one.target, one.kind)

    def show_posts(self, title: str, posts: tuple[Post, ...], total: int) -> None:
        """Show posts under the account."""
        _empty(self._posts_box)
        shown = f"first {len(posts):,} of {total:,}" if total > len(posts) else f"{total:,}"
        self._posts_box.addWidget(plain(f"{title} · {shown}".upper(), "heading"))
        for post in posts:
            when = f"{post.when} UTC · {post.kind}" + (f" · {post.client}" if post.client else "")
            self._posts_box.addWidget(wrapped(when, "quiet"))
            text = wrapped(clean(post.text, 2000))
            self._posts_box.addWidget(text)
        self._posts.show()

    def say_posts(self, words: str) -> None:
        """Say why there are no posts to show."""
        _empty(self._posts_box)
        self._posts_box.addWidget(wrapped(words, "quiet"))
        self._posts.show()

    def _show(self, one: Account) -> None:
        self._shown = one.node
        self._hint.hide()
        self._name.setText(called(self._graph, one.node))
        self._name.setToolTip(literal(clean(one.name)))
        self._id.setText(clean(one.id))
        self._id.setCursorPosition(0)
        self._id.setToolTip("The whole id can be selected and copied")
        self._why.setText(breakable(clean(one.why)))
        _empty(self._box)
        for name, value in one.facts:
            row = Row(name)
            row.show_text(clean(value))
            self._box.addWidget(row)
        self._ties("Interacts most with", one.made, outward=True)
        self._ties("Most interactions from", one.received, outward=False)
        for widget in (self._name, self._id, self._why, self._body):
            widget.show()
        self._posts.hide()

    def _show_roles(self, codes: NDArray[np.uint8]) -> None:
        """Show how many of those selected have which role."""
        _empty(self._box)
        counts = np.bincount(codes, minlength=len(ROLES)).tolist()
        for role in (CORE, AMPLIFIER, OTHER):
            row = Row(ROLES[role].capitalize())
            row.show_number(counts[role])
            self._box.addWidget(row)
        self._body.show()

    def _ties(self, title: str, ties: tuple[Tie, ...], *, outward: bool) -> None:
        if not ties:
            return
        self._box.addSpacing(8)
        self._box.addWidget(plain(title.upper(), "heading"))
        for tie in ties:
            ends = (self._shown, tie.account) if outward else (tie.account, self._shown)
            go = partial(self.account_chosen.emit, tie.account)
            row = Row(
                "",
                link("posts", partial(self.tie_asked.emit, *ends, tie.kind)),
                head=entry(clean(called(self._graph, tie.account), 22), "Go to this account", go),
            )
            row.show_text(
                f"{tie.count:,} {PLURALS.get(tie.kind, tie.kind) if tie.count != 1 else tie.kind}"
            )
            self._box.addWidget(row)


def _behind(one: Edge, ends: list[str]) -> str:
    """Say what the edge stands for."""
    kind = one.kind if one.kind in PLURALS and one.kind != "link" else "interaction"
    count = counted(one.count, kind, PLURALS.get(kind, "interactions"))
    every = "The" if one.count == 1 else "All"
    verb = "is" if one.count == 1 else "are"
    return f"{every} {count} from {clean(ends[0])} to {clean(ends[1])} {verb} this one edge."


def _empty(box: QVBoxLayout) -> None:
    while (item := box.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.setParent(None)
            widget.deleteLater()
