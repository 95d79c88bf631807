import pytest

from explorer.app import application, build, get_ready
from explorer.ui.desk import WARM
from explorer.ui.settings import Memory, Settings

pytestmark = pytest.mark.slow


def test_nothing_is_drawn_until_what_draws_is_compiled(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path))
    monkeypatch.setattr("explorer.app.is_warm", lambda: False)
    application()
    window = build(Settings(Memory()))
    qtbot.addWidget(window)
    get_ready(window)
    assert window.compiling
    window.commands.file.open_sample()
    desk = window.commands.desk
    qtbot.waitUntil(lambda: desk.document.placing.complete and desk.document.placing.layout != "",
                    timeout=60_000)  # fmt: skip
    qtbot.waitUntil(lambda: desk.running(WARM) is None, timeout=120_000)
    assert not window.compiling
    qtbot.waitUntil(lambda: window.stage.canvas.picture is not None, timeout=60_000)
    assert window.pages.currentWidget() is window.stage
    window.close()
