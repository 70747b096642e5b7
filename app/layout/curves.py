"""A curve lane as drawn: guides from −2 to +2, each persona's curve with its faces, labels and a legend.

Inside, x runs in the direction of reading from the lane's leading edge, so that a right-to-left map is the mirror image
of a left-to-right one; it is turned round only where something is drawn.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import NamedTuple

from app.layout import theme
from app.layout.drawing import Drawing, Line, Primitive, Rect, Segment, Shape, Text
from app.layout.faces import face
from app.layout.frame import Frame
from app.layout.labels import LabelKey, LabelPlace, LabelSpace, LabelSpot
from app.layout.legend import Legend, legend
from app.layout.monotone import MonotoneCurve, ascending
from app.layout.scale import VALUES, value_y
from app.layout.script import Script
from app.layout.text import TextBlock
from app.model.records import EmotionPoint, Persona

LABEL_WIDTH = 34.0
NUDGE = 0.01  # mm; two points at the same place of a curve are told apart by so much
FACE_REACH = theme.FACE_RADIUS * 1.3
AREA_HEIGHT = theme.PLOT_HEIGHT + 2 * theme.PLOT_PAD
COLUMN_GAP = 1.2  # mm between a label and the edge of its column, along which links run
LEGEND_FOOT = 2.0  # mm below the names that are free


class Dot(NamedTuple):
    """A point of a curve: `x` mm in the direction of reading, `y` mm below the top of the plot area.

    Dots are ordered by x, at the same place by id.
    """

    x: float
    id: str
    y: float
    point: EmotionPoint


class CurveDrawing(NamedTuple):
    """A curve lane laid out. Value +2 lies `plot_top` mm below its top edge."""

    drawing: Drawing
    plot_top: float


class _Track:
    """A persona's curve: her dots in order, as they are and set apart, and the line through them."""

    def __init__(self, persona: Persona, number: int) -> None:
        self.persona = persona
        self.number = number
        self.raw: list[Dot] = []
        self.dots: dict[str, Dot] = {}
        self.curve: MonotoneCurve | None = None

    def add(self, dot: Dot) -> None:
        insort(self.raw, dot)

    def drop(self, dot: Dot) -> None:
        del self.raw[bisect_left(self.raw, dot)]


class _Label(NamedTuple):
    """A label and the face that it belongs to; `place` None: it has none yet."""

    dot: Dot
    spot: LabelSpot
    stretch: tuple[float, float]
    block: TextBlock
    place: LabelPlace | None = None


