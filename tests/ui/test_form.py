from dataclasses import dataclass, field

import pytest

from explorer.layout.run import layouts
from explorer.ui.form import Form


@dataclass(frozen=True)
class Options:
    rounds: int = field(
        default=20, metadata={"min": 1, "max": 100, "unit": "rounds", "tip": "More"}
    )
    share: float = field(default=0.5, metadata={"min": 0.0, "max": 1.0})
    name: str = "x"
    way: str = field(default="b", metadata={"choices": ("a", ("b", "Bee"))})
    loud: bool = True


def test_a_form_gives_back_what_it_was_given(qtbot):
    form = Form(Options(rounds=7, way="a", loud=False))
    qtbot.addWidget(form)
    assert form.options == Options(rounds=7, way="a", loud=False)


@pytest.mark.parametrize("layout", layouts().values(), ids=lambda layout: layout.id)
def test_every_layout_has_a_form(qtbot, layout):
    form = Form(layout.options())
    qtbot.addWidget(form)
    assert form.options == layout.options()
