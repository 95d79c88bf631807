"""A figure: the picture, and round it what a reader must know to trust it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from explorer.scene.accounts import sizes_of
from explorer.scene.bands import CORNERS, OUTSIDE, Content, Setting
from explorer.scene.camera import fit
from explorer.scene.composed import Composed
from explorer.scene.density import scales_of
from explorer.scene.furniture import Scales, furnish
from explorer.scene.labels import MODES, labels
from explorer.scene.layers import Gatherer
from explorer.scene.naming import plain
from explorer.scene.pins import pin_marks
from explorer.scene.png import MOST_SIDE, check_size
from explorer.scene.scale import size_block
from explorer.scene.shares import shares
from explorer.scene.sheet import sheet
from explorer.scene.theme import THEMES, theme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from explorer.document.model import Document
    from explorer.scene.bands import Furniture, Rect
    from explorer.scene.camera import Camera
    from explorer.scene.layers import Layers
    from explorer.scene.marks import Measure
    from explorer.scene.view import View

Size: TypeAlias = tuple[int, int]

LEAST: Size = (400, 300)
"""Pixels below which there is no room for the key."""
SIDE = 1000.0
"""Logical pixels of a figure's shorter side: type and discs grow with the picture."""
ROUNDS = 4
"""How often furniture and view, which depend on each other, are placed at the most."""
PIXELS, PICTURE, VECTORS = "pixels", "picture", "vectors"
"""What edges become: pixels of the figure, a picture in a file of vectors, or vectors each."""
SMALLEST = 0.7
"""Device pixels to a logical one below which type cannot be read."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What one may choose about a figure.

    Attributes
    ----------
    whole
        Show every account that the filter keeps, not what the window looks at.
    theme, title, labels
        As in the window if empty.
    place
        Where the key stands. In a corner it lies over the picture, and a figure of what the
        window shows, as large as the window, has the window's very picture.
    """

    width: int = field(
        default=1600,
        metadata={"min": LEAST[0], "max": MOST_SIDE, "unit": "px", "tip": "Width of the figure"},
    )
    height: int = field(
        default=1000,
        metadata={"min": LEAST[1], "max": MOST_SIDE, "unit": "px", "tip": "Height of the figure"},
    )
    whole: bool = field(default=True, metadata={"tip": "The whole graph, not what you look at"})
    theme: str = field(default="", metadata={"options": ("", *THEMES), "tip": "Colours"})
    title: str = field(default="", metadata={"tip": "Stands at the top"})
    caption: str = field(default="", metadata={"tip": "Stands under the title"})
    heading: bool = field(default=True, metadata={"tip": "Title and caption above"})
    legend: bool = field(default=True, metadata={"tip": "Key with counts"})
    place: str = field(
        default=OUTSIDE,
        metadata={"options": (OUTSIDE, *CORNERS), "tip": "Where the key stands"},
    )
    scale: bool = field(default=True, metadata={"tip": "What the size of an account means"})
    tones: bool = field(default=True, metadata={"tip": "What tone, width or dashes of edges mean"})
    transparent: bool = field(default=False, metadata={"tip": "No ground behind the picture"})
    footer: bool = field(default=True, metadata={"tip": "Where it comes from and how it was made"})
    labels: str = field(default="", metadata={"options": ("", *MODES), "tip": "Which names"})
    dpi: int = field(
        default=96, metadata={"min": 36, "max": 2400, "tip": "Pixels to an inch on paper"}
    )
    author: str = field(default="", metadata={"tip": "Who made it, for the file's metadata"})
    outline: bool = field(
        default=False,
        metadata={"tip": "Words as outlines: they look the same where the fonts are missing"},
    )


