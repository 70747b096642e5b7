"""The faces that text is set in: bundled ones by key, and system ones for what no bundled face covers.

A face has a key: "sans", "sans-medium", "arabic-semibold", "emoji", … for the bundled faces of `resources/fonts`, and
"system:FAMILY" for a font of the machine (Chinese, Japanese, Korean and scripts without a bundled face). The bundled
families have names of their own ("JM Sans"), so a font of the same name on the user's machine cannot replace them.

Nothing here touches Qt before a face is asked for; registering needs a QGuiApplication.
"""

from __future__ import annotations

import json
import struct
import threading
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from app.paths import font_dir

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QRawFont

Weight = Literal["regular", "medium", "semibold", "italic"]

EM = 1024
"""Pixels per em at which text is laid out, whatever its size in pt: advances are then exact to 1/65536 em."""

SYSTEM = "system:"
SANS: dict[Weight, str] = {
    "regular": "sans",
    "medium": "sans-medium",
    "semibold": "sans-semibold",
    "italic": "sans-italic",
}
EMBEDDING_FORBIDDEN = 0x0202  # OS/2 fsType: restricted licence, bitmap embedding only
SFNT_TABLES = (
    "CFF ", "GDEF", "GPOS", "GSUB", "OS/2", "VORG", "cmap", "cvt ", "fpgm", "gasp", "glyf", "head", "hhea", "hmtx",
    "loca", "maxp", "name", "post", "prep", "vhea", "vmtx",
)  # fmt: skip
_registering = threading.Lock()


class Face(NamedTuple):
    """A face: its key, the QFont family, weight (100 … 900) and slope, and its file (None: a font of the system)."""

    key: str
    family: str
    weight: int = 400
    italic: bool = False
    file: str | None = None


@cache
def _bundle() -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = json.loads((font_dir() / "faces.json").read_text("utf-8"))
    return table


def bundled_keys() -> tuple[str, ...]:
    """The keys of the faces that come with the program."""
    return tuple(_bundle())


@cache
def face(key: str) -> Face:
    """The face with this key. Raises KeyError for a key that no face has."""
    if key.startswith(SYSTEM):
        return Face(key, key.removeprefix(SYSTEM))
    entry = _bundle()[key]
    return Face(key, entry["family"], entry["weight"], entry["italic"], entry["file"])


@cache
def coverage(key: str) -> frozenset[int]:
    """The characters (code points) that a bundled face has glyphs for."""
    bounds = _bundle()[key]["coverage"]
    return frozenset(char for low, high in zip(bounds[::2], bounds[1::2], strict=True) for char in range(low, high + 1))


@cache
def covers(key: str, char: int) -> bool:
    """True where the face has a glyph for the code point. A system face asks Qt."""
    if key.startswith(SYSTEM):
        return raw_font(key).supportsCharacter(char)
    return char in coverage(key)


@cache
def register(key: str) -> Face:
    """Make a bundled face known to Qt, once for the program. Raises RuntimeError without application or file."""
    found = face(key)
    with _registering:
        if found.file and found.file not in _registered:
            _add_to_qt(found.file)
            _registered.add(found.file)
    return found


_registered: set[str] = set()


def _add_to_qt(file: str) -> None:
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    if QGuiApplication.instance() is None:
        raise RuntimeError("fonts need a QGuiApplication")
    if QFontDatabase.addApplicationFont(str(font_dir() / file)) < 0:
        raise RuntimeError(f"the font {file} cannot be loaded")


@lru_cache(maxsize=256)
def font(key: str) -> QFont:
    """The QFont of a face at EM pixels: unhinted, never merged with other fonts. Do not change it: it is shared."""
    from PySide6.QtGui import QFont

    found = register(key)
    made = QFont(found.family)
    made.setPixelSize(EM)
    made.setWeight(QFont.Weight(found.weight))
    made.setItalic(found.italic)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    return made


def raw_font(key: str) -> QRawFont:
    """The font that Qt really uses for a face, at EM pixels."""
    from PySide6.QtGui import QRawFont

    return QRawFont.fromFont(font(key))


@cache
def installed_families() -> frozenset[str]:
    """The names of all font families that Qt finds on the machine."""
    from PySide6.QtGui import QFontDatabase

    return frozenset(QFontDatabase.families())


@cache
def face_bytes(key: str) -> bytes:
    """The face as an sfnt (TrueType or CFF outlines) for embedding; its glyph ids are those of the text runs."""
    file = face(key).file
    if file:
        return (font_dir() / file).read_bytes()
    return _sfnt({tag: data for tag in SFNT_TABLES if (data := _table(key, tag))})


def face_has_cff(key: str) -> bool:
    """True where the face has CFF (PostScript) outlines rather than TrueType ones."""
    return not face(key).file and bool(_table(key, "CFF "))


def face_embeddable(key: str) -> bool:
    """True where the licence bits of the face allow embedding in a document."""
    return bool(face(key).file) or not _embedding_bits(key) & EMBEDDING_FORBIDDEN


def _table(key: str, tag: str) -> bytes:
    return bytes(raw_font(key).fontTable(tag).data())


def _embedding_bits(key: str) -> int:
    os2 = _table(key, "OS/2")
    return int(struct.unpack_from(">H", os2, 8)[0]) if len(os2) >= 10 else 0


def _sfnt(tables: dict[str, bytes]) -> bytes:
    """Assemble tables to a font file, so that it is exactly the face Qt used, out of whatever file or collection."""
    from io import BytesIO

    from fontTools.ttLib.sfnt import SFNTWriter

    file = BytesIO()
    writer = SFNTWriter(file, len(tables), "OTTO" if "CFF " in tables else "\0\1\0\0")
    for tag, data in tables.items():
        writer[tag] = data
    writer.close()
    return file.getvalue()
