"""The items of the scene: blocks of cards, curve lanes, links, headers. They paint, and know nothing of the model.

Lengths are millimetres; an item's own coordinates are those of the sheet, shifted by its position.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from app.canvas.painter import (
    ANTIALIASING,
    NO_BRUSH,
    PX_PER_MM,
    Batches,
    Detail,
    Display,
    Exposed,
    brush,
    detail_at,
    fill,
    pen,
    touches,
    union,
)
from app.layout.drawing import Box, Drawing, Picture, Placed, Primitive, Rect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.layout.grid import Block, BlockKey

Item = TypeVar("Item", bound=QGraphicsItem)

PAPER: Final = "#FFFFFF"
PAPER_EDGE: Final = "#CBD2DC"
HOLE_FILL: Final = "#EEF2FB"
HOLE_EDGE: Final = "#93A8DE"
DIM: Final = 0.22
"""The opacity of cards that one does not look at."""

REACH: Final = 3.0
"""Curves, links and titles may paint so many mm beyond the size that they say."""

OVERHANG: Final = 0.6
"""Lines lie half outside of what they frame; items may paint so many mm beyond their rectangle."""


def to_qrect(rect: Rect) -> QRectF:
    return QRectF(rect[0], rect[1], rect[2], rect[3])


def to_rect(rect: QRectF) -> Rect:
    return Rect(rect.x(), rect.y(), rect.width(), rect.height())


def still_there(items: Iterable[Item]) -> Iterator[Item]:
    """The items one by one, for work in slices: without those that have left the scene when their turn comes."""
    return (item for item in list(items) if item.scene() is not None)


def surface_scale(painter: QPainter) -> float:
    """Pixels of the surface per mm."""
    return painter.worldTransform().m11() * painter.device().devicePixelRatioF()


def zoom_of(painter: QPainter) -> float:
    """The zoom that the painter paints at, 1.0 being 100 %."""
    return painter.worldTransform().m11() / PX_PER_MM


def snapped(base: QTransform, x: float, y: float) -> QTransform:
    """The transform for a drawing at (x, y), with its corner on a whole pixel so that its edges are sharp."""
    scale = base.m11()
    return QTransform(scale, 0, 0, scale, round(base.dx() + x * scale), round(base.dy() + y * scale))


class Showing:
    """A placed drawing, made ready to paint when it is first seen."""

    __slots__ = ("_display", "_old", "area", "placed")

    def __init__(self, placed: Placed, before: Showing | None = None) -> None:
        """`before`: how the same element was shown, of which may remain what it can."""
        self.placed = placed
        self.area = placed.rect.grown(REACH)
        self._display: Display | None = None
        self._old: Display | None = (before._display or before._old) if before is not None else None

    @property
    def display(self) -> Display:
        if self._display is None:
            self._display, self._old = Display(self.placed.drawing, self._old), None
        return self._display

    def pictures(self) -> frozenset[str]:
        """The names of its pictures."""
        return frozenset(item.file.name for item in self.placed.drawing.items if type(item) is Picture)

    def moved_to(self, placed: Placed) -> Showing:
        """The same drawing at another place."""
        moved = Showing(placed)
        moved._display, moved._old = self._display, self._old
        return moved


def shown(placed: Iterable[Placed], before: Sequence[Showing] = ()) -> list[Showing]:
    """Showings of placed drawings; those of the same drawings as before are taken over."""
    known = {id(showing.placed.drawing): showing for showing in before}
    named = {showing.placed.id: showing for showing in before}
    return [
        known[id(place.drawing)].moved_to(place) if id(place.drawing) in known else Showing(place, named.get(place.id))
        for place in placed
    ]


def differing(before: Iterable[Showing], after: Iterable[Showing]) -> Iterator[Rect]:
    """The areas of drawings that are in one of the two only, or elsewhere in one of them."""
    old = {(id(one.placed.drawing), one.placed.x, one.placed.y): one for one in before}
    new = {(id(one.placed.drawing), one.placed.x, one.placed.y): one for one in after}
    for key in old.keys() ^ new.keys():
        yield (old.get(key) or new[key]).area


class SheetItem(QGraphicsItem):
    """Base of all items: a rectangle in its own coordinates, painted only where it is exposed."""

    is_on_top = False
    """True for headers and what lies on them: they are never covered by headers."""

    is_caret = False
    """True for the caret of a text that is being written."""

    def __init__(self, z: float, parent: QGraphicsItem | None = None) -> None:
        super().__init__(parent)
        self.is_on_top = isinstance(parent, SheetItem) and parent.is_on_top
        self.setZValue(z)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._rect = QRectF()

    def boundingRect(self) -> QRectF:
        return self._rect

    def set_rect(self, rect: Rect) -> None:
        new = to_qrect(rect)
        if new != self._rect:
            self.prepareGeometryChange()
            self._rect = new

    def shown_now(self) -> Sequence[Showing]:
        """The drawings that have been painted, for whoever looks for some of them."""
        return ()

    def refresh_pictures(self, names: frozenset[str]) -> None:
        """Pictures can be painted that could not be, or not as sharply."""
        if any(not names.isdisjoint(one.pictures()) for one in self.shown_now()):
            self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        del widget
        painter.setRenderHint(ANTIALIASING, True)
        self.draw(painter, self._exposed(option))

    def _exposed(self, option: QStyleOptionGraphicsItem) -> Exposed:
        """The parts to paint. Qt's own rectangle is around all of them, which after scrolling is everything."""
        exposed: tuple[Exposed, Exposed] | None = getattr(self.scene(), "exposed", None)
        if exposed is None or self.cacheMode() != QGraphicsItem.CacheMode.NoCache:
            return (to_rect(option.exposedRect),)
        at = self.scenePos()
        return tuple(part.moved(-at.x(), -at.y()) for part in exposed[self.is_on_top])

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        """Paints what lies in the exposed parts (mm, the item's own); antialiasing is on."""
        raise NotImplementedError


