"""The faces that text is set in: bundled ones by key, and fonts of the machine for what no bundled face covers.

A face has a key: "sans", "sans-medium", "arabic-semibold", "emoji", … for the bundled faces of `resources/fonts`, and
"system:FAMILY" or "system:FAMILY:700" for a font of the machine (`app.layout.system_fonts` chooses those). The bundled
families have names of their own ("JM Sans"), so a font of the same name on the user's machine cannot replace them.

Nothing here touches Qt before a face is asked for; registering needs a QGuiApplication.
"""

from __future__ import annotations

import json
import struct
import threading
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from app.paths import font_dir

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QRawFont, QTextCharFormat

Weight = Literal["regular", "medium", "semibold", "italic"]

EM: Final = 1024
"""Pixels per em at which text is laid out, whatever its size in pt: advances are then exact to 1/65536 em."""

SYSTEM: Final = "system:"
SANS: Final[dict[Weight, str]] = {
    "regular": "sans",
    "medium": "sans-medium",
    "semibold": "sans-semibold",
    "italic": "sans-italic",
}
EMBEDDING_FORBIDDEN: Final = 0x0202  # OS/2 fsType: restricted licence, bitmap embedding only
POSTSCRIPT_OUTLINES: Final = b"\0\0\x50\0"  # version of the table maxp in a font with CFF outlines
SFNT_TABLES: Final = (
    *("CFF ", "GDEF", "GPOS", "GSUB", "OS/2", "VORG", "cmap", "cvt ", "fpgm", "gasp", "glyf", "head", "hhea", "hmtx"),
    *("loca", "maxp", "name", "post", "prep", "vhea", "vmtx"),
)


class Face(NamedTuple):
    """A face: its key, the QFont family, weight (100 … 900) and slope, and its file (None: a font of the system)."""

    key: str
    family: str
    weight: int = 400
    italic: bool = False
    file: str | None = None


@cache
def _bundle() -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = json.loads((font_dir() / "faces.json").read_text(encoding="utf-8"))
    return table


def bundled_keys() -> tuple[str, ...]:
    """The keys of the faces that come with the program."""
    return tuple(_bundle())


@cache
def face(key: str) -> Face:
    """The face with this key. Raises KeyError for a key that no face has."""
    if key.startswith(SYSTEM):
        family, _, weight = key.removeprefix(SYSTEM).rpartition(":")
        return Face(key, family, int(weight)) if family else Face(key, weight)
    entry = _bundle()[key]
    return Face(key, entry["family"], entry["weight"], entry["italic"], entry["file"])


def system_key(family: str, weight: int) -> str:
    """The key of a font of the machine."""
    return f"{SYSTEM}{family}" if weight == 400 else f"{SYSTEM}{family}:{weight}"


def bounds(key: str) -> list[tuple[int, int]]:
    """The characters (code points) that a bundled face has glyphs for, as (first, last), in order."""
    numbers = _bundle()[key]["coverage"]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


@cache
def coverage(key: str) -> frozenset[int]:
    """The characters (code points) that a bundled face has glyphs for."""
    return frozenset(chain.from_iterable(range(first, last + 1) for first, last in bounds(key)))


def covers(key: str, char: int) -> bool:
    """True where the face has a glyph for the code point."""
    return _system_covers(key, char) if key.startswith(SYSTEM) else char in coverage(key)


@cache
def _system_covers(key: str, char: int) -> bool:
    return raw_font(key).supportsCharacter(char)


WINDOW_FACES = ("sans", "sans-semibold")
"""What the window itself is set in before a map is there."""


def register() -> None:
    """Make the bundled faces known to Qt, before the first text is set: each later addition would empty Qt's font
    caches. Raises RuntimeError without a QGuiApplication, or where a file is missing or damaged.
    """
    for key in bundled_keys():
        _register(key)


def register_for_window() -> None:
    """Only the faces that the window itself needs, a millisecond's work; the rest comes with the first map."""
    for key in WINDOW_FACES:
        _register(key)


@cache
def _register(key: str) -> None:
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    if QGuiApplication.instance() is None:
        raise RuntimeError("Fonts need a QGuiApplication.")
    file = font_dir() / str(face(key).file)
    if QFontDatabase.addApplicationFont(str(file)) < 0:
        raise RuntimeError(f"The font {file.name} cannot be loaded. Please install Journey Mapper again.")


class _Shelf(threading.local):
    """What a thread sets text with: Qt's fonts remember an engine that belongs to one thread."""

    def __init__(self) -> None:
        self.fonts: dict[str, QFont] = {}
        self.formats: dict[str, QTextCharFormat] = {}


_shelf = _Shelf()
_registering = threading.Lock()


def font(key: str) -> QFont:
    """The QFont of a face at EM pixels: unhinted, never merged with other fonts. It is shared: do not change it."""
    found = _shelf.fonts.get(key)
    if found is None:
        found = _shelf.fonts[key] = _made(face(key))
    return found


