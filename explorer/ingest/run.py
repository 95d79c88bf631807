"""From what was dropped to an archive on disk and its receipt."""

from __future__ import annotations

import errno
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from explorer.archive import store
from explorer.archive.receipt import Receipt
from explorer.archive.tables import SCHEMA
from explorer.errors import ArchiveError, SourceError
from explorer.ingest import encodings, loading, takedown
from explorer.ingest.entry import Damaged
from explorer.ingest.inside import BOOKS, Copies
from explorer.ingest.packed import ENDING
from explorer.ingest.progress import Meter
from explorer.ingest.survey import Survey, look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from explorer.archive.receipt import Skipped
    from explorer.ingest.mapping import Columns
    from explorer.ingest.reader import Part
    from explorer.ingest.source import Source
    from explorer.job import Report

ROOM = 0.6
"""Bytes of disk that an archive and its making need, for each byte of table."""
LEAST_ROOM = 64 << 20


def take_in(
    paths: Sequence[Path], cache: Path | None, report: Report, mapping: Columns | None = None
) -> tuple[store.Stored, Receipt]:
    """Import what was dropped, or find it in the cache; tables by *mapping*, if there is one.

    Raises
    ------
    SourceError
        If nothing of it can be taken in; the one that says most.
    ArchiveError
        If the cache cannot be written.
    """
    home = store.cache_folder(cache)
    store.clean(home)
    meter = Meter(report)
    with Copies(home) as copies:
        survey = look(paths, meter, copies, mapping)
        while survey.claims:
            try:
                return _found_or_built(survey, home, meter)
            except Damaged as bad:
                survey.troubles.append((bad.path, bad.error))
                del survey.claims[bad.path]
    raise survey.telling()


def _found_or_built(survey: Survey, home: Path, meter: Meter) -> tuple[store.Stored, Receipt]:
    used = [survey.sources[path] for path in survey.claims]
    said = [survey.asked.as_text()] if survey.asked else []
    key = store.fingerprint([*(one.sha256 for one in used), *said])
    known = store.find(home, key)
    if known is not None:
        meter.step(0.9, "opening what was imported before")
        receipt = _refreshed(known[1], used, survey.passed_over())
        return replace(known[0], title=_title(receipt)), receipt
    size = sum(claim.entry.size for claims in survey.claims.values() for claim in claims)
    meter.expect(to_read=size)
    try:
        _need_room(home, size)
        with store.incoming(home) as folder:
            receipt = _build(folder, survey, meter)
            stored = store.Stored(home / key, key, _title(receipt))
            return store.publish(folder, home, stored, receipt), receipt
    except (OSError, MemoryError, duckdb.Error) as error:
        raise _failure(home, error) from None


def _build(folder: Path, survey: Survey, meter: Meter) -> Receipt:
    assert survey.reader is not None  # there are claims
    claims = [claim for path in survey.claims for claim in survey.claims[path]]
    hashes = {path: survey.sources[path].sha256 for path in survey.claims}
    config = store.settings() | {"temp_directory": str(folder / "spill")}
    with duckdb.connect(folder / store.DATABASE, config=config) as db:
        db.execute(store.QUIET)
        db.execute(SCHEMA)
        part = _named(survey.reader.read(db, claims, hashes, meter), claims)
        for path in survey.claims:
            _check(survey.sources[path])
        receipt = _summed(db, part, survey.passed_over())
        if survey.asked is not None:
            receipt = replace(receipt, asked=survey.asked.as_text())
        _must_hold_something(receipt, claims)
        meter.step(0.95, "writing the archive")
        db.execute("CHECKPOINT")
    shutil.rmtree(folder / "spill", ignore_errors=True)
    wrong = receipt.discrepancies()
    assert not wrong, " ".join(wrong)
    return receipt


def _named(part: Part, claims: Sequence[Any]) -> Part:
    """Return what was read, with what it is written in where that is not UTF-8."""
    written = {(str(one.entry.path), one.entry.member): one.entry.written for one in claims}
    files = tuple(
        replace(file, format=f"{file.format}, in {told}")
        if (told := written.get((file.path, file.member), ""))
        else file
        for file in part.files
    )
    return replace(part, files=files)


