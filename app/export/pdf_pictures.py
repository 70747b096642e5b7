"""Pictures as objects of a PDF: each once, however often it is shown.

A JPEG goes in as it is; all others as rows of grey or RGB, on white where they are transparent; what has more pixels
than anybody sees on paper is made smaller. One picture is unpacked at a time.
"""

from __future__ import annotations

import io
import struct
from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

from app.export.pdf_shapes import PT, box_path, number, numbers
from app.layout.drawing import Box, Picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from PIL.Image import Image

    from app.layout.drawing import PictureFile, Placed

DPI: Final = 300
"""Pixels per inch of paper that a picture has at most."""

QUALITY: Final = 88
"""Of a JPEG that was made smaller."""

FORMATS: Final = ("JPEG", "PNG", "WEBP")
NEAR: Final = 0.01  # mm
_PNG_HEAD: Final = 8

Key = tuple[str, float]
"""The name of a picture, and how far it is dimmed."""


class ImageObject(NamedTuple):
    """A picture as an object: the entries of its dictionary, and its data."""

    entries: Mapping[str, object]
    data: bytes


class _Wanted(NamedTuple):
    """A picture that is shown: the name of its object, and how many pixels wide it need be."""

    object: str
    file: PictureFile
    width: int


class PictureObjects:
    """The pictures of a sheet. `scale` is that of the sheet on the page."""

    def __init__(self, placed: Iterable[Placed], scale: float) -> None:
        self._wanted: dict[Key, _Wanted] = {}
        for element in placed:
            for item in element.drawing.items:
                if type(item) is Picture:
                    self._want(item, scale)

    def __len__(self) -> int:
        return len(self._wanted)

    def operators(self, picture: Picture) -> str:
        """Show a picture."""
        whole = picture.whole
        is_cut = picture.radius > 0 or whole.w > picture.w + NEAR or whole.h > picture.h + NEAR
        outline = box_path(Box(picture.x, picture.y, picture.w, picture.h, radius=picture.radius))
        clip = f"{outline} W n " if is_cut else ""
        place = numbers(whole.w * PT, 0, 0, whole.h * PT, whole.x * PT, -whole.bottom * PT)
        return f"q {clip}{place} cm /{self._wanted[_key(picture)].object} Do Q"

    def objects(self) -> Iterator[tuple[str, ImageObject]]:
        """Every picture once with the name by which it is shown, made when its turn comes."""
        for (_, dim), wanted in self._wanted.items():
            yield wanted.object, image_object(wanted.file, wanted.width, dim)

    def _want(self, picture: Picture, scale: float) -> None:
        key, width = _key(picture), ceil(picture.whole.w * scale / 25.4 * DPI)
        known = self._wanted.get(key)
        if known is None:
            self._wanted[key] = _Wanted(f"P{len(self._wanted)}", picture.file, width)
        elif known.width < width:
            self._wanted[key] = known._replace(width=width)


def _key(picture: Picture) -> Key:
    return picture.file.name, picture.dim


def image_object(file: PictureFile, width: int, dim: float = 0.0) -> ImageObject:
    """A picture at most `width` px wide; `dim` 0..1 of white is mixed in. One pixel of grey for what is no picture."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(file.data), formats=FORMATS) as image:
            if image.size == (file.width, file.height):
                return _object_of(image, file, width, dim)
    except Exception:  # noqa: BLE001, S110 (decoders raise anything; a broken picture is no reason to have no poster)
        pass
    return ImageObject(_entries(1, 1, 1, 0.0, "FlateDecode", _rows_of(1)), _rows(_grey()))


def _object_of(image: Image, file: PictureFile, width: int, dim: float) -> ImageObject:
    from PIL.Image import Resampling

    size = (file.width, file.height)
    is_smaller = file.width > width
    if is_smaller:
        size = (width, max(1, round(file.height * width / file.width)))
    is_jpeg = image.format == "JPEG" and image.mode in {"RGB", "L"}
    if is_jpeg and not is_smaller:
        return ImageObject(_entries(*size, _colors(image), dim, "DCTDecode"), _sound(image, file))
    if is_jpeg:
        image.draft(image.mode, size)  # the decoder leaves out what is not needed
    flat = image if is_jpeg else _on_white(image)
    if flat.size != size:
        flat = flat.resize(size, Resampling.LANCZOS, reducing_gap=3.0)
    if is_jpeg:
        stream = io.BytesIO()
        flat.save(stream, "JPEG", quality=QUALITY)
        return ImageObject(_entries(*size, _colors(flat), dim, "DCTDecode"), stream.getvalue())
    colors = _colors(flat)
    return ImageObject(_entries(*size, colors, dim, "FlateDecode", _rows_of(size[0], colors)), _rows(flat))


def _sound(image: Image, file: PictureFile) -> bytes:
    """The bytes of a JPEG that is whole: half a picture makes readers complain. Raises what the decoder raises."""
    image.draft(image.mode, (1, 1))  # at an eighth of its size, which is quick
    image.load()
    return file.data


def _on_white(image: Image) -> Image:
    """Grey where it is grey, else RGB."""
    from PIL import Image as Pixels

    if image.has_transparency_data:
        clear = image.convert("RGBA")
        flat = Pixels.new("RGB", image.size, "white")
        flat.paste(clear, mask=clear.getchannel("A"))
        return flat
    return image.convert("L" if image.mode in {"1", "L"} else "RGB")


def _grey() -> Image:
    from PIL import Image

    return Image.new("L", (1, 1), 0xE5)


def _colors(image: Image) -> int:
    return 1 if image.mode == "L" else 3


def _rows(image: Image) -> bytes:
    """The rows of a picture packed as a PNG packs them, each with the filter that suits it (ISO 32000-1, 7.4.4.4)."""
    stream = io.BytesIO()
    image.save(stream, "PNG")
    png, at, packed = stream.getbuffer(), _PNG_HEAD, b""
    while at < len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        if kind == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += 12 + length
    return packed


def _rows_of(width: int, colors: int = 1) -> PDFDictionary:
    return PDFDictionary({"Predictor": 15, "Colors": colors, "BitsPerComponent": 8, "Columns": width})


def _entries(
    width: int, height: int, colors: int, dim: float, packing: str, parameters: PDFDictionary | None = None
) -> dict[str, object]:
    """What a reader must know. Dimmed is said of the values, so that the data stay as they are."""
    entries: dict[str, object] = {
        "Width": width,
        "Height": height,
        "ColorSpace": PDFName("DeviceGray" if colors == 1 else "DeviceRGB"),
        "BitsPerComponent": 8,
        "Filter": PDFName(packing),
    }
    if parameters is not None:
        entries["DecodeParms"] = parameters
    if dim:
        entries["Decode"] = PDFArray([float(number(dim)), 1] * colors)
    return entries
