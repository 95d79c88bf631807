import pytest

from explorer.app import application, build, get_ready
from explorer.ui.desk import WARM
from explorer.ui.settings import Memory, Settings

pytestmark = pytest.mark.slow


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path))
    application()
    window = build(Settings(Memory()))
    qtbot.addWidget(window)
    yield window
    window.close()


def test_until_what_draws_is_compiled_stand_ins_are_shown(qtbot, window, monkeypatch):
    monkeypatch.setattr("explorer.app.is_warm", lambda: False)
    get_ready(window)
    canvas, desk, pictures = window.stage.canvas, window.commands.desk, []
    canvas.drawn.connect(pictures.append)
    canvas.wait_for_kernels(True)
    window.commands.file.open_sample()
    qtbot.waitUntil(lambda: desk.document.placing.complete and desk.document.placing.layout != "",
                    timeout=60_000)  # fmt: skip
    qtbot.waitUntil(lambda: bool(pictures), timeout=60_000)
    if pictures[0].rough:  # unless another process was quicker than the import
        assert not canvas.settled
        assert window.pages.currentWidget() is window.stage
    qtbot.waitUntil(lambda: desk.running(WARM) is None, timeout=120_000)
    qtbot.waitUntil(lambda: canvas.settled and not canvas.picture.rough, timeout=60_000)
    assert canvas.picture.complete


def test_what_draws_is_loaded_before_there_is_anything_to_draw(qtbot, window, monkeypatch):
    loaded = []
    monkeypatch.setattr("explorer.app.is_warm", lambda: True)
    monkeypatch.setattr("explorer.ui.canvas.drawer.is_warm", lambda: True)
    monkeypatch.setattr("explorer.ui.canvas.drawer.warm", lambda: loaded.append("warm"))
    get_ready(window)
    qtbot.waitUntil(lambda: loaded == ["warm"], timeout=10_000)
