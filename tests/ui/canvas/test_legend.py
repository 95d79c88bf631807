import pytest
from PySide6.QtWidgets import QWidget

from explorer.graph.edges import CLASSES, GROUPS
from explorer.scene.layers import Facts
from explorer.scene.theme import THEMES, theme
from explorer.ui.canvas.arrows import Sample
from explorer.ui.canvas.legend import EdgeLegend
from explorer.ui.canvas.overlays import selection_words, share_words

COUNTS = (1, 2, 3, 4, 50, 522_645, 7, 800, 107_307)


@pytest.fixture
def legend(qtbot):
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(500, 500)
    legend = EdgeLegend(ground)
    legend.show_facts(Facts(classes=COUNTS), frozenset())
    ground.show()
    yield legend
    ground.close()


def row(legend, name, wide=False):
    rows = legend.rows[len(GROUPS) :] if wide else legend.rows
    return next(row for row in rows if row.id == name)


def test_it_shows_four_groups_and_on_request_nine_classes(legend):
    def shown():
        return [row.id for row in legend.rows if row.title.isVisible()]

    assert sorted(shown()) == sorted(group.id for group in GROUPS)
    small = legend.height()
    legend.expand(True)
    assert sorted(shown()) == sorted(CLASSES)
    assert legend.height() > small
    legend.expand(False)
    assert legend.height() == small


def test_counts_have_separators_and_the_rest_is_a_sum(legend):
    assert row(legend, "amplifier>core").count.text() == "522,645"
    assert row(legend, "rest").count.text() == str(1 + 2 + 3 + 4 + 50 + 7)
    assert row(legend, "amplifier>amplifier", wide=True).count.text() == "50"


def test_a_switch_says_which_classes_and_whether(legend, qtbot):
    rest = next(group for group in GROUPS if group.id == "rest")
    with qtbot.waitSignal(legend.switched) as heard:
        row(legend, "rest").switch.click()
    assert heard.args == [rest.classes, False]
    with qtbot.waitSignal(legend.switched) as heard:
        row(legend, "rest").switch.click()
    assert heard.args == [rest.classes, True]


def test_a_title_says_what_is_chosen(legend, qtbot):
    with qtbot.waitSignal(legend.chosen) as heard:
        row(legend, "core>core").title.click()
    assert heard.args == ["core>core"]


def test_unfolding_keeps_the_lower_edge(legend):
    legend.move(12, 300)
    edge = legend.geometry().bottom()
    legend._more.click()
    assert legend.geometry().bottom() == edge
    legend._more.click()
    assert legend.geometry().bottom() == edge


def test_showing_hidden_classes_says_nothing(legend, qtbot):
    with qtbot.assertNotEmitted(legend.switched):
        legend.show_facts(Facts(classes=COUNTS), frozenset({8}))
    assert not row(legend, "core>core").switch.isChecked()
    assert row(legend, "amplifier>core").switch.isChecked()


@pytest.mark.parametrize("name", THEMES)
def test_swatches_have_the_colours_of_the_theme(legend, name):
    legend.set_theme(theme(name))
    tone = theme(name).tones["core>core"]
    assert row(legend, "core>core").swatch.colours == (tone.thin, tone.dense)
    assert not legend.grab().isNull()


def test_the_selection_is_told_with_what_it_lights():
    assert selection_words(Facts(all_accounts=9)) == ""
    facts = Facts(all_accounts=173_750, selected=23_750, lit=(522_645, 0, 3, 4))
    said = selection_words(facts)
    assert said.startswith("<b>23,750</b> of 173,750 accounts selected")
    assert said.endswith("<b>522,645</b> amplifier edges lit")
    others = Facts(all_accounts=9, selected=2, lit=(0, 0, 3, 4))
    assert selection_words(others).endswith("<b>7</b> edges lit")
    one = Facts(all_accounts=9, selected=1, lit=(0, 0, 1, 0))
    assert selection_words(one).endswith("<b>1</b> edge lit")


def test_the_denominators_are_told():
    everything = Facts(5, 5, 7, 7, 10, 10)
    assert share_words(everything) == "all 5 accounts and 7 edges"
    some = Facts(12_410, 173_750, 100_000, 669_952, 38, 100)
    assert share_words(some) == (
        "shown 12,410 of 173,750 accounts, 100,000 of 669,952 edges, 38 % of interactions"
    )
    assert share_words(Facts()) == ""


def test_a_picture_with_the_same_counts_lays_nothing_out_again(legend, monkeypatch):
    settled = []
    monkeypatch.setattr(legend, "_settle", lambda: settled.append(1))
    legend.show_facts(Facts(classes=COUNTS, selected=3), frozenset())
    assert settled == []
    legend.show_facts(Facts(classes=COUNTS), frozenset({8}))
    assert settled == [1]


def test_a_switch_whose_wish_is_refused_goes_back_with_the_next_picture(legend):
    switch = row(legend, "core>core").switch
    switch.click()
    assert not switch.isChecked()
    legend.show_facts(Facts(classes=COUNTS), frozenset())
    assert switch.isChecked()


def test_arrows_are_explained_while_edges_are_drawn_each_as_itself(legend):
    bare = legend.height()
    assert not legend.kinds
    legend.show_kinds(("retweet", "mention"))
    assert legend.kinds == ("retweet", "mention")
    assert legend.height() > bare
    assert legend.geometry().bottom() < legend.parentWidget().height()
    legend.show_kinds(())
    assert legend.height() == bare


@pytest.mark.parametrize("name", THEMES)
def test_a_sample_has_the_dashes_of_its_kind(legend, name):
    legend.set_theme(theme(name))
    legend.show_kinds(("retweet", "reply"))
    solid, dashed = (
        sample.grab().toImage() for sample in legend.findChildren(Sample) if sample.isVisible()
    )
    across = range(2, 20)
    assert len({solid.pixelColor(x, 7).name() for x in across}) == 1
    assert len({dashed.pixelColor(x, 7).name() for x in across}) > 1
