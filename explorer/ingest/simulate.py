"""Archives with known truth, labelled SIMULATED, in the shape of the real ones."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import IO, TYPE_CHECKING

import numpy as np

from explorer.archive.tables import KINDS
from explorer.errors import SourceError
from explorer.ingest.simulated_accounts import Accounts, people
from explorer.ingest.simulated_files import (
    CHUNK,
    USER_COLUMNS,
    PostLines,
    counted,
    line,
    profiles,
    tweet_columns,
)
from explorer.ingest.simulated_plan import PRESETS, Ids, Plan, planned
from explorer.ingest.simulated_posts import Posts, written
from explorer.ingest.simulated_truth import ROLES, Answer, Truth, solve, summed
from explorer.ingest.simulated_words import Texts, stock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from explorer.job import Report

__all__ = ["PRESETS", "Ids", "Plan", "Simulate", "Truth", "planned"]

README = "README_SIMULATED.txt"
LEVEL = 6
"""Of compression; 9 takes thrice the time and saves 3 percent."""
EDGES_AT_ONCE = 50_000
ZIP64_FROM = 2_000_000
"""Posts from which a file may outgrow 2 GB."""


@dataclass(frozen=True, slots=True)
class Simulate:
    """Write a simulated archive to *out*, and its truth beside it: ``x.zip``, ``x.truth.zip``."""

    plan: Plan
    out: Path

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        return "Simulate an archive"

    def __call__(self, report: Report, /) -> Truth:
        """Do it, and return what an importer must find.

        Raises
        ------
        SourceError
            If *out* is no ``.zip`` or cannot be written; nothing half-written is left then.
        """
        if self.out.suffix.lower() != ".zip" or not self.out.stem:
            raise SourceError(
                f"{self.out.name} does not end in .zip.", "Give the archive a name like china.zip."
            )
        beside = truth_path(self.out)
        with _replacing(beside) as answers, _replacing(self.out) as archive:
            report(0.0, "Drawing accounts")
            accounts, texts = people(self.plan), stock(self.plan)
            report(0.05, "Drawing posts")
            posts = written(self.plan, accounts, texts.block)
            report(0.15, "Working out the truth")
            answer = solve(accounts, posts)
            truth = summed(self.plan, answer, posts, self.out, beside)
            _write_archive(archive, _Content(self.plan, accounts, texts, posts, truth), report)
            report(0.9, "Writing the truth")
            _write_truth(answers, self.plan, accounts, answer, truth)
        report(1.0, f"{truth.posts:,} posts, {truth.edges:,} edges")
        return truth


def spare_real(path: Path) -> None:
    """Refuse to put a simulation in the place of what is none.

    Raises
    ------
    SourceError
        If there is something at *path* that is no simulated archive.
    """
    if not path.exists():
        return
    try:
        with zipfile.ZipFile(path) as there:
            simulated = any("SIMULATED" in name for name in there.namelist())
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        simulated = False
    if not simulated:
        raise SourceError(
            f"{path.name} is there already, and is no simulated archive.",
            "Choose another name: real data are never replaced by simulated ones.",
        )


def truth_path(out: Path) -> Path:
    """Return where the truth of an archive is kept: ``china.zip``, ``china.truth.zip``."""
    return out.with_name(f"{out.stem}.truth.zip")


def summary(plan: Plan, truth: Truth) -> dict[str, object]:
    """Return plan and counts as plain values; ``starling_truth`` tells an importer what it sees."""
    counts = {key: value for key, value in asdict(truth).items() if key not in {"out", "truth"}}
    for key in ("interactions", "edges_by_kind", "edges_by_class"):
        counts[key] = dict(counts[key])
    return {"starling_truth": 1, "SIMULATED": True, "plan": asdict(plan), **counts}


@dataclass(frozen=True, slots=True, eq=False)
class _Content:
    """All that goes into the archive."""

    plan: Plan
    accounts: Accounts
    texts: Texts
    posts: Posts
    truth: Truth


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Give a temporary name beside *path*, which takes its place if all goes well."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.touch()  # a folder that cannot be written to is told at once
        yield part
        part.replace(path)
    except OSError as error:
        raise SourceError(
            f"{path} cannot be written: {error.strerror or error}.",
            "Choose another folder, or make room on the disk.",
        ) from error
    finally:
        with suppress(OSError):  # gone already if all went well
            part.unlink()


@contextmanager
def _member(archive: zipfile.ZipFile, name: str, large: bool = False) -> Iterator[_Behind]:
    """Open a member for writing; compression runs in a thread beside us."""
    with archive.open(name, "w", force_zip64=large) as handle, ThreadPoolExecutor(1) as pool:
        behind = _Behind(handle, pool)
        yield behind
        behind.finish()


class _Behind:
    """Writes chunks in their order while the next ones are made, a few at most."""

    def __init__(self, handle: IO[bytes], pool: ThreadPoolExecutor) -> None:
        self._handle, self._pool = handle, pool
        self._waiting: deque[Future[int]] = deque()

    def write(self, chunk: bytes) -> None:
        """Hand over one chunk; raise OSError if an earlier one could not be written."""
        if len(self._waiting) >= 4:
            self._waiting.popleft().result()
        self._waiting.append(self._pool.submit(self._handle.write, chunk))

    def finish(self) -> None:
        """Wait until all is written."""
        while self._waiting:
            self._waiting.popleft().result()


def _write_archive(path: Path, content: _Content, report: Report) -> None:
    plan, posts, accounts = content.plan, content.posts, content.accounts
    lines = profiles(plan, accounts)
    told = PostLines(plan, accounts, posts, content.texts, lines, counted(plan, posts))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        with _member(archive, README) as out:
            out.write(_readme(plan, content.truth).encode())
        with _member(archive, plan.users_name) as out:
            order = np.random.default_rng([plan.seed, 9]).permutation(plan.core).tolist()
            out.write(line(USER_COLUMNS).encode())
            out.write("".join(lines[row] + "\n" for row in order).encode())
        parts = [(plan.posts_name, 0, posts.core_posts)]
        if plan.amplifiers:
            parts.append((plan.amplifiers_name, posts.core_posts, len(posts)))
        done = 0
        for name, start, stop in parts:
            with _member(archive, name, stop - start > ZIP64_FROM) as out:
                out.write(line(tweet_columns(plan.generation)).encode())
                for chunk in told(start, stop):
                    out.write(chunk)
                    done = min(done + CHUNK, len(posts))
                    report(0.2 + 0.7 * done / len(posts), f"Writing {name}")


def _write_truth(path: Path, plan: Plan, accounts: Accounts, answer: Answer, truth: Truth) -> None:
    label = [accounts.label(row) for row in range(2 * accounts.n)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        with _member(archive, "truth.json") as out:
            text = json.dumps(summary(plan, truth), indent=1, ensure_ascii=False)
            out.write(text.encode())
        with _member(archive, "truth_accounts.csv") as out:
            out.write(b"id,role,simulated\n")
            rows = np.flatnonzero(answer.roles >= 0).tolist()
            roles = answer.roles.tolist()
            out.write(
                "".join(f"{label[row]},{ROLES[roles[row]]},SIMULATED\n" for row in rows).encode()
            )
        with _member(archive, "truth_edges.csv") as out:
            out.write(b"source,target,kind,count,first,last,simulated\n")
            for chunk in _edge_lines(answer, label):
                out.write(chunk)


def _edge_lines(answer: Answer, label: list[str]) -> Iterable[bytes]:
    """Yield the edges as lines of CSV; ids hold neither commas nor quotes."""
    columns = (
        answer.source, answer.target, answer.kind, answer.count, answer.first, answer.last,
    )  # fmt: skip
    for low in range(0, len(answer.source), EDGES_AT_ONCE):
        values = [column[low : low + EDGES_AT_ONCE].tolist() for column in columns]
        yield "".join(
            [
                f"{label[source]},{label[target]},{KINDS[kind]},{count},{first},{last},SIMULATED\n"
                for source, target, kind, count, first, last in zip(*values, strict=True)
            ]
        ).encode()


def _readme(plan: Plan, truth: Truth) -> str:
    """Return what the archive says of itself."""
    out = io.StringIO()
    out.write(
        "SIMULATED ARCHIVE. Nothing in it is real.\n\n"
        "Every account, name, id, post and interaction here was drawn by a random number\n"
        "generator. The files imitate the form of the information-operations archives that\n"
        "Twitter published, so that software can be tried against a known truth. Do not cite\n"
        "them as evidence of anything. Its truth, edge by edge, was written beside it, under\n"
        "the same name with .truth.zip at the end.\n\n"
        f"{plan.note}\n"
    )
    if plan.published_posts:
        out.write(
            f"Posts of the core: {plan.core_posts:,}; the release that is imitated has "
            f"{plan.published_posts:,} (scale {plan.scale:g}).\n"
        )
    out.write("\nPlan\n")
    out.writelines(f"  {key}: {value}\n" for key, value in asdict(plan).items() if key != "note")
    out.write("\nWhat an importer must find\n")
    counts = summary(plan, truth)
    for key in list(counts)[3:]:
        value = counts[key]
        if isinstance(value, dict):
            out.writelines(f"  {key} {name}: {count:,}\n" for name, count in value.items())
        else:
            out.write(f"  {key}: {value:,}\n")
    return out.getvalue()
