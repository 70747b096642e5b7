"""Frames and icons that are copied look like those that are painted."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from app.canvas.painter import Mark, mark
from app.layout.drawing import Box, Icon

SIZE = 420
GROUND = QColor("#9CC0E8")


def painted(mark: Mark, scale: float, *, within: float) -> QImage:
    """The mark on a coloured ground. Where the origin lies `within` a pixel, nothing is copied."""
    image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
    image.fill(GROUND)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    base = QTransform(scale, 0, 0, scale, 7 + within, 9)
    painter.setWorldTransform(base)
    mark.paint(painter, base, scale)
    assert painter.worldTransform() == base
    painter.end()
    return image


def farthest(one: QImage, other: QImage) -> int:
    """The largest difference of a channel of a pixel."""
    first, second = bytes(one.constBits()), bytes(other.constBits())
    return max(abs(a - b) for a, b in zip(first, second, strict=True))


class Unstamped:
    """Paints as if the origin lay within a pixel, without the shift that this would bring."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch

    def paint(self, mark: Mark, scale: float) -> QImage:
        with self._patch.context() as patch:
            patch.setattr("app.canvas.painter.counts_pixels", lambda *_: False)
            return painted(mark, scale, within=0.0)


@pytest.mark.parametrize("scale", [2.4, 3.7795, 5.67, 7.559])
@pytest.mark.parametrize(
    "box",
    [
        Box(4.1, 3.3, 42, 15, "#FFFFFF", "#D1D5DB", 0.2, 1.5),
        Box(0, 0, 20, 31.7, "#FEF2F2", "#9D174D", 0.6, 2.5),
        Box(2, 2, 12, 12, "#1D4ED8", None, 0.2, 1.0),
        Box(2, 2, 12, 12, None, "#1D4ED8", 0.4, 2.0),
    ],
)
def test_a_copied_frame_looks_like_a_painted_one(
    box: Box, scale: float, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qapp is not None
    copied = painted(mark(box), scale, within=0.0)
    assert (
        farthest(copied, Unstamped(monkeypatch).paint(mark(box), scale)) <= 24
    )  # of 255, where the corners are blurred
    ground = QImage(copied.size(), copied.format())
    ground.fill(GROUND)
    assert farthest(copied, ground) > 60


@pytest.mark.parametrize("scale", [3.7795, 7.559])
def test_a_copied_icon_lies_where_a_painted_one_does(
    scale: float, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qapp is not None
    icon = mark(Icon("radio-tower", 3.5, 4.25, 8.0, "#1D4ED8"))
    copied, right = painted(icon, scale, within=0.0), Unstamped(monkeypatch).paint(icon, scale)
    # at most an eighth of a pixel beside it, so edges may differ by an eighth of the contrast and a little
    assert farthest(copied, right) <= 255 / 4


def test_what_lies_within_a_pixel_is_painted(qapp: object) -> None:
    assert qapp is not None
    box = mark(Box(2, 2, 30, 30, "#FFFFFF", "#D1D5DB", 0.2, 1.5))
    assert farthest(painted(box, 3.7795, within=0.0), painted(box, 3.7795, within=0.5)) > 10


def test_a_small_frame_without_room_for_stamped_corners(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert qapp is not None
    box = Box(1, 1, 3.2, 3.2, "#FFFFFF", "#1D4ED8", 0.2, 1.5)
    copied = painted(mark(box), 3.7795, within=0.0)
    assert farthest(copied, Unstamped(monkeypatch).paint(mark(box), 3.7795)) == 0
