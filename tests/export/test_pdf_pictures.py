"""Pictures on the poster: each once, at the resolution of paper, on white, in the same bytes every time."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from app.export.pages import Placement
from app.export.pdf import export_pdf, pdf_bytes, place
from app.layout.drawing import Box, Drawing, Picture, PictureFile, Placed
from app.layout.pictures import picture_file
from app.layout.sheet import Sheet
from app.model.media import Media
from tests.export.sheets import OPTIONS

pytestmark = pytest.mark.usefixtures("qapp")

RED, TEAL = (200, 30, 30), (0, 128, 128)


def file_of(kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> PictureFile:
    stream = io.BytesIO()
    Image.new(mode, size, options.pop("color", TEAL)).save(stream, kind, **options)
    media = Media()
    suffix: Any = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}[kind]
    found = picture_file(media, media.add(stream.getvalue(), suffix))
    assert found is not None
    return found


def sheet_with(*pictures: Picture) -> Sheet:
    """A sheet of 100 × 80 mm on grey."""
    ground = Box(0, 0, 100, 80, "#808080")
    return Sheet(100, 80, (Placed("a", 0, 0, Drawing(100, 80, (ground, *pictures))),))


class Poster(NamedTuple):
    placement: Placement
    data: bytes

    @property
    def images(self) -> list[Any]:
        with pikepdf.open(io.BytesIO(self.data)) as pdf:
            return [
                (int(image.Width), int(image.Height), str(image.ColorSpace), str(image.Filter), image.read_raw_bytes())
                for image in pdf.pages[0].Resources.XObject.values()
            ]

    def colors(self, *spots: tuple[float, float]) -> Iterator[tuple[int, ...]]:
        """What a reader shows at places of the sheet, mm."""
        page = pypdfium2.PdfDocument(self.data)[0]
        shown = page.render(scale=2).to_pil().convert("RGB")
        for x, y in spots:
            across, down = self.placement.x + x * self.placement.scale, self.placement.y + y * self.placement.scale
            yield shown.getpixel((round(across * 144 / 25.4), round(down * 144 / 25.4)))


def poster_of(*pictures: Picture) -> Poster:
    sheet = sheet_with(*pictures)
    placement = place(sheet, OPTIONS)
    return Poster(placement, pdf_bytes(sheet, placement, OPTIONS))


def near(color: tuple[int, ...], other: tuple[int, ...], by: int = 6) -> bool:
    return all(abs(one - two) <= by for one, two in zip(color, other, strict=True))


def test_a_picture_is_in_the_file_once_however_often_it_is_shown() -> None:
    file = file_of()
    poster = poster_of(*(Picture(5 + 20 * at, 5, 15, 10, file) for at in range(4)))
    assert len(poster.images) == 1
    assert all(near(color, TEAL) for color in poster.colors(*((12 + 20 * at, 10) for at in range(4))))
    assert near(next(poster.colors((22, 10))), (128, 128, 128))


def test_a_jpeg_goes_in_as_it_is() -> None:
    file = file_of("JPEG", (90, 60), progressive=True)
    [(width, height, _, packing, data)] = poster_of(Picture(5, 5, 60, 40, file)).images
    assert (width, height, packing) == (90, 60, "/DCTDecode")
    assert data == file.data


@pytest.mark.parametrize(("kind", "packing"), [("PNG", "/Flate"), ("WEBP", "/Flate"), ("JPEG", "/DCT")])
def test_no_picture_has_more_than_300_dots_per_inch_of_paper(kind: str, packing: str) -> None:
    poster = poster_of(Picture(5, 5, 30, 20, file_of(kind, (3000, 2000))))
    [(width, height, _, filters, _)] = poster.images
    inches = 30 * poster.placement.scale / 25.4
    assert 296 <= width / inches <= 301
    assert height == round(width * 2 / 3)
    assert filters == f"{packing}Decode"
    assert near(next(poster.colors((20, 15))), TEAL)


def test_the_largest_place_decides() -> None:
    file = file_of(size=(3000, 2000))
    poster = poster_of(Picture(5, 5, 6, 4, file), Picture(5, 20, 60, 40, file))
    [(width, *_)] = poster.images
    assert 296 <= width / (60 * poster.placement.scale / 25.4) <= 301


def test_what_is_transparent_is_white() -> None:
    poster = poster_of(Picture(5, 5, 30, 20, file_of(mode="RGBA", color=(*RED, 0))))
    assert list(poster.colors((20, 15))) == [(255, 255, 255)]
    half = poster_of(Picture(5, 5, 30, 20, file_of(mode="RGBA", color=(0, 0, 0, 128))))
    assert near(next(half.colors((20, 15))), (127, 127, 127))


def test_grey_pictures_print_with_one_ink() -> None:
    [(_, _, colors, _, _)] = poster_of(Picture(5, 5, 30, 20, file_of(mode="L", color=90))).images
    assert colors == "/DeviceGray"


def test_dimmed_is_mixed_with_white() -> None:
    for kind in ("PNG", "JPEG"):
        poster = poster_of(Picture(5, 5, 30, 20, file_of(kind, color=(0, 0, 200)), dim=0.75))
        assert near(next(poster.colors((20, 15))), (191, 191, 241))


def test_what_does_not_fit_is_cut_off_and_corners_are_round() -> None:
    tall = file_of(size=(40, 80))
    poster = poster_of(Picture(30, 30, 20, 20, tall, radius=10))
    middle, above, below, corner = poster.colors((40, 40), (40, 28), (40, 52), (31, 31))
    assert near(middle, TEAL)
    assert near(above, (128, 128, 128)) and near(below, (128, 128, 128))  # noqa: PT018
    assert near(corner, (128, 128, 128))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_broken_picture_is_grey_and_the_poster_is_made(kind: str) -> None:
    whole = file_of(kind, (400, 400))
    file = PictureFile(whole.name, whole.data[: len(whole.data) // 2], 400, 400)
    poster = poster_of(Picture(5, 5, 30, 20, file))
    assert near(next(poster.colors((20, 15))), (0xE5, 0xE5, 0xE5))


def test_the_same_pictures_give_the_same_bytes(tmp_path: Path) -> None:
    def digest() -> str:
        files = [file_of(kind) for kind in ("PNG", "JPEG", "WEBP")]
        pictures = [Picture(5 + 20 * at, 5, 15, 10, file) for at, file in enumerate(files)]
        export_pdf(sheet_with(*pictures), tmp_path / "a.pdf", OPTIONS)
        return hashlib.sha256((tmp_path / "a.pdf").read_bytes()).hexdigest()

    assert digest() == digest()


def test_another_picture_gives_another_file_id() -> None:
    def file_id(color: tuple[int, int, int]) -> str:
        data = poster_of(Picture(5, 5, 15, 10, file_of(color=color))).data
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return repr(pdf.trailer.ID)

    assert file_id(RED) != file_id(TEAL)


def test_progress_goes_on_through_the_pictures(tmp_path: Path) -> None:
    told: list[float] = []
    files = [file_of(size=(50 + at, 40)) for at in range(5)]
    export_pdf(sheet_with(*(Picture(5, 5, 15, 10, file) for file in files)), tmp_path / "a.pdf", OPTIONS, told.append)
    assert told == sorted(told)
    assert len({part for part in told if 0.5 <= part < 0.95}) == 5
    assert told[-1] == 1.0
