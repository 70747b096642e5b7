"""Pictures from outside become harmless ones, or are refused in one sentence."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageCms

from app.files import limits
from app.files.pictures import LONGEST_SIDE, PictureError, import_picture
from app.files.whole_pictures import is_png_whole
from app.model.picture_headers import picture_size
from tests.files.builders import JPG, PNG, WEBP
from tests.files.hostile_more import layered_jpeg

KINDS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, KINDS[kind], **options)
    return stream.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def halves(width: int = 40, height: int = 20) -> Image.Image:
    """Red to the left, blue to the right."""
    image = Image.new("RGB", (width, height), "red")
    image.paste((0, 0, 255), (width // 2, 0, width, height))
    return image


def png(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A PNG whose header says what we like."""
    header = struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0)
    return chunked([(b"IHDR", header), (b"IDAT", zlib.compress(pixels))])


def chunked(chunks: list[tuple[bytes, bytes]]) -> bytes:
    body = b"".join(
        struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))
        for name, data in [*chunks, (b"IEND", b"")]
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(("kind", "stored"), [("png", "png"), ("jpg", "jpg"), ("webp", "jpg")])
def test_what_is_taken_is_written_anew(kind: str, stored: str) -> None:
    picture = import_picture(encoded(halves(), kind))
    assert (picture.suffix, picture.width, picture.height) == (stored, 40, 20)
    assert picture_size(stored, picture.data) == (40, 20)
    back = opened(picture.data).convert("RGB")
    assert max(abs(a - b) for a, b in zip(back.getpixel((5, 10)), (255, 0, 0), strict=True)) < 12  # type: ignore[arg-type]
    assert import_picture(encoded(halves(), kind)).data == picture.data, "the same picture twice is one on the shelf"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_taken(mode: str) -> None:
    image = Image.new(mode, (30, 10))
    picture = import_picture(encoded(image, "png"))
    assert (picture.suffix, picture.width, picture.height) == ("png", 30, 10)


def test_what_is_see_through_stays_so() -> None:
    glass = Image.new("RGBA", (8, 8), (255, 0, 0, 60))
    for kind in ("png", "webp"):
        picture = import_picture(encoded(glass, kind, lossless=True))
        assert picture.suffix == "png"
        assert opened(picture.data).getpixel((3, 3)) == (255, 0, 0, 60)


def test_where_and_with_what_it_was_taken_is_forgotten() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    for kind in KINDS:
        data = encoded(halves(), kind, exif=exif, **({"comment": b"Secret Camera"} if kind == "jpg" else {}))
        assert b"Secret Camera" in data
        picture = import_picture(data)
        assert b"Secret Camera" not in picture.data
        assert not opened(picture.data).getexif()


def test_a_photo_taken_sideways_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90° clockwise to see it
    picture = import_picture(encoded(halves(), "jpg", exif=exif))
    assert (picture.width, picture.height) == (20, 40)
    red, _, blue = opened(picture.data).convert("RGB").getpixel((10, 5))  # type: ignore[misc]
    assert red > 200 > blue


def test_colours_of_another_profile_are_kept_as_they_look() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for data in (encoded(halves(), "png", icc_profile=profile), encoded(halves(), "png", icc_profile=b"no profile")):
        picture = import_picture(data)
        assert "icc_profile" not in opened(picture.data).info
        assert opened(picture.data).getpixel((30, 10)) == (0, 0, 255)


def test_large_pictures_are_made_smaller() -> None:
    picture = import_picture(encoded(Image.new("RGB", (6000, 3000), "teal"), "jpg"))
    assert max(picture.width, picture.height) <= LONGEST_SIDE
    assert picture.width == 2 * picture.height
    assert import_picture(encoded(Image.new("L", (5000, 10)), "png")).width == LONGEST_SIDE


def test_what_a_png_would_make_too_large_is_stored_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.files.pictures.MOST_STORED", 20_000)
    noise = Image.effect_noise((300, 300), 90)
    assert import_picture(encoded(noise, "png")).suffix == "jpg"
    glass = noise.convert("RGBA")
    glass.putalpha(noise)
    picture = import_picture(encoded(glass, "png"))
    assert (picture.suffix, picture.width) == ("png", 75)
    assert len(picture.data) <= 20_000


