"""What a page of a PDF shows, read from its content stream: each text, glyph by glyph, at its place on the page.

It interprets only the operators that the program's own posters use, and fails on any other.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
PAINTING = frozenset({"m", "l", "c", "h", "re", "f", "S", "B", "w", "d", "J", "j", "g", "G", "rg", "RG", "Do"})


class ReadGlyph(NamedTuple):
    """A glyph on the page: its origin in pt from the bottom left, its font, number in the font, text, size in pt."""

    x: float
    y: float
    font: str
    gid: int
    text: str
    size: float


class ReadFont(NamedTuple):
    """A font of the document: its file, and by character code the glyph number, the width and the text."""

    data: bytes
    gids: dict[int, int]
    widths: dict[int, int]
    default_width: int
    texts: dict[int, str]


def read_texts(source: Path | bytes) -> tuple[list[list[ReadGlyph]], dict[str, ReadFont]]:
    """The texts of the first page (one for each BT … ET), in the order of the file, and the fonts by name."""
    with pikepdf.open(BytesIO(source) if isinstance(source, bytes) else source) as pdf:
        page = pdf.pages[0]
        fonts = {str(name)[1:]: _font(font) for name, font in page.Resources.Font.items()}
        return _Reader(fonts).read(pikepdf.parse_content_stream(page)), fonts


def _font(font: Any) -> ReadFont:
    descendant = font.DescendantFonts[0]
    descriptor = descendant.FontDescriptor
    file = descriptor.get("/FontFile2") or descriptor.FontFile3
    texts = _to_unicode(font.ToUnicode.read_bytes().decode("ascii"))
    if "/CIDToGIDMap" in descendant:
        table = descendant.CIDToGIDMap.read_bytes()
        cids = {code: code for code in range(len(table) // 2)}
        gids = {code: int.from_bytes(table[2 * code : 2 * code + 2], "big") for code in cids}
    else:
        gids = cids = {
            int(code, 16): int(cid)
            for code, cid in re.findall(r"<([0-9A-F]{4})>(\d+)", font.Encoding.read_bytes().decode("ascii"))
        }
    by_cid = _widths(descendant.W)
    widths = {code: by_cid[cid] for code, cid in cids.items() if cid in by_cid}
    return ReadFont(file.read_bytes(), gids, widths, int(descendant.DW), texts)


def _widths(array: Any) -> dict[int, int]:
    entries = list(array)
    found: dict[int, int] = {}
    for first, widths in zip(entries[::2], entries[1::2], strict=True):
        for offset, width in enumerate(widths):
            assert isinstance(width, int), "MuPDF rounds widths"
            found[int(first) + offset] = width
    return found


def _to_unicode(cmap: str) -> dict[int, str]:
    found = {}
    for block in re.findall(r"beginbfchar\n(.*?)\nendbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-F]{4})><([0-9A-F]+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return found


class _Reader:
    def __init__(self, fonts: dict[str, ReadFont]) -> None:
        self._fonts = fonts
        self._stack: list[Matrix] = []
        self._matrix = IDENTITY
        self._line = IDENTITY
        self._font = ""
        self._size = 0.0
        self._texts: list[list[ReadGlyph]] = []

    def read(self, instructions: Any) -> list[list[ReadGlyph]]:
        for operands, operator in instructions:
            name = str(operator)
            if name in PAINTING:
                continue
            getattr(self, f"_do_{name}")(*operands)
        return self._texts

    def _do_q(self) -> None:
        self._stack.append(self._matrix)

    def _do_Q(self) -> None:  # noqa: N802 (the operator's name)
        self._matrix = self._stack.pop()

    def _do_cm(self, *values: Any) -> None:
        self._matrix = _product(_matrix(values), self._matrix)

    def _do_BT(self) -> None:  # noqa: N802
        self._line = IDENTITY
        self._texts.append([])

    def _do_ET(self) -> None:  # noqa: N802
        pass

    def _do_BDC(self, *_values: Any) -> None:  # noqa: N802
        pass

    def _do_EMC(self) -> None:  # noqa: N802
        pass

    def _do_Tf(self, name: Any, size: Any) -> None:  # noqa: N802
        self._font, self._size = str(name)[1:], float(size)

    def _do_Tm(self, *values: Any) -> None:  # noqa: N802
        self._line = _matrix(values)

    def _do_Td(self, x: Any, y: Any) -> None:  # noqa: N802
        self._line = _product((1.0, 0.0, 0.0, 1.0, float(x), float(y)), self._line)

    def _do_TJ(self, array: Any) -> None:  # noqa: N802
        font = self._fonts[self._font]
        pen = 0.0
        for entry in array:
            if isinstance(entry, pikepdf.String):
                for code in _codes(bytes(entry)):
                    self._show(font, code, pen)
                    pen += font.widths.get(code, font.default_width) / 1000 * self._size
            else:
                pen -= float(entry) / 1000 * self._size

    def _show(self, font: ReadFont, code: int, pen: float) -> None:
        at = _product((1.0, 0.0, 0.0, 1.0, pen, 0.0), _product(self._line, self._matrix))
        text = font.texts.get(code, "")
        self._texts[-1].append(ReadGlyph(at[4], at[5], self._font, font.gids[code], text, self._size * at[0]))


def _codes(string: bytes) -> list[int]:
    return [int.from_bytes(string[at : at + 2], "big") for at in range(0, len(string), 2)]


def _matrix(values: Any) -> Matrix:
    a, b, c, d, e, f = map(float, values)
    return a, b, c, d, e, f


def _product(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
