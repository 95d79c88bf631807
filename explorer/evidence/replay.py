"""Make a session's document again from its inputs, and prove whether it is the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from explorer.archive import store
from explorer.document import edits
from explorer.document.file import open_session
from explorer.document.steps import OPEN, program
from explorer.document.verbs import VERBS, replaced
from explorer.errors import SessionFileError, StarlingError
from explorer.evidence.inputs import Found, look_up
from explorer.evidence.verdicts import Verdict, verdicts
from explorer.graph.build import OpenArchive
from explorer.ingest.mapping import from_text
from explorer.job import silent
from explorer.scene.naming import plain

if TYPE_CHECKING:
    from pathlib import Path

    from explorer.document.content import Beside, OpenedSession
    from explorer.document.model import Document
    from explorer.document.steps import Log, Step
    from explorer.ingest.mapping import Columns
    from explorer.job import Report

NONSENSE = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
"""What doing a step again may raise over values that make no sense."""
AGAIN, KEPT, SKIPPED, FAILED = "done again", "kept", "replaced later", "not done"
LATER = "a later step made the same anew"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one step.

    Attributes
    ----------
    how
        ``done again``, ``kept`` (taken from the session), ``replaced later`` (left out, since a
        later step makes the same parts anew) or ``not done``.
    why
        For what was not done again, the reason.
    """

    title: str
    words: str
    how: str
    why: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {"title": self.title, "parameters": self.words, "how": self.how, "why": self.why}


@dataclass(frozen=True, slots=True, eq=False)
class Replayed:
    """What came of a replay.

    Attributes
    ----------
    document
        As it was made again; None if the inputs do not make one any more.
    trouble
        Why there is none.
    programs
        Program and libraries as recorded and as used now, where they differ.
    """

    session: Path
    inputs: tuple[Found, ...]
    steps: tuple[Outcome, ...]
    parts: tuple[Verdict, ...]
    programs: tuple[tuple[str, str, str], ...]
    beside: Beside
    document: Document | None
    trouble: str = ""

    @property
    def same(self) -> bool:
        """Whether every input and every part is the same, and every step was done."""
        return (
            self.document is not None
            and all(one.same for one in self.inputs)
            and all(one.same for one in self.parts)
            and all(step.how != FAILED for step in self.steps)
        )

    def as_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "session": str(self.session),
            "same": self.same,
            "trouble": self.trouble,
            "inputs": [one.as_dict() for one in self.inputs],
            "steps": [one.as_dict() for one in self.steps],
            "parts": [one.as_dict() for one in self.parts],
            "programs": [
                {"name": name, "recorded": then, "now": now} for name, then, now in self.programs
            ],
        }

    def lines(self) -> list[str]:
        """Return the same for people; no name in a session can disturb a line."""
        out = [f"{self.session.name}: {'the same' if self.same else 'NOT the same'}"]
        out += [_told(one) for one in self.inputs]
        for step in self.steps:
            words = f" ({plain(step.words)})" if step.words else ""
            why = f": {plain(step.why)}" if step.why else ""
            out.append(f"  step       {plain(step.title)}{words}: {step.how}{why}")
        for part in self.parts:
            kept = f"; kept, not made again: {part.kept}" if part.kept else ""
            note = f", {part.note}" if part.note else ""
            said = f"same, {part.now[:12]}" if part.same else "DIFFERS"
            out.append(f"  {part.part:<10} {said}{note}{kept}")
        out += [
            f"  {plain(name)} was {plain(then)}, now {now}: results may differ"
            for name, then, now in self.programs
        ]
        return [*out, *([f"  {self.trouble}"] if self.trouble else [])]