class PaperItem(SheetItem):
    """The sheet that everything lies on."""

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        del exposed
        fill(painter, self._rect, PAPER)

    def set_size(self, size: tuple[float, float]) -> None:
        self.set_rect(Rect(0.0, 0.0, *size))


class PaperEdgeItem(SheetItem):
    """The line around the sheet. It lies above the headers, which reach to the edge."""

    def __init__(self, z: float) -> None:
        super().__init__(z)
        self.is_on_top = True
        self._sheet = QRectF()

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        del exposed
        painter.setRenderHint(ANTIALIASING, False)
        painter.setPen(pen(PAPER_EDGE, 0.0))
        painter.setBrush(NO_BRUSH)
        painter.drawRect(self._sheet)

    def set_size(self, size: tuple[float, float]) -> None:
        self._sheet = QRectF(0.0, 0.0, *size)
        self.set_rect(Rect(0.0, 0.0, *size).grown(OVERHANG))


class DrawingsItem(SheetItem):
    """Drawings on the sheet: the title, a curve lane, the links that leave a block.

    Below the zoom `least` they are not painted; `detail` is what is painted of them at any zoom.
    """

    def __init__(
        self, z: float, least: float = 0.0, detail: Detail = Detail.COARSE, parent: QGraphicsItem | None = None
    ) -> None:
        super().__init__(z, parent)
        self.showing: list[Showing] = []
        self._least = least
        self._detail = detail

    def set_drawings(self, placed: Sequence[Placed]) -> None:
        """Takes other drawings."""
        self.showing = shown(placed, self.showing)
        self.set_rect(union(*(one.rect for one in placed)).grown(REACH) if placed else Rect(0, 0, 0, 0))
        self.update()

    def shown_now(self) -> Sequence[Showing]:
        return self.showing

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        zoom = zoom_of(painter)
        if zoom >= self._least:
            paint_showing(painter, self.showing, exposed, max(detail_at(zoom), self._detail))


def paint_showing(painter: QPainter, showing: Sequence[Showing], exposed: Exposed, detail: Detail) -> None:
    """Paints the drawings that lie in `exposed`."""
    base, scale = painter.worldTransform(), surface_scale(painter)
    for one in showing:
        if touches(one.area, exposed):
            placed = one.placed
            painter.setWorldTransform(snapped(base, placed.x, placed.y))
            here = tuple(part.moved(-placed.x, -placed.y) for part in exposed)
            one.display.paint(painter, detail, scale, here)
    painter.setWorldTransform(base)


class Ground(NamedTuple):
    """The ground of a block: its place in the lane (mm), and how to get the drawing."""

    x: float
    w: float
    fetch: Callable[[], Drawing]


class GroundItem(SheetItem):
    """What a lane of cards lies on. One item for the lane, so that no card of one block is below the next block."""

    def __init__(self, z: float) -> None:
        super().__init__(z)
        self.shape_key: object = None
        self._grounds: list[Ground] = []
        self._displays: dict[int, Display] = {}

    def set_lane(self, rect: Rect, grounds: Iterable[Ground]) -> None:
        """Takes the lane as it now is; drawings are fetched when they are painted."""
        self._grounds = list(grounds)
        self._displays = {}
        self.setPos(rect.x, rect.y)
        self.set_rect(Rect(0, 0, rect.w, rect.h).grown(OVERHANG))
        self.update()

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        base, scale, detail = painter.worldTransform(), surface_scale(painter), detail_at(zoom_of(painter))
        for at, ground in enumerate(self._grounds):
            if any(ground.x <= part.right and part.x <= ground.x + ground.w for part in exposed):
                painter.setWorldTransform(QTransform.fromTranslate(ground.x, 0), True)
                self._display(at).paint(painter, detail, scale)
                painter.setWorldTransform(base)

    def add_to(self, batches: Batches) -> None:
        """What is painted at small zoom."""
        for ground in self._grounds:
            batches.add(ground.fetch().items, ground.x, 0.0)

    def _display(self, at: int) -> Display:
        if at not in self._displays:
            self._displays[at] = Display(self._grounds[at].fetch())
        return self._displays[at]


