import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QPainter, QPdfWriter

from explorer.scene.marks import Words
from explorer.ui.image import canvas, paint_marks
from explorer.ui.letters import qt_measure
from explorer.ui.outline import qt_outline
from explorer.ui.typeset import shaped

FIREFIGHTER = "\U0001f469\u200d\U0001f692"
EMOJI = ("🙂 smile", "❤️", "1️⃣ and 🇺🇳", f"{FIREFIGHTER} محلل", "☎️")


@pytest.fixture(autouse=True)
def gui(qapp):
    return qapp


@pytest.fixture
def pictures():
    if not shaped(words("🙂")).pictures:
        pytest.skip("no font with pictures of emoji is installed")


def words(text, **more):
    return Words(10, 30, text, 20, (0, 0, 0), **more)


def colourful(pixels):
    """How many pixels are not grey."""
    parts = np.stack([(pixels >> shift) & 0xFF for shift in (16, 8, 0)]).astype(int)
    return int((np.ptp(parts, axis=0) > 40).sum())


@pytest.mark.parametrize("text", EMOJI)
def test_emoji_keep_their_colours(pictures, text):
    pixels = np.full((50, 200), 0xFFFFFFFF, np.uint32)
    image = canvas(pixels)
    painter = QPainter(image)
    paint_marks(painter, [words(text, halo=(255, 255, 255))], 1.0)
    painter.end()
    assert colourful(pixels) > 30


@pytest.mark.parametrize("text", EMOJI)
def test_words_are_as_wide_after_they_were_drawn(text):
    measure = qt_measure()
    before = measure(text, 20)
    image = QImage(200, 50, QImage.Format.Format_RGB32)
    for as_text in (False, True):
        painter = QPainter(image)
        paint_marks(painter, [words(text, halo=(255, 255, 255))], 3.0, as_text=as_text)
        painter.end()
        qt_outline(words(text))
    assert measure(text, 20) == before


def test_on_paper_emoji_are_images_and_the_letters_beside_them_text(pictures):
    file = paper("🙂 smile 🙂")
    assert file.count(b"/Subtype /Image") == 2, "a picture and its mask, once for both places"
    assert b"/ToUnicode" in file


def test_words_without_emoji_are_set_whole():
    assert not shaped(words("观察者 محلل → plain")).letters
    assert b"/Subtype /Image" not in paper("plain")


def test_an_outline_is_given_only_of_letters_that_have_one(pictures):
    assert qt_outline(words("🙂 smile")) == ""
    assert qt_outline(words("☀ → sun")).startswith("M")


def paper(text):
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    paint_marks(painter, [words(text)], 10.0, as_text=True)
    painter.end()
    return bytes(buffer.data().data())
