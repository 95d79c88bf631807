"""What a simulated archive shall be like: its sizes, its ids, its calendar, and the presets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypedDict, Unpack

from explorer.errors import SourceError

Ids = Literal["hashed", "clear", "mixed"]

MOST_ACCOUNTS = 900_000
"""Core and amplifiers together; clear ids are drawn so that this many stay distinct."""
MOST_POSTS = 5_000_000
"""Posts of the core; all of them are held as numbers in memory at once."""
FEWEST_POSTS = 200
"""Posts of the core; with fewer, not every kind of interaction finds a post to stand in."""
MEAN_DRAWS = 1.13
"""Interactions drawn for each distinct amplifier edge; popular accounts are met repeatedly."""

CHINESE = (("zh", 0.76), ("en", 0.15), ("ru", 0.03), ("und", 0.03), ("", 0.03))
RUSSIAN = (("ru", 0.82), ("en", 0.12), ("und", 0.03), ("", 0.03))
TURKISH = (("tr", 0.88), ("en", 0.06), ("und", 0.03), ("", 0.03))


class Sizes(TypedDict, total=False):
    """What may be other than in a preset; None leaves it."""

    core: int | None
    amplifiers: int | None
    posts: int | None
    scale: float | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides a simulated archive; the same plan gives the same bytes.

    Attributes
    ----------
    name
        The preset this came from.
    release
        The published set that is imitated; it goes into the names of the files.
    core, amplifiers
        Accounts in the users file, and accounts of the second file of posts; both exact.
    core_posts
        Posts of the core, exact.
    core_edges, amplifier_edges, among_edges, other_edges
        Edges aimed at: core to core, amplifier to core, amplifier to amplifier, and all others,
        which are few: accounts outside the files, and core to amplifier.
    communities
        How many groups are planted; the largest first, sizes falling as a power.
    ids
        ``hashed``: accounts with fewer than 5,000 followers; ``mixed``: the same, but accounts
        without any follower stay clear, as in the release of August 2019; ``clear``: none.
    published_posts, scale
        Posts of the release that is imitated, and the share of them that is simulated.
    first, last
        Days between which posts are written, ``YYYY-MM-DD``.
    utc_offset
        Hours that the working day of the core is ahead of UTC.
    languages
        Language codes of posts and their shares.
    new_since, new_share, burst
        Share of core accounts created on or after that day, and a day on which many of them were.
    without_followers
        Share of core accounts that nobody follows.
    generation
        2020: 30 columns, lists as Python writes them; 2018: 31 columns, bare lists.
    note
        What the reader of the archive must know besides.
    """

    name: str
    release: str
    core: int
    amplifiers: int
    core_posts: int
    core_edges: int
    amplifier_edges: int
    among_edges: int
    other_edges: int
    communities: int = 60
    ids: Ids = "hashed"
    seed: int = 7
    published_posts: int = 0
    scale: float = 1.0
    first: str = "2018-01-01"
    last: str = "2020-04-17"
    utc_offset: int = 8
    languages: tuple[tuple[str, float], ...] = CHINESE
    new_since: str = "2019-10-01"
    new_share: float = 0.62
    burst: str = "2020-01-27"
    without_followers: float = 0.78
    generation: Literal[2018, 2020] = 2020
    note: str = ""

    def __post_init__(self) -> None:
        accounts = self.core + self.amplifiers
        checks = (
            (self.core >= 10, f"{self.core:,} core accounts are too few: at least 10."),
            (self.amplifiers >= 0, f"{self.amplifiers:,} amplifiers are not possible."),
            (
                accounts <= MOST_ACCOUNTS,
                f"{accounts:,} accounts are too many: at most {MOST_ACCOUNTS:,}.",
            ),
            (
                self.core_posts >= FEWEST_POSTS,
                f"{self.core_posts:,} posts of the core are too few: at least {FEWEST_POSTS:,}.",
            ),
            (
                20 * self.other_edges <= self.core_posts,
                f"{self.other_edges:,} edges to others are more than a twentieth of the "
                f"{self.core_posts:,} posts of the core.",
            ),
            (
                self.core_posts <= MOST_POSTS,
                f"{self.core_posts:,} posts of the core are too many: at most {MOST_POSTS:,}.",
            ),
            (self.seed >= 0, f"The seed {self.seed} is negative."),
            (
                self.ids in {"hashed", "clear", "mixed"},
                f"Ids can be hashed, clear or mixed, not {self.ids!r}.",
            ),
        )
        for right, sentence in checks:
            if not right:
                raise SourceError(f"This archive cannot be simulated. {sentence}")

    @property
    def users_name(self) -> str:
        """File name of the users file."""
        return f"SIMULATED_{self.release}_users_csv_{self._ending}"

    @property
    def posts_name(self) -> str:
        """File name of the posts of the core."""
        return f"SIMULATED_{self.release}_tweets_csv_{self._ending}"

    @property
    def amplifiers_name(self) -> str:
        """File name of the posts of the amplifiers."""
        return f"SIMULATED_{self.release}_amplifiers_tweets_csv_{self._ending}"

    @property
    def _ending(self) -> str:
        return "unhashed.csv" if self.ids == "clear" else "hashed.csv"

    @property
    def amplifier_draws(self) -> float:
        """Mean number of interactions of one amplifier towards the core, at least 1."""
        return max(1.0, MEAN_DRAWS * self.amplifier_edges / max(1, self.amplifiers))

    def day(self, name: Literal["first", "last", "new_since", "burst"]) -> int:
        """Return one of the plan's days as days since 1970."""
        return (date.fromisoformat(getattr(self, name)) - date(1970, 1, 1)).days

    def sized(
        self,
        core: int | None = None,
        amplifiers: int | None = None,
        posts: int | None = None,
        scale: float | None = None,
    ) -> Plan:
        """Return this plan with other sizes: posts follow the core, and edges follow both.

        Raises
        ------
        SourceError
            If a size is impossible.
        """
        if scale is not None and not 0 < scale <= 1:
            raise SourceError(f"The scale {scale:g} is not between 0 and 1.")
        n = self.core if core is None else core
        if posts is None:
            full = self.published_posts or self.core_posts
            wanted = self.core_posts if scale is None else full * scale
            posts = round(wanted * n / self.core)
        helpers = self.amplifiers if amplifiers is None else amplifiers
        told = posts / self.core_posts
        helped = helpers / self.amplifiers
        return replace(
            self,
            core=n,
            amplifiers=helpers,
            core_posts=posts,
            scale=posts / (self.published_posts or self.core_posts),
            core_edges=round(self.core_edges * told),
            amplifier_edges=round(self.amplifier_edges * helped),
            among_edges=round(self.among_edges * helped),
            other_edges=round(self.other_edges * told),
            communities=max(1, min(self.communities, n // 10)),
        )


CHINA = Plan(
    "china", "china_052020", 23_750, 150_000, 348_608, 107_000, 520_000, 40_000, 6_000,
    published_posts=348_608,
    note="Sizes of the core follow the release of June 2020. The amplifiers of that release were "
    "never published: the 150,000 here stand for the number that was named.",
)  # fmt: skip
RUSSIA = Plan(
    "russia", "russia_052020", 1_152, 5_000, 68_696, 15_000, 20_000, 1_500, 1_200,
    communities=12, published_posts=3_434_792, scale=0.02, first="2013-01-01", utc_offset=3,
    languages=RUSSIAN, new_share=0.1, burst="", without_followers=0.2,
    note="The number of core accounts follows the release of June 2020. The release itself names "
    "no amplifiers: their number here is free.",
)  # fmt: skip
TURKEY = Plan(
    "turkey", "turkey_052020", 7_340, 30_000, 184_743, 60_000, 110_000, 8_000, 2_500,
    communities=30, published_posts=36_948_524, scale=0.005, first="2014-01-01", utc_offset=3,
    languages=TURKISH, new_share=0.25, burst="", without_followers=0.15,
    note="The number of core accounts follows the release of June 2020. The release itself names "
    "no amplifiers: their number here is free.",
)  # fmt: skip
SMALL = Plan(
    "small", "small_052020", 400, 2_400, 6_000, 1_000, 3_800, 300, 240,
    communities=7,
    note="A small archive in the shape of the release of June 2020; its sizes are free.",
)  # fmt: skip

PRESETS = {plan.name: plan for plan in (CHINA, RUSSIA, TURKEY, SMALL)}


def planned(preset: str, seed: int = 7, ids: Ids = "hashed", **sizes: Unpack[Sizes]) -> Plan:
    """Return a preset with another seed, other ids and other sizes.

    Raises
    ------
    SourceError
        If there is no such preset, or a size is impossible.
    """
    if preset not in PRESETS:
        known = ", ".join(PRESETS)
        raise SourceError(f"There is no preset {preset!r}.", f"There are {known}.")
    return replace(PRESETS[preset].sized(**sizes), seed=seed, ids=ids)
