"""What comes into a map as a picture is a picture, upright and bare; all else is refused in a sentence."""

import io
import os
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.files import limits
from app.files.importing import LONGEST_SIDE, NoPicture, import_picture, read_picture
from app.model.media import Media


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size, options.pop("color", "teal")).save(stream, kind, **options)
    return stream.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize(("kind", "suffix"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp")])
def test_a_picture_keeps_its_kind_and_its_looks(kind: str, suffix: str) -> None:
    imported = import_picture(picture(kind), "a.png")
    assert imported.suffix == suffix
    assert opened(imported.data).format == kind
    assert opened(imported.data).size == (60, 40)
    red, green, blue = opened(imported.data).convert("RGB").getpixel((30, 20))  # type: ignore[misc]
    assert abs(red) < 8 and abs(green - 128) < 8 and abs(blue - 128) < 8  # noqa: PT018
    assert Media().put(imported.data, imported.suffix).endswith(f".{suffix}")


def test_nothing_that_a_camera_added_gets_into_the_map() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    exif[0x0112] = 6  # lies on its side
    data = picture("JPEG", exif=exif, comment=b"at home", icc_profile=b"x" * 200)
    assert b"Secret Camera" in data
    imported = import_picture(data, "a.jpg").data
    assert b"Secret Camera" not in imported
    assert b"at home" not in imported
    assert not opened(imported).getexif()
    assert "icc_profile" not in opened(imported).info
    assert opened(imported).size == (40, 60)


def test_transparency_stays_only_where_there_is_some() -> None:
    assert opened(import_picture(picture(mode="RGBA", color=(9, 9, 9, 255)), "a").data).mode == "RGB"
    assert opened(import_picture(picture(mode="RGBA", color=(9, 9, 9, 90)), "a").data).mode == "RGBA"
    assert opened(import_picture(picture(mode="P", color=3), "a").data).mode == "RGB"
    assert opened(import_picture(picture("JPEG", mode="CMYK", color=(0, 0, 0, 0)), "a").data).mode == "RGB"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pictures_of_every_depth_are_taken(mode: str) -> None:
    assert opened(import_picture(picture(size=(61, 43), mode=mode, color=None), "a").data).size == (61, 43)


def interlaced(width: int, height: int) -> bytes:
    """A grey PNG in seven passes; a pass without columns has no rows either."""
    starts = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    parts = [(len(range(x, width, across)), len(range(y, height, down))) for x, y, across, down in starts]
    rows = b"".join((b"\0" + b"\x80" * columns) * rows for columns, rows in parts if columns)

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">L", len(content)) + kind + content + struct.pack(">L", zlib.crc32(kind + content))

    head = struct.pack(">2L5B", width, height, 8, 0, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(61, 43), (1, 1), (3, 9), (8, 8)])
def test_an_interlaced_png_is_taken(size: tuple[int, int]) -> None:
    imported = opened(import_picture(interlaced(*size), "a").data)
    assert imported.size == size
    assert imported.getextrema() == (128, 128)


def test_a_huge_picture_becomes_one_of_use() -> None:
    imported = opened(import_picture(picture("JPEG", (6000, 1500)), "wall.jpg").data)
    assert imported.size == (LONGEST_SIDE, LONGEST_SIDE // 4)


def liar(width: int, height: int) -> bytes:
    """A PNG of 60 × 40 pixels whose header says something else."""
    data = picture()
    head = struct.pack(">2L", width, height) + data[24:29]
    return data[:16] + head + struct.pack(">L", zlib.crc32(b"IHDR" + head)) + data[33:]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no PNG, JPEG or WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no PNG, JPEG or WebP"),
        (picture("GIF"), "no PNG, JPEG or WebP"),
        (picture()[:-30], "damaged"),
        (picture("JPEG", (600, 600))[:900], "damaged"),
        (picture("WEBP")[:60], "damaged"),
        (liar(60, 4000), "damaged"),
        (liar(30_000, 30_000), "30,000 × 30,000 pixels"),
        (liar(15_000, 15_000), "15,000 × 15,000 pixels"),
    ],
)
def test_what_is_no_picture_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(NoPicture, match=said) as refused:
        import_picture(data, "strange.png")
    assert str(refused.value).startswith("“strange.png” ")
    assert "the map is as it was" in str(refused.value)


def test_a_file_is_read_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "wall.jpg"
    path.write_bytes(picture("JPEG"))
    before = path.read_bytes(), path.stat().st_mtime_ns
    assert read_picture(path).suffix == "jpg"
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(NoPicture, match=r"“gone.png” cannot be read"):
        read_picture(tmp_path / "gone.png")
    with pytest.raises(NoPicture, match=r"cannot be read"):
        read_picture(tmp_path)
    big = tmp_path / "big.png"
    with big.open("wb") as file:
        os.truncate(file.fileno(), 65 * limits.MIB)  # takes no room on the disk
    with pytest.raises(NoPicture, match=r"more than 64 MB"):
        read_picture(big)