PLAIN = Choices()


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """All that a figure is made from.

    Attributes
    ----------
    view
        What the window shows: its camera and theme. What is under the cursor is no part of it.
    footer
        Lines of provenance; ``evidence`` words them.
    metadata
        The provenance in full, for the file and not for the eye: plain values.

    Raises
    ------
    FigureError
        If the size cannot be made.
    """

    document: Document
    view: View
    choices: Choices = PLAIN
    footer: tuple[str, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_size(self.size, LEAST)

    @property
    def size(self) -> Size:
        """Width and height in device pixels."""
        return self.choices.width, self.choices.height

    @property
    def theme(self) -> str:
        """Name of the theme it is drawn in."""
        return self.choices.theme or self.view.theme

    @property
    def title(self) -> str:
        """What stands at the top: as chosen, else the name of the archive."""
        return plain(self.choices.title or self.document.archive.title)

    @property
    def exact(self) -> bool:
        """Whether it is the window's picture, with cards over it."""
        return not self.choices.whole and self.choices.place != OUTSIDE

    @property
    def rim(self) -> tuple[int, int]:
        """Device pixels beyond each side that the tones are taken from too, as the window does."""
        return self.view.beyond(self.size) if self.exact else (0, 0)

    @property
    def unit(self) -> float:
        """Device pixels to a logical one."""
        if self.exact:
            seen = (mine / theirs for mine, theirs in zip(self.size, self.view.size, strict=True))
            return max(SMALLEST, self.view.ratio * min(seen))
        return max(SMALLEST, min(self.size) / SIDE)


def compose(
    figure: Figure,
    measure: Measure,
    *notes: str,
    gatherer: Gatherer | None = None,
    edges: str = PIXELS,
) -> Composed:
    """Place title, key, footer and names, and point the camera at the room they leave.

    *notes* are short lines under the denominators, such as "drawn completely"; a *gatherer*
    remembers what is drawn of a document from one figure to the next; *edges* says what they
    become: ``PIXELS``, ``PICTURE`` or ``VECTORS``.
    """
    width, height = (side / figure.unit for side in figure.size)
    setting = Setting(width, height, theme(figure.theme), measure)
    counted = shares(figure.document)
    document = _named(figure)
    layers = (gatherer or Gatherer()).layers(document)
    content = _content(figure, notes)

    def furnished(scales: Scales) -> Furniture:
        return furnish(content, counted, setting, scales)

    furniture, view = _placed(figure, layers, furnished, edges)
    page = sheet(view, document.style)
    radii = sizes_of(layers, page) / figure.unit
    names = labels(document, view, measure, radii, furniture.covered)
    pins = pin_marks(document, view, furniture.covered, setting.theme)
    return Composed(layers, page, view, names, furniture, counted, figure.rim, pins)


def _placed(
    figure: Figure, layers: Layers, furnished: Callable[[Scales], Furniture], edges: str
) -> tuple[Furniture, View]:
    """Return furniture and view: scales change the room for the picture, and that the scales."""
    scales = Scales()
    furniture = furnished(scales)
    view = staged(figure, furniture.stage)
    for _ in range(ROUNDS):
        scales = _scales(figure, layers, view, edges)
        furniture = furnished(scales)
        again = staged(figure, furniture.stage)
        if again == view:
            return furniture, view
        view = again
    furniture = furnished(
        scales._replace(edges=None, kinds=None)
    )  # rather none than that of another view
    return furniture, staged(figure, furniture.stage)


def _scales(figure: Figure, layers: Layers, view: View, edges: str) -> Scales:
    """Return what sizes, tones and widths mean as *view* shows them, if that is wanted."""
    document, chosen = figure.document, figure.choices
    page = sheet(view, document.style)
    drawn = page.embedded if edges == PICTURE else page.larger(figure.rim)
    size = size_block(document, layers, view) if chosen.scale else None
    if not chosen.tones:
        return Scales(size)
    return Scales(size, *scales_of(layers, drawn, density=edges != VECTORS))


def _named(figure: Figure) -> Document:
    """Return the document with the labels that the figure wants."""
    document = figure.document
    wanted = figure.choices.labels or document.style.labels
    return replace(document, style=replace(document.style, labels=wanted))


def _content(figure: Figure, notes: tuple[str, ...]) -> Content:
    choices = figure.choices
    return Content(
        title=figure.title if choices.heading else "",
        caption=plain(choices.caption) if choices.heading else "",
        footer=tuple(plain(line) for line in figure.footer) if choices.footer else (),
        notes=(*notes, *_detail(figure)),
        legend=choices.legend,
        place=choices.place,
        simulated=figure.document.receipt.simulated,
    )


def _detail(figure: Figure) -> tuple[str, ...]:
    """Say how much is in view, if the figure shows a detail and not the whole."""
    if figure.choices.whole:
        return ()
    document, size = figure.document, figure.view.size
    at = figure.view.camera.to_screen(document.positions, size)
    inside = ((at >= 0) & (at <= size)).all(axis=1) & document.filter.mask(document.graph)
    return (f"a detail: {int(inside.sum()):,} accounts in view",)


def staged(figure: Figure, stage: Rect) -> View:
    """Return the view of the whole figure in which *stage* shows what was asked for.

    That is every account the filter keeps, or all that the window shows.
    """
    if figure.exact:
        stage = (0.0, 0.0, figure.size[0] / figure.unit, figure.size[1] / figure.unit)
    left, top, width, height = (side * figure.unit for side in stage)
    camera = _looking(figure, (width, height))
    middle = left + width / 2 - figure.size[0] / 2, top + height / 2 - figure.size[1] / 2
    return replace(
        figure.view,
        camera=camera.panned(*middle),
        size=figure.size,
        theme=figure.theme,
        hover=-1,
        focus=-1,
        ratio=figure.unit,
    )


def _looking(figure: Figure, room: tuple[float, float]) -> Camera:
    """Return the camera that fills a picture of *room* device pixels."""
    document, view = figure.document, figure.view
    if figure.choices.whole:
        whole = round(room[0]), round(room[1])
        return fit(document.positions, whole, document.filter.mask(document.graph))
    return view.camera.scaled(min(room[0] / view.size[0], room[1] / view.size[1]))
