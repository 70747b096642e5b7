"""Titles in lists and tiles begin where the others do, in whatever direction they read themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.window.rows import paint_words
from app.window.tiles import PAD, WORDS, Tile

ARABIC = "رحلة (2027)!"
LONG = "رحلة جوية للعائلة في الصيف مع طفلين وجدين وكثير من الحقائب والعربات والألعاب والكتب"
WIDTH = 300


@pytest.fixture(params=[Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def direction(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Qt.LayoutDirection]:
    del qtbot
    QGuiApplication.setLayoutDirection(request.param)
    yield request.param
    QGuiApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def painted(text: str) -> QImage:
    image = QImage(WIDTH, 24, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        paint_words(painter, QRect(0, 0, WIDTH, 24), text, "#000000", QFont())
    return image


def read_as(text: str, way: Qt.LayoutDirection, window: Qt.LayoutDirection) -> QImage:
    """The text as it looks where it is said in which direction it reads."""
    image = QImage(WIDTH, 24, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    flags = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    flags |= Qt.AlignmentFlag.AlignLeft if window == Qt.LayoutDirection.LeftToRight else Qt.AlignmentFlag.AlignRight
    with QPainter(image) as painter:
        painter.setLayoutDirection(way)
        painter.setFont(QFont())
        painter.drawText(QRect(0, 0, WIDTH, 24), flags, text)
    return image


def inked(image: QImage, rect: QRect) -> tuple[int, int]:
    """The room in px left free before and after what is written."""
    ground = image.pixel(rect.left(), rect.top())
    columns = [
        x
        for x in range(rect.left(), rect.right())
        if any(image.pixel(x, y) != ground for y in range(rect.top(), rect.bottom()))
    ]
    return columns[0] - rect.left(), rect.right() - columns[-1]


def stands_at_start(free: tuple[int, int], direction: Qt.LayoutDirection) -> bool:
    start, end = free if direction == Qt.LayoutDirection.LeftToRight else free[::-1]
    return start < 8 and end > 60


@pytest.mark.parametrize("text", ["Journey (2027)!", ARABIC])
def test_a_title_in_a_list_begins_with_the_others(text: str, direction: Qt.LayoutDirection) -> None:
    image = painted(text)
    assert stands_at_start(inked(image, image.rect()), direction)


@pytest.mark.parametrize(
    ("text", "own"), [("Trip (2027)!", Qt.LayoutDirection.LeftToRight), (ARABIC, Qt.LayoutDirection.RightToLeft)]
)
def test_it_reads_in_its_own_direction(text: str, own: Qt.LayoutDirection, direction: Qt.LayoutDirection) -> None:
    """Else the sign at its end would stand before it."""
    expected, other = (read_as(text, way, direction) for way in (own, Qt.LayoutDirection(1 - own.value)))
    assert painted(text) == expected != other


@pytest.mark.parametrize("text", ["Trip (2027)!", ARABIC])
def test_a_title_of_a_tile_begins_with_its_picture(text: str, direction: Qt.LayoutDirection, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    tile = Tile(text, "", parent)
    image = tile.grab().toImage()
    band = QRect(PAD + 2, tile.height() - PAD - WORDS + 8, tile.width() - 2 * PAD - 4, 20)
    assert stands_at_start(inked(image, band), direction)


def test_a_long_title_is_cut_at_its_end(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    tile = Tile(LONG, "", parent)
    tile.grab()
    [shown] = [label for label in tile.findChildren(QWidget) if label.property("role") == "strong"]
    text = str(shown.property("text"))
    assert text.endswith("…")
    assert LONG.startswith(text[:-1])
