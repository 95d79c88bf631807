"""How long the window is kept busy at a stretch by what changes places: layouts and sliders."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from explorer.bench.busy import Busy, Stretch
from explorer.bench.minute import opened
from explorer.layout.run import FLOCK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from explorer.ui.window import Window

Figure: TypeAlias = tuple[str, float, str]
Act: TypeAlias = "tuple[str, Callable[[], object], Callable[[], bool]]"
"""A name, what is done, and whether it has come to its end."""
FRAME = 16.0
"""Milliseconds of one frame of a screen."""
LOOK_MS = 20
LEAST, LONGEST = 0.1, 300.0
"""Seconds that an act is watched."""
BEFORE_STOP = 2.0
"""Seconds after which a layout is stopped."""
MOVE = 0.05
"""Seconds between two moves of a slider."""


def measure(archive: Path, folder: Path) -> list[Figure]:
    """Return the longest busy stretch of each act, on the processor and by the clock."""
    window = opened(archive, folder)
    stretches = play(window)
    window.close()
    over = sum(one.busy > FRAME for one in stretches)
    figures: list[Figure] = [("gaps: above 16 ms on the processor", float(over), "times")]
    for verb in dict.fromkeys(one.verb for one in stretches):
        some = [one for one in stretches if one.verb == verb]
        figures += [
            (f"gaps: {verb}, on the processor", max(one.busy for one in some), "ms"),
            (f"gaps: {verb}, by the clock", max(one.wall for one in some), "ms"),
        ]
    return figures


def play(window: Window) -> list[Stretch]:
    """Do everything in *window*, which shows a graph, and return every busy stretch meanwhile."""
    from PySide6.QtCore import QAbstractEventDispatcher, QTimer

    dispatcher = QAbstractEventDispatcher.instance()
    assert dispatcher is not None
    busy = Busy(dispatcher)
    for verb, act, ended in acts(window):
        busy.verb = verb
        QTimer.singleShot(0, act)
        wait(ended)
    busy.stop()
    return busy.stretches


def wait(ended: Callable[[], bool]) -> None:
    """Let the window live until what was done has *ended*."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, clock, start = QEventLoop(), QTimer(), time.perf_counter()

    def look() -> None:
        passed = time.perf_counter() - start
        if passed > LONGEST or (passed > LEAST and ended()):
            loop.quit()

    clock.timeout.connect(look)
    clock.start(LOOK_MS)
    loop.exec()
    clock.stop()
    clock.timeout.disconnect(look)  # else clock and loop would hold each other


def acts(window: Window) -> Iterator[Act]:
    """Yield what is done, one after the other."""
    commands, canvas = window.commands, window.stage.canvas
    desk = commands.desk

    def still() -> bool:
        return not desk.facts.busy and canvas.settled

    def lay_out(seed: int) -> None:
        commands.layout.choose(FLOCK.id, replace(FLOCK.options(), seed=seed))
        commands.layout.run()

    yield "layout runs", partial(lay_out, 1001), still
    yield "layout begins", partial(lay_out, 1002), after(BEFORE_STOP)
    yield "stop", commands.layout.stop, still
    yield "slider begins", commands.shape.begin, still
    for value in (*np.linspace(0.05, 1, 20).tolist(), *np.linspace(0.95, -0.5, 20).tolist()):
        yield "slider moves", partial(commands.shape.room, value), after(MOVE)
    yield "undo", desk.session.undo, still
    yield "select core", commands.select.core, still
    yield "lay out selection", commands.steer.selection, still
    yield "pin", commands.arrange.pin, still
    yield "mirror", partial(commands.arrange.mirror, "across"), still
    yield "all names", partial(commands.view.labels, "all"), still
    yield "all names, near", partial(canvas.zoom_by, 30.0), still


def after(seconds: float) -> Callable[[], bool]:
    """Return what is true so many *seconds* from the first time it is asked."""
    began: list[float] = []

    def passed() -> bool:
        began.append(time.perf_counter())
        return began[-1] - began[0] > seconds

    return passed
