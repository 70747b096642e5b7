"""What the painters paint: a short list of primitives in millimetres.

One model, one layout, many painters: every element of a map (card, header, curve, link) is laid out once into a
`Drawing`. The screen, the PDF and the PNG translate these few primitives and nothing else; none of them measures a text
or computes a position.

Units are millimetres, x to the right, y downwards, relative to the drawing's own top-left corner. Colours are opaque
`#RRGGBB`: there is no transparency anywhere, so print shops need not flatten.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from app.layout.text import TextBlock

KAPPA = 0.5522847498307936
"""The handle of a cubic Bézier that stands for a quarter of a circle of radius 1."""

Color = str
Segment = (
    tuple[Literal["M"], float, float]
    | tuple[Literal["L"], float, float]
    | tuple[Literal["C"], float, float, float, float, float, float]
    | tuple[Literal["Z"]]
)


class Rect(NamedTuple):
    """A rectangle in millimetres."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    def moved(self, dx: float, dy: float) -> Rect:
        return Rect(self.x + dx, self.y + dy, self.w, self.h)

    def grown(self, by: float) -> Rect:
        return Rect(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def contains(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + self.w and self.y <= y <= self.y + self.h

    def overlaps(self, other: Rect) -> bool:
        """True where the two share an area; touching edges do not count."""
        return (
            self.x < other.x + other.w
            and other.x < self.x + self.w
            and self.y < other.y + other.h
            and other.y < self.y + self.h
        )


class Box(NamedTuple):
    """A rectangle with optional rounded corners. `fill` or `stroke` None: not painted."""

    x: float
    y: float
    w: float
    h: float
    fill: Color | None = None
    stroke: Color | None = None
    stroke_width: float = 0.2
    radius: float = 0.0
    dash: tuple[float, ...] = ()


class Line(NamedTuple):
    """A straight line; `dash` in millimetres on, off, …"""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: Color
    stroke_width: float = 0.2
    dash: tuple[float, ...] = ()


class Shape(NamedTuple):
    """A path of moves, lines and cubic Béziers. Joins and caps are round. `detail` as with `Text`."""

    segments: tuple[Segment, ...]
    fill: Color | None = None
    stroke: Color | None = None
    stroke_width: float = 0.2
    dash: tuple[float, ...] = ()
    detail: bool = False


class Text(NamedTuple):
    """A laid-out text block with its top-left corner at (x, y).

    `detail` marks small print, which the screen leaves out at small zoom; paper always has it.
    """

    x: float
    y: float
    block: TextBlock
    color: Color = "#000000"
    detail: bool = False


class Icon(NamedTuple):
    """A stroked icon from `resources/icons`, `size` mm wide and high, top-left corner at (x, y)."""

    name: str
    x: float
    y: float
    size: float
    color: Color


@dataclass(frozen=True)
class PictureFile:
    """A picture of the map: its name, the bytes of its file, and how many pixels wide and high it says it is.

    The name says what is in it, so two of the same name are the same.
    """

    name: str
    data: bytes = field(compare=False, repr=False)
    width: int = field(compare=False)
    height: int = field(compare=False)


class Picture(NamedTuple):
    """A picture that fills its box; what is too much at the sides, or above and below, is cut off.

    Where it is transparent it is white. `radius` rounds the corners: half of the side makes a circle. `dim` 0..1 is the
    share of white mixed into its colours.
    """

    x: float
    y: float
    w: float
    h: float
    file: PictureFile
    radius: float = 0.0
    dim: float = 0.0

    @property
    def whole(self) -> Rect:
        """Where all of the picture would lie, with what is cut off."""
        scale = max(self.w / self.file.width, self.h / self.file.height)
        w, h = self.file.width * scale, self.file.height * scale
        return Rect(self.x + (self.w - w) / 2, self.y + (self.h - h) / 2, w, h)


Primitive = Box | Line | Shape | Text | Icon | Picture


class Drawing(NamedTuple):
    """One element of the map: its size in mm and what to paint, back to front."""

    w: float
    h: float
    items: tuple[Primitive, ...]


class Placed(NamedTuple):
    """A drawing at its place on the sheet (mm), with the id of the record it shows."""

    id: str
    x: float
    y: float
    drawing: Drawing

    @property
    def rect(self) -> Rect:
        return Rect(self.x, self.y, self.drawing.w, self.drawing.h)