class LaneCurves:
    """One curve lane laid out. What a changed point leaves as it was is kept."""

    laid: CurveDrawing

    def __init__(
        self, frame: Frame, personas: Sequence[Persona], points: Iterable[EmotionPoint], script: Script
    ) -> None:
        self._frame = frame
        self._script = script
        self._width = frame.grid[1]
        self._tracks = {persona.id: _Track(persona, number) for number, persona in enumerate(personas)}
        self._space = LabelSpace(self._width, AREA_HEIGHT, theme.PLOT_PAD, theme.CURVE_WIDTH / 2)
        self._raw: dict[str, Dot] = {}
        self._order: list[LabelKey] = []
        self._labels: dict[LabelKey, _Label] = {}
        self._dirty: dict[str, _Track] = {}
        self._stale = inf, -inf
        self._top = 0.0
        self._foot = 0.0
        self._painted: dict[str, tuple[Primitive, ...]] = {}
        self._who: tuple[object, Legend] | None = None
        for point in points:
            self.replace(None, point)
        self.lay_out()

    def dots(self) -> Iterator[tuple[str, float, float]]:
        """Each point's id and its centre in mm from the drawing's top-left corner, as painted from back to front."""
        for track in self._tracks.values():
            for id, dot in track.dots.items():
                yield id, self._x(dot.x), dot.y + self._top

    def label(self, id: str) -> Text | None:
        """A point's label in mm from the drawing's top-left corner; None: it has none."""
        drawn = self._painted.get(f"label of {id}", ())
        return next((item for item in drawn if isinstance(item, Text)), None)

    def is_free(self, area: Rect) -> bool:
        """True where neither curve nor face, label or legend lies in an area, mm from the drawing's top-left corner."""
        if area.bottom > self._foot and area.y < self.laid.drawing.h - LEGEND_FOOT:
            return False
        x = self._script.x(area.x, area.w, self._width)
        return self._space.is_free(Rect(x, area.y - self._top, area.w, area.h))

    def replace(self, before: EmotionPoint | None, after: EmotionPoint | None) -> None:
        """Notes a change of a point on this lane; None: it was, or is, not there."""
        for point in (before, after):
            if point is not None and point.id in self._raw:
                self._drop(self._raw.pop(point.id))
        if after is not None and after.persona in self._tracks and after.step in self._frame.starts:
            dot = self._raw[after.id] = self._dot(after)
            track = self._dirty[after.persona] = self._tracks[after.persona]
            track.add(dot)

    def _drop(self, dot: Dot) -> None:
        track = self._dirty[dot.point.persona] = self._tracks[dot.point.persona]
        track.drop(dot)

    def lay_out(self) -> None:
        """Draws the lane with all changes noted so far."""
        for track in self._dirty.values():
            self._redraw(track)
        self._dirty.clear()
        self._place_labels()
        rects = [label.place.rect for label in self._labels.values() if label.place is not None]
        top = max([0.0, *(theme.PAD - rect.y for rect in rects)])  # the row's edge is for links
        bottom = max([AREA_HEIGHT, *(rect.bottom + theme.PAD for rect in rects)])
        if top != self._top:
            self._top = top
            self._painted.clear()
        self._foot = top + bottom
        self.laid = CurveDrawing(self._drawing(self._foot), top + theme.PLOT_PAD)

    # Where everything lies

    def _dot(self, point: EmotionPoint) -> Dot:
        start, width = self._frame.starts[point.step]
        x = start + theme.POINT_INSET + point.at * (width - 2 * theme.POINT_INSET)
        return Dot(x, point.id, value_y(point.value, theme.PLOT_PAD), point)

    def _redraw(self, track: _Track) -> None:
        before, track.dots = track.dots, {dot.id: dot for dot in _set_apart(track.raw)}
        gone = [dot for id, dot in before.items() if track.dots.get(id) is not dot]
        come = [dot for id, dot in track.dots.items() if before.get(id) is not dot]
        for dot in gone:
            self._drop_dot(track, dot)
        for dot in come:
            self._add_dot(track, dot)
        self._redraw_line(track)

    def _redraw_line(self, track: _Track) -> None:
        points = tuple((dot.x, dot.y) for dot in track.dots.values())
        old = track.curve
        if old is not None and old.points == points:
            return
        curve = track.curve = MonotoneCurve(points, like=old) if points else None
        if curve is None:
            self._space.curves.pop(track.persona.id, None)
        else:
            self._space.curves[track.persona.id] = curve
        self._make_stale(*(curve.changed if curve is not None else (-inf, inf)))

    def _add_dot(self, track: _Track, dot: Dot) -> None:
        rect = _face_rect(dot)
        self._space.put_face(dot.id, rect)
        self._make_stale(rect.x, rect.right)
        if dot.point.label:
            key = _label_key(track, dot)
            insort(self._order, key)
            self._labels[key] = self._label(dot)

    def _drop_dot(self, track: _Track, dot: Dot) -> None:
        rect = _face_rect(dot)
        self._space.drop_face(dot.id, rect)
        self._make_stale(rect.x, rect.right)
        self._painted.pop(dot.id, None)
        if dot.point.label:
            key = _label_key(track, dot)
            del self._order[bisect_left(self._order, key)]
            self._take_out(key, self._labels.pop(key))

    def _label(self, dot: Dot) -> _Label:
        widest = min(LABEL_WIDTH, self._width)
        narrow = self._script.block(dot.point.label, theme.CURVE_LABEL, widest)
        block = self._script.block(dot.point.label, theme.CURVE_LABEL, min(widest, narrow.ink_width + 0.2))
        start, width = self._frame.starts[dot.point.step]
        room = start + COLUMN_GAP, start + width - COLUMN_GAP
        spot = LabelSpot(dot.x, dot.y, FACE_REACH, block.width, block.height, dot.point.value >= 0, room)
        return _Label(dot, spot, spot.stretch, block)

    def _make_stale(self, start: float, end: float) -> None:
        """Labels near this stretch need to be placed again."""
        low, high = self._stale
        self._stale = min(low, start), max(high, end)

    def _place_labels(self) -> None:
        for key in self._order:
            label = self._labels[key]
            start, end = label.stretch
            if label.place is None or (self._stale[0] <= end and start <= self._stale[1]):
                self._place(key, label)
        self._stale = inf, -inf

    def _place(self, key: LabelKey, label: _Label) -> None:
        if label.place is not None:
            self._space.drop(key, label.place)
        place = self._space.place(key, label.spot)
        if place != label.place:
            if label.place is not None:
                self._make_stale(*label.place.stretch)
            self._make_stale(*place.stretch)
            self._labels[key] = label._replace(place=place)
            self._painted.pop(_painted_label(key), None)

    def _take_out(self, key: LabelKey, label: _Label) -> None:
        self._painted.pop(_painted_label(key), None)
        if label.place is not None:
            self._space.drop(key, label.place)
            self._make_stale(*label.place.stretch)

    # What it looks like

    def _drawing(self, height: float) -> Drawing:
        tracks = [track for track in self._tracks.values() if track.dots]
        who = self._legend(tracks, height)
        paths = [track.curve.segments(self._top, self._mirror) for track in tracks if track.curve is not None]
        items: list[Primitive] = [self._area_under(tracks[0], paths[0])] if tracks and len(tracks[0].dots) > 1 else []
        items += [*_guides(self._width, self._top + theme.PLOT_PAD), *self._leads()]
        for track, path in zip(tracks, paths, strict=True):
            if len(path) > 1:
                items.append(Shape(path, None, track.persona.color, theme.CURVE_WIDTH))
        for track in tracks:
            for id, dot in track.dots.items():
                items += self._painted.get(id) or self._paint_face(track, dot)
        for key in self._order:
            items += self._painted.get(_painted_label(key)) or self._paint_label(key)
        return Drawing(self._width, height + who.height, (*items, *who.items))

    def _legend(self, tracks: Sequence[_Track], top: float) -> Legend:
        people = [(track.persona, track.number) for track in tracks]
        if self._who is None or self._who[0] != (top, people):
            self._who = (top, people), legend(people, self._width, top, self._script)
        return self._who[1]

    def _x(self, x: float) -> float:
        return self._width - x if self._script.rtl else x

    @property
    def _mirror(self) -> float | None:
        return self._width if self._script.rtl else None

    def _area_under(self, track: _Track, line: tuple[Segment, ...]) -> Shape:
        """A tint between the first persona's curve and zero: the ups and downs at a glance."""
        zero = value_y(0, theme.PLOT_PAD) + self._top
        xs = [dot.x for dot in track.dots.values()]
        path = (*line, ("L", self._x(xs[-1]), zero), ("L", self._x(xs[0]), zero), ("Z",))
        return Shape(path, fill=theme.mixed(track.persona.color, theme.CELL, 0.09))

    def _paint_face(self, track: _Track, dot: Dot) -> tuple[Primitive, ...]:
        x, y = self._x(dot.x), dot.y + self._top
        drawn = face(x, y, theme.FACE_RADIUS, dot.point.value, track.persona.color, track.number)
        self._painted[dot.id] = drawn
        return drawn

    def _paint_label(self, key: LabelKey) -> tuple[Primitive, ...]:
        _, _, _, block, place = self._labels[key]
        assert place is not None
        rect = place.rect.moved(0.0, self._top)
        text = Text(self._script.x(rect.x, rect.w, self._width), rect.y, block, theme.BLACK)
        drawn = self._painted[_painted_label(key)] = (text,)
        return drawn

    def _leads(self) -> Iterator[Line]:
        """The thin lines from labels far away to their faces, interrupted by labels that are in between."""
        for key in self._order:
            place = self._labels[key].place
            for x1, y1, x2, y2 in self._space.pieces(key, place.lead) if place and place.lead else ():
                ends = self._x(x1), y1 + self._top, self._x(x2), y2 + self._top
                yield Line(*ends, theme.ZERO_GUIDE, theme.HAIR)


def _set_apart(dots: list[Dot]) -> list[Dot]:
    """Dots with ascending x: those at the same place are nudged along."""
    if ascending([dot.x for dot in dots]):
        return dots
    result = dots[:1]
    for dot in dots[1:]:
        least = result[-1].x + NUDGE
        result.append(dot if dot.x >= least else dot._replace(x=least))
    return result


def _face_rect(dot: Dot) -> Rect:
    return Rect(dot.x - FACE_REACH, dot.y - FACE_REACH, 2 * FACE_REACH, 2 * FACE_REACH)


def _label_key(track: _Track, dot: Dot) -> LabelKey:
    return track.number, dot.x, dot.id


def _painted_label(key: LabelKey) -> str:
    return f"label of {key[2]}"


def _guides(width: float, plot_top: float) -> list[Primitive]:
    lines: list[Primitive] = []
    for value in VALUES:
        y = value_y(value, plot_top)
        color, dash = (theme.ZERO_GUIDE, ()) if value == 0 else (theme.GUIDE, (1.0, 1.0))
        lines.append(Line(0, y, width, y, color, theme.HAIR, dash))
    return lines
