"""The command that lays out, and says how good that is."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import click

from explorer import __version__
from explorer.cli.common import (
    CONTEXT,
    Named,
    check_place,
    core_option,
    json_option,
    looked_at,
    paths_argument,
    progress,
    tell,
)
from explorer.errors import StarlingError

if TYPE_CHECKING:
    from pathlib import Path

    from explorer.document.file import Beside
    from explorer.document.model import Document
    from explorer.layout.base import Layout
    from explorer.layout.judge import Tried

ENDING = ".starling"


@click.command(context_settings=CONTEXT)
@paths_argument
@click.option(
    "--by",
    "names",
    multiple=True,
    default=("flock",),
    show_default=True,
    metavar="NAME",
    help="Of a layout; repeat to compare several.",
)
@click.option("--set", "wishes", multiple=True, metavar="OPTION=VALUE", help="An option of theirs.")
@click.option("--seed", default=7, show_default=True)
@core_option
@click.option(
    "-o",
    "--output",
    type=Named(),
    help="Session to write, with the places.",
)
@json_option
def layout(
    paths: tuple[Path, ...], names: tuple[str, ...], wishes: tuple[str, ...], **rest: Any
) -> None:
    """Lay the archive out and measure it: stress, neighbours kept, purity, room and seconds."""
    from explorer.document import edits
    from explorer.document.partly import bare_for
    from explorer.graph.roles import assign
    from explorer.graph.rules import parse_rule
    from explorer.layout.judge import TryLayout

    asked = [wanted(name, wishes, rest["seed"]) for name in names]
    check_output(rest["output"], len(asked))
    parsed = parse_rule(rest["rule"])
    opened, beside = looked_at(paths, "listed")
    graph, document = opened.graph, opened
    if rest["rule"] != "listed":
        document = edits.give_roles(opened, assign(parsed, graph))
    tried = [
        TryLayout(bare_for(chosen, document), chosen, options)(progress())
        for chosen, options in asked
    ]
    if rest["output"] is not None:
        write((opened, document, beside), asked[0], tried[0], rest["output"])
    told = [said(*one, result) for one, result in zip(asked, tried, strict=True)]
    if rest["as_json"]:
        accounts = {"accounts": graph.n, "edges": graph.m}
        tell(json.dumps({**accounts, "layouts": told, **versions()}, indent=2))
    else:
        tell(table(told))


def wanted(name: str, wishes: tuple[str, ...], seed: int) -> tuple[Layout, Any]:
    """Return a layout and its options; a wish counts where the layout knows the option.

    Raises
    ------
    StarlingError
        If there is no such layout, or a wish cannot be read.
    """
    from explorer.layout.run import layouts

    known = layouts()
    if name not in known:
        raise StarlingError(f"There is no layout {name!r}.", f"Say one of {', '.join(known)}.")
    options = known[name].options(seed=seed)
    for wish in wishes:
        options = replace(options, **_read(wish, options))
    return known[name], options


def _read(wish: str, options: Any) -> dict[str, Any]:
    key, _, value = wish.partition("=")
    known = {field.name: field for field in fields(options)}
    if key not in known or not value:
        raise StarlingError(
            f"{wish!r} says no option of this layout.", f"Say OPTION=VALUE, of {', '.join(known)}."
        )
    present, meta = getattr(options, key), known[key].metadata
    if isinstance(present, bool):
        return {key: _one_of(wish, value.lower(), ("false", "true")) == "true"}
    if isinstance(present, str):
        return {key: _one_of(wish, value, meta.get("choices", (value,)))}
    return {key: _number(wish, value, type(present), meta)}


def _one_of(wish: str, value: str, choices: tuple[Any, ...]) -> str:
    names = [choice[0] if isinstance(choice, tuple) else choice for choice in choices]
    if value not in names:
        raise StarlingError(f"{wish!r} is not a choice.", f"Say one of {', '.join(names)}.")
    return value


def _number(wish: str, value: str, kind: type, meta: Any) -> Any:
    low, high = meta.get("min", float("-inf")), meta.get("max", float("inf"))
    try:
        number = kind(value)
    except ValueError:
        number = None
    if number is None or not low <= number <= high:
        raise StarlingError(f"{wish!r} is not a number between {low:g} and {high:g}.")
    return number


def check_output(output: Path | None, layouts: int) -> None:
    """Refuse, before the work, what cannot be written after it."""
    if output is None:
        return
    if output.suffix.lower() != ENDING:
        raise StarlingError(
            f"{output.name} is no name for a session.", f"End it in {ENDING}; then convert that."
        )
    if layouts > 1:
        raise StarlingError("Several layouts do not fit into one session.", "Name one with --by.")
    check_place(output)


def write(
    read: tuple[Document, Document, Beside | None],
    asked: tuple[Layout, Any],
    tried: Tried,
    output: Path,
) -> None:
    """Write the document, placed, as a session that says how it was made.

    *read* is what was opened, the same with its roles, and what a session kept beside it: its
    steps stay, and the layout is one more.
    """
    from explorer.document import edits
    from explorer.document.file import Beside, SaveSession
    from explorer.document.placing import described
    from explorer.document.recording import begun, opening, placed
    from explorer.document.scripted import log_of
    from explorer.document.steps import Done
    from explorer.evidence.pictured import SaveSeen
    from explorer.evidence.provenance import stated_time
    from explorer.job import silent

    (opened, document, beside), (layout, options), when = read, asked, stated_time()
    after = edits.place(document, tried.positions, described(layout, options))
    fresh = edits.load(document.graph, document.receipt, document.archive)
    title, first, how = f"Open {document.archive.title}", fresh, opening(fresh)
    if beside is not None:
        first, how = opened, Done("resume", log=beside.log or begun(opened, fresh, when))
    steps = (
        (title, first, how),
        ("Roles", edits.give_roles(first, document.roles), None),
        (
            f"Layout {layout.title}",
            after,
            placed(layout, options, tried.positions, after, complete=True),
        ),
    )
    kept = Beside() if beside is None else replace(beside, camera=None, picture=None)
    said_so = replace(kept, log=log_of(steps, when))
    SaveSeen(SaveSession(after, output, said_so, posts=kept.posts))(silent)


def said(layout: Layout, options: Any, tried: Tried) -> dict[str, Any]:
    """Return what there is to tell of one layout, as plain values."""
    return {
        "layout": layout.id,
        "options": asdict(options),
        "seconds": round(tried.seconds, 3),
        **{name: round(value, 4) for name, value in asdict(tried.quality).items()},
        "positions_sha256": sha256(tried.positions.tobytes()).hexdigest(),
    }


def versions() -> dict[str, str]:
    """Return the versions that places depend on."""
    names = ("igraph", "numpy", "scipy", "numba")
    return {"starling": __version__, **{name: version(name) for name in names}}


def table(told: list[dict[str, Any]]) -> str:
    """Return the numbers of each layout in a row, aligned."""
    from explorer.layout.judge import MEASURES

    head = f"{'layout':<24}{'seconds':>9}" + "".join(f"{one.title:>17}" for one in MEASURES)
    rows = [
        f"{row['layout']:<24}{row['seconds']:>9.2f}"
        + "".join(f"{row[one.name]:>17.3f}" for one in MEASURES)
        for row in told
    ]
    return "\n".join([head, *rows])