@dataclass(frozen=True, slots=True)
class Replay:
    """Job: open a session, read its inputs anew, do its steps again, and compare.

    Attributes
    ----------
    inputs
        Folder in which to look for the inputs; None for where they were.
    """

    session: Path
    inputs: Path | None = None

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        return f"Replay {self.session.name}"

    def __call__(self, report: Report, /) -> Replayed:
        """Replay.

        Raises
        ------
        SessionFileError
            If the session cannot be opened, does not say how it was made, or an input is gone.
        """
        report(0.0, "opening the session")
        opened = open_session(self.session)
        log = opened.beside.log
        if not log or log[0].verb != OPEN:
            raise SessionFileError(
                f"{self.session.name} does not say how it was made.",
                "It was saved before steps were recorded, or begun from something else than "
                "files. Open it and save it again: from then on it does.",
            )
        found = look_up(_inputs(log[0], self.session), self.session, self.inputs)
        try:
            asked = from_text(opened.document.receipt.asked)
            fresh = _read(found, asked, _scaled(report, 0.0, 0.5))
        except StarlingError as error:
            return self._failed(opened, found, str(error))
        again, steps, kept = _done(fresh, log, _scaled(report, 0.5, 0.95))
        report(0.95, "comparing")
        parts = verdicts(opened.document, again, opened.beside, kept)
        report(1.0)
        made = program_differences(log)
        return Replayed(self.session, found, steps, parts, made, opened.beside, again)

    def _failed(self, opened: OpenedSession, found: tuple[Found, ...], why: str) -> Replayed:
        words = f"The inputs do not make a document any more: {why}"
        differ = program_differences(opened.beside.log)
        return Replayed(self.session, found, (), (), differ, opened.beside, None, words)


def program_differences(log: Log) -> tuple[tuple[str, str, str], ...]:
    """Return name, recorded and present version of all that made *log* and is not the same now."""
    now = dict(program())
    then = {pair: None for step in log for pair in step.program}
    return tuple(
        (name, version, now.get(name, "none"))
        for name, version in then
        if now.get(name, "none") != version
    )


def _told(one: Found) -> str:
    name, was = plain(one.name), plain(one.recorded[:12])
    if one.same:
        return f"  input      {name}: same, SHA-256 {one.now[:12]}"
    return f"  input      {name}: DIFFERS, SHA-256 {one.now[:12]} instead of {was}"


def _inputs(step: Step, session: Path) -> list[dict[str, str]]:
    inputs = step.values.get("inputs")
    named = isinstance(inputs, list) and all(
        isinstance(one, dict) and {"path", "sha256"} <= set(one) for one in inputs
    )
    if not named or not inputs:
        raise SessionFileError(f"{session.name} does not name the files it was made from.")
    found: list[dict[str, str]] = inputs
    return found


def _read(found: tuple[Found, ...], asked: Columns | None, report: Report) -> Document:
    """Import anew, past the cache: what is in it was made by another run."""
    with store.incoming(store.cache_folder()) as folder:  # the next import clears it if we die
        opened = OpenArchive(tuple(one.path for one in found), folder, asked)(report)
        return edits.load(opened.graph, opened.receipt, opened.stored)


def _done(
    document: Document, log: Log, report: Report
) -> tuple[Document, tuple[Outcome, ...], dict[str, str]]:
    """Do every step again; return the document, the outcomes, and what was kept and why."""
    dead, outcomes, kept = replaced(log), [Outcome(log[0].title, log[0].words, AGAIN)], {}
    for place, step in enumerate(log[1:], 1):
        report(place / len(log), step.title)
        if place in dead:
            outcomes.append(Outcome(step.title, step.words, SKIPPED, LATER))
            continue
        try:
            document = _again(document, step)
        except StarlingError as error:
            outcomes.append(Outcome(step.title, step.words, FAILED, error.message))
        except NONSENSE as error:
            why = f"its parameters make no sense ({str(error)[:80]})"
            outcomes.append(Outcome(step.title, step.words, FAILED, why))
        else:
            outcomes.append(_outcome(step))
            if step.given.positions is not None:
                kept["positions"] = outcomes[-1].why
            elif step.verb == "layout" and not step.values.get("options", {}).get("keep"):
                kept.pop("positions", None)
    return document, tuple(outcomes), kept


def _again(document: Document, step: Step) -> Document:
    verb = VERBS.get(step.verb)
    if verb is None:
        raise StarlingError(f"This Starling does not know how to do “{step.verb}”.")
    return verb.again(document, step, silent)


def _outcome(step: Step) -> Outcome:
    if step.given.positions is None:
        return Outcome(step.title, step.words, AGAIN)
    stopped = step.verb == "layout"
    why = "the layout was stopped early" if stopped else "no recipe says how they came about"
    return Outcome(step.title, step.words, KEPT, why)


def _scaled(report: Report, low: float, high: float) -> Report:
    def scaled(done: float, note: str = "", _partial: object = None, /) -> None:
        report(low + (high - low) * done, note)

    return scaled
