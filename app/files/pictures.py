"""Pictures from outside: read with suspicion, turned upright, made smaller, and written anew without their secrets.

What is kept is the picture alone: no place, no camera, no comment, no colour profile. Limits are held against the
header before anything is decoded.
"""

from __future__ import annotations

import io
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from app.files import limits
from app.files.whole_pictures import fuller_jpeg, is_png_whole
from app.model.picture_headers import picture_size, scans

if TYPE_CHECKING:
    from PIL.Image import Image

    from app.model.media import Suffix

LONGEST_SIDE = 4_000
"""Pixels: enough for a picture of half a metre on a poster at 200 dpi."""

MOST_STORED = 8 * limits.MIB
JPEG_QUALITY = 90
_MAGIC: tuple[tuple[Suffix, bytes, bytes], ...] = (
    ("png", b"\x89PNG\r\n\x1a\n", b""),
    ("jpg", b"\xff\xd8\xff", b""),
    ("webp", b"RIFF", b"WEBP"),
)
_DECODERS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}
# A JPEG is decoded at a fraction of its size, the others as a whole.
_MOST_PIXELS = {"png": 30_000_000, "jpg": limits.PICTURE_PIXELS, "webp": 30_000_000}


class PictureError(ValueError):
    """A picture that is not taken; the text is one sentence for the user."""


class Picture(NamedTuple):
    """A picture that is fit for the shelf: `document.media.add(picture.data, picture.suffix)` gives its name."""

    data: bytes
    suffix: Suffix
    width: int
    height: int


def import_picture(data: bytes, name: str = "The picture") -> Picture:
    """A picture out of a file or the clipboard, written anew as PNG or JPEG. `name` begins the sentence where it fails.

    Raises PictureError.
    """
    kind = _checked_kind(data, name)
    try:
        return _encoded(_decoded(data, kind, name), is_sharp=kind == "png")
    except PictureError:
        raise
    except Exception as error:
        raise PictureError(f"{name} is broken and cannot be read; it was not added.") from error


def _checked_kind(data: bytes, name: str) -> Suffix:
    if len(data) > limits.PART_BYTES:
        most = limits.PART_BYTES // limits.MIB
        raise PictureError(f"{name} has more than {most} MB, the most that is taken; save it smaller and try again.")
    kind = next((kind for kind, start, then in _MAGIC if data.startswith(start) and data[8:].startswith(then)), None)
    if kind is None:
        raise PictureError(f"{name} is no PNG, JPEG or WebP picture; it was not added.")
    size = picture_size(kind, data)
    if size is None:
        raise PictureError(f"{name} is broken and cannot be read; it was not added.")
    width, height = size
    if max(size) > limits.PICTURE_SIDE or width * height > _MOST_PIXELS[kind]:
        raise PictureError(
            f"{name} has {width:,} × {height:,} pixels, more than is taken; save it smaller and try again."
        )
    if scans(kind, data) > limits.PICTURE_SCANS:
        raise PictureError(f"{name} consists of more layers than are taken; save it anew and try again.")
    return kind


def _decoded(data: bytes, kind: Suffix, name: str) -> Image:
    """Upright, in RGB, RGBA or grey, and not larger than it may be."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=[_DECODERS[kind]]) as opened:
        if opened.size != picture_size(kind, data):
            raise PictureError(f"{name} says one size and has another; it was not added.")
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        opened.load()
        if not _is_whole(opened, data, kind):
            raise PictureError(f"{name} has fewer rows than it says; it was not added.")
        upright = ImageOps.exif_transpose(opened)
        image = _in_srgb(_in_plain_mode(upright))
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return image


def _is_whole(image: Image, data: bytes, kind: Suffix) -> bool:
    """False where the decoder has made up rows. It refuses WebP that lacks some by itself."""
    if kind == "png":
        return is_png_whole(data)
    if kind == "webp":
        return True
    from PIL import Image

    with Image.open(io.BytesIO(fuller_jpeg(data)), formats=[_DECODERS[kind]]) as other:
        other.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        return other.tobytes() == image.tobytes()


def _in_plain_mode(image: Image) -> Image:
    if image.mode.startswith(("I", "F")):  # 16 bits of grey
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in {"L", "RGB", "RGBA"} and "transparency" not in image.info:
        return image
    has_alpha = image.has_transparency_data
    return image.convert("RGBA" if has_alpha else "RGB")


def _in_srgb(image: Image) -> Image:
    """Without a profile of its own; colours stay as they look, where the profile can be read."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode == "L":
        return image
    from PIL import ImageCms

    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        own, srgb = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, own, srgb, outputMode=image.mode) or image
    return image


def _encoded(image: Image, *, is_sharp: bool) -> Picture:
    """As PNG where it is see-through, or sharp and not too large, else as JPEG."""
    see_through = image.mode == "RGBA"
    data = _png(image) if see_through or is_sharp else b""
    while see_through and len(data) > MOST_STORED:
        image = image.reduce(2)
        data = _png(image)
    if data and len(data) <= MOST_STORED:
        return Picture(data, "png", *image.size)
    return Picture(_jpeg(image), "jpg", *image.size)


def _png(image: Image) -> bytes:
    stream = io.BytesIO()
    _bare(image).save(stream, "PNG", optimize=False)
    return stream.getvalue()


def _jpeg(image: Image) -> bytes:
    stream = io.BytesIO()
    _bare(image).save(stream, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return stream.getvalue()


def _bare(image: Image) -> Image:
    """The pixels alone: what an image carries along in `info` would be written too."""
    image.info.clear()
    return image
