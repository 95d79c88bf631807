"""What may be at the other end of the pipe: each runs in a process of its own."""

import os
import time

import numpy as np

from explorer.scene.lines import lines
from explorer.scene.raster import PAD
from explorer.ui.graphics.server import Hello, answer


class Kernel:
    """Counts as a card does, with the processor's own kernel."""

    def __init__(self):
        self._edges = {}

    def load(self, key, ends):
        self._edges[key] = ends

    def forget(self, key):
        del self._edges[key]

    def count(self, key, frame, size):
        at = self._edges[key].reshape(-1, 2).copy()
        ends = np.arange(len(at), dtype=np.int32).reshape(-1, 2)
        counts = np.zeros((size[1] + 2 * PAD, size[0] + 2 * PAD), np.uint16)
        lines(ends, at, (0, len(ends)), frame, counts)
        return np.ascontiguousarray(counts[PAD:-PAD, PAD:-PAD])


def good(pipe):
    pipe.send(Hello("Honest Graphics 9000", "4.6", 0.001))
    kernel = Kernel()
    while True:
        try:
            answer(pipe, kernel)
        except (EOFError, OSError):
            return


def lost(pipe):
    pipe.send(Hello("Honest Graphics 9000", "4.6", 0.001))
    pipe.recv()
    os._exit(1)


def crashes(pipe):
    os._exit(11)


def hangs(pipe):
    time.sleep(600)


def wrong(pipe):
    pipe.send(Hello("Broken Graphics", "3.3", 0.1, "Its picture is wrong by 40 %."))


def imitates(pipe):
    pipe.send(Hello("llvmpipe (LLVM 15.0.6, 256 bits)", "4.5", 0.1))