def char_format(key: str) -> QTextCharFormat:
    """The text format that sets a face. It is shared: do not change it."""
    from PySide6.QtGui import QTextCharFormat

    found = _shelf.formats.get(key)
    if found is None:
        found = _shelf.formats[key] = QTextCharFormat()
        found.setFont(font(key))
    return found


def _made(found: Face) -> QFont:
    from PySide6.QtGui import QFont, QRawFont

    with _registering:
        register()
    made = QFont(found.family)
    made.setPixelSize(EM)
    made.setWeight(QFont.Weight(found.weight))
    made.setItalic(found.italic)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    # Asked for first by a script that the face does not name (a comma behind a Devanagari word), Qt would take another
    # face, and keep it for all scripts. Asked for by no script it takes this one, and keeps it.
    QRawFont.fromFont(made)
    return made


def raw_font(key: str) -> QRawFont:
    """The font that Qt really uses for a face, at EM pixels, for the calling thread."""
    from PySide6.QtGui import QRawFont

    return QRawFont.fromFont(font(key))


@cache
def installed(writing_system: str = "Any") -> tuple[str, ...]:
    """The font families that Qt finds for a writing system (a name of QFontDatabase.WritingSystem), sorted."""
    from PySide6.QtGui import QFontDatabase

    return tuple(QFontDatabase.families(QFontDatabase.WritingSystem[writing_system]))


@cache
def weights(family: str) -> frozenset[int]:
    """The weights (100 … 900) of the upright styles of a family."""
    from PySide6.QtGui import QFontDatabase

    upright = [style for style in QFontDatabase.styles(family) if not QFontDatabase.italic(family, style)]
    return frozenset(QFontDatabase.weight(family, style) for style in upright)


@cache
def face_fitness(key: str) -> int:
    """How well a system face suits a document: 0 well, 1 is a variable font, 2 must not be embedded, 3 of no use.

    Of no use is a font that Qt would replace by another, make bolder by itself, or that has no plain outlines.
    """
    raw, wanted = raw_font(key), face(key)
    other = raw.familyName() != wanted.family or raw.weight() != wanted.weight
    outlines = table(key, "loca") or table(key, "maxp").startswith(POSTSCRIPT_OUTLINES)
    if other or not outlines or table(key, "COLR"):
        return 3
    if not face_embeddable(key):
        return 2
    return 1 if table(key, "fvar") else 0


@cache
def face_bytes(key: str) -> bytes:
    """The face as an sfnt (TrueType or CFF outlines) for embedding; its glyph ids are those of the text runs."""
    file = face(key).file
    if file:
        return (font_dir() / file).read_bytes()
    return _sfnt({tag: data for tag in SFNT_TABLES if (data := table(key, tag))})


def face_has_cff(key: str) -> bool:
    """True where the face has CFF (PostScript) outlines rather than TrueType ones."""
    return not face(key).file and table(key, "maxp").startswith(POSTSCRIPT_OUTLINES)


def face_embeddable(key: str) -> bool:
    """True where the licence bits of the face allow embedding in a document."""
    if face(key).file:
        return True
    os2 = table(key, "OS/2")
    return len(os2) < 10 or not struct.unpack_from(">H", os2, 8)[0] & EMBEDDING_FORBIDDEN


def table(key: str, tag: str) -> bytes:
    """A table of the font that Qt uses for a face, empty where it has none."""
    return bytes(raw_font(key).fontTable(tag).data())


def _sfnt(tables: dict[str, bytes]) -> bytes:
    """Put tables together to a font file: exactly the face Qt uses, whatever file or collection it is in.

    Source: OpenType specification, "Organization of an OpenType font" and "head: font header table".
    """
    tables = {**tables, "head": tables["head"][:8] + bytes(4) + tables["head"][12:]}
    count = len(tables)
    power = count.bit_length() - 1
    version = b"OTTO" if "CFF " in tables else b"\0\1\0\0"
    head = version + struct.pack(">HHHH", count, 16 << power, power, 16 * (count - (1 << power)))
    at = len(head) + 16 * count
    places, total = {}, 0
    for tag, data in sorted(tables.items()):
        checksum = _checksum(data)
        head += struct.pack(">4sIII", tag.encode(), checksum, at, len(data))
        places[tag] = at
        total += checksum
        at += len(data) + -len(data) % 4
    made = bytearray(head + b"".join(data + bytes(-len(data) % 4) for _, data in sorted(tables.items())))
    struct.pack_into(">I", made, places["head"] + 8, (0xB1B0AFBA - total - _checksum(head)) & 0xFFFFFFFF)
    return bytes(made)


def _checksum(data: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{(len(data) + 3) // 4}I", data + bytes(-len(data) % 4))
    return sum(words) & 0xFFFFFFFF
