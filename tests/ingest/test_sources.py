"""What may be dropped, and how everything else is refused: with one sentence that says why."""

import gzip
import os
import stat
import struct
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from explorer.archive import store
from explorer.errors import ArchiveError, SourceError
from explorer.ingest import run, source

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture
def good(make):
    return make.tweets(*({"tweetid": str(i), "userid": "a"} for i in range(50)))


def refusal(desk, *paths):
    with pytest.raises(SourceError) as caught:
        desk.take(*paths)
    assert not list(desk.cache.iterdir())  # nothing half built stays
    return str(caught.value)


def skipped(taken):
    return {
        Path(one.path).name + (one.member and f"/{one.member}"): one.reason
        for one in taken.receipt.skipped
    }


# what is taken in


def test_a_zip_with_both_tables_and_more(desk, make, good):
    path = desk.zip(
        "china_052020.zip",
        {
            "china_052020_users_csv_hashed.csv": make.users("a", "b"),
            "folder/china_052020_tweets_csv_hashed": good,
            "README.txt": b"Read me.",
            "picture.PNG": b"\x89PNG...",
            "__MACOSX/._x": b"junk",
            "nothing.csv": b"",
            "other.csv": b"Source,Target\n1,2\n",
            "deep.zip": b"PK\x03\x04",
        },
    )
    taken = desk.take(path)
    assert taken.stored.title == "china_052020"
    assert [f.format for f in taken.receipt.files] == ["takedown users", "takedown tweets"]
    assert [f.bytes for f in taken.receipt.files][1] == len(good)
    assert skipped(taken) == {
        "china_052020.zip/README.txt": "a text",
        "china_052020.zip/picture.PNG": "media",
        "china_052020.zip/nothing.csv": "empty",
        "china_052020.zip/deep.zip": "a zip inside a zip",
        "china_052020.zip/other.csv": "other.csv in china_052020.zip is no table of an "
        "information-operations archive: its columns are Source, Target.",
    }


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_may_be_stored_or_deflated(desk, good, method):
    assert len(desk.take(desk.zip("a.zip", {"t": good}, method)).posts) == 50


def test_a_folder_is_searched_and_its_other_files_are_named(desk, make, good):
    desk.write("all/deep/tweets_without_extension", good)
    desk.write("all/u.CSV", make.users("a"))
    desk.write("all/read.pdf", b"%PDF-1.4")
    desk.write("all/.hidden", b"x")
    taken = desk.take(desk.folder / "all")
    assert len(taken.posts) == 50
    assert skipped(taken) == {"read.pdf": "read.pdf is a PDF, not a table."}


def test_several_at_once_and_one_of_them_twice(desk, make, good):
    path = desk.write("t.csv", good)
    taken = desk.take(path, desk.write("u.csv", make.users("z")), path, desk.folder)
    assert (len(taken.posts), taken.receipt.merged) == (50, 0)
    assert "z" in taken.ids


def test_a_gz(desk, good):
    taken = desk.take(desk.write("t.csv.gz", gzip.compress(good[:900]) + gzip.compress(good[900:])))
    assert len(taken.posts) == 50
    assert taken.receipt.files[0].bytes == len(good)


def test_a_zip_cut_into_numbered_parts(desk, good):
    whole = desk.zip("whole.zip", {"t.csv": good}).read_bytes()
    third = len(whole) // 3
    for i in range(3):
        desk.write(f"a.zip.{i + 1:03}", whole[i * third : (i + 1) * third if i < 2 else None])
    (desk.folder / "whole.zip").unlink()
    assert len(desk.take(desk.folder).posts) == 50


def test_a_zip_spanned_over_disks(desk, good):
    whole = bytearray(
        desk.zip("whole.zip", {"x.txt": os.urandom(3000), "t.csv": good}).read_bytes()
    )
    directory = whole.index(b"PK\x01\x02")
    second = whole.index(b"PK\x01\x02", directory + 4)
    local = struct.unpack_from("<I", whole, second + 42)[0]
    cut = local  # the second member starts the second disk
    struct.pack_into("<H", whole, second + 34, 1)
    struct.pack_into("<I", whole, second + 42, 0)
    end = whole.rindex(b"PK\x05\x06")
    struct.pack_into("<HH", whole, end + 4, 1, 1)
    struct.pack_into("<I", whole, end + 16, directory - cut)
    desk.write("a.z01", bytes(whole[:cut]))
    path = desk.write("a.zip", bytes(whole[cut:]))
    (desk.folder / "whole.zip").unlink()
    assert len(desk.take(path).posts) == 50
    assert len(desk.take(desk.folder / "a.z01").posts) == 50


def test_names_in_a_zip_are_never_paths(desk, good):
    path = desk.zip("a.zip", {"../../evil\x1b[31m.csv": good, "/etc/passwd": b"text"})
    taken = desk.take(path)
    assert len(taken.posts) == 50
    assert not (desk.folder.parent / "evil.csv").exists()
    assert source.shown("a\x1b\u202eb") == r"a\x1b\u202eb"


