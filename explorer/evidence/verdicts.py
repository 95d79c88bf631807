"""What was saved beside what was made again, part by part."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.document.alike import fingerprint
from explorer.evidence.pictured import drawn, hashed, program
from explorer.scene.naming import counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.document.content import Beside
    from explorer.document.model import Document
    from explorer.document.pictured import Pictured
    from explorer.graph.model import Mask


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one part came out.

    Attributes
    ----------
    same
        Whether it is the same, down to the last bit.
    kept
        Why it was taken from the session and not made again; empty if it was made again.
    note
        What differs, in words, or how it was compared; empty if there is nothing to say.
    saved, now
        Hashes (SHA-256, hexadecimal) of the part as saved and as made again.
    """

    part: str
    same: bool
    saved: str
    now: str
    note: str = ""
    kept: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)


def verdicts(
    saved: Document, again: Document, beside: Beside, kept: dict[str, str]
) -> tuple[Verdict, ...]:
    """Return how graph, roles, positions, selection and picture came out.

    *kept* says of parts that were taken from the session, why.
    """
    return (
        _graph(saved, again),
        _by_id("roles", saved, again, saved.roles.codes, again.roles.codes),
        _positions(saved, again, kept.get("positions", "")),
        _by_id("selection", saved, again, saved.selected, again.selected),
        _picture(saved, again, beside),
    )


def _graph(saved: Document, again: Document) -> Verdict:
    before, after = fingerprint(saved.graph), fingerprint(again.graph)
    same = before == after and _ids(saved) == _ids(again)
    notes = []
    for noun, old, new in (
        ("account", saved.graph.n, again.graph.n),
        ("edge", saved.graph.m, again.graph.m),
    ):
        notes.append(f"{counted(new, noun)} instead of {old:,}" if new != old else "")
    note = ", ".join(filter(None, notes)) or "other accounts or other ends of edges"
    weights = np.array_equal(saved.graph.weight(), again.graph.weight())
    if same and not weights:
        same, note = False, "edges stand for other numbers of interactions"
    return Verdict("graph", same, before, after, "" if same else note)


def _by_id(
    part: str,
    saved: Document,
    again: Document,
    before: NDArray[Any],
    after: NDArray[Any],
) -> Verdict:
    """Compare a value of every account, by id where the graphs differ."""
    if _ids(saved) == _ids(again):
        differ = int(np.count_nonzero(before != after))
    else:
        old = dict(zip(_strings(saved), before.tolist(), strict=True))
        new = dict(zip(_strings(again), after.tolist(), strict=True))
        differ = sum(old.get(one, 0) != new.get(one, 0) for one in old.keys() | new.keys())
    note = f"{counted(differ, 'account')} differ{'s' * (differ == 1)}" if differ else ""
    return Verdict(part, not differ, _hash(before), _hash(after), note)


def _positions(saved: Document, again: Document, kept: str) -> Verdict:
    before, after = saved.positions, again.positions
    same = before.shape == after.shape and before.tobytes() == after.tobytes()
    note = ""
    if not same and before.shape == after.shape:
        moved: Mask = (before != after).any(axis=1)
        far = float(np.abs(before.astype(np.float64) - after).max())
        verb = "stands" if moved.sum() == 1 else "stand"
        note = f"{counted(int(moved.sum()), 'account')} {verb} elsewhere, by {far:.3g} at most"
    elif not same:
        note = f"of {counted(len(after), 'account')} instead of {len(before):,}"
    return Verdict("positions", same, _hash(before), _hash(after), note, kept)


def _picture(saved: Document, again: Document, beside: Beside) -> Verdict:
    """Compare what is drawn now of both with the hash that was kept, else with each other."""
    before, after = (drawn(one, beside) for one in (saved, again))
    differ = int(np.count_nonzero(before != after))
    height, width = before.shape
    notes = [f"{differ:,} of {width * height:,} pixels differ"] if differ else []
    old, now, kept = hashed(before), hashed(after), beside.picture
    if kept is None or kept.size != (width, height):
        notes.append("both drawn now: no hash was kept at saving")
        return Verdict("picture", not differ, old, now, "; ".join(notes))
    if old != kept.sha256:
        notes.append(f"what was saved is drawn differently now: {_reason(kept)}")
    elif not differ:
        notes.append("as at saving")
    return Verdict("picture", now == kept.sha256, kept.sha256, now, "; ".join(notes))


def _reason(kept: Pictured) -> str:
    """Say why the same document may give other pixels than at saving."""
    there = dict(program())
    changed = [
        f"{name} was {then}, now {there.get(name, 'none')}"
        for name, then in kept.program
        if there.get(name, "none") != then
    ]
    if changed:
        return f"{', '.join(changed)}, which may be why"
    return "not by other versions, so perhaps by another processor, or the hash was edited"


def _ids(document: Document) -> tuple[bytes, bytes]:
    text = document.graph.text("id")
    return text.data.tobytes(), text.offsets.tobytes()


def _strings(document: Document) -> list[str]:
    return document.graph.text("id").strings()


def _hash(array: NDArray[Any]) -> str:
    return sha256(np.ascontiguousarray(array, array.dtype.newbyteorder("<")).data).hexdigest()
