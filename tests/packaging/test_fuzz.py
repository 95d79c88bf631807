"""A short run of packaging/fuzz.py: odd files give a graph or one sentence, always the same."""

import random


def test_odd_files_give_a_graph_or_one_sentence(script, tmp_path):
    fuzz = script("fuzz")
    tally = fuzz.run(seed=11, count=60, seconds=0, kept=tmp_path / "kept")
    assert not tally.broken
    assert sum(tally.counts.values()) == 60
    assert tally.counts.keys() == {"graph", "sentence"}


def test_every_seed_is_a_good_file_and_each_kind_is_there(script):
    fuzz = script("fuzz")
    good = fuzz.seeds()
    endings = {name.rsplit(".", 1)[-1] for name in good}
    assert endings >= {"csv", "dot", "mtx", "xlsx", "parquet", "json", "jsonl", "gexf", "graphml"}


def test_the_same_seed_makes_the_same_files(script):
    fuzz = script("fuzz")
    good = {name: data for name, data in fuzz.seeds().items() if name.endswith(("csv", "dot"))}
    first, again = (
        [fuzz.made(good, random.Random(f"3 {number}")) for number in range(30)] for _ in range(2)
    )
    assert first == again