def test_a_file_name_that_is_no_unicode(desk, make):
    try:
        path = desk.write(os.fsdecode(b"u\xff.csv"), make.users("a"))
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    assert desk.take(path).ids == {"a"}


def test_the_bad_beside_the_good_is_passed_over_and_named(desk, make, good):
    cut = desk.zip("cut.zip", {"t.csv": good}).read_bytes()[:-30]
    taken = desk.take(
        desk.write("t.csv", good), desk.write("cut.zip", cut), desk.folder / "missing.csv"
    )
    assert len(taken.posts) == 50
    assert skipped(taken)["cut.zip"].startswith("cut.zip is not a whole zip")
    assert skipped(taken)["missing.csv"] == "missing.csv is not there."


def test_a_source_that_turns_out_damaged_leaves_the_others_whole(desk, make, good):
    damaged = flip(desk.zip("bad.zip", {"u.csv": make.users("x"), "t.csv": good}))
    taken = desk.take(desk.write("t.csv", good), damaged)
    assert taken.ids == {"a"}
    assert "checksum" in skipped(taken)["bad.zip"] or "decompressed" in skipped(taken)["bad.zip"]


# what is not


def flip(path):
    """Flip one bit in the middle of the last member."""
    data = bytearray(path.read_bytes())
    info = zipfile.ZipFile(path).infolist()[-1]
    start = info.header_offset + 30 + len(info.filename)
    data[start + info.compress_size // 2] ^= 4
    path.write_bytes(bytes(data))
    return path


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_flipped_bit_in_a_zip_is_found(desk, good, method):
    words = refusal(desk, flip(desk.zip("a.zip", {"t.csv": good}, method)))
    assert words.startswith("t.csv in a.zip is damaged")


def test_a_zip_that_was_cut_off(desk, good):
    path = desk.zip("a.zip", {"t.csv": good})
    path.write_bytes(path.read_bytes()[:-40])
    assert "a.zip is not a whole zip" in refusal(desk, path)


def test_a_file_named_zip_that_is_none(desk, good):
    assert "is named like a zip but is a text" in refusal(desk, desk.write("a.zip", good))


def test_a_zip_bomb(desk, make):
    path = desk.zip("a.zip", {"t.csv": make.tweets() + b"a" * 20_000_000})
    assert "zip bomb" in refusal(desk, path)
    path = desk.write("t.csv.gz", gzip.compress(make.tweets() + b"a" * 20_000_000))
    assert "as a bomb does" in refusal(desk, path)


def test_an_encrypted_zip(desk, good):
    path = desk.zip("a.zip", {"t.csv": good})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    assert "t.csv in a.zip is encrypted" in refusal(desk, path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 9])
def test_a_compression_that_is_not_supported(desk, good, method):
    path = desk.zip("a.zip", {"t.csv": good}, method if method != 9 else zipfile.ZIP_DEFLATED)
    data = bytearray(path.read_bytes())
    struct.pack_into("<H", data, data.index(b"PK\x01\x02") + 10, method)
    path.write_bytes(bytes(data))
    assert "compressed in a way that cannot be read" in refusal(desk, path)


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFCHR])
def test_a_link_or_device_in_a_zip(desk, good, mode):
    path = desk.folder / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("t.csv")
        info.create_system, info.external_attr = 3, (mode | 0o644) << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr("good.csv", good)
    assert "is a link or a device" in refusal(desk, path)


def test_overlapping_members(desk, good):
    path = desk.zip("a.zip", {"t.csv": good, "u.csv": good})
    data = bytearray(path.read_bytes())
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    struct.pack_into("<I", data, second + 42, 5)
    path.write_bytes(bytes(data))
    assert "overlap" in refusal(desk, path)


def test_a_gz_that_was_cut_off(desk, good):
    path = desk.write("t.csv.gz", gzip.compress(good)[:-20])
    assert "cannot be decompressed to its end" in refusal(desk, path)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("t.csv", b"", "t.csv is empty"),
        ("t.csv", bytes(range(256)) * 9, "t.csv is binary, not a table"),
        ("t.csv", "just words\n".encode("utf-16"), "t.csv is a text, not a table"),
        ("t.csv", b"Town,River,Length\n1,2,3\n", "its columns are Town, River, Length"),
        ("t.csv", b"just words\n", "t.csv is a text, not a table"),
        ("t.csv", b"\xff\xd8\xff\xe0", "t.csv is a picture (JPEG)"),
        ("t.json", b' {"a": 1}', "t.json is JSON"),
        ("t.rar", b"Rar!\x1a\x07", "t.rar is a RAR archive"),
        ("t.truth.json", b'{"starling_truth": 1}', "is the known truth of a simulation"),
    ],
)
def test_a_file_that_is_no_table_is_named_for_what_it_is(desk, name, data, words):
    assert words in refusal(desk, desk.write(name, data))


