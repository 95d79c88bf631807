"""What an import read, kept, merged and refused, with sums that must add up."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

REFUSALS_KEPT = 1000
"""How many refused records of one file are kept one by one; the rest are counted by reason."""


SIMULATED = "SIMULATED DATA: made by a generator, about nobody."
"""What a network that we write of simulated data begins its story with."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One record that was not taken in.

    Attributes
    ----------
    record
        Number of the record in its file, the header not counted, from 1; 0 if it is not known.
    line
        Physical line on which the record starts, from 1; 0 if it is not known.
    reason
        Why, as a phrase: "has 12 fields, not 31".
    """

    record: int
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class FileReceipt:
    """What became of one table: ``read == kept + merged + refused``.

    Attributes
    ----------
    path
        The file that was dropped, as given.
    member
        Where inside a zip it came from; empty for a loose file.
    sha256
        Of the file at *path*, whole, in hexadecimal.
    bytes
        Length of the table as text, decompressed.
    format
        What it was recognised as, such as ``takedown tweets``.
    merged
        Records that repeat an id already taken in, from this file or one before it.
    refusals
        The first ``REFUSALS_KEPT`` of the refused.
    reasons
        Every reason and how many records were refused for it.
    """

    path: str
    member: str
    sha256: str
    bytes: int
    format: str
    read: int
    kept: int
    merged: int
    refused: int
    refusals: tuple[Refusal, ...] = ()
    reasons: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was dropped and not taken in, and what it is.

    Attributes
    ----------
    damaged
        Whether it would have been taken in if it were whole: the user must be warned.
    """

    path: str
    member: str
    reason: str
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Interactions:
    """How many interactions were found, and what became of them.

    ``found`` is every interaction the posts speak of. It ends as an edge (one of the five kinds),
    as a dropped interaction of an account with itself, or unresolved: the post says that there
    was one, but not with whom.

    Attributes
    ----------
    by_name_only
        Of those kept: the target is known by its screen name alone.
    by_post
        Of those kept: the target was found through the post it points to.
    by_known_name
        Of those kept: the target's name is that of exactly one account in the files.
    damaged_references
        References not used since a spreadsheet has damaged the id; counted, never guessed.
    """

    found: int = 0
    retweet: int = 0
    reply: int = 0
    quote: int = 0
    mention: int = 0
    link: int = 0
    self: int = 0
    by_post: int = 0
    by_known_name: int = 0
    by_name_only: int = 0
    unresolved_retweets: int = 0
    unresolved_replies: int = 0
    unresolved_quotes: int = 0
    damaged_references: int = 0

    @property
    def kept(self) -> int:
        """How many became part of an edge."""
        return self.retweet + self.reply + self.quote + self.mention + self.link

    @property
    def unresolved(self) -> int:
        """How many lack a target."""
        return self.unresolved_retweets + self.unresolved_replies + self.unresolved_quotes


@dataclass(frozen=True, slots=True)
class Receipt:
    """The whole account of one import.

    Attributes
    ----------
    accounts, listed, authors
        Accounts in all, named by a users file, and with at least one post in the files.
    first, last
        UTC seconds since 1970 of the earliest and latest post; -1 without posts.
    users_files
        How many tables were users files; 0 changes what the default rule calls core.
    asked
        What somebody said of the tables, as text that ``ingest.mapping`` understands.
    """

    files: tuple[FileReceipt, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    interactions: Interactions = field(default_factory=Interactions)
    accounts: int = 0
    listed: int = 0
    authors: int = 0
    posts: int = 0
    edges: int = 0
    first: int = -1
    last: int = -1
    users_files: int = 0
    asked: str = ""

    @property
    def read(self) -> int:
        """Records read, over all files."""
        return sum(file.read for file in self.files)

    @property
    def refused(self) -> int:
        """Records refused, over all files."""
        return sum(file.refused for file in self.files)

    @property
    def merged(self) -> int:
        """Records merged, over all files."""
        return sum(file.merged for file in self.files)

    @property
    def simulated(self) -> bool:
        """Whether any table names itself simulated, so that all made from it must say so."""
        return any("SIMULATED" in file.path + file.member + file.format for file in self.files)

    @property
    def damaged(self) -> tuple[Skipped, ...]:
        """What should be in the archive and is not, since it could not be read."""
        return tuple(one for one in self.skipped if one.damaged)

    def discrepancies(self) -> tuple[str, ...]:
        """Return every sum that does not add up, as a sentence; none in a right receipt."""
        found = [
            f"{file.member or file.path}: {file.read} read is not {file.kept} kept + "
            f"{file.merged} merged + {file.refused} refused."
            for file in self.files
            if file.read != file.kept + file.merged + file.refused
        ]
        found += [
            f"{file.member or file.path}: {file.refused} refused, but reasons for "
            f"{sum(count for _, count in file.reasons)}."
            for file in self.files
            if file.refused != sum(count for _, count in file.reasons)
        ]
        all_ = self.interactions
        if all_.found != all_.kept + all_.self + all_.unresolved:
            found.append(
                f"{all_.found} interactions found is not {all_.kept} kept + {all_.self} with "
                f"oneself + {all_.unresolved} unresolved."
            )
        return tuple(found)

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for JSON; ``from_dict`` gives the receipt back."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Receipt:
        """Return the receipt that ``as_dict`` took apart."""
        return cls(
            **{
                **values,
                "files": tuple(
                    FileReceipt(
                        **{
                            **file,
                            "refusals": tuple(Refusal(**one) for one in file["refusals"]),
                            "reasons": tuple((why, count) for why, count in file["reasons"]),
                        }
                    )
                    for file in values["files"]
                ),
                "skipped": tuple(Skipped(**one) for one in values["skipped"]),
                "interactions": Interactions(**values["interactions"]),
            }
        )
