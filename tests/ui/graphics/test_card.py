from functools import partial

import numpy as np
import pytest

from explorer.document import edits
from explorer.document.model import Placing
from explorer.graph.model import Graph
from explorer.scene import tally
from explorer.scene.camera import fit
from explorer.scene.painter import Painter
from explorer.scene.raster import Frame
from explorer.scene.view import View
from explorer.ui.graphics import card as room
from explorer.ui.graphics.card import BY_SETTING, Card, words
from explorer.ui.graphics.server import NEAR, apart, known
from explorer.ui.settings import Memory, Settings
from tests.ui.graphics import servers

SIZE = (300, 200)
SERVED = 20_000
"""Milliseconds in which a process has started, on a busy machine too."""


@pytest.fixture
def card(qtbot):
    """Makes cards with one or another process behind, and waits until they are known."""
    made = []

    def make(serve, **more):
        card = Card(None, serve=serve, **more)
        made.append(card)
        with qtbot.waitSignal(card.told, timeout=SERVED):
            card.start()
        return card

    yield make
    for card in made:
        card.stop()


@pytest.fixture
def crowd():
    """A document of so many edges that it is worth asking a card."""
    random = np.random.default_rng(3)
    n, m = 400, 6000
    ends = random.integers(0, n, (m, 2)).astype(np.int32)
    ends = ends[ends[:, 0] != ends[:, 1]]
    graph = Graph(n, ends[:, 0].copy(), ends[:, 1].copy(), {"author": np.arange(n) < 80})
    positions = random.normal(0, 10, (n, 2)).astype(np.float32)
    return edits.place(edits.load(graph), positions, Placing())


def picture(painter, document):
    return list(painter.pictures(document, View(fit(document.positions, SIZE), SIZE)))[-1].pixels


def channels(pixels):
    return pixels.view(np.uint8).reshape(*pixels.shape, 4)[..., :3].astype(int)


def test_a_card_that_counts_right_is_used_and_named(card, crowd, monkeypatch):
    monkeypatch.setattr(tally, "WORTH", 10)
    one = card(servers.good)
    assert one.counts
    asked = []

    def count(*what):
        asked.append(what)
        return one.count(*what)

    drawn = picture(Painter(count), crowd)
    assert asked
    away = np.abs(channels(drawn) - channels(picture(Painter(), crowd)))
    assert away.mean() < 0.1  # in strips, a line is cut elsewhere
    assert "the graphics card 'Honest Graphics 9000' counts the edges" in words(one)


def test_a_card_keeps_edges_that_it_has_and_forgets_the_oldest(card, monkeypatch):
    monkeypatch.setattr(room, "KEPT", 2)
    one = card(servers.good)
    ends, positions, frame = known()
    several = [ends[:1000], ends[1000:2000], ends[2000:3000]]
    for some in (*several, several[0]):
        counts = one.count(some, positions, frame, SIZE)
        assert apart(counts, some, positions, frame) == 0
    assert len(one._sent) == 2
    before = dict(one._sent)
    one.count(several[0], positions, frame, SIZE)
    assert one._sent == before


def test_a_card_that_is_lost_leaves_the_same_picture_to_the_processor(
    card, crowd, qtbot, monkeypatch
):
    monkeypatch.setattr(tally, "WORTH", 10)
    one = card(servers.lost)
    assert one.counts
    with qtbot.waitSignal(one.told, timeout=SERVED):
        drawn = picture(Painter(one.count), crowd)
    assert np.array_equal(drawn, picture(Painter(), crowd))
    assert not one.counts
    assert "it was lost" in words(one)
    assert one.count(*known()[:2], known()[2], SIZE) is None


@pytest.mark.parametrize(
    ("serve", "why"),
    [
        (servers.crashes, "ended while one frame was tried"),
        (servers.wrong, "'Broken Graphics'; Its picture is wrong by 40 %."),
        (servers.imitates, "a program that imitates a graphics card"),
    ],
)
def test_a_card_that_cannot_be_relied_on_is_not_used_and_about_says_why(card, serve, why):
    one = card(serve)
    assert not one.counts
    assert words(one).startswith("Renderer: the processor")
    assert why in words(one)
    assert one.count(*known()[:2], known()[2], SIZE) is None