class BlockItem(SheetItem):
    """The cards of one lane in one stage, relative to the block's top-left corner.

    `fetch` gives the block as it now is; it is asked when the block is first painted after a change.
    """

    def __init__(self, z: float, key: BlockKey, fetch: Callable[[], Block]) -> None:
        super().__init__(z)
        self.key = key
        self._fetch: Callable[[], Block] | None = fetch
        self._cards: list[Showing] = []
        self._holes: frozenset[str] = frozenset()
        self._dimmed: frozenset[str] = frozenset()
        self._batches: tuple[Batches, Batches] | None = None
        self.size = (0.0, 0.0)

    @property
    def cards(self) -> Sequence[Showing]:
        """The cards as they now are."""
        if self._fetch is not None:
            block, self._fetch = self._fetch(), None
            self._cards = shown(block.cards, self._cards)
        return self._cards

    def set_block(self, fetch: Callable[[], Block], rect: Rect, reaching: bool) -> None:
        """The block has changed; `rect` is where it lies, `reaching` says that cards may stick out of it."""
        was_painted, before = self._fetch is None and self.size == (rect.w, rect.h), self._cards
        self._fetch = fetch
        self._batches = None
        self.size = (rect.w, rect.h)
        self.place(rect)
        extent = Rect(0, 0, rect.w, rect.h)
        if reaching:
            extent = union(extent, *(card.placed.rect for card in self.cards))
        extent, old = extent.grown(OVERHANG), self._rect
        self.set_rect(extent)
        if was_painted and old == self._rect:
            for area in differing(before, self.cards):
                self.update(to_qrect(area))
        else:
            self.update()

    def place(self, rect: Rect) -> None:
        """Moves the block; what it shows stays."""
        self.setPos(rect.x, rect.y)

    def shown_now(self) -> Sequence[Showing]:
        return self._cards if self._fetch is None else ()

    def set_holes(self, ids: frozenset[str]) -> None:
        """Shows these cards as outlines only, while they float above."""
        if ids != self._holes:
            self._holes = ids
            self._batches = None
            self.update()

    def set_dimmed(self, ids: frozenset[str], *, is_concerned: bool) -> None:
        """Dims these cards of the map; `is_concerned`: some of those that come or go lie here."""
        self._dimmed = ids
        if is_concerned:
            self._batches = None
            self.update()

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        zoom = zoom_of(painter)
        detail = detail_at(zoom)
        if detail is Detail.COARSE:
            self.paint_coarse(painter, zoom)
        else:
            self._draw_cards(painter, exposed, detail)

    def prepare(self, detail: Detail) -> Iterator[None]:
        """Makes the cards ready to paint, one per step."""
        for card in self.cards:
            card.display.prepare(detail)
            yield

    def paint_coarse(self, painter: QPainter, zoom: float) -> None:
        """Paints what is left of the cards at small zoom."""
        cards = self.cards
        if self._batches is None:
            self._batches = Batches(), Batches()
            for card in cards:
                placed = card.placed
                items = hole(placed.drawing) if placed.id in self._holes else placed.drawing.items
                self._batches[placed.id in self._dimmed].add(items, placed.x, placed.y)
        plain, dimmed = self._batches
        painter.setOpacity(DIM)
        dimmed.paint(painter, zoom)
        painter.setOpacity(1.0)
        plain.paint(painter, zoom)

    def _draw_cards(self, painter: QPainter, exposed: Exposed, detail: Detail) -> None:
        base, scale = painter.worldTransform(), surface_scale(painter)
        for card in self.cards:
            placed = card.placed
            if not touches(card.area, exposed):
                continue
            painter.setWorldTransform(snapped(base, placed.x, placed.y))
            if placed.id in self._holes:
                draw_hole(painter, placed.drawing)
            elif placed.id in self._dimmed:
                painter.setOpacity(DIM)
                card.display.paint(painter, detail, scale)
                painter.setOpacity(1.0)
            else:
                card.display.paint(painter, detail, scale)
        painter.setWorldTransform(base)


def hole(drawing: Drawing) -> tuple[Primitive, ...]:
    """What stands at small zoom for a card that floats elsewhere."""
    return (Box(0, 0, drawing.w, drawing.h, HOLE_FILL, HOLE_EDGE),)


def draw_hole(painter: QPainter, drawing: Drawing) -> None:
    """The outline of a card that floats elsewhere."""
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(0.2, 0.2, drawing.w - 0.4, drawing.h - 0.4), 1.5, 1.5)
    edge = QPen(QColor(HOLE_EDGE), 1.0)
    edge.setCosmetic(True)
    edge.setDashPattern([4.0, 3.0])
    painter.setPen(edge)
    painter.setBrush(brush(HOLE_FILL))
    painter.drawPath(outline)
