"""Faces as fonts of a PDF: subset, renumbered, embedded as Type0 with two-byte codes.

Only the glyphs that the sheet shows go in. Character codes are numbered 0, 1, 2, … as they come up while the page is
written. Widths are whole thousandths of the em: MuPDF rounds any other, so `pdf_arrays` corrects the rest where it
adds up.
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
DIRECTION_MARKS = frozenset("\u200e\u200f")
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


class FontMetrics(NamedTuple):
    """What a font descriptor says, in thousandths of the em."""

    ascent: int
    descent: int
    box: tuple[int, int, int, int]
    italic: bool


class Subset(NamedTuple):
    """The part of a face that a document needs; `gid` maps glyph ids of the face to those of the subset."""

    name: str
    data: bytes
    gid: Mapping[int, int]
    metrics: FontMetrics


class SourceFace:
    """A face as it comes (sfnt bytes), to measure its glyphs and to cut parts out of it."""

    def __init__(self, data: bytes, *, cff: bool) -> None:
        self._face = hb.Face(data)
        self._font = hb.Font(self._face)
        self._thousandths: float = 1000 / self._face.upem
        self.cff = cff

    def advance(self, glyph: int) -> int:
        """How far the glyph moves the pen, in whole thousandths of the em."""
        units: int = self._font.get_glyph_h_advance(glyph)
        return round(units * self._thousandths)

    def nominal(self, char: str) -> int | None:
        """The glyph of a character; None where the face has none."""
        glyph = self._font.get_nominal_glyph(ord(char))
        return None if glyph is None else int(glyph)

    def subset(self, glyphs: Iterable[int]) -> Subset:
        """The face with nothing but `glyphs` and .notdef. Raises RuntimeError where the face is damaged."""
        plan = hb.SubsetPlan(self._face, _subset_input(sorted({0, *glyphs})))
        gid = {int(old): int(new) for old, new in plan.old_to_new_glyph_mapping.items()}
        cut = plan.execute()
        data = cut.reference_table("CFF ").data if self.cff else cut.blob.data
        metrics = _metrics(self._font, gid, self._thousandths)
        return Subset(_tag(data, gid) + "+" + _postscript_name(self._face), data, gid, metrics)


class Code(NamedTuple):
    """A character code of a font: the glyph of the face, its width in thousandths of the em, and its text."""

    glyph: int
    width: int
    text: str


class FontBuilder:
    """A face on its way into a document: its resource name, and its character codes in the order of their use.

    A glyph that stands for different texts has a code for each, so that every code has one text.
    """

    def __init__(self, name: str, face: SourceFace) -> None:
        self.name = name
        self.face = face
        self.codes: list[Code] = [Code(0, face.advance(0), "")]
        self._written: dict[tuple[int, str], tuple[str, int]] = {}

    def code(self, glyph: int, text: str) -> tuple[str, int]:
        """The code in hexadecimal of a glyph that stands for `text`, and its width in thousandths of the em."""
        written = self._written.get((glyph, text))
        if written is None:
            width = 0 if text in DIRECTION_MARKS else self.face.advance(glyph)
            written = self._written[glyph, text] = (f"{len(self.codes):04X}", width)
            self.codes.append(Code(glyph, width, text))
        return written

    def has_width(self, glyph: int) -> bool:
        """Whether the glyph moves the pen."""
        return self.face.advance(glyph) > 0

    def blank(self) -> int | None:
        """A glyph that shows nothing; None where the face has none."""
        return self.face.nominal(" ")


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


def embed(document: PDFDocument, font: FontBuilder) -> PDFObjectReference:
    """Write the font into `document`, with nothing but the glyphs that its codes stand for."""
    subset = font.face.subset(code.glyph for code in font.codes)
    gids = [subset.gid[code.glyph] for code in font.codes]
    return document.Reference(
        PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": PDFName(subset.name),
                "Encoding": _encoding(document, gids) if font.face.cff else PDFName("Identity-H"),
                "DescendantFonts": PDFArray([document.Reference(_descendant(document, font, subset, gids))]),
                "ToUnicode": document.Reference(_stream(_to_unicode(font.codes).encode("ascii"))),
            }
        )
    )


def _descendant(document: PDFDocument, font: FontBuilder, subset: Subset, gids: list[int]) -> PDFDictionary:
    """The font proper: a CFF face is asked for glyphs by their number, a TrueType face by the code."""
    entries = {
        "Type": PDFName("Font"),
        "Subtype": PDFName("CIDFontType0" if font.face.cff else "CIDFontType2"),
        "BaseFont": PDFName(subset.name),
        "CIDSystemInfo": PDFDictionary(
            {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
        ),
        "FontDescriptor": document.Reference(_descriptor(document, subset, cff=font.face.cff)),
    }
    if font.face.cff:
        by_gid = sorted((gid, code.width) for gid, code in zip(gids, font.codes, strict=True))
        return PDFDictionary({**entries, **_widths(dict(by_gid))})
    glyph_map = b"".join(gid.to_bytes(2, "big") for gid in gids)
    entries["CIDToGIDMap"] = document.Reference(_stream(glyph_map))
    return PDFDictionary({**entries, **_widths({number: code.width for number, code in enumerate(font.codes)})})


def _encoding(document: PDFDocument, gids: list[int]) -> PDFObjectReference:
    """A CMap from codes to glyph numbers, for CFF faces, which have no other way to give a glyph two codes."""
    lines = [f"<{number:04X}>{gid}" for number, gid in enumerate(gids)]
    content = _cmap("Adobe-Identity-H", "Identity", _blocks("cidchar", lines))
    entries = {
        "Type": PDFName("CMap"),
        "CMapName": PDFName("Adobe-Identity-H"),
        "CIDSystemInfo": PDFDictionary(
            {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
        ),
    }
    return document.Reference(_stream(content.encode("ascii"), entries))


def _stream(content: bytes, entries: Mapping[str, object] | None = None) -> PDFStream:
    return PDFStream(PDFDictionary(dict(entries or {})), content, filters=[PDFZCompress])


def _descriptor(document: PDFDocument, subset: Subset, *, cff: bool) -> PDFDictionary:
    metrics = subset.metrics
    if cff:
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


def _widths(widths: Mapping[int, int]) -> dict[str, object]:
    """`/DW` and `/W`: the commonest width as default, the others in runs of successive numbers (rising)."""
    every = list(widths.values())
    common = max(sorted(set(every)), key=every.count)
    runs: list[tuple[int, list[int]]] = []
    for number, width in widths.items():
        if width == common:
            continue
        if runs and runs[-1][0] + len(runs[-1][1]) == number:
            runs[-1][1].append(width)
        else:
            runs.append((number, [width]))
    entries = (f"{first}[{' '.join(map(str, run))}]" for first, run in runs)
    return {"DW": common, "W": f"[{' '.join(entries)}]"}


def _to_unicode(codes: Sequence[Code]) -> str:
    """The CMap that turns character codes back to text (ISO 32000-1, 9.10.3)."""
    lines = [
        f"<{number:04X}><{code.text.encode('utf-16-be', 'replace').hex().upper()}>"
        for number, code in enumerate(codes)
        if code.text
    ]
    return _cmap("Adobe-Identity-UCS", "UCS", _blocks("bfchar", lines))


def _blocks(kind: str, lines: list[str]) -> str:
    parts = (lines[start : start + CODES_PER_BLOCK] for start in range(0, len(lines), CODES_PER_BLOCK))
    return "".join(f"{len(part)} begin{kind}\n" + "\n".join(part) + f"\nend{kind}\n" for part in parts)


def _cmap(name: str, ordering: str, blocks: str) -> str:
    return (
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap"
        f"/CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})/Supplement 0>>def"
        f"/CMapName/{name} def/CMapType {2 if ordering == 'UCS' else 1} def\n"
        "1 begincodespacerange<0000><FFFF>endcodespacerange\n"
        f"{blocks}endcmap CMapName currentdict/CMap defineresource pop end end"
    )
