from importlib.metadata import EntryPoint

import pytest

from explorer import plugins


@pytest.fixture
def points(monkeypatch):
    found = []
    monkeypatch.setattr(plugins, "entry_points", lambda group: found)
    plugins.extras.cache_clear()
    yield found
    plugins.extras.cache_clear()


def test_a_broken_plugin_is_logged_and_skipped(points, caplog):
    points.append(EntryPoint("good", "math:pi", "starling.layouts"))
    points.append(EntryPoint("bad", "no_such_module:x", "starling.layouts"))
    assert [name for name, _ in plugins.extras("starling.layouts")] == ["good"]
    assert "plugin bad of starling.layouts did not load" in caplog.text
