import os
import shutil
import sys

import numpy as np
import pytest

from explorer.archive.tables import KINDS
from explorer.graph.model import Category, Graph, Text

if sys.platform.startswith("linux") and "DISPLAY" not in os.environ:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def make_graph(n: int = 12, m: int = 24, listed: int = 4, seed: int = 0) -> Graph:
    """A small reproducible graph as an import gives it: the first *listed* accounts are core."""
    random = np.random.default_rng(seed)
    source, target = random.integers(0, n, (2, m * 2))
    kind = random.integers(0, 4, m * 2)
    apart = source != target
    triples = np.unique(np.column_stack([source, target, kind])[apart], axis=0)[:m]
    m = len(triples)
    ids = [f"id{i:04d}=" for i in range(n)]
    codes = (np.arange(n) < listed).astype(np.int8)
    return Graph(
        n,
        triples[:, 0].astype(np.int32),
        triples[:, 1].astype(np.int32),
        nodes={
            "id": Text.of(ids),
            "name": Text.of(f"name{i}" for i in range(n)),
            "listed_in": Category(codes, ("", "users.csv")),
            "listed_at": np.where(codes > 0, np.arange(n) + 1, 0).astype(np.int32),
            "author": codes > 0,
            "by_name": np.zeros(n, bool),
            "posts": np.arange(n, dtype=np.int32),
            "followers": np.full(n, -1, np.int32),
            "created": np.full(n, -1, np.int32),
            "language": Category(np.zeros(n, np.int8), ("zh",)),
        },
        edges={
            "kind": Category(triples[:, 2].astype(np.int8), KINDS),
            "count": random.integers(1, 5, m).astype(np.int32),
            "first": np.full(m, 1_577_836_800, np.int64),
            "last": np.full(m, 1_577_923_200, np.int64),
        },
    )


@pytest.fixture(scope="session", autouse=True)
def cache_of_this_run(tmp_path_factory):
    """Leave the user's own cache alone."""
    with pytest.MonkeyPatch.context() as here:
        here.setenv("STARLING_CACHE", str(tmp_path_factory.mktemp("starling") / "cache"))
        yield


@pytest.fixture(scope="session")
def known_sample(tmp_path_factory):
    """A cache in which the sample is imported and laid out as a fresh window does."""
    from explorer.assets import sample
    from explorer.document import edits, partly
    from explorer.document.placing import MAIN
    from explorer.graph.build import OpenArchive
    from explorer.job import silent
    from explorer.layout.run import layouts

    folder = tmp_path_factory.mktemp("known")
    with pytest.MonkeyPatch.context() as here:
        here.setenv("STARLING_CACHE", str(folder))
        opened = OpenArchive((sample(),))(silent)
        layout = layouts()[MAIN]
        document = edits.load(opened.graph, opened.receipt, opened.stored)
        partly.whole(document, layout, layout.options(seed=7))(silent)
    return folder


@pytest.fixture
def sample_known(known_sample, tmp_path):
    """The sample opens at once from the cache of this test: for tests of what comes after."""
    shutil.copytree(known_sample, tmp_path / "cache")


@pytest.fixture
def graph() -> Graph:
    return make_graph()
