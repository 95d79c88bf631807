from functools import partial

import pytest

from explorer.bench import exports


@pytest.fixture
def small(monkeypatch):
    """Small figures of the same kinds."""
    cases = tuple(case._replace(size=(640, 400)) for case in exports.CASES[3:])
    monkeypatch.setattr(exports, "CASES", cases)


def apart(measure, archive, folder):
    assert isinstance(measure, partial) or measure is exports.prepare
    return measure(archive, folder)


def test_every_kind_of_figure_is_measured_with_its_reference(qapp, small, tmp_path):
    from explorer.assets import sample

    told = exports.rows(sample(), tmp_path, apart)
    assert len(told) == 3 * len(exports.CASES)
    assert all(value > 0 for _, value, *_ in told)
    against = {row[0]: row[4] for row in told}
    assert against["SVG, every edge"] == "QSvgGenerator"
    assert against["PDF, every edge, size"] == "QPdfWriter"
    assert against["SVG, edges a picture"] == ""
