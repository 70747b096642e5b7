"""The document around the page, through ReportLab: objects, information, bookmarks, links."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from reportlab.lib.utils import TimeStamp
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from app.export.errors import ExportError

PDF_VERSION = (1, 7)


class Document(Canvas):  # type: ignore[misc]
    """A document of pages whose content comes ready made. Lengths are points, y upwards from the page's bottom.

    Nothing in it depends on the clock or on the machine: `made` is its date, and its id comes from its content.
    """

    def __init__(self, made: date, language: str) -> None:
        try:
            super().__init__("", invariant=1, pageCompression=1, pdfVersion=PDF_VERSION, lang=language)
        except ValueError:  # ReportLab has looked at the environment
            raise ExportError("SOURCE_DATE_EPOCH is not a number of seconds.") from None
        stamp = TimeStamp(invariant=True)
        stamp.YMDhms = (made.year, made.month, made.day, 0, 0, 0)
        self._doc._timeStamp = stamp

    def _make_preamble(self) -> None:
        """No Helvetica: the Canvas would declare it at the start of every page, and it cannot be embedded."""
        self._preamble = ""

    @property
    def pdf(self) -> pdfdoc.PDFDocument:
        """The store of objects."""
        return self._doc

    def describe(self, title: str, subject: str, author: str, creator: str) -> None:
        """What the reader shows as the document's properties."""
        self.setTitle(encodable(title))
        self.setSubject(encodable(subject))
        self.setAuthor(encodable(author))
        self.setCreator(creator)
        self.setViewerPreference("DisplayDocTitle", "true")

    def reads_right_to_left(self) -> None:
        self.setViewerPreference("Direction", "R2L")

    def add_font(self, name: str, font: pdfdoc.PDFObjectReference) -> None:
        """Let every page and form use a font as /name."""
        self._doc.idToObject[pdfdoc.BasicFonts][name] = font

    def add_form(self, name: str, box: tuple[float, float, float, float], content: str) -> pdfdoc.PDFObjectReference:
        """A drawing that pages show with `/name Do`; it uses no other resources."""
        form = compressed(content.encode("ascii"))
        for key, value in {
            "Type": pdfdoc.PDFName("XObject"),
            "Subtype": pdfdoc.PDFName("Form"),
            "BBox": pdfdoc.PDFArray(box),
            "Resources": pdfdoc.PDFDictionary({}),
        }.items():
            form.dictionary[key] = value
        return self._doc.Reference(form, name)

    def add_image(self, name: str, entries: Mapping[str, object], data: bytes) -> pdfdoc.PDFObjectReference:
        """A picture that pages show with `/name Do`, its data as the filter in `entries` makes them."""
        image = pdfdoc.PDFStream(pdfdoc.PDFDictionary(dict(entries)), data)
        image.dictionary["Type"] = pdfdoc.PDFName("XObject")
        image.dictionary["Subtype"] = pdfdoc.PDFName("Image")
        self._doc.updateSignature(data)
        return self._doc.Reference(image, name)

    def add_page(self, size: tuple[float, float], content: bytes, forms: dict[str, pdfdoc.PDFObjectReference]) -> None:
        """A page with Flate-compressed content, the links made so far, and the named forms and pictures."""
        page = pdfdoc.PDFPage()
        page.pagewidth, page.pageheight = size
        page.MediaBox = pdfdoc.PDFArray([0, 0, *(f"{side:.3f}" for side in size)])
        page.Rotate = 0
        page.Contents = pdfdoc.PDFStream(
            pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName(pdfdoc.PDFZCompress.pdfname)}), content
        )
        resources = pdfdoc.PDFResourceDictionary()
        resources.basicFonts()
        resources.XObject = dict(forms)
        page.Resources = resources
        self._setAnnotations(page)
        self._doc.updateSignature(content)
        self._doc.addPage(page)
        self._startPage()

    def bookmark(self, key: str, title: str, rect: tuple[float, float, float, float]) -> None:
        """An entry of the outline that shows a part of the page being made (left, bottom, right, top)."""
        left, bottom, right, top = (round(value, 2) for value in rect)
        self.bookmarkPage(key, fit="FitR", left=left, bottom=bottom, right=right, top=top)
        self.addOutlineEntry(encodable(title), key)

    def data(self) -> bytes:
        """The finished file."""
        if self._outlines_wanted():
            self.showOutline()
        data: bytes = self.getpdfdata()
        return data

    def _outlines_wanted(self) -> Any:
        return self._doc.outline.levelstack


def compressed(content: bytes) -> pdfdoc.PDFStream:
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary({}), content, filters=[pdfdoc.PDFZCompress])


def encodable(text: str) -> str:
    """Text without half surrogate pairs and control characters, which no string of a PDF can hold."""
    whole = text.encode("utf-16-be", "replace").decode("utf-16-be")
    return "".join(char if char.isprintable() or char == " " else " " for char in whole)
