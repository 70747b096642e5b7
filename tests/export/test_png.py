"""The picture: its size, its pixels, its limits, and the file that was there."""

import io
from pathlib import Path

import pytest
from PIL import Image as Pixels
from PySide6.QtGui import QColor, QImage

from app.export import png
from app.export.errors import ExportCancelledError, ExportError
from app.export.png import MARGIN, export_png, picture_size
from app.layout.drawing import Box, Drawing, Picture, Placed
from app.layout.pictures import picture_file
from app.layout.sheet import Sheet
from app.model.media import Media
from tests.export.sheets import small_sheet

pytestmark = pytest.mark.usefixtures("qapp")


def test_the_picture_has_the_size_of_the_sheet_and_its_margin(tmp_path: Path) -> None:
    size = export_png(small_sheet(), tmp_path / "a.png", 100)
    image = QImage(str(tmp_path / "a.png"))
    assert (image.width(), image.height()) == (size.w, size.h)
    assert size.w == round((80 + 2 * MARGIN) / 25.4 * 100)
    assert image.dotsPerMeterX() == 3937
    assert not image.hasAlphaChannel()


def test_a_box_is_where_it_should_be_and_the_rest_is_white(tmp_path: Path) -> None:
    sheet = Sheet(25.4, 25.4, (Placed("a", 10.0, 5.0, Drawing(5, 5, (Box(0, 0, 5, 5, "#FF0000"),))),))
    export_png(sheet, tmp_path / "a.png", 254)
    image = QImage(str(tmp_path / "a.png"))
    inside, outside = round((10 + MARGIN) * 10), round((5 + MARGIN) * 10)
    assert image.pixelColor(inside + 1, outside + 1) == QColor("#FF0000")
    assert image.pixelColor(inside + 48, outside + 48) == QColor("#FF0000")
    assert image.pixelColor(inside - 2, outside + 1) == QColor("#FFFFFF")
    assert image.pixelColor(0, 0) == QColor("#FFFFFF")


def test_bands_leave_no_seam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = small_sheet("Größe und so weiter", "مرحبا", "यात्रा")
    export_png(sheet, tmp_path / "whole.png", 90)
    monkeypatch.setattr(png, "BAND", 5_000)
    told: list[float] = []
    export_png(sheet, tmp_path / "bands.png", 90, told.append)
    assert len(told) > 5
    assert told[-1] == 1.0
    whole, bands = (pixels(tmp_path / f"{name}.png") for name in ("whole", "bands"))
    assert max(abs(one - other) for one, other in zip(whole, bands, strict=True)) <= 2


def pixels(path: Path) -> bytes:
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
    return bytes(image.constBits())  # which do not keep the image alive


def test_equal_sheets_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        export_png(small_sheet(), tmp_path / f"{name}.png")
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_a_picture_too_large_names_what_fits() -> None:
    with pytest.raises(ExportError, match=r"30,000 on a side: choose at most 75[0-9] dpi"):
        picture_size(1000.0, 500.0, 900)
    assert max(picture_size(1000.0, 500.0, 750)[:2]) <= 30_000


@pytest.mark.parametrize("dpi", [0, 9, 1201])
def test_a_resolution_that_cannot_be_is_refused(dpi: int) -> None:
    with pytest.raises(ExportError, match="10 to 1200 dpi"):
        picture_size(100.0, 100.0, dpi)


def test_cancelling_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    with pytest.raises(ExportCancelledError):
        export_png(small_sheet(), path, cancelled=lambda: True)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_no_memory_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QImage, "isNull", lambda self: True)
    with pytest.raises(ExportError, match="not enough memory"):
        export_png(small_sheet(), tmp_path / "a.png")


def test_pictures_are_in_it_across_bands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "BAND", 20_000)
    stream, media = io.BytesIO(), Media()
    Pixels.new("RGBA", (90, 60), (0, 128, 128, 255)).save(stream, "PNG")
    file = picture_file(media, media.add(stream.getvalue(), "png"))
    assert file is not None
    shown = (Picture(5, 5, 60, 40, file), Picture(70, 5, 20, 20, file, 10.0), Picture(5, 50, 20, 10, file, dim=0.5))
    sheet = Sheet(100, 80, (Placed("a", 0, 0, Drawing(100, 80, (Box(0, 0, 100, 80, "#808080"), *shown))),))
    export_png(sheet, tmp_path / "a.png", 100)
    picture = QImage(str(tmp_path / "a.png"))

    def at(x: float, y: float) -> str:
        return picture.pixelColor(round((x + MARGIN) * 100 / 25.4), round((y + MARGIN) * 100 / 25.4)).name()

    teal, grey, pale = "#008080", "#808080", "#80c0c0"
    spots = ((6, 6), (35, 25), (64, 44), (80, 15), (71, 6), (15, 55), (40, 60))
    assert [at(*spot) for spot in spots] == [teal, teal, teal, teal, grey, pale, grey]
