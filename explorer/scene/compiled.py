"""How the loops over pixels are compiled: as those over nodes and edges are."""

from __future__ import annotations

from explorer.layout.compiled import KEPT, ROOT, compiled, inlined, keep_kernels_in, sources, still

__all__ = ["KEPT", "ROOT", "compiled", "inlined", "keep_kernels_in", "sources", "still"]
