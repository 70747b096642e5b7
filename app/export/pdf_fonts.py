"""Faces as fonts of a PDF: subset, renumbered, embedded as Type0 with Identity-H.

Only the glyphs that the sheet shows go in, numbered 0, 1, 2, … in the order of the face, so that tables stay small; the
number is the character code of the content streams. Widths are whole thousandths of the em: MuPDF rounds any
other, so `pdf_text` corrects the rest where it adds up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObjectReference,
    PDFStream,
    PDFString,
    PDFZCompress,
)

CODES_PER_BLOCK = 100  # the most entries that a block of a CMap may have
SYMBOLIC = 4
ITALIC = 64
DROPPED_TABLES = ("GSUB", "GPOS", "GDEF", "OS/2", "cmap", "name", "post", "gasp", "vhea", "vmtx", "VORG")
SUBSET_FLAGS = (
    hb.SubsetFlags.NO_HINTING
    | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    | hb.SubsetFlags.NO_BIDI_CLOSURE
    | hb.SubsetFlags.NOTDEF_OUTLINE
    | hb.SubsetFlags.CFF_IDENTITY_CHARSET
)
CMAP_HEAD = (
    "/CIDInit/ProcSet findresource begin 12 dict begin begincmap"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def"
    "/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
    "1 begincodespacerange<0000><FFFF>endcodespacerange\n"
)
CMAP_TAIL = "endcmap CMapName currentdict/CMap defineresource pop end end"


class FontMetrics(NamedTuple):
    """What a font descriptor says, in thousandths of the em."""

    ascent: int
    descent: int
    box: tuple[int, int, int, int]
    italic: bool


class Subset(NamedTuple):
    """The part of a face that a document needs.

    `gid` maps glyph ids of the face to those of the subset, `width` the former to whole thousandths of the em.
    """

    name: str
    data: bytes
    cff: bool
    gid: Mapping[int, int]
    width: Mapping[int, int]
    metrics: FontMetrics


class Code(NamedTuple):
    """A character code of a font: the glyph of the subset, its width in thousandths of the em, and its text."""

    gid: int
    width: int
    text: str


class SourceFace:
    """A face as it comes, to measure its glyphs and to cut parts out of it."""

    def __init__(self, data: bytes, *, cff: bool) -> None:
        self._face = hb.Face(data)
        self._font = hb.Font(self._face)
        self._cff = cff

    def has_width(self, glyph: int) -> bool:
        """Whether the glyph moves the pen."""
        return bool(self._font.get_glyph_h_advance(glyph))

    def blank(self) -> int | None:
        """A glyph that shows nothing; None where a code of its own cannot be had for it."""
        glyph = None if self._cff else self._font.get_nominal_glyph(ord(" "))
        return None if glyph is None else int(glyph)

    def subset(self, glyphs: Iterable[int]) -> Subset:
        """The face with nothing but `glyphs` and .notdef. Raises RuntimeError where the face is damaged."""
        plan = hb.SubsetPlan(self._face, _subset_input(sorted({0, *glyphs})))
        gid = {int(old): int(new) for old, new in plan.old_to_new_glyph_mapping.items()}
        thousandths = 1000 / self._face.upem
        cut = plan.execute()
        content = cut.reference_table("CFF ").data if self._cff else cut.blob.data
        return Subset(
            name=_tag(content, gid) + "+" + _postscript_name(self._face),
            data=content,
            cff=self._cff,
            gid=gid,
            width={glyph: round(self._font.get_glyph_h_advance(glyph) * thousandths) for glyph in gid},
            metrics=_metrics(self._font, gid, thousandths),
        )


def _subset_input(glyphs: list[int]) -> hb.SubsetInput:
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in DROPPED_TABLES)
    wanted.flags = SUBSET_FLAGS
    return wanted


def _tag(content: bytes, gid: Mapping[int, int]) -> str:
    """Six letters that differ between subsets of one face (ISO 32000-1, 9.6.4), the same for the same subset."""
    digest = hashlib.sha256(content + repr(sorted(gid.items())).encode()).digest()
    return "".join(chr(65 + byte % 26) for byte in digest[:6])


def _postscript_name(face: hb.Face) -> str:
    name = face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME, "en") or "Unnamed"
    return "".join(char for char in name if "!" <= char <= "~" and char not in "()<>[]{}/%#") or "Unnamed"


def _metrics(font: hb.Font, glyphs: Iterable[int], thousandths: float) -> FontMetrics:
    extents = font.get_font_extents("ltr")
    boxes = [found for glyph in glyphs if (found := font.get_glyph_extents(glyph))]
    left = min((box.x_bearing for box in boxes), default=0)
    right = max((box.x_bearing + box.width for box in boxes), default=0)
    bottom = min((box.y_bearing + box.height for box in boxes), default=0)
    top = max((box.y_bearing for box in boxes), default=0)
    return FontMetrics(
        round(extents.ascender * thousandths),
        round(extents.descender * thousandths),
        (round(left * thousandths), round(bottom * thousandths), round(right * thousandths), round(top * thousandths)),
        font.get_style_value(hb.StyleTag.ITALIC) > 0,
    )


def embed(document: PDFDocument, subset: Subset, codes: Sequence[Code]) -> PDFObjectReference:
    """Write the font into `document` with its character codes 0, 1, 2, …

    A CFF face takes no other code for a glyph than its own number.
    """
    descendant = PDFDictionary(
        {
            "Type": PDFName("Font"),
            "Subtype": PDFName("CIDFontType0" if subset.cff else "CIDFontType2"),
            "BaseFont": PDFName(subset.name),
            "CIDSystemInfo": PDFDictionary(
                {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
            ),
            "FontDescriptor": document.Reference(_descriptor(document, subset)),
            **_widths(codes),
        }
    )
    if not subset.cff:
        descendant["CIDToGIDMap"] = _glyph_map(document, [code.gid for code in codes])
    font = PDFDictionary(
        {
            "Type": PDFName("Font"),
            "Subtype": PDFName("Type0"),
            "BaseFont": PDFName(subset.name),
            "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArray([document.Reference(descendant)]),
            "ToUnicode": document.Reference(_stream(_to_unicode(codes).encode("ascii"))),
        }
    )
    return document.Reference(font)


def _glyph_map(document: PDFDocument, gids: Sequence[int]) -> object:
    if list(gids) == list(range(len(gids))):
        return PDFName("Identity")
    return document.Reference(_stream(b"".join(gid.to_bytes(2, "big") for gid in gids)))


def _stream(content: bytes, entries: Mapping[str, object] | None = None) -> PDFStream:
    return PDFStream(PDFDictionary(dict(entries or {})), content, filters=[PDFZCompress])


def _descriptor(document: PDFDocument, subset: Subset) -> PDFDictionary:
    metrics = subset.metrics
    if subset.cff:
        key, entries = "FontFile3", {"Subtype": PDFName("CIDFontType0C")}
    else:
        key, entries = "FontFile2", {"Length1": len(subset.data)}
    return PDFDictionary(
        {
            "Type": PDFName("FontDescriptor"),
            "FontName": PDFName(subset.name),
            "Flags": SYMBOLIC | (ITALIC if metrics.italic else 0),
            "FontBBox": PDFArray(metrics.box),
            "ItalicAngle": -10 if metrics.italic else 0,
            "Ascent": metrics.ascent,
            "Descent": metrics.descent,
            "CapHeight": round(metrics.ascent * 0.75),
            "StemV": 80,
            key: document.Reference(_stream(subset.data, entries)),
        }
    )


def _widths(codes: Sequence[Code]) -> dict[str, object]:
    """`/DW` and `/W`: the commonest width as default, the others in runs of successive character codes."""
    widths = [code.width for code in codes]
    common = max(sorted(set(widths)), key=widths.count)
    runs: list[tuple[int, list[int]]] = []
    for code, width in enumerate(widths):
        if width == common:
            continue
        if runs and runs[-1][0] + len(runs[-1][1]) == code:
            runs[-1][1].append(width)
        else:
            runs.append((code, [width]))
    entries = (f"{first}[{' '.join(map(str, run))}]" for first, run in runs)
    return {"DW": common, "W": f"[{' '.join(entries)}]"}


def _to_unicode(codes: Sequence[Code]) -> str:
    """The CMap that turns character codes back to text (ISO 32000-1, 9.10.3)."""
    lines = [
        f"<{number:04X}><{code.text.encode('utf-16-be', 'replace').hex().upper()}>"
        for number, code in enumerate(codes)
        if code.text
    ]
    blocks = []
    for start in range(0, len(lines), CODES_PER_BLOCK):
        part = lines[start : start + CODES_PER_BLOCK]
        blocks.append(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n")
    return CMAP_HEAD + "".join(blocks) + CMAP_TAIL
