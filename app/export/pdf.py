"""The sheet as a PDF poster.

The content of the page is written directly: one formatted string per element, from the sheet's millimetres to points
under one matrix, compressed as it is made. ReportLab keeps the document around it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app import __version__
from app.export.errors import ExportCancelledError, ExportError
from app.export.footer import FooterFacts, footer_height, placed_footer
from app.export.links import safe_url
from app.export.pages import DEFAULT_MARGIN, DEFAULT_PAGE, Orientation, Page, Placement, fit, page_named
from app.export.pdf_document import Document
from app.export.pdf_fonts import SourceFace, embed
from app.export.pdf_pictures import PictureObjects
from app.export.pdf_shapes import (
    PT,
    box_operators,
    fill_color,
    icon_form,
    icon_operators,
    line_operators,
    shape_operators,
)
from app.export.pdf_text import TextWriter
from app.export.replacing import replacing, write_new
from app.layout import fonts
from app.layout.drawing import Box, Icon, Line, Picture, Placed, Rect, Text
from app.layout.icons import BOX
from app.model.bulk import collector_paused

if TYPE_CHECKING:
    from app.layout.sheet import Sheet

Progress = Callable[[float], None]
Cancelled = Callable[[], bool]

STEP = 64
"""Elements between two looks at whether to go on."""

PAINTED = 0.95
"""How far the work is when all is painted and only the file is to be written."""

WITH_PICTURES = 0.5
"""How far it is before the first picture, where there are any."""


class PdfOptions(NamedTuple):
    """How a poster is made.

    `made` is the date it bears, in its footer and as the file's own; of `revision` the footer shows the beginning.
    """

    made: date
    page: str = DEFAULT_PAGE
    orientation: Orientation = "automatic"
    margin: float = DEFAULT_MARGIN
    file: str = ""
    revision: str = ""
    creator: str = f"Journey Mapper {__version__}"
    footer: bool = True


def export_pdf(
    sheet: Sheet,
    path: Path,
    options: PdfOptions,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Placement:
    """Write a sheet to a one-page PDF and answer how it lies on the page. What comes after it has pages of its own.

    `progress` is told the part done, 0 … 1; `cancelled` is asked now and then. The file is replaced when all is
    written; before that, and in every error, it stays as it was. Raises ExportError, ExportCancelledError. Needs a
    QGuiApplication (for the text).
    """
    placement = place(sheet, options)
    steps = _Steps(progress or _ignore, cancelled or _never)
    with replacing(path) as beside, collector_paused():
        write_new(beside, pdf_bytes(sheet, placement, options, steps))
        steps.reach(1.0)
    return placement


def place(sheet: Sheet, options: PdfOptions) -> Placement:
    """How the sheet will lie on the page. Raises ExportError."""
    page: Page = page_named(options.page)
    below = footer_height(page.w) if options.footer else 0.0
    return fit(sheet.w, sheet.h, page, options.orientation, options.margin, below)


def footer(sheet: Sheet, placement: Placement, options: PdfOptions) -> Placed | None:
    """The line under the sheet where it lies on the page, in mm; None where none is wanted."""
    if not options.footer:
        return None
    facts = FooterFacts(options.file, options.revision, options.made)
    return placed_footer(facts, placement, options.margin, sheet.language)


class _Steps:
    """Tells how far the work is, and stops it when asked to."""

    def __init__(self, progress: Progress, cancelled: Cancelled) -> None:
        self._progress = progress
        self._cancelled = cancelled

    def reach(self, part: float) -> None:
        if self._cancelled():
            raise ExportCancelledError
        self._progress(part)

    def through(self, placed: tuple[Placed, ...], end: float) -> Iterator[Placed]:
        """The elements one by one, with progress from 0 to `end`."""
        for at, element in enumerate(placed):
            if at % STEP == 0:
                self.reach(end * at / len(placed))
            yield element


def pdf_bytes(sheet: Sheet, placement: Placement, options: PdfOptions, steps: _Steps | None = None) -> bytes:
    """The file of a poster. Equal arguments give equal bytes."""
    steps = steps or _Steps(_ignore, _never)
    document = Document(options.made, sheet.language)
    document.describe(sheet.title, sheet.subject, sheet.author, options.creator)
    if sheet.rtl:
        document.reads_right_to_left()
    ink = _Ink((sheet, *sheet.after), placement.scale)
    painter = _PagePainter(sheet, placement, footer(sheet, placement, options), ink, steps)
    contents = [painter.paint()]
    contents += [_PagePainter(each, _own_page(each), None, ink, steps).paint() for each in sheet.after]
    objects = ink.objects(document, steps)
    for at, (each, content) in enumerate(zip((sheet, *sheet.after), contents, strict=True)):
        place = placement if at == 0 else _own_page(each)
        _bookmarks(document, each, place, at)
        _links(document, each, place)
        document.add_page((place.page_w * PT, place.page_h * PT), content, objects)
    steps.reach(PAINTED)
    return document.data()


def _own_page(sheet: Sheet) -> Placement:
    """A page that is the sheet."""
    return Placement("", sheet.w, sheet.h, 1.0, 0.0, 0.0)


def _ignore(_part: float) -> None:
    pass


def _never() -> bool:
    return False


def _open_face(key: str) -> SourceFace:
    """A face to embed. Raises ExportError where its licence forbids that: no other font has its characters."""
    if not fonts.face_embeddable(key):
        family = fonts.face(key).family
        raise ExportError(
            f"The font “{family}” must not be put into a PDF by its licence, and no other font here has some "
            "characters of this map; nothing was written: install a free font for that script, such as Noto Sans CJK."
        )
    return SourceFace(fonts.face_bytes(key), cff=fonts.face_has_cff(key))


class _Ink:
    """What the pages share: fonts, icons and pictures. `scale` is that of the first sheet on its page."""

    def __init__(self, sheets: Sequence[Sheet], scale: float) -> None:
        self.text = TextWriter(_open_face, max(1.0, scale))
        self.pictures = PictureObjects((placed for sheet in sheets for placed in sheet.placed), scale)
        self._icons: dict[str, str] = {}

    def icon(self, name: str) -> str:
        """The form of an icon."""
        return self._icons.setdefault(name, f"I{len(self._icons)}")

    def objects(self, document: Document, steps: _Steps) -> dict[str, object]:
        """The icons and pictures of all pages as objects of `document`, which also gets the fonts."""
        for font in self.text.fonts.values():
            document.add_font(font.name, embed(document.pdf, font))
        box = (0.0, -BOX, BOX, 0.0)
        found: dict[str, object] = {
            form: document.add_form(form, box, icon_form(name)) for name, form in self._icons.items()
        }
        for at, (name, image) in enumerate(self.pictures.objects()):
            steps.reach(WITH_PICTURES + (PAINTED - WITH_PICTURES) * at / len(self.pictures))
            found[name] = document.add_image(name, image.entries, image.data)
        return found


class _PagePainter:
    """Writes the content stream of a page."""

    def __init__(self, sheet: Sheet, placement: Placement, footer: Placed | None, ink: _Ink, steps: _Steps) -> None:
        self._sheet = sheet
        self._placement = placement
        self._footer = footer
        self._ink = ink
        self._steps = steps
        self._painters: dict[type, Callable[..., str]] = {
            Box: box_operators,
            Line: line_operators,
            Text: self._text_operators,
            Icon: self._icon_operators,
            Picture: ink.pictures.operators,
        }

    def paint(self) -> bytes:
        """The compressed content; what it needs is noted in the ink."""
        packer = zlib.compressobj()
        packed = [packer.compress(part.encode("ascii")) for part in self._parts()]
        packed.append(packer.flush())
        return b"".join(packed)

    def _parts(self) -> Iterator[str]:
        place = self._placement
        scale = f"{place.scale:.9f}"
        yield f"q {scale} 0 0 {scale} {place.x * PT:.4f} {(place.page_h - place.y) * PT:.4f} cm\n"
        end = WITH_PICTURES if len(self._ink.pictures) else PAINTED
        for element in self._steps.through(self._sheet.placed, end):
            yield self._element(element)
        yield "Q\n"
        if self._footer:
            yield f"q 1 0 0 1 0 {place.page_h * PT:.4f} cm\n" + self._element(self._footer) + "Q\n"

    def _element(self, element: Placed) -> str:
        painters = self._painters
        lines = [painters.get(type(item), shape_operators)(item) for item in element.drawing.items]
        return f"q 1 0 0 1 {element.x * PT:.4f} {-element.y * PT:.4f} cm\n" + "\n".join(lines) + "\nQ\n"

    def _text_operators(self, text: Text) -> str:
        start = f"BT {fill_color(text.color)} 1 0 0 1 {text.x * PT:.4f} {-text.y * PT:.4f} Tm "
        return start + self._ink.text.operators(text.block) + " ET"

    def _icon_operators(self, icon: Icon) -> str:
        return icon_operators(self._ink.icon(icon.name), icon.x, icon.y, icon.size, icon.color)


def _on_page(rect: Rect, placement: Placement) -> tuple[float, float, float, float]:
    """A part of the sheet as left, bottom, right, top of the page in points."""
    left, top = placement.x + rect.x * placement.scale, placement.y + rect.y * placement.scale
    right, bottom = left + rect.w * placement.scale, top + rect.h * placement.scale
    return left * PT, (placement.page_h - bottom) * PT, right * PT, (placement.page_h - top) * PT


def _bookmarks(document: Document, sheet: Sheet, placement: Placement, page: int) -> None:
    for at, bookmark in enumerate(sheet.bookmarks):
        document.bookmark(f"b{page}-{at}", bookmark.title, _on_page(bookmark.rect, placement))


def _links(document: Document, sheet: Sheet, placement: Placement) -> None:
    for link in sheet.links:
        url = safe_url(link.url)
        if url:
            document.linkURL(url, tuple(round(value, 2) for value in _on_page(link.rect, placement)))
