"""Files packed by themselves: gz, xz and zst around anything, whole or refused in one sentence."""

import gzip
import lzma
import zlib

import pytest
from backports import zstd

from explorer.errors import SourceError

EDGES = b"Source,Target\n" + b"".join(b"a%d,b%d\n" % (i, i % 7) for i in range(2000))
PACK = {
    "gz": gzip.compress,
    "xz": lzma.compress,
    "zst": zstd.compress,
}


@pytest.mark.parametrize("ending", PACK)
@pytest.mark.parametrize(
    ("name", "data", "edges"),
    [
        ("edges.csv", EDGES, 2000),
        ("g.dot", b"digraph { a -> b -> c }", 2),
        ("g.gexf", b"<gexf><graph><nodes><node id='1'/></nodes></graph></gexf>", 0),
        ("list.edgelist", b"1 2\n2 3\n", 2),
        ("p.jsonl", b'{"id":"1","author_id":"a","in_reply_to_user_id":"b","text":""}\n', 1),
    ],
)
def test_anything_may_be_packed(draw, ending, name, data, edges):
    drawn = draw(**{f"{name}.{ending}": PACK[ending](data)})
    assert len(drawn.edges) == edges
    assert drawn.file.bytes == len(data)


@pytest.mark.parametrize("ending", PACK)
def test_packed_parts_end_to_end_are_one(draw, ending):
    pack = PACK[ending]
    drawn = draw(**{f"e.csv.{ending}": pack(EDGES[:999]) + pack(EDGES[999:])})
    assert len(drawn.edges) == 2000


@pytest.mark.parametrize("ending", PACK)
@pytest.mark.parametrize("cut", [-1, -9, 30])
def test_what_was_cut_off_is_damaged(desk, ending, cut):
    path = desk.write(f"e.csv.{ending}", PACK[ending](EDGES)[:cut])
    with pytest.raises(SourceError, match=rf"e\.csv\.{ending} is damaged: it cannot be decomp"):
        desk.take(path)


@pytest.mark.parametrize("ending", PACK)
def test_a_bomb_is_refused(desk, ending):
    path = desk.write(f"e.csv.{ending}", PACK[ending](EDGES + b"a" * 20_000_000))
    with pytest.raises(SourceError, match="expands more than 200 to 1"):
        desk.take(path)


def demanding_xz():
    """EDGES in xz with a window of 1 GB in its head, and the checksum that goes with it."""
    head = bytearray(lzma.compress(EDGES))
    head[16] = 36
    end = 12 + (head[12] + 1) * 4 - 4
    head[end : end + 4] = zlib.crc32(head[12:end]).to_bytes(4, "little")
    return bytes(head)


def demanding_zst():
    wide = {
        zstd.CompressionParameter.window_log: 28,
        zstd.CompressionParameter.enable_long_distance_matching: 1,
    }
    packing = zstd.ZstdCompressor(options=wide)
    return packing.compress(EDGES) + packing.flush()


@pytest.mark.parametrize(("ending", "make"), [("xz", demanding_xz), ("zst", demanding_zst)])
def test_a_file_that_asks_for_much_memory_is_refused(desk, ending, make):
    with pytest.raises(SourceError, match="more than 256 MB of memory"):
        desk.take(desk.write(f"e.csv.{ending}", make()))


def test_xz_may_be_padded_with_zeros(draw):
    data = lzma.compress(EDGES) + bytes(8) + lzma.compress(b"x,y\n") + bytes(4)
    assert len(draw(e__csv__xz=data).edges) == 2001
