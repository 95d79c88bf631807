import os
from pathlib import Path

import numba
import numpy as np

from explorer.scene.compiled import keep_kernels_in, still


def test_kernels_are_kept_where_the_user_wants(monkeypatch, tmp_path):
    monkeypatch.setattr(numba.config, "CACHE_DIR", "")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "chosen"))
    keep_kernels_in(tmp_path / "ours")
    assert Path(numba.config.CACHE_DIR) == tmp_path / "chosen"


def test_kernels_are_else_kept_in_our_folder_and_in_that_of_our_processes(monkeypatch, tmp_path):
    monkeypatch.setattr(numba.config, "CACHE_DIR", "")
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    keep_kernels_in(tmp_path / "ours")
    assert Path(numba.config.CACHE_DIR) == Path(os.environ["NUMBA_CACHE_DIR"]) == tmp_path / "ours"


def test_what_is_only_read_is_a_view_that_cannot_be_written():
    array = np.arange(3)
    view = still(array)
    assert not view.flags.writeable
    assert array.flags.writeable
    assert np.shares_memory(array, view)
