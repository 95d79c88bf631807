"""Other programs that lay out networks, each asked as its own documentation says."""

from __future__ import annotations

import random
import shutil
import subprocess
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from explorer.graph.model import Positions
    from explorer.layout.pairs import Pairs

ATLAS = """
const fs = require("fs"), {UndirectedGraph} = require("graphology");
const atlas = require("graphology-layout-forceatlas2");
const all = new Int32Array(fs.readFileSync(process.argv[2]).buffer), n = all[0], m = all[1];
const graph = new UndirectedGraph();
let state = 1;
const drawn = () => (state = state * 48271 % 2147483647) / 2147483647;
for (let i = 0; i < n; i++) graph.addNode(i, {x: drawn(), y: drawn()});
for (let k = 0; k < m; k++) graph.addEdge(all[2 + k], all[2 + m + k]);
const settings = {...atlas.inferSettings(graph), barnesHutOptimize: true};
const at = atlas(graph, {iterations: 300, settings}), out = new Float32Array(2 * n);
for (let i = 0; i < n; i++) { out[2 * i] = at[i].x; out[2 * i + 1] = at[i].y; }
fs.writeFileSync(process.argv[3], Buffer.from(out.buffer));
"""
"""ForceAtlas2 of graphology, at the settings it infers itself, from a random start."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Another program.

    Attributes
    ----------
    missing
        Says what to install; empty if it is there.
    place
        Returns ``(n, 2)`` positions of pairs; runs in a process of its own.
    """

    name: str
    missing: Callable[[], str]
    place: Callable[[Pairs], Positions]


def place_umap(pairs: Pairs) -> Positions:
    """Place by UMAP of igraph."""
    return _by_igraph(pairs, "layout_umap", epochs=50)


def place_force(pairs: Pairs) -> Positions:
    """Place by Fruchterman and Reingold's of igraph."""
    return _by_igraph(pairs, "layout_fruchterman_reingold", niter=500, grid="grid")


def _by_igraph(pairs: Pairs, name: str, **how: Any) -> Positions:
    from explorer.layout.coarsen import to_igraph

    random.seed(1)  # igraph draws from Python's generator
    return np.array(getattr(to_igraph(pairs), name)(**how).coords, np.float32)


def place_fmmm(pairs: Pairs) -> Positions:
    """Place by the fast multipole multilevel embedder of OGDF in Tulip."""
    return _by_tulip(pairs, "Fast Multipole Multilevel Embedder (OGDF)")


def place_fm3(pairs: Pairs) -> Positions:
    """Place by FM³ of OGDF in Tulip."""
    return _by_tulip(pairs, "FM^3 (OGDF)")


def _by_tulip(pairs: Pairs, name: str) -> Positions:
    tlp = import_module("tulip").tlp
    graph = tlp.newGraph()
    nodes = graph.addNodes(pairs.n)
    ends = zip(pairs.u.tolist(), pairs.v.tolist(), strict=True)
    graph.addEdges([(nodes[a], nodes[b]) for a, b in ends])  # one by one is what Tulip takes
    how = tlp.getDefaultPluginParameters(name, graph)
    tlp.setSeedOfRandomSequence(1)
    tlp.initRandomSequence()
    layout = graph.getLayoutProperty("viewLayout")
    graph.applyLayoutAlgorithm(name, layout, how)
    return np.array([[layout[node][0], layout[node][1]] for node in nodes], np.float32)


def place_sfdp(pairs: Pairs) -> Positions:
    """Place by sfdp of Graphviz."""
    lines = [str(i) for i in range(pairs.n)]
    lines += [f"{a}--{b}" for a, b in zip(pairs.u.tolist(), pairs.v.tolist(), strict=True)]
    said = subprocess.run(
        ["sfdp", "-Goverlap=true", "-Nshape=point", "-Nwidth=0.01", "-Tplain"],
        input="graph{\n" + "\n".join(lines) + "\n}\n",
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    placed = np.zeros((pairs.n, 2), np.float32)
    words = [line.split()[1:4] for line in said.splitlines() if line.startswith("node ")]
    table: NDArray[np.float64] = np.array(words, np.float64)
    placed[table[:, 0].astype(np.int64)] = table[:, 1:]
    return placed


def place_atlas(pairs: Pairs) -> Positions:
    """Place by ForceAtlas2 of graphology, in node."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        script, told, said = (folder / name for name in ("atlas.js", "told", "said"))
        script.write_text(ATLAS)
        np.concatenate([[pairs.n, pairs.m], pairs.u, pairs.v]).astype(np.int32).tofile(told)
        subprocess.run(["node", script, told, said], check=True)
        return np.fromfile(said, np.float32).reshape(-1, 2)


def no_tulip() -> str:
    """Say how to install Tulip, if it is missing."""
    return "" if find_spec("tulip") else "pip install tulip-python"


def no_graphviz() -> str:
    """Say how to install Graphviz, if it is missing."""
    return "" if shutil.which("sfdp") else "install Graphviz"


def no_graphology() -> str:
    """Say how to install graphology, if node cannot find it."""
    node = shutil.which("node")
    wanted = "require.resolve('graphology');require.resolve('graphology-layout-forceatlas2')"
    if (
        node
        and not subprocess.run([node, "-e", wanted], capture_output=True, check=False).returncode
    ):
        return ""
    return "npm install graphology graphology-layout-forceatlas2, and set NODE_PATH"


def nothing() -> str:
    """Say that nothing is missing."""
    return ""


PEERS = (
    Peer("Tulip FMMM", no_tulip, place_fmmm),
    Peer("Tulip FM³", no_tulip, place_fm3),
    Peer("Graphviz sfdp", no_graphviz, place_sfdp),
    Peer("igraph UMAP, 50 epochs", nothing, place_umap),
    Peer("igraph Fruchterman-Reingold", nothing, place_force),
    Peer("graphology ForceAtlas2", no_graphology, place_atlas),
)
