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
from app.layout.curve_lines import CurveLines
from app.layout.drawing import Drawing, Primitive, Rect, Text
from app.layout.frame import Frame
from app.layout.labels import LabelKey, LabelPlace, LabelSpace, LabelSpot
from app.layout.legend import Legend, legend
from app.layout.measures import point_sign
from app.layout.monotone import MonotoneCurve
from app.layout.point_texts import PointTexts, texts_of
from app.layout.scale import value_y
from app.layout.script import Script
from app.layout.tracks import Dot, Marked, Track, TrackKey
from app.model.fields import MEASURES, Measure
from app.model.records import EmotionPoint, Persona

FACE_REACH = theme.FACE_RADIUS * 1.3
AREA_HEIGHT = theme.PLOT_HEIGHT + 2 * theme.PLOT_PAD
COLUMN_GAP = 1.2  # mm between a label and the edge of its column, along which links run
LEGEND_FOOT = 2.0  # mm below the names that are free


class CurveDrawing(NamedTuple):
    """A curve lane laid out. Value +2 lies `plot_top` mm below its top edge."""

    drawing: Drawing
    plot_top: float


class _Label(NamedTuple):
    """A label and the face that it belongs to; `place` None: it has none yet."""

    dot: Dot
    spot: LabelSpot
    stretch: tuple[float, float]
    texts: PointTexts
    place: LabelPlace | None = None


