from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.scene.typeset import SLACK, Type


def measure(text, size, bold=False):
    return 0.6 * size * len(text)


TEN = Type(measure, 10.0)


def test_a_text_that_fits_is_not_touched():
    assert TEN.shortened("twelve chars", 72.0) == "twelve chars"


def test_a_text_that_does_not_fit_ends_in_an_ellipsis():
    assert TEN.shortened("twelve chars", 60.0) == "twelve ch…"


def test_nothing_is_left_where_nothing_fits():
    assert TEN.shortened("twelve", 3.0) == ""


def test_lines_break_at_spaces():
    assert TEN.wrapped("one two three four", 60.0, 5) == ("one two", "three four")


def test_a_text_without_spaces_breaks_within():
    assert TEN.wrapped("观察者网友真相只有一个", 30.0, 9) == ("观察者网友", "真相只有一", "个")


def test_what_is_over_the_last_line_becomes_an_ellipsis():
    assert TEN.wrapped("one two three four", 60.0, 1) == ("one two t…",)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab 观", max_size=60), st.floats(24.0, 200.0), st.integers(1, 6))
def test_no_line_is_wider_than_the_room_and_none_too_many(text, room, most):
    text = " ".join(text.split())
    lines = TEN.wrapped(text, room, most)
    assert len(lines) <= most
    assert all(TEN.width(line) <= room + SLACK for line in lines)
    if text and lines and not lines[-1].endswith("…"):
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
