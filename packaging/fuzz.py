"""Feed the readers files that nobody would make on purpose, and count what they say.

Small good files of every format are damaged (bytes turned, cut, doubled, joined to others, packed,
put in another encoding) or made of the words that formats are made of. Each must give a graph whose
receipt adds up, or one sentence. Whatever else happens is a bug: the file is kept, with its number.
The same seed makes the same files: ``python packaging/fuzz.py --seed 7 --count 500``.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import io
import json
import lzma
import random
import resource
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from explorer.errors import StarlingError
from explorer.ingest.mapping import Columns
from explorer.ingest.run import take_in
from explorer.job import silent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

SAMPLE = Path(__file__).resolve().parent.parent / "resources/samples/SIMULATED_small.zip"
SLOW, LARGE = 20.0, 500
"""Seconds that one small file may take, and megabytes that the process may grow by."""
MOST = 6000
"""Bytes that are taken of a seed."""


def workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a small workbook by hand: text, numbers, shared texts and a date."""
    texts = list(dict.fromkeys(cell for row in rows for cell in row))
    shared = "".join(f"<si><t>{one}</t></si>" for one in texts)
    cells = (
        "".join(f'<c t="s"><v>{texts.index(cell)}</v></c>' for cell in row)
        + '<c s="1"><v>44000.5</v></c><c><v>9.06E+17</v></c>'
        for row in rows
    )
    sheet = "".join(f"<row>{row}</row>" for row in cells)
    head = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<w {head}><sheets><sheet name="S" r:id="a"/></sheets></w>',
        "xl/_rels/workbook.xml.rels": '<R><Relationship Id="a" Target="worksheets/s.xml"/></R>',
        "xl/worksheets/s.xml": f"<worksheet><sheetData>{sheet}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst>{shared}</sst>",
        "xl/styles.xml": '<s><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></s>',
    }
    return zipped(parts)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of *parts*."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def parquet(query: str) -> bytes:
    """Return what a query gives as Parquet."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as db:
        path = Path(folder) / "a.parquet"
        db.execute("SET enable_progress_bar = false")
        db.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
        return path.read_bytes()


def seeds() -> dict[str, bytes]:
    """Return a small good file of every format, by name."""
    account = {"id": "1", "acct": "ann", "username": "ann", "url": "https://a.b/@ann"}
    status: dict[str, Any] = {
        "id": "1",
        "uri": "https://a.b/@ann/1",
        "content": "<p>x</p>",
        "account": account,
    }
    status |= {"created_at": "2023-05-01T10:00:00Z", "mentions": [account], "reblog": None}
    message: dict[str, Any] = {
        "id": 1,
        "type": "message",
        "from": "A",
        "from_id": "user1",
        "text": ["x"],
    }
    message |= {"forwarded_from": "B", "reply_to_message_id": 1, "date_unixtime": "1682935200"}
    chat = {"name": "R", "type": "private_group", "id": 5, "messages": [message, message]}
    tweet = {"id": "1", "author_id": "2", "text": "RT @x: y", "in_reply_to_user_id": "3"}
    event = {"did": "did:a", "time_us": 1700000000000000, "kind": "commit", "commit": {
        "operation": "create", "collection": "app.bsky.feed.repost", "rkey": "r",
        "record": {"subject": {"uri": "at://did:b/app.bsky.feed.post/1"}}}}  # fmt: skip
    text = {
        "e.csv": "Source,Target,Weight,Type,Time\na,b,2,Directed,2020-01-01\nb,c,1.5,,\n",
        "n.csv": "Id,Label,X,Y,Color,Size\na,Ann,1,2,#ff0000,3\nb,Bob,3,4,,\n",
        "m.csv": ",a,b\na,0,1\nb,2,0\n",
        "u.csv": "von;nach;zahl\na;b;1\nb;c;2,5\n",
        "l.edgelist": "# x\n1 2\n2 3 0.5\n3 1\n",
        "c.csv": "object_id,account_id,content_id,timestamp_share\np1,b,p2,1623881091\np0,a,p1,1\n",
        "q.csv": "message_id,user_id,username,repost_id,reply_id,message,timestamp,urls\n"
        "1,a,A,,2,x,9,\n",
        "g.dot": 'strict digraph g { node [label="x"]; a -> {b; c} -> "d e" [weight=2]; <i> -- f }',
        "g.mtx": "%%MatrixMarket matrix coordinate real general\n3 3 2\n1 2 0.5\n3 1 1\n",
        "g.gexf": '<gexf><graph><nodes><node id="a" label="A"/><node id="b"/></nodes><edges>'
        '<edge source="a" target="b" start="2020-01-01"/></edges></graph></gexf>',
        "g.graphml": '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="w" for="edge"'
        ' attr.name="weight" attr.type="double"/><graph edgedefault="directed"><node id="a"/>'
        '<node id="b"/><edge source="a" target="b"><data key="w">2</data></edge>'
        "</graph></graphml>",
        "g.gml": 'graph [ directed 1 node [ id 1 label "A" ] node [ id 2 ] '
        "edge [ source 1 target 2 ] ]",
        "g.net": '*Vertices 2\n1 "a"\n2 "b"\n*Arcs\n1 2 3\n',
        "g.dl": "dl n=3 format=edgelist1\nlabels:\na b c\ndata:\n1 2 1\n2 3\n",
        "g.gdf": "nodedef>name,label,x,y\na,A,1,2\nb,B,3,4\nedgedef>node1,node2,weight\na,b,2\n",
        "g.vna": "*Node data\nID value\na 1\nb 2\n*Tie data\nfrom to strength\na b 2\n",
        "g.lgl": "# a\nb\nc 2\n# b\nc\n",
        "g.json": '{"nodes": [{"id": "a"}, {"id": "b"}], '
        '"links": [{"source": "a", "target": "b"}]}',
        "s.json": json.dumps([status, status]),
        "t.json": json.dumps(chat, indent=1),
        "o.json": json.dumps({"orderedItems": [{"id": "1", "type": "Announce",
            "actor": "https://a.b/users/x", "object": "https://c.d/users/y/1"}]}),
        "p.jsonl": json.dumps(tweet) + "\n" + json.dumps({"data": [tweet]}) + "\n",
        "b.jsonl": json.dumps(event) + "\n",
    }  # fmt: skip
    found = {name: words.encode() for name, words in text.items()}
    found["w.xlsx"] = workbook([["Source", "Target"], ["a", "b"], ["b", "c"]])
    found["e.parquet"] = parquet("SELECT 'a' || i AS source, i AS target FROM range(9) t(i)")
    inside = {"a/w.xlsx": found["w.xlsx"], "e.parquet": found["e.parquet"]}
    found["z.zip"] = zipped({**inside, "e.csv.gz": gzip.compress(found["e.csv"]), "n.txt": b"x"})
    with zipfile.ZipFile(SAMPLE) as archive:
        for name in archive.namelist():
            found[name.rsplit("/", 1)[-1]] = archive.read(name)[:MOST]
    return found


WORDS = [
    *(
        b"\x00",
        b"\xff",
        b"\xef\xbb\xbf",
        b'"',
        b"'",
        b"\n",
        b"\r",
        b"\r\n",
        b",",
        b";",
        b"\t",
        b" ",
    ),
    *(b"{", b"}", b"[", b"]", b"<", b">", b"&#0;", b"</", b"->", b"--", b"/*", b"<!DOCTYPE x []>"),
    *(
        b"9" * 400,
        b"1e999",
        b"-1",
        b"NaN",
        b"null",
        b"true",
        b"9.06E+17",
        b"2" * 18,
        b"\xf0\x9f\x98\x80",
    ),
    *("\u202e".encode(), "é".encode("latin-1"), b"%", b"#", b"*Vertices 999999999\n", b"=", b":"),
    *(b"\\", b"\\u0000", b"\\ud800", b'{"id":', b'"messages":[', b"digraph{", b"<node id='a'/>"),
]


def turned(data: bytes, dice: random.Random) -> bytes:
    """Turn a few bytes into others."""
    made = bytearray(data)
    for _ in range(dice.randint(1, 8) if made else 0):
        made[dice.randrange(len(made))] = dice.randrange(256)
    return bytes(made)


def cut(data: bytes, dice: random.Random) -> bytes:
    """Leave out a piece, or all after some place."""
    a, b = sorted(dice.randint(0, len(data)) for _ in range(2))
    return data[:a] if dice.random() < 0.5 else data[:a] + data[b:]


def doubled(data: bytes, dice: random.Random) -> bytes:
    """Say a piece many times."""
    a, b = sorted(dice.randint(0, len(data)) for _ in range(2))
    return data[:a] + data[a:b] * dice.choice((2, 3, 50)) + data[b:]


def spiced(data: bytes, dice: random.Random) -> bytes:
    """Put words of formats in."""
    for _ in range(dice.randint(1, 5)):
        at = dice.randint(0, len(data))
        data = data[:at] + dice.choice(WORDS) * dice.choice((1, 1, 1, 300)) + data[at:]
    return data


def recoded(data: bytes, dice: random.Random) -> bytes:
    """Write it in another encoding."""
    text = data.decode("utf-8", "replace")
    return text.encode(dice.choice(("utf-16", "utf-16-be", "latin-1", "utf-8-sig")), "replace")


def stretched(data: bytes, dice: random.Random) -> bytes:
    """Make one line enormous."""
    at = dice.randint(0, len(data))
    return data[:at] + dice.choice((b"a", b"a,", b"(", b"[", b" ")) * 300_000 + data[at:]


CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(turned, cut, doubled, spiced, turned, cut, spiced),
    *(recoded, stretched),
)


def packed(name: str, data: bytes, dice: random.Random) -> tuple[str, bytes]:
    """Pack a file in one of the ways that are read, damaged now and then."""
    way = dice.choice(("gz", "xz", "zst", "zip"))
    if way == "zip":
        made = zipped({name: data, "other.txt": b"x"})
    elif way == "zst":
        import backports.zstd as zstd

        made = zstd.compress(data)
    else:
        made = gzip.compress(data) if way == "gz" else lzma.compress(data)
    return f"{name}.{way}", turned(made, dice) if dice.random() < 0.3 else made


def inner(data: bytes, dice: random.Random) -> bytes:
    """Damage one part of a zip, and put it together again whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice(list(parts))
    content = parts[name]
    assert isinstance(content, bytes)
    deeper = name.endswith(".xlsx") and dice.random() < 0.5
    parts[name] = inner(content, dice) if deeper else dice.choice(CHANGES)(content, dice)
    return zipped(parts)


