"""Tell the tables from all else in what was dropped, and say what all else is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from explorer.archive.receipt import Skipped
from explorer.errors import SourceError
from explorer.ingest import encodings, graphs, magic, source
from explorer.ingest.entry import Foreign, UnknownTable, shown
from explorer.ingest.reader import GRAPHS, readers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from explorer.ingest.entry import Entry
    from explorer.ingest.inside import Copies
    from explorer.ingest.mapping import Columns
    from explorer.ingest.progress import Meter
    from explorer.ingest.reader import Reader
    from explorer.ingest.source import Source

MOST_SKIPPED = 100
"""Streams of one file that are named one by one when passed over."""
APART = "a graph or posts of another format, which are opened by themselves"
MOST_NAMED = 3
"""Things that a message names."""


@dataclass(slots=True)
class Survey:
    """What was dropped, sorted.

    Attributes
    ----------
    asked
        What somebody has said of tables: what they are written in, and perhaps their columns.
    claims
        For each source with at least one table: what the reader recognised.
    troubles
        Whole sources that cannot be taken in, and why.
    """

    asked: Columns | None = None
    reader: Reader | None = None
    claims: dict[Path, list[Any]] = field(default_factory=dict)
    sources: dict[Path, Source] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    troubles: list[tuple[Path, SourceError]] = field(default_factory=list)

    @property
    def mapping(self) -> Columns | None:
        """How tables are to be read, if somebody has said so; then nothing but graphs is."""
        return self.asked if self.asked is not None and self.asked.maps else None

    def give_way(self, reader: Reader) -> None:
        """Make *reader* the one of this import; what another one claimed is passed over."""
        if self.reader not in (None, reader):
            self.skipped += [
                Skipped(str(path), one.entry.member, APART)
                for path, claims in self.claims.items()
                for one in claims
            ]
            self.claims.clear()
            self.sources.clear()
        self.reader = reader

    def telling(self) -> SourceError:
        """Return the failure that says most, when nothing could be taken in."""
        errors = [error for _, error in self.troubles]
        for error in errors:
            if not isinstance(error, Foreign):
                return error
        if len(errors) == 1:
            return errors[0]
        if not errors:
            return Foreign("There is no file in what was dropped.", "Drop files or folders.")
        words = " ".join(error.message for error in errors[:MOST_NAMED])
        more = f" And so on, {len(errors):,} files in all." if len(errors) > MOST_NAMED else ""
        unknown = any(isinstance(error, UnknownTable) for error in errors)
        kind = UnknownTable if unknown else Foreign
        return kind(f"None of the files can be taken in: {words}{more}", errors[0].hint)

    def passed_over(self) -> tuple[Skipped, ...]:
        """Return all that was not taken in, whole sources included."""
        whole = (
            Skipped(str(path), "", error.message, damaged=not isinstance(error, Foreign))
            for path, error in self.troubles
        )
        return (*self.skipped, *whole)


def look(
    paths: Sequence[Path], meter: Meter, copies: Copies, mapping: Columns | None = None
) -> Survey:
    """Tell tables from all else in what was dropped; *copies* takes what is read from a copy."""
    survey = Survey(mapping)
    found: dict[Path, None] = {}
    for path in paths:
        try:
            found |= dict.fromkeys(source.files(path))
        except SourceError as error:
            survey.troubles.append((path, error))
    meter.expect(to_hash=sum(_size(path) for path in found))
    for path in sorted(found, key=lambda one: (one.name, str(one))):
        try:
            _sort(source.examine(path, meter.hashed, copies), survey)
        except SourceError as error:
            survey.troubles.append((path, error))
    return survey


def _size(path: Path) -> int:
    try:
        return sum(size for size, _ in source.stamp(path))
    except OSError:  # examine says so
        return 0


def _sort(found: Source, survey: Survey) -> None:
    """Find the tables of one source; raise the reason if there are none."""
    found_by: list[tuple[Reader, Any]] = []
    skipped: list[tuple[str, str]] = []
    unfit: list[SourceError] = []
    for name, objection in found.barred:
        if magic.media(name):
            skipped.append((name, objection))
            continue
        raise SourceError(
            f"{shown(name)} in {shown(found.path.name)} {objection}.",
            "Unpack what you trust and make a new zip of it, or drop the tables themselves.",
        )
    for one in found.entries:
        entry = one
        sample = b"" if magic.media(entry.name) else entry.sample()  # damage bars the whole zip
        try:
            if sample:
                entry = encodings.recoded(entry, survey.asked.encoding if survey.asked else "")
                sample = entry.sample() if entry.written else sample
            claim = _claim(entry, sample, survey)
        except SourceError as error:
            unfit.append(error)
            skipped.append((entry.member, error.message))
            continue
        if claim is None:
            words = "media" if magic.media(entry.name) else magic.words(sample, entry.name)
            skipped.append((entry.member, words))
        else:
            found_by.append(claim)
    claims = [claim for reader, claim in found_by if reader == survey.reader]
    skipped += [(one.entry.member, APART) for reader, one in found_by if reader != survey.reader]
    if not claims:
        raise _nothing(found, skipped, unfit)
    survey.sources[found.path], survey.claims[found.path] = found, claims
    survey.skipped += _bounded(found.path, skipped)


def _claim(entry: Entry, sample: bytes, survey: Survey) -> tuple[Reader, Any] | None:
    """Return what the first willing reader makes of a stream; one import has but one reader.

    Earlier readers take over from later ones, whatever comes first in what was dropped.
    """
    if not sample:
        return None
    foreign = None
    for reader in (GRAPHS,) if survey.mapping else readers():
        try:
            claim = (
                graphs.recognise_mapped(entry, sample, survey.mapping)
                if survey.mapping
                else reader.recognise(entry, sample)
            )
        except Foreign as error:  # another reader may know it, or know better what it is
            claim, foreign = None, error
        if claim:
            survey.give_way(reader)
            return reader, claim
        if reader == survey.reader:
            break
    if foreign is not None:
        raise foreign
    return None


def _nothing(
    found: Source, skipped: list[tuple[str, str]], unfit: list[SourceError]
) -> SourceError:
    """Say why a source without a table is not taken in."""
    for error in unfit:
        if not isinstance(error, Foreign):
            return error
    unknown = [error for error in unfit if isinstance(error, UnknownTable)]
    if unknown and len(unknown) == len(skipped):
        return unknown[0]
    name = shown(found.path.name)
    if not skipped:
        return Foreign(f"{name} is an empty zip.", "Download it again.")
    if skipped[0][0] == "":
        return (
            unfit[0]
            if unfit
            else Foreign(f"{name} is {skipped[0][1]}, not a table.", _hint(skipped[0][1], found))
        )
    words = "; ".join(f"{shown(member)} ({why})" for member, why in skipped[:3])
    more = f" and {len(skipped) - 3:,} more" if len(skipped) > 3 else ""
    said = f"{name} holds no table or graph that can be read: {words}{more}."
    return UnknownTable(said, unknown[0].hint) if unknown else Foreign(said)


def _hint(words: str, found: Source) -> str:
    if "LFS" in words:
        return "Fetch it with `git lfs pull`, or download it from the site."
    if "UTF-" in words:
        return encodings.hint(found.entries[0].sample())
    return "Drop the tables of an archive, a graph file, or the zip they came in."


def _bounded(path: Path, skipped: list[tuple[str, str]]) -> list[Skipped]:
    named = [Skipped(str(path), member, why) for member, why in skipped[:MOST_SKIPPED]]
    more = len(skipped) - MOST_SKIPPED
    if more > 0:
        named.append(Skipped(str(path), "", f"{more:,} more, such as {skipped[-1][1]}"))
    return named