@pytest.mark.parametrize("missing", ["tweetid", "userid"])
def test_a_column_without_which_nothing_can_be_told(desk, make, missing):
    columns = [name for name in make.TWEETS if name != missing]
    assert f"t.csv lacks the column {missing}." in refusal(
        desk, desk.write("t.csv", make.table(columns, []))
    )


def test_an_excel_workbook(desk):
    path = desk.zip("t.xlsx", {"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})
    assert "t.xlsx is an Excel workbook" in refusal(desk, path)


def test_a_zip_of_media_holds_no_table(desk):
    path = desk.zip("media.zip", {f"{i}.jpg": b"\xff\xd8\xff" for i in range(5)})
    assert "media.zip holds no table" in refusal(desk, path)
    assert "and 2 more" in refusal(desk, path)


def test_nothing_at_all(desk):
    assert "There is no file" in refusal(desk)
    (desk.folder / "empty").mkdir()
    assert "There is no file" in refusal(desk, desk.folder / "empty")
    assert "missing.csv is not there" in refusal(desk, desk.folder / "missing.csv")
    assert "is an empty zip" in refusal(desk, desk.zip("a.zip", {}))


def test_the_failure_that_says_most_is_told(desk, make):
    paths = [
        desk.write("a.txt", b"text"),
        desk.write("b.csv", make.table([name for name in make.TWEETS if name != "userid"], [])),
    ]
    assert "lacks the column userid" in refusal(desk, *paths)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(desk):
    os.mkfifo(desk.folder / "pipe")
    assert "is not a file" in refusal(desk, desk.folder / "pipe")


def test_a_table_without_a_record_is_an_archive_without_posts(desk, make):
    taken = desk.take_data(t__csv=make.tweets(), u__csv=make.users("a"))
    assert (taken.receipt.posts, taken.receipt.first, taken.receipt.accounts) == (0, -1, 1)


def while_reading(monkeypatch, act):
    """Do *act* once, when the first table is about to be loaded."""
    real = run.store.incoming

    def incoming(home):
        act()
        return real(home)

    monkeypatch.setattr(run.store, "incoming", incoming)


def test_a_file_that_vanishes_while_it_is_read(desk, good, monkeypatch):
    path = desk.write("t.csv", good)
    while_reading(monkeypatch, lambda: path.unlink(missing_ok=True))
    assert "t.csv is not there" in refusal(desk, path)


def test_a_file_that_grows_while_it_is_read(desk, good, monkeypatch):
    path = desk.write("t.csv", good)
    while_reading(monkeypatch, lambda: path.write_bytes(good + b"more"))
    assert "t.csv changed while it was read" in refusal(desk, path)


def test_a_file_that_shrinks_while_it_is_read(desk, good, monkeypatch):
    path = desk.write("t.csv", good)
    while_reading(monkeypatch, lambda: path.write_bytes(good[:-500]))
    assert "t.csv" in refusal(desk, path)


def test_a_disk_without_room_is_told_before(desk, good, monkeypatch):
    monkeypatch.setattr(run.shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    assert "There is not enough room" in refusal(desk, desk.write("t.csv", good))


def test_a_large_member_that_turns_out_damaged_half_way(desk, make, good):
    rows = [
        {"tweetid": str(i), "userid": "b", "tweet_text": os.urandom(99).hex()} for i in range(4000)
    ]
    damaged = flip(desk.zip("bad.zip", {"u.csv": make.users("x"), "t.csv": make.tweets(*rows)}))
    taken = desk.take(desk.write("t.csv", good), damaged)
    assert taken.ids == {"a"}
    assert skipped(taken)["bad.zip"].startswith("t.csv in bad.zip is damaged")


def test_a_disk_that_fills_up_is_told_and_leaves_nothing(desk, good, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "publish", full)
    with pytest.raises(ArchiveError, match="is full"):
        desk.take(desk.write("t.csv", good))
    assert not list(desk.cache.iterdir())


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of real files is not here")
def test_a_real_git_lfs_pointer_is_named_as_such(desk):
    words = refusal(desk, SHARED / "edge_cases" / "git_lfs_pointer.csv")
    assert "a Git LFS pointer: the file itself was not downloaded" in words
    assert "git lfs pull" in words


def test_what_is_damaged_is_told_apart_from_what_is_no_table(desk, make, good):
    whole = desk.zip("cut.zip", {"t.csv": good}).read_bytes()
    taken = desk.take(
        desk.write("t.csv", good), desk.write("cut.zip", whole[:-30]), desk.write("n.txt", b"hi\n")
    )
    assert [(Path(one.path).name, one.damaged) for one in taken.receipt.skipped] == [
        ("cut.zip", True),
        ("n.txt", False),
    ]
    assert len(taken.receipt.damaged) == 1