PHOTO = encoded(Image.effect_noise((200, 200), 60), "jpg")
REFUSED = {
    "nothing": (b"", "no PNG, JPEG or WebP"),
    "a text": (b"hello", "no PNG, JPEG or WebP"),
    "a drawing": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "no PNG, JPEG or WebP"),
    "a gif": (b"GIF89a" + bytes(20), "no PNG, JPEG or WebP"),
    "a sound": (b"RIFF\x00\x00\x00\x00WAVE", "no PNG, JPEG or WebP"),
    "half a photo": (PHOTO[: len(PHOTO) // 2], "broken"),
    "a header alone": (PNG, "broken"),
    "another header alone": (JPG, "broken"),
    "a third": (WEBP, "broken"),
    "a png without an end": (encoded(halves(), "png")[:60], "broken"),
    "no width": (png(0, 10), "broken"),
    "a huge one": (png(30_000, 30_000), "30,000 × 30,000 pixels"),
    "a long one": (png(20_001, 1), "20,001 × 1 pixels"),
    "a bomb": (png(5_000, 4_000, bytes(100)), "broken"),
    "too many bytes": (PHOTO + bytes(limits.PART_BYTES), "more than 32 MB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_taken_is_said_in_one_sentence(name: str) -> None:
    data, words = REFUSED[name]
    with pytest.raises(PictureError, match=words) as caught:
        import_picture(data, "“wall.jpg”")
    sentence = str(caught.value)
    assert sentence.startswith("“wall.jpg” ")
    assert sentence.endswith(".")
    assert sentence.count(".") == 2, "one sentence, and the dot of the name"


def test_a_jpeg_of_hundreds_of_layers_is_not_decoded() -> None:
    with pytest.raises(PictureError, match="more layers than are taken"):
        import_picture(layered_jpeg())
    stream = io.BytesIO()
    Image.effect_noise((300, 200), 50).save(stream, "JPEG", progressive=True)
    assert import_picture(stream.getvalue()).width == 300


def test_a_jpeg_that_says_one_size_and_has_another_is_refused() -> None:
    photo = encoded(halves(400, 200), "jpg")
    frame = photo.index(b"\xff\xc0")
    length = struct.unpack(">H", photo[frame + 2 : frame + 4])[0]
    small = bytearray(photo[frame : frame + 2 + length])
    small[5:9] = struct.pack(">2H", 10, 10)
    with pytest.raises(PictureError, match=r"says one size and has another"):
        import_picture(photo[:frame] + bytes(small) + photo[frame:])


def cut_png(rows: int) -> bytes:
    """A sound PNG in everything but that it says 40 rows."""
    return png(8, 40, bytes(rows * (1 + 8 * 3)))


def cut_jpeg(share: float, **options: Any) -> bytes:
    """A photo that ends after a share of its bytes, and says that it ends there."""
    photo = encoded(Image.effect_noise((200, 160), 60), "jpg", **options)
    return photo[: int(len(photo) * share)] + b"\xff\xd9"


SHORT = {
    "a png without its last row": cut_png(39),
    "a png with a row": cut_png(1),
    "a photo cut in the middle": cut_jpeg(0.5),
    "a photo cut near its end": cut_jpeg(0.97),
    "a photo in several passes, cut": cut_jpeg(0.6, progressive=True),
}


@pytest.mark.parametrize("name", SHORT)
def test_pictures_with_fewer_rows_than_they_say_are_refused(name: str) -> None:
    with pytest.raises(PictureError, match=r"fewer rows than it says") as caught:
        import_picture(SHORT[name], "“wall.jpg”")
    assert str(caught.value).count(".") == 2


def test_pictures_with_all_their_rows_are_taken() -> None:
    assert import_picture(cut_png(40)).height == 40
    noise = Image.effect_noise((203, 161), 60)
    for mode, options in (
        ("L", {}),
        ("RGB", {"progressive": True}),
        ("RGB", {"restart_marker_rows": 2}),
        ("CMYK", {}),
        ("RGB", {"subsampling": 2, "quality": 20}),
    ):
        photo = encoded(noise.convert(mode), "jpg", **options)
        assert import_picture(photo).width == 203
        assert import_picture(photo + photo).width == 203, "a second picture may follow the first"


@pytest.mark.parametrize("share", [0.3, 0.9])
@pytest.mark.parametrize("lossless", [False, True])
def test_a_webp_that_is_cut_is_refused(share: float, lossless: bool) -> None:
    data = encoded(Image.effect_noise((200, 160), 60).convert("RGB"), "webp", lossless=lossless)
    cut = bytearray(data[: int(len(data) * share) // 2 * 2])
    cut[4:8], cut[16:20] = struct.pack("<L", len(cut) - 8), struct.pack("<L", len(cut) - 20)
    for left in (data[: len(cut)], bytes(cut)):
        with pytest.raises(PictureError, match="broken"):
            import_picture(left)


@pytest.mark.parametrize("color", [0, 2, 3, 4, 6])
@pytest.mark.parametrize("size", [(1, 1), (3, 2), (7, 9), (8, 8)])
def test_interlaced_pngs_are_counted_pass_by_pass(size: tuple[int, int], color: int) -> None:
    width, height = size
    needed = 0
    passes = ("0088", "4088", "0448", "2044", "0224", "1022", "0112")
    for left, top, across, down in (map(int, each) for each in passes):
        columns, rows = len(range(left, width, across)), len(range(top, height, down))
        needed += rows * (1 + columns * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[color]) if columns else 0
    for lacking in (0, 1):
        header = struct.pack(">2L5B", width, height, 8, color, 0, 0, 1)
        chunks = [(b"IHDR", header), (b"PLTE", bytes(3)), (b"IDAT", zlib.compress(bytes(needed - lacking)))]
        assert is_png_whole(chunked(chunks)) == (not lacking)


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_damaged_anywhere_are_taken_or_refused(kind: str) -> None:
    data = encoded(Image.effect_noise((60, 40), 60), kind)
    for at in range(0, len(data), 7):
        damaged = bytearray(data)
        damaged[at] ^= 0xFF
        try:
            picture = import_picture(bytes(damaged))
        except PictureError:
            continue
        assert picture_size(picture.suffix, picture.data) == (picture.width, picture.height)
