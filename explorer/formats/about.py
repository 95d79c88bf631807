"""Where a network that is written comes from: for programs, and in lines for people."""

from __future__ import annotations

import hashlib
import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from explorer.archive.receipt import SIMULATED
from explorer.layout.judge import COMMUNITY_SEED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from explorer.archive.receipt import Receipt


def receipt_hash(receipt: Receipt) -> str:
    """Return the SHA-256 of a receipt, of its files' names without their folders."""
    told = receipt.as_dict()
    for one in (*told["files"], *told["skipped"]):
        one["path"] = PurePath(str(one["path"]).replace("\\", "/")).name
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def about(
    receipt: Receipt, told: Mapping[str, Any], what: str, written: tuple[int, int]
) -> dict[str, Any]:
    """Return where a network comes from and what was chosen, as plain values.

    *written* is how many accounts and edges go out.
    """
    return {
        "format": "Starling network",
        "simulated": receipt.simulated,
        "written": {"what": what, "accounts": written[0], "edges": written[1]},
        "receipt_sha256": receipt_hash(receipt),
        "columns": {
            "first, last": "time of the first and last interaction, UTC; as a number: seconds "
            "since 1970",
            "count": "interactions behind the edge, of all times",
            "weight": "the weight that a graph file gave, else interactions: of what is shown, "
            "those in the time shown",
            "in_strength, out_strength": "interactions received and made in the whole archive",
            "class": "role of the source > role of the target",
            "community": "as the file gave it, else by modularity over all edges (Leiden, seed "
            f"{COMMUNITY_SEED}), the largest first",
        },
        "provenance": dict(told),
    }


def story(about: Mapping[str, Any]) -> tuple[str, ...]:
    """Return where a network comes from, as lines of text."""
    told, written = about["provenance"], about["written"]
    inputs = (f"{one['name']} (SHA-256 {one['sha256']})" for one in told.get("inputs", ()))
    of = {part: told.get(part, {}).get("all", 0) for part in ("accounts", "edges")}
    return tuple(
        line
        for line in (
            SIMULATED if about["simulated"] else "",
            f"Written by {told.get('program', 'Starling')} {told.get('version', '')}"
            f" {told.get('made', '')}".rstrip()
            + ".",
            f"What: {written['what']} accounts, {written['accounts']:,} of {of['accounts']:,}, "
            f"with {written['edges']:,} of {of['edges']:,} edges.",
            f"Roles: {told.get('rule', '')}",
            f"Filter: {told['filter']}." if told.get("filter") else "",
            f"Positions: {told.get('layout', 'not laid out')}.",
            f"Input: {'; '.join(dict.fromkeys(inputs))}." if told.get("inputs") else "",
            f"Receipt SHA-256: {about['receipt_sha256']}.",
        )
        if line
    )
