"""Pictures from outside: looked at before they are decoded, then written anew, so that nothing strange comes in.

What a camera has added (place, time, serial number) stays outside. The file is only read.
"""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from app.files import limits
from app.files.errors import FileError
from app.model.picture_size import picture_size

if TYPE_CHECKING:
    from PIL.Image import Image

    from app.model.media import Suffix

MOST_BYTES: Final = 64 * limits.MIB
LONGEST_SIDE: Final = 4096
"""Pixels of the longer side that are kept: enough for a card as wide as a sheet of paper, and for a photo of a wall."""

QUALITY: Final = 90
SUFFIXES: Final = (".png", ".jpg", ".jpeg", ".webp")
"""How files end that are taken for pictures."""

ADAM7: Final = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Where each pass of an interlaced PNG begins, and how far its pixels are apart."""

FORMATS: Final[dict[Suffix, str]] = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}


class NoPicture(FileError):  # noqa: N818 (as its neighbours)
    """What cannot become a picture of the map."""


class Imported(NamedTuple):
    """A picture as the map keeps it."""

    data: bytes
    suffix: Suffix


def read_picture(path: Path) -> Imported:
    """A picture out of a file. Raises NoPicture, with a sentence that names the file."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(path.name)
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise NoPicture(f"“{path.name}” cannot be read ({why}); the map is as it was.") from None
    return import_picture(data, path.name)


def import_picture(data: bytes, name: str) -> Imported:
    """A picture out of bytes; `name` is what messages call it. Raises NoPicture."""
    if len(data) > MOST_BYTES:
        raise _too_large(name)
    found: list[tuple[Suffix, tuple[int, int]]] = [
        (suffix, size) for suffix in FORMATS if (size := picture_size(suffix, data)) is not None
    ]
    if not found:
        raise NoPicture(
            f"“{name}” is no PNG, JPEG or WebP picture; the map is as it was: save it as one of these first."
        )
    suffix, (width, height) = found[0]
    if max(width, height) > limits.PICTURE_SIDE or width * height > limits.PICTURE_PIXELS:
        raise NoPicture(
            f"“{name}” has {width:,} × {height:,} pixels, more than this program takes; the map is as it was: make the "
            "picture smaller first."
        )
    return Imported(_written_anew(data, name, suffix, (width, height)), suffix)


def _too_large(name: str) -> NoPicture:
    most = MOST_BYTES // limits.MIB
    return NoPicture(f"“{name}” has more than {most} MB; the map is as it was: make the picture smaller first.")


def _written_anew(data: bytes, name: str, suffix: Suffix, size: tuple[int, int]) -> bytes:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=[FORMATS[suffix]]) as image:
            if image.size != size or (suffix == "png" and _png_rows_bytes(data) != _png_bytes_told(data)):
                raise ValueError("it lies about its size")
            return _encoded(_plain(image), suffix)
    except Exception:  # noqa: BLE001 (whatever a decoder stumbles over)
        raise NoPicture(f"“{name}” is damaged or cut off and cannot be shown; the map is as it was.") from None


def _png_rows_bytes(data: bytes) -> int:
    """How many bytes of rows there are in a PNG: Pillow takes what is missing for black. Raises zlib.error."""
    unpacker, at, found = zlib.decompressobj(), 8, 0
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        packed = data[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        while packed:
            found += len(unpacker.decompress(packed, limits.MIB))
            packed = unpacker.unconsumed_tail
        at += 12 + length
    return found + len(unpacker.flush())


def _png_bytes_told(data: bytes) -> int:
    """How many there should be, by what its header says (PNG specification, 8.2 and 9.2)."""
    width, height, depth, color, interlaced = struct.unpack_from(">2L2B2xB", data, 16)
    bits = depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[color]
    passes = ADAM7 if interlaced else ((0, 0, 1, 1),)
    parts = [(-((x - width) // across), -((y - height) // down)) for x, y, across, down in passes]
    return sum(rows * (1 + (columns * bits + 7) // 8) for columns, rows in parts if columns > 0)


def _plain(image: Image) -> Image:
    """Upright, no larger than is of use, and in grey, RGB, or RGB with transparency where there is any."""
    from PIL import Image as Pixels
    from PIL import ImageOps

    if image.format == "JPEG":
        image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    if upright.has_transparency_data:
        upright = upright.convert("RGBA")
        if upright.getchannel("A").getextrema() == (255, 255):
            upright = upright.convert("RGB")
    elif upright.mode not in {"L", "RGB"}:
        upright = upright.convert("L" if upright.mode in {"1", "I;16"} else "RGB")
    longest = max(upright.size)
    if longest > LONGEST_SIDE:
        smaller = tuple(max(1, round(side * LONGEST_SIDE / longest)) for side in upright.size)
        upright = upright.resize((smaller[0], smaller[1]), Pixels.Resampling.LANCZOS, reducing_gap=3.0)
    return upright


def _encoded(image: Image, suffix: Suffix) -> bytes:
    """Without what the picture brought along: places, profiles, comments."""
    from PIL import Image as Pixels

    bare = Pixels.new(image.mode, image.size)
    bare.paste(image)
    stream = io.BytesIO()
    options = {"png": {}, "jpg": {"quality": QUALITY}, "webp": {"quality": QUALITY}}[suffix]
    bare.save(stream, FORMATS[suffix], **options)
    return stream.getvalue()
