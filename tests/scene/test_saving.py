import errno
import sys

import pytest

from explorer.errors import FigureError
from explorer.scene.saving import replacing


def test_a_written_file_takes_the_place_of_the_old(tmp_path):
    path = tmp_path / "figure.png"
    path.write_bytes(b"old")
    with replacing(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def fail(path, error):
    with replacing(path) as file:
        file.write(b"new")
        raise error


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyError()])
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, error):
    path = tmp_path / "figure.png"
    path.write_bytes(b"old")
    with pytest.raises((FigureError, KeyError)):
        fail(path, error)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_told_in_a_sentence(tmp_path):
    with pytest.raises(
        FigureError, match=r"Cannot write figure\.svg in .*: no space left on device\."
    ):
        fail(tmp_path / "figure.svg", OSError(errno.ENOSPC, "No space left on device"))


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with (
        pytest.raises(FigureError, match=r"Cannot write figure\.png"),
        replacing(tmp_path / "nowhere" / "figure.png"),
    ):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other limits")
def test_a_name_as_long_as_the_system_allows_can_be_written(tmp_path):
    path = tmp_path / ("f" * 251 + ".png")
    with replacing(path) as file:
        file.write(b"new")
    assert path.read_bytes() == b"new"


def test_what_a_killed_process_left_is_cleared_by_the_next_try(tmp_path):
    path = tmp_path / "figure.png"
    with replacing(path):
        (part,) = tmp_path.iterdir()
    part.write_bytes(b"half a picture")
    with replacing(path) as file:
        file.write(b"new")
    assert list(tmp_path.iterdir()) == [path]
