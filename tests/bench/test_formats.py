import pytest

from explorer.bench import formats
from explorer.ingest.simulate import Simulate, planned
from explorer.job import silent


def here(measure, archive, folder):
    """Run on the spot: the figures mean little, the files are the same."""
    return measure(archive, folder)


@pytest.mark.slow
def test_every_format_is_measured_beside_its_reference(tmp_path):
    archive = tmp_path / "SIMULATED.zip"
    sizes = {"core": 20, "amplifiers": 60, "posts": 200}
    Simulate(planned("small", **sizes), archive)(silent)
    rows = list(formats.rows(archive, tmp_path, here))
    assert len(rows) == 2 * len(formats.FORMATS)
    compared = {name: against for name, _, _, reference, against in rows if reference is not None}
    assert compared["write gexf, processor time"] == "networkx"
    assert compared["write xlsx, peak memory"] == "openpyxl, edges alone"
    assert all(value >= 0 for _, value, *_ in rows)
