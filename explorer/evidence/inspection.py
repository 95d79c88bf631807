"""An archive in numbers: what ``starling inspect`` says, for people and as JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from explorer.graph.edges import count_classes, edge_classes
from explorer.scene.naming import plain

if TYPE_CHECKING:
    from explorer.archive.receipt import FileReceipt, Receipt
    from explorer.document.model import Document


def inspection(document: Document) -> dict[str, Any]:
    """Return receipt, accounts by role, interactions by kind and edges by class, as plain values.

    Times are ISO 8601 in UTC, None if unknown. ``refused`` names the first refused records of a
    file one by one; ``rows.refused`` counts them all.
    """
    receipt, graph, roles = document.receipt, document.graph, document.roles
    classes = count_classes(graph, edge_classes(graph, roles))
    found = receipt.interactions
    return {
        "title": document.archive.title,
        "simulated": receipt.simulated,
        "files": [_file(file) for file in receipt.files],
        "skipped": [
            {"path": one.path, "member": one.member or None, "reason": one.reason}
            for one in receipt.skipped
        ],
        "accounts": {"total": graph.n, **_in_order(roles.counts())},
        "rule": roles.sentence,
        "interactions": {
            "found": found.found,
            "retweet": found.retweet,
            "reply": found.reply,
            "quote": found.quote,
            "mention": found.mention,
            "link": found.link,
            "self": found.self,
            "by_post": found.by_post,
            "by_known_name": found.by_known_name,
            "by_name_only": found.by_name_only,
            "unresolved_retweets": found.unresolved_retweets,
            "unresolved_replies": found.unresolved_replies,
            "unresolved_quotes": found.unresolved_quotes,
            "damaged_references": found.damaged_references,
        },
        "edges": {"total": graph.m, "by_class": classes.by_name()},
        "posts": _posts(receipt),
    }


def lines(document: Document) -> list[str]:
    """Return the inspection as lines of text for a terminal; no name can disturb one."""
    said = inspection(document)
    out = [plain(said["title"]) or "An archive"]
    for file in said["files"]:
        rows = file["rows"]
        out.append(f"  {_where(file)}")
        out.append(
            f"    {plain(file['format'])}: {rows['read']:,} read = {rows['kept']:,} kept + "
            f"{rows['merged']:,} merged + {rows['refused']:,} refused"
        )
        out.append(f"    SHA-256 {plain(file['sha256'])}")
        out += [
            f"    record {one['record']:,}{_line(one['line'])}: {plain(one['reason'])}"
            for one in file["refused"][:10]
        ]
        if rows["refused"] > 10:
            out.append(f"    … {rows['refused'] - 10:,} more refused")
    out += [f"  {_where(one)}: left out, {plain(one['reason'])}" for one in said["skipped"]]
    out += [plain(said["rule"])]
    out += _table("accounts", said["accounts"])
    out += _table("interactions", said["interactions"])
    out += _table("edges", {"total": said["edges"]["total"], **said["edges"]["by_class"]})
    posts = said["posts"]
    out += _table("posts", {"total": posts["total"]})
    if posts["first"]:
        out.append(f"  from {posts['first']} to {posts['last']}")
    return out


def _where(one: dict[str, Any]) -> str:
    return " › ".join(plain(part) for part in (one["path"], one["member"]) if part)


def _line(line: int) -> str:
    """Name the line of a record, where a format has lines."""
    return f", line {line:,}" if line else ""


def _file(file: FileReceipt) -> dict[str, Any]:
    return {
        "path": file.path,
        "member": file.member or None,
        "sha256": file.sha256,
        "bytes": file.bytes,
        "format": file.format,
        "rows": {
            "read": file.read,
            "kept": file.kept,
            "merged": file.merged,
            "refused": file.refused,
        },
        "refused": [
            {"record": one.record, "line": one.line, "reason": one.reason} for one in file.refusals
        ],
        "reasons": dict(file.reasons),
    }


def _in_order(counts: dict[str, int]) -> dict[str, int]:
    return {role: counts[role] for role in ("core", "amplifier", "other")}


def _posts(receipt: Receipt) -> dict[str, Any]:
    return {
        "total": receipt.posts,
        "first": _iso(receipt.first),
        "last": _iso(receipt.last),
    }


def _iso(seconds: int) -> str | None:
    return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds >= 0 else None


def _table(title: str, numbers: dict[str, int]) -> list[str]:
    wide = max(len(name) for name in numbers)
    return [title, *(f"  {name:<{wide}} {number:>12,}" for name, number in numbers.items())]
