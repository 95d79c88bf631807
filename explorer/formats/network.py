"""What is written of a document: its accounts and edges as columns, clean, with their story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.formats.about import story
from explorer.formats.fields import Field, marks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Accounts and edges, ready to be written.

    Attributes
    ----------
    source, target
        ``(m,)`` int32, index into *ids*.
    ids
        ``(n,)`` text, no two alike.
    labels
        ``(n,)`` text: what each account is called; the id where it has no name.
    accounts, edges
        Further columns.
    positions
        ``(n, 2)`` float32, y up; None where nothing was laid out.
    colours
        ``(n, 3)`` uint8, red, green and blue.
    sizes
        ``(n,)`` float32 radii in logical pixels.
    weight
        ``(m,)`` interactions, or the weight that a graph file gave.
    about
        Where it comes from and what was chosen, as plain values.
    renamed
        How many ids lost characters that cannot be seen.
    """

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    ids: NDArray[np.object_]
    labels: NDArray[np.object_]
    accounts: tuple[Field, ...]
    edges: tuple[Field, ...]
    positions: NDArray[np.float32] | None
    colours: NDArray[np.uint8]
    sizes: NDArray[np.float32]
    weight: NDArray[Any]
    about: Mapping[str, Any]
    renamed: int = 0

    @property
    def n(self) -> int:
        """Number of accounts."""
        return len(self.ids)

    @property
    def m(self) -> int:
        """Number of edges."""
        return len(self.source)

    def account_field(self, name: str) -> Field:
        """Return one of the further columns of accounts."""
        return next(field for field in self.accounts if field.name == name)

    def edge_field(self, name: str) -> Field:
        """Return one of the further columns of edges."""
        return next(field for field in self.edges if field.name == name)

    @property
    def weights(self) -> Field:
        """The weight as a column."""
        return Field("weight", self.weight)

    @property
    def edge_cells(self) -> tuple[Field, ...]:
        """The columns of a table of edges behind the two ends."""
        return (self.weights, *self.edges, *marks(self.about["simulated"], self.m))

    @property
    def account_cells(self) -> tuple[Field, ...]:
        """The columns of a table of accounts behind id and label."""
        told = (*self.accounts, *self.places, *self.looks)
        return (*told, *marks(self.about["simulated"], self.n))

    @property
    def places(self) -> tuple[Field, ...]:
        """Positions as columns x and y; none if there are none."""
        if self.positions is None:
            return ()
        x, y = np.ascontiguousarray(self.positions.T)
        return Field("x", x), Field("y", y)

    @property
    def looks(self) -> tuple[Field, ...]:
        """Colour and size as columns r, g, b and size."""
        red, green, blue = np.ascontiguousarray(self.colours.T).astype(np.int32)
        size = Field("size", self.sizes)
        return Field("r", red), Field("g", green), Field("b", blue), size

    @property
    def story(self) -> tuple[str, ...]:
        """Where it comes from, as lines of text: what is simulated says so first."""
        return story(self.about)