class LaneCurves:
    """One curve lane laid out. What a changed point leaves as it was is kept."""

    laid: CurveDrawing

    def __init__(
        self,
        frame: Frame,
        personas: Sequence[Persona],
        points: Iterable[EmotionPoint],
        script: Script,
        usual: Measure = "emotion",
    ) -> None:
        """`usual`: what the curves show unless their points say otherwise."""
        self.usual = usual
        self._frame = frame
        self._script = script
        self._width = frame.grid[1]
        order = sorted(MEASURES, key=lambda measure: measure != usual)
        self._tracks: dict[TrackKey, Track] = {
            (persona.id, measure): Track(persona, number, measure, place)
            for place, measure in enumerate(order)
            for number, persona in enumerate(personas)
        }
        self._space = LabelSpace(self._width, AREA_HEIGHT, theme.PLOT_PAD, theme.CURVE_WIDTH / 2)
        self._lines = CurveLines(self._width, script, usual)
        self._raw: dict[str, Dot] = {}
        self._order: list[LabelKey] = []
        self._labels: dict[LabelKey, _Label] = {}
        self._marked: dict[TrackKey, Marked] = {}
        self._dirty: dict[TrackKey, Track] = {}
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
        for track in self._from_behind():
            for id, dot in track.dots.items():
                yield id, self._x(dot.x), dot.y + self._top

    def names(self) -> tuple[tuple[str, Rect], ...]:
        """Where the legend names which persona, in mm from the drawing's top-left corner."""
        return self._who[1].names if self._who is not None else ()

    def label(self, id: str) -> Text | None:
        """A point's label in mm from the drawing's top-left corner; None: it has none."""
        dot = self._raw.get(id)
        drawn = self._painted.get(f"label of {id}", ()) if dot is not None and dot.point.label else ()
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
                dot = self._raw.pop(point.id)
                self._track_of(dot.point).drop(dot)
        if after is not None and (after.persona, self.usual) in self._tracks and after.step in self._frame.starts:
            dot = self._raw[after.id] = self._dot(after)
            self._track_of(after).add(dot)

    def _track_of(self, point: EmotionPoint) -> Track:
        """The curve of a point, which is to be drawn again."""
        key = point.persona, point.measure or self.usual
        track = self._dirty[key] = self._tracks[key]
        return track

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

    def _redraw(self, track: Track) -> None:
        before, marked = track.dots, self._marked.get(track.key, {})
        track.settle()
        self._marked[track.key] = track.marked() if track.measure == self.usual else {}
        told = {id for id, _ in marked.items() ^ self._marked[track.key].items()}
        for dot in _differing(before, track.dots, told):
            self._drop_dot(track, dot)
        for dot in _differing(track.dots, before, told):
            self._add_dot(track, dot)
        self._redraw_line(track)

    def _redraw_line(self, track: Track) -> None:
        points = tuple([(dot.x, dot.y) for dot in track.dots.values()])
        old = track.curve
        if old is not None and old.points == points:
            return
        curve = track.curve = MonotoneCurve(points, like=old) if points else None
        if curve is None:
            self._space.curves.pop(track.key, None)
        else:
            self._space.curves[track.key] = curve
        self._make_stale(*(curve.changed if curve is not None else (-inf, inf)))

    def _add_dot(self, track: Track, dot: Dot) -> None:
        rect = _face_rect(dot)
        self._space.put_face(dot.id, rect)
        self._make_stale(rect.x, rect.right)
        label = self._label(track, dot)
        if label is not None:
            key = _label_key(track, dot)
            insort(self._order, key)
            self._labels[key] = label

    def _drop_dot(self, track: Track, dot: Dot) -> None:
        rect = _face_rect(dot)
        self._space.drop_face(dot.id, rect)
        self._make_stale(rect.x, rect.right)
        self._painted.pop(dot.id, None)
        key = _label_key(track, dot)
        if key in self._labels:
            del self._order[bisect_left(self._order, key)]
            self._take_out(key, self._labels.pop(key))

    def _label(self, track: Track, dot: Dot) -> _Label | None:
        marked = self._marked[track.key].get(dot.id, ())
        texts = texts_of(dot.point, marked, self._width, self._script)
        if texts is None:
            return None
        start, width = self._frame.starts[dot.point.step]
        room = start + COLUMN_GAP, start + width - COLUMN_GAP
        spot = LabelSpot(dot.x, dot.y, FACE_REACH, texts.w, texts.h, dot.point.value >= 0, room)
        return _Label(dot, spot, spot.stretch, texts)

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
        items: list[Primitive] = [
            *self._lines.area_under(tracks[:1], self._top),
            *self._lines.guides(self._top + theme.PLOT_PAD),
            *self._lines.leads(self._leads(), self._top),
        ]
        from_behind = self._from_behind()
        for track in from_behind:
            items += self._lines.of(track, self._top)
        for track in from_behind:
            for id, dot in track.dots.items():
                items += self._painted.get(id) or self._paint_face(track, dot)
        for key in self._order:
            items += self._painted.get(_painted_label(key)) or self._paint_label(key)
        return Drawing(self._width, height + who.height, (*items, *who.items))

    def _from_behind(self) -> list[Track]:
        """The curves as they are painted: what the lane is there to show comes last."""
        return sorted((track for track in self._tracks.values() if track.dots), key=lambda track: -track.place)

    def _legend(self, tracks: Sequence[Track], top: float) -> Legend:
        in_order = sorted(tracks, key=lambda track: (track.number, track.place))
        curves = [(track.persona, track.number, track.measure) for track in in_order]
        has_assumed = any(stretch.is_assumed for track in tracks for stretch in track.stretches)
        made_of = top, curves, has_assumed
        if self._who is None or self._who[0] != made_of:
            made = legend(curves, self._width, top, self._script, self.usual, has_assumed=has_assumed)
            self._who = made_of, made
        return self._who[1]

    def _x(self, x: float) -> float:
        return self._width - x if self._script.rtl else x

    def _paint_face(self, track: Track, dot: Dot) -> tuple[Primitive, ...]:
        x, y = self._x(dot.x), dot.y + self._top
        persona, value = track.persona, dot.point.value
        drawn = point_sign(x, y, theme.FACE_RADIUS, value, persona.color, track.number, track.measure)
        self._painted[dot.id] = drawn
        return drawn

    def _paint_label(self, key: LabelKey) -> tuple[Primitive, ...]:
        label = self._labels[key]
        assert label.place is not None
        rect = label.place.rect.moved(0.0, self._top)
        drawn = tuple(label.texts.drawn(self._script.x(rect.x, rect.w, self._width), rect.y))
        self._painted[_painted_label(key)] = drawn
        return drawn

    def _leads(self) -> Iterator[tuple[float, float, float, float]]:
        """The ends of the thin lines from labels far away to their faces, cut where labels are in between."""
        for key in self._order:
            place = self._labels[key].place
            if place is not None and place.lead is not None:
                yield from self._space.pieces(key, place.lead)


def _differing(dots: dict[str, Dot], others: dict[str, Dot], told: set[str]) -> list[Dot]:
    """The dots that are not among the others, and those of which another thing is told."""
    return [dot for id, dot in dots.items() if others.get(id) is not dot or id in told]


def _face_rect(dot: Dot) -> Rect:
    return Rect(dot.x - FACE_REACH, dot.y - FACE_REACH, 2 * FACE_REACH, 2 * FACE_REACH)


def _label_key(track: Track, dot: Dot) -> LabelKey:
    return (track.place, track.number), dot.x, dot.id


def _painted_label(key: LabelKey) -> str:
    return f"label of {key[2]}"