def test_a_card_that_does_not_answer_is_not_waited_for(card, monkeypatch):
    monkeypatch.setattr(room, "TRY_S", 0.2)
    one = card(servers.hangs)
    assert "was not drawn within" in one.why
    one._process.join(5)
    assert not one._process.is_alive()


@pytest.mark.parametrize("serve", [servers.imitates, servers.hangs, servers.crashes])
def test_nothing_is_left_of_the_process_of_a_card_that_is_not_used(
    card, qtbot, serve, monkeypatch, gone
):
    monkeypatch.setattr(room, "TRY_S", 2.0)
    process = card(serve)._process
    qtbot.waitUntil(lambda: gone(process), timeout=5000)


def test_a_card_that_was_refused_is_never_started():
    one = Card()
    one.refuse("--safe-graphics was given")
    one.start()
    assert one._process.pid is None
    assert words(one).endswith("The graphics card is not used; --safe-graphics was given.")


def test_a_world_too_large_for_its_numbers_is_left_to_the_processor(card):
    one = card(servers.good)
    ends, positions, frame = known()
    assert one.count(ends, positions, frame._replace(scale=1e9), SIZE) is None
    assert one.counts


def test_safe_graphics_is_a_setting_and_a_word_on_the_command_line(qapp, monkeypatch):
    from explorer import app
    from explorer.cli import front, opening

    started = []
    monkeypatch.setattr(app, "main", lambda paths, safe: started.append((paths, safe)) or 0)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert front.run(["--safe-graphics"]) == 0
    assert front.run([]) == 0
    assert front.run(["--safe-graphics", "open", __file__]) == 0
    assert front.run(["open", __file__, "--safe-graphics"]) == 0
    assert [safe for _, safe in started] == [True, False, True, True]
    assert opening.window(()) == 0


def test_the_window_says_what_draws(qtbot, monkeypatch):
    from explorer import app

    settings = Settings(Memory())
    settings["graphics"] = "safe"
    window = app.build(settings)
    qtbot.addWidget(window)
    app.ask_card(window, safe=False)
    assert window.stage.card.why == BY_SETTING
    assert BY_SETTING in window.stage.renderer
    assert window.menus.actions["view.graphics"].isChecked()
    window.menus.actions["view.graphics"].trigger()
    assert settings["graphics"] == "auto"
    with qtbot.waitSignal(window.commands.desk.asked) as asked:
        window.menus.actions["help.about"].trigger()
    assert asked.args == ["about", window.stage.renderer]
    window.close()


@pytest.mark.slow
def test_opengl_draws_the_same_picture_within_what_nobody_sees(card, crowd, monkeypatch):
    """On any OpenGL there is, an imitation too: that is slow, and as exact."""
    monkeypatch.setattr(tally, "WORTH", 10)
    from explorer.ui.graphics.server import serve

    one = card(serve, imitations=())
    if not one.counts:
        pytest.skip(f"no OpenGL here: {one.why}")
    assert one.renderer
    ours, theirs = picture(Painter(), crowd), picture(Painter(one.count), crowd)
    assert one.counts
    away = np.abs(channels(ours) - channels(theirs))
    assert away.mean() < 0.5
    assert np.percentile(away, 99) <= 8


@pytest.mark.slow
@pytest.mark.parametrize("embedded", [False, True])
@pytest.mark.parametrize("zoom", [1.0, 30.0, 1000.0])
def test_opengl_and_its_small_sister_count_as_the_processor_does(card, zoom, embedded):
    from explorer.ui.graphics.server import serve

    one = card(partial(serve, embedded=embedded), imitations=())
    if not one.counts:
        pytest.skip(f"no OpenGL here: {one.why}")
    ends, positions, frame = known()
    x, y = positions[ends[0, 0]].tolist()
    near = Frame(x - 0.5 / zoom, y + 0.3 / zoom, frame.scale * zoom, frame.fade)
    counts = one.count(ends, positions, near, SIZE)
    assert counts.any()
    assert apart(counts, ends, positions, near) < 2 * NEAR
