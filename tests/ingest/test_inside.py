"""Workbooks, Parquet and packed streams inside zips: read from private copies that go again."""

import gzip
import io
import lzma
import zipfile

import duckdb
import pytest
from backports import zstd

from explorer.archive import store
from explorer.errors import SourceError
from explorer.ingest import inside, peek, source
from explorer.ingest.run import take_in
from explorer.job import silent
from tests.ingest.workbooks import POSTS, book

EDGES = [["Source", "Target"], ["a", "b"], ["b", "c"]]
NODES = [["Id", "Label"], ["a", "Ann"]]
TEXT = b"Source,Target\n" + b"".join(b"a%d,b%d\n" % (i, i % 7) for i in range(2000))
PACK = {"gz": gzip.compress, "xz": lzma.compress, "zst": zstd.compress}


def parquet(folder, query):
    path = folder / "made.parquet"
    with duckdb.connect() as db:
        db.execute("SET enable_progress_bar = false")
        db.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    data = path.read_bytes()
    path.unlink()
    return data


def zipped(**members):
    """Bytes of a zip; double underscores in names are dots."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return data.getvalue()


def left(folder):
    return [one.name for one in folder.iterdir() if one.name.startswith(store.INCOMING)]


def test_every_sheet_of_every_workbook_in_a_zip_is_read(draw, tmp_path):
    more = book(Sheet1=[["from", "to"], [1, 2]])
    drawn = draw(z__zip=zipped(**{"a/one.xlsx": book(E=EDGES, N=NODES), "two.xlsx": more}))
    assert drawn.counts.keys() == {("a", "b"), ("b", "c"), ("1", "2")}
    assert drawn.accounts["a"]["name"] == "Ann"
    assert [file.member for file in drawn.receipt.files] == [
        "a/one.xlsx/E",
        "a/one.xlsx/N",
        "two.xlsx/Sheet1",
    ]
    assert not left(tmp_path / "cache")


def test_an_archive_is_called_by_the_workbook_and_not_by_its_sheet(tmp_path):
    path = tmp_path / "z.zip"
    path.write_bytes(zipped(b__xlsx=book(Sheet1=EDGES)))
    assert take_in([path], tmp_path / "cache", silent)[0].title == "b"


def test_posts_in_a_workbook_in_a_zip_are_posts(desk):
    rows = [POSTS, ["1", "a", "ann", None, None, "x", 1600000000, None]]
    rows.append(["2", "b", "bob", "1", None, "RT", 1600000060, None])
    taken = desk.take(desk.zip("z.zip", {"p.xlsx": book(S=rows)}))
    assert set(taken.edges) == {("b", "a", "retweet")}


def test_parquet_in_a_zip_is_read_beside_a_table_of_text(draw, tmp_path):
    data = parquet(tmp_path, "SELECT 906123456789012345 AS source, 'x' AS target")
    drawn = draw(z__zip=zipped(e__parquet=data, n__csv=b"Id,Label\nx,Xenia\n"))
    assert drawn.counts.keys() == {("906123456789012345", "x")}
    assert drawn.accounts["x"]["name"] == "Xenia"
    assert not left(tmp_path / "cache")


@pytest.mark.parametrize("ending", PACK)
def test_a_packed_table_in_a_zip_is_read(draw, ending):
    drawn = draw(z__zip=zipped(**{f"e.csv.{ending}": PACK[ending](TEXT)}))
    assert len(drawn.edges) == 2000
    assert drawn.file.bytes == len(TEXT)


@pytest.mark.parametrize("ending", PACK)
def test_a_packed_member_that_was_cut_off_is_damaged(desk, ending):
    path = desk.zip("z.zip", {f"e.csv.{ending}": PACK[ending](TEXT)[:-9]})
    with pytest.raises(SourceError, match=rf"e\.csv\.{ending} in z\.zip is damaged"):
        desk.take(path)


@pytest.mark.parametrize("ending", PACK)
def test_two_packings_together_may_not_be_a_bomb(desk, ending):
    with pytest.raises(SourceError, match="200 to 1"):
        desk.take(desk.zip("z.zip", {f"e.csv.{ending}": PACK[ending](b"a,b\n" * 9_000_000)}))


@pytest.mark.parametrize("ending", PACK)
def test_a_packed_workbook_and_packed_parquet_are_read_by_themselves_and_in_a_zip(
    draw, tmp_path, ending
):
    table = PACK[ending](parquet(tmp_path, "SELECT 'b' AS source, 'c' AS target"))
    both = {f"b.xlsx.{ending}": PACK[ending](book(S=EDGES)), f"p.parquet.{ending}": table}
    drawn = draw(**both)
    assert drawn.counts == {("a", "b"): 1, ("b", "c"): 2}
    assert draw(z__zip=zipped(**both)).counts == drawn.counts
    assert not left(tmp_path / "cache")


def test_a_damaged_workbook_in_a_zip_is_one_sentence_that_names_it(desk):
    data = bytearray(book(S=EDGES))
    data[data.index(b"xl/worksheets/sheet1.xml") + 40] ^= 0xFF
    with pytest.raises(SourceError, match=r"b\.xlsx in z\.zip|sheet1\.xml"):
        desk.take(desk.zip("z.zip", {"b.xlsx": bytes(data)}))
    with pytest.raises(SourceError, match=r"b\.xlsx in z\.zip is not a whole zip"):
        desk.take(desk.zip("z.zip", {"b.xlsx": bytes(data[:900])}))
    assert not left(desk.cache)


def test_damaged_parquet_in_a_zip_is_one_sentence_that_names_it(desk, tmp_path):
    data = parquet(tmp_path, "SELECT 'a' AS source, 'b' AS target")
    with pytest.raises(SourceError, match=r"e\.parquet in z\.zip is a Parquet file that cannot"):
        desk.take(desk.zip("z.zip", {"e.parquet": data[:-9]}))
    assert not left(desk.cache)


def test_what_is_no_workbook_of_tables_is_passed_over(draw):
    (passed,) = draw(z__zip=zipped(e__csv=TEXT, empty__xlsx=book(S=[]))).receipt.skipped
    assert (passed.member, passed.reason) == ("empty.xlsx", "an Excel workbook")


def test_what_is_copied_has_a_limit(desk, monkeypatch):
    monkeypatch.setattr(inside, "MOST_COPIED", 100)
    with pytest.raises(SourceError, match=r"more than 0\.0 GB of workbooks and Parquet"):
        desk.take(desk.zip("z.zip", {"b.xlsx": book(S=EDGES)}))


def test_a_disk_without_room_is_one_sentence(desk, monkeypatch):
    monkeypatch.setattr(inside, "SPARE", 1 << 60)
    with pytest.raises(SourceError, match=r"no room on the disk to unpack b\.xlsx in z\.zip"):
        desk.take(desk.zip("z.zip", {"b.xlsx": book(S=EDGES)}))


def test_copies_are_private_and_go_with_their_readers(desk):
    path = desk.zip("z.zip", {"b.xlsx": book(S=EDGES)})
    with inside.Copies(desk.folder) as copies:
        (found,) = source.streams(path, copies)[0]
        (folder,) = (desk.folder / one for one in left(desk.folder) if "lock" not in one)
        assert folder.stat().st_mode & 0o077 == 0
        assert found.sample() == b"Source,Target\r\na,b\r\nb,c\r\n"
    assert not left(desk.folder)


def test_tables_in_a_zip_can_be_looked_at_before_they_are_mapped(desk, monkeypatch):
    monkeypatch.setenv("STARLING_CACHE", str(desk.cache))
    (table,) = peek.LookAtTables(
        (desk.zip("z.zip", {"b.xlsx": book(S=[["von", "nach"], ["a", "b"]])}),)
    )(silent)
    assert peek.preview(table).names == ("von", "nach")
    assert table.name == "b.xlsx/S in z.zip"


def test_an_archive_that_comes_as_a_zip_of_zips_is_read(draw, tmp_path):
    inner = zipped(**{"a/t.csv": TEXT, "book.xlsx": book(E=EDGES)})
    drawn = draw(z__zip=zipped(one__zip=inner, two__zip=zipped(u__csv=b"Source,Target\nx,y\n")))
    assert {("a", "b"), ("x", "y"), ("a0", "b0")} <= drawn.counts.keys()
    assert [file.member for file in drawn.receipt.files] == [
        "one.zip/a/t.csv",
        "one.zip/book.xlsx/E",
        "two.zip/u.csv",
    ]
    assert not left(tmp_path / "cache")


def test_a_zip_in_a_zip_in_a_zip_is_named_and_passed_over(draw):
    deepest = zipped(t__csv=TEXT)
    drawn = draw(z__zip=zipped(a__zip=zipped(b__zip=deepest, u__csv=b"Source,Target\nx,y\n")))
    assert drawn.counts.keys() == {("x", "y")}
    assert [(one.member, one.reason) for one in drawn.receipt.skipped] == [
        ("a.zip/b.zip", "a zip inside a zip")
    ]


def test_zips_of_media_are_not_looked_into(draw, monkeypatch):
    copied = []
    really = inside.Copies.of

    def watched(self, entry):
        copied.append(entry.member)
        return really(self, entry)

    monkeypatch.setattr(inside.Copies, "of", watched)
    media = zipped(**{"1.jpg": b"\xff\xd8\xff"})
    drawn = draw(z__zip=zipped(china_tweet_media_hashed_001__zip=media, a__zip=zipped(t__csv=TEXT)))
    assert copied == ["a.zip"]
    assert [one.reason for one in drawn.receipt.skipped] == ["a zip inside a zip"]


def test_a_bomb_in_two_steps_is_refused(draw):
    """Each zip alone expands less than 200 to 1; both together far more."""
    line = b"Source,Target\n" + b"a,b\n" * 50
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        for place in range(4000):
            archive.writestr(f"{place:04d}.csv", line * 40)
    with pytest.raises(SourceError, match="expands more than 200 to 1"):
        draw(z__zip=zipped(a__zip=inner.getvalue()))


@pytest.mark.parametrize("place", [60, -30])
def test_an_inner_zip_that_is_damaged_bars_the_outer_one(draw, place):
    inner = bytearray(zipped(t__csv=TEXT))
    inner[place] ^= 0xFF
    if place < 0:
        inner = inner[:place]
    with pytest.raises(SourceError, match=r"a\.zip"):
        draw(z__zip=zipped(a__zip=bytes(inner), b__csv=TEXT))


def test_more_zips_than_may_be_copied_are_one_sentence(draw, monkeypatch):
    monkeypatch.setattr(inside, "MOST_COPIED", 100)
    with pytest.raises(SourceError, match="workbooks and Parquet or of zips"):
        draw(z__zip=zipped(a__zip=zipped(t__csv=TEXT)))


def test_an_office_document_and_a_session_in_a_zip_are_still_named_for_what_they_are(draw):
    odt = zipped(mimetype=b"application/vnd.oasis.opendocument.text", content__xml=b"<a/>")
    drawn = draw(z__zip=zipped(a__odt=odt, t__csv=TEXT))
    assert [one.member for one in drawn.receipt.skipped] == ["a.odt"]