def made(good: dict[str, bytes], dice: random.Random) -> tuple[str, bytes]:
    """Return the next file: its name, and what is in it."""
    name = dice.choice(list(good))
    data = good[name]
    if name.endswith((".xlsx", ".zip")) and dice.random() < 0.8:
        return name, inner(data, dice)
    for _ in range(dice.choice((0, 1, 1, 1, 1, 2, 3))):
        data = dice.choice(CHANGES)(data, dice)
    if dice.random() < 0.1:
        data += good[dice.choice(list(good))]
    if dice.random() < 0.1:
        data = b"".join(dice.choice(WORDS) for _ in range(dice.randint(1, 60)))
    if dice.random() < 0.1:
        name = f"a.{dice.choice(list(good)).rsplit('.', 1)[-1]}"
    return packed(name, data, dice) if dice.random() < 0.1 else (name, data)


@dataclass
class Tally:
    """What came of the files."""

    kept: Path
    counts: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def feed(self, number: int, name: str, data: bytes, columns: Columns | None) -> None:
        """Let the readers have one file."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(data)
            self.kept.mkdir(parents=True, exist_ok=True)
            (self.kept / "now").write_bytes(data)  # what was fed when a library aborts
            began, before = time.process_time(), memory()
            try:
                _, receipt = take_in([path], Path(folder) / "cache", silent, columns)
                wrong = receipt.discrepancies()
                said = "graph"
            except StarlingError as error:
                wrong, said = (
                    (),
                    "sentence" if error.message.endswith((".", "…")) else "no sentence",
                )
            except Exception:  # noqa: BLE001 - to find them is what this is for
                wrong, said = (traceback.format_exc(),), "broken"
        took, grown = time.process_time() - began, memory() - before
        self.counts[said] += 1
        odd = [*wrong, *["no sentence"] * (said == "no sentence")]
        odd += [f"took {took:.0f} s"] * (took > SLOW) + [f"grew {grown} MB"] * (grown > LARGE)
        if odd:
            kept = self.kept / f"{number}-{name}"
            kept.write_bytes(data)
            self.broken.append(f"{kept}: {' '.join(odd)}")


def memory() -> int:
    """Return the most memory that this process has had, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1 << 20 if sys.platform == "darwin" else 1 << 10)


def run(seed: int, count: int, seconds: float, kept: Path) -> Tally:
    """Feed *count* files, or as many as *seconds* allow; 0 seconds for no end."""
    good, tally = seeds(), Tally(kept)
    started = time.monotonic()
    for number in range(count):
        if seconds and time.monotonic() - started > seconds:
            break
        dice = random.Random(f"{seed} {number}")
        name, data = made(good, dice)
        columns = Columns("von", "nach", weight="zahl") if dice.random() < 0.1 else None
        tally.feed(number, name, data, columns)
    with contextlib.suppress(OSError):
        (kept / "now").unlink()
    return tally


def main() -> int:
    """Read the command line, feed, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=0, help="stop after so many")
    parser.add_argument("--kept", type=Path, default=Path("fuzz"), help="folder for what broke")
    asked = parser.parse_args()
    tally = run(asked.seed, asked.count, asked.seconds, asked.kept)
    print(f"seed {asked.seed}: {sum(tally.counts.values()):,} files, {dict(tally.counts)}")
    print(f"{memory():,} MB at most, {time.process_time():,.0f} s of processor")
    for line in tally.broken:
        print(line)
    return bool(tally.broken)


if __name__ == "__main__":
    sys.exit(main())