def _must_hold_something(receipt: Receipt, claims: Sequence[Any]) -> None:
    if receipt.accounts:
        return
    names = " and ".join(dict.fromkeys(Path(file.path).name for file in receipt.files))
    if not receipt.read:
        raise SourceError(f"{names} holds no records, only a header.", "Drop the whole file.")
    reason = max(receipt.files, key=lambda file: file.refused).reasons[0][0]
    raise SourceError(
        f"None of the {receipt.read:,} records in {names} can be used: {reason}.",
        encodings.hint(claims[0].entry.sample())
        if "UTF-8" in reason
        else "Check that it was saved as the platform published it.",
    )


def _check(one: Source) -> None:
    try:
        one.check()
    except SourceError as error:
        raise Damaged(one.path, error) from None


def _summed(db: duckdb.DuckDBPyConnection, part: Part, skipped: tuple[Skipped, ...]) -> Receipt:
    row = db.execute("""
        SELECT count(*), count(*) FILTER (listed_in <> ''), count(*) FILTER (author),
            (SELECT coalesce(min(time), -1) FROM posts WHERE time >= 0),
            (SELECT coalesce(max(time), -1) FROM posts)
        FROM accounts""").fetchone()
    assert row is not None
    accounts, listed, authors, first, last = row
    return Receipt(
        files=part.files,
        skipped=skipped,
        interactions=part.interactions,
        accounts=accounts,
        listed=listed,
        authors=authors,
        posts=loading.count(db, "posts"),
        edges=loading.count(db, "edges"),
        first=first,
        last=last,
        users_files=part.users_files,
    )


def _title(receipt: Receipt) -> str:
    shown = [_called(file.path, file.member) for file in receipt.files]
    names = [one.replace("\\", "/").rsplit("/", 1)[-1] for one in shown]
    plain = "".join(filter(str.isprintable, takedown.title(names)))
    return f"SIMULATED {plain}" if receipt.simulated else plain


def _called(path: str, member: str) -> str:
    """Return the name of a file, or of one in a zip; the sheets of workbooks are called Sheet1."""
    inner, _, _ = member.rpartition("/")
    for one in (path, inner):
        if ENDING.sub("", one).lower().endswith(BOOKS):
            return one
    return member or path


def _refreshed(receipt: Receipt, used: list[Source], skipped: tuple[Skipped, ...]) -> Receipt:
    """Return a cached receipt with the paths of today: files may have moved since."""
    now = {one.sha256: str(one.path) for one in used}
    files = tuple(replace(file, path=now.get(file.sha256, file.path)) for file in receipt.files)
    return replace(receipt, files=files, skipped=skipped)


def _need_room(home: Path, size: int) -> None:
    need, free = int(size * ROOM) + LEAST_ROOM, shutil.disk_usage(home).free
    if free < need:
        raise SourceError(
            f"There is not enough room on the disk of {home}: about {need / 1e9:,.1f} GB are "
            f"needed, {free / 1e9:,.1f} GB are free.",
            "Make room, or name a folder on another disk in STARLING_CACHE.",
        )


def _failure(home: Path, error: Exception) -> ArchiveError:
    """Say what the disk or the memory did to us; nothing of a post may get into the message."""
    words = str(error)
    if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "No space" in words:
        return ArchiveError(
            f"The disk of {home} is full.",
            "Make room, or name a folder on another disk in STARLING_CACHE.",
        )
    if isinstance(error, duckdb.OutOfMemoryException | MemoryError):
        return ArchiveError(
            f"This needs more memory than the {store.MEMORY} it may use.",
            "Drop fewer files at once.",
        )
    why = error.strerror if isinstance(error, OSError) else "the tables cannot be written"
    return ArchiveError(
        f"The archive cannot be made in {home}: {why}.",
        "Try again, or name another folder in STARLING_CACHE.",
    )
