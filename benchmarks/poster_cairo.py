"""The sheet painted to PDF by cairo: its PDF surface, the layout's own glyph ids with show_glyphs, the same faces.

cairocffi has no FreeType faces, so they are opened with ctypes and handed to the same libcairo; and it copies glyphs
one by one, so cairo gets them as it wants them, made before the clock starts.
"""

from __future__ import annotations

import ctypes
import tempfile
from collections.abc import Callable
from ctypes.util import find_library
from functools import cache
from pathlib import Path
from typing import Any

import cairocffi

from app.export.pages import Placement
from app.layout import fonts
from app.layout.drawing import Box, Icon, Line, Primitive, Segment, Shape, Text
from app.layout.icons import BOX, STROKE_WIDTH, icon_path
from app.layout.sheet import Sheet
from benchmarks.poster_sheet import texts

PT = 72 / 25.4
QUARTER = 1.5707963267948966


_glyphs: dict[int, Any] = {}
"""By the id of a run, its glyphs as cairo takes them."""


def prepare(sheet: Sheet) -> None:
    """Have the glyph runs ready, in cairo's own form."""
    for text in texts(sheet):
        for run in text.block.runs:
            glyphs = list(zip(run.glyphs, run.xs, run.ys, strict=True))
            _glyphs[id(run)] = cairocffi.ffi.new("cairo_glyph_t[]", glyphs)


def write(sheet: Sheet, placement: Placement, path: Path) -> None:
    surface = cairocffi.PDFSurface(str(path), placement.page_w * PT, placement.page_h * PT)
    context = cairocffi.Context(surface)
    context.scale(PT, PT)
    context.translate(placement.x, placement.y)
    context.scale(placement.scale, placement.scale)
    for element in sheet.placed:
        context.translate(element.x, element.y)
        for item in element.drawing.items:
            _paint(context, item)
        context.translate(-element.x, -element.y)
    surface.finish()


def _paint(context: Any, item: Primitive) -> None:
    if isinstance(item, Text):
        _paint_text(context, item)
    elif isinstance(item, Box):
        _trace_box(context, item)
        _fill_and_stroke(context, item.fill, item.stroke, item.stroke_width, item.dash)
    elif isinstance(item, Line):
        context.move_to(item.x1, item.y1)
        context.line_to(item.x2, item.y2)
        _fill_and_stroke(context, None, item.stroke, item.stroke_width, item.dash)
    elif isinstance(item, Icon):
        context.save()
        context.translate(item.x, item.y)
        context.scale(item.size / BOX, item.size / BOX)
        _trace(context, icon_path(item.name))
        _fill_and_stroke(context, None, item.color, STROKE_WIDTH, ())
        context.restore()
    elif isinstance(item, Shape):  # there are no pictures on what is measured
        _paint_shape(context, item)


def _paint_shape(context: Any, item: Shape) -> None:
    _trace(context, item.segments)
    _fill_and_stroke(context, item.fill, item.stroke, item.stroke_width, item.dash)


def _paint_text(context: Any, item: Text) -> None:
    context.set_source_rgb(*_rgb(item.color))
    context.translate(item.x, item.y)
    for run in item.block.runs:
        context.set_font_face(_face(run.face))
        context.set_font_size(run.size / PT)
        cairocffi.cairo.cairo_show_glyphs(context._pointer, _glyphs[id(run)], len(run.glyphs))
    context.translate(-item.x, -item.y)


def _trace_box(context: Any, box: Box) -> None:
    if not box.radius:
        context.rectangle(box.x, box.y, box.w, box.h)
        return
    radius = box.radius
    left, top, right, bottom = box.x + radius, box.y + radius, box.x + box.w - radius, box.y + box.h - radius
    context.new_sub_path()
    context.arc(right, top, radius, -QUARTER, 0)
    context.arc(right, bottom, radius, 0, QUARTER)
    context.arc(left, bottom, radius, QUARTER, 2 * QUARTER)
    context.arc(left, top, radius, 2 * QUARTER, 3 * QUARTER)
    context.close_path()


def _trace(context: Any, segments: tuple[Segment, ...]) -> None:
    act: dict[str, Callable[..., None]] = {
        "M": context.move_to,
        "L": context.line_to,
        "C": context.curve_to,
        "Z": context.close_path,
    }
    for segment in segments:
        act[segment[0]](*segment[1:])


def _fill_and_stroke(context: Any, fill: str | None, stroke: str | None, width: float, dash: tuple[float, ...]) -> None:
    if fill:
        context.set_source_rgb(*_rgb(fill))
        (context.fill_preserve if stroke else context.fill)()
    if stroke:
        context.set_source_rgb(*_rgb(stroke))
        context.set_line_width(width)
        context.set_line_cap(cairocffi.LINE_CAP_ROUND)
        context.set_line_join(cairocffi.LINE_JOIN_ROUND)
        context.set_dash(dash)
        context.stroke()


@cache
def _rgb(color: str) -> tuple[float, float, float]:
    return int(color[1:3], 16) / 255, int(color[3:5], 16) / 255, int(color[5:7], 16) / 255


@cache
def _libraries() -> tuple[Any, Any, ctypes.c_void_p]:
    freetype = ctypes.CDLL(find_library("freetype") or "libfreetype.so.6")
    cairo = ctypes.CDLL(find_library("cairo") or "libcairo.so.2")
    cairo.cairo_ft_font_face_create_for_ft_face.restype = ctypes.c_void_p
    cairo.cairo_ft_font_face_create_for_ft_face.argtypes = [ctypes.c_void_p, ctypes.c_int]
    library = ctypes.c_void_p()
    assert freetype.FT_Init_FreeType(ctypes.byref(library)) == 0
    return freetype, cairo, library


@cache
def _face(key: str) -> Any:
    freetype, cairo, library = _libraries()
    with tempfile.NamedTemporaryFile(suffix=".ttf", delete=False) as file:
        file.write(fonts.face_bytes(key))
    face = ctypes.c_void_p()
    assert freetype.FT_New_Face(library, file.name.encode(), 0, ctypes.byref(face)) == 0
    Path(file.name).unlink()
    pointer = cairo.cairo_ft_font_face_create_for_ft_face(face, 0)
    return cairocffi.FontFace._from_pointer(cairocffi.ffi.cast("cairo_font_face_t *", pointer), incref=False)
