"""The size of a picture from its header equals what a decoder finds."""

import io
from typing import Any

import pytest
from PIL import Image

from app.model.picture_headers import picture_size


def encoded(kind: str, width: int, height: int, **options: Any) -> bytes:
    stream = io.BytesIO()
    mode = "RGBA" if options.pop("alpha", False) else "RGB"
    Image.new(mode, (width, height), "teal").save(stream, kind, **options)
    return stream.getvalue()


@pytest.mark.parametrize("size", [(1, 1), (320, 200), (1, 4000), (3001, 17)])
@pytest.mark.parametrize(
    ("ending", "kind", "options"),
    [
        ("png", "PNG", {}),
        ("png", "PNG", {"alpha": True}),
        ("jpg", "JPEG", {}),
        ("jpg", "JPEG", {"progressive": True}),
        ("jpg", "JPEG", {"comment": b"x" * 3000, "dpi": (300, 300)}),
        ("webp", "WEBP", {}),
        ("webp", "WEBP", {"lossless": True}),
        ("webp", "WEBP", {"alpha": True, "exif": b"Exif\0\0"}),
    ],
)
def test_size_of_real_pictures(ending: str, kind: str, options: dict[str, Any], size: tuple[int, int]) -> None:
    data = encoded(kind, *size, **options)
    assert picture_size(ending, data) == size
    for other in {"png", "jpg", "webp"} - {ending}:
        assert picture_size(other, data) is None
    for length in range(min(len(data), 30)):
        assert picture_size(ending, data[:length]) in {None, size}


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff\x01\xff\xd9",
        b"\xff\xd8\xff\xe0\x00\x02\x00",
        b"\xff\xd8" + b"\xff\xd0" * 20_000,
        b"\xff\xd8\xff\xc0\x00\x11\x08\x00\x00\x00\x00",
    ],
)
def test_jpgs_without_a_size(data: bytes) -> None:
    assert picture_size("jpg", data) is None


def test_webp_of_an_unknown_kind() -> None:
    assert picture_size("webp", b"RIFF\0\0\0\0WEBPVP9 " + bytes(30)) is None
