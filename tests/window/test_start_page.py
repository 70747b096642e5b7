"""The start page shows what there is with pictures, works by mouse and keyboard, and never waits for a file."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.files import MapFile, load, save
from app.files.preview import read_thumbnail
from app.model.document import Document
from app.paths import sample_dir, template_dir
from app.window.gallery import samples, templates
from app.window.miniature import miniature
from app.window.recent import RecentFiles
from app.window.settings import SettingsFile
from app.window.start_page import StartPage
from app.window.thumbnails import Thumbnails, picture_of
from app.window.tiles import Tile
from tests.window.small_map import SmallMap

SIZE = QSize(216, 136)


def without_thumbnail(sample: str, folder: Path) -> Path:
    """A copy of a sample as another program may have written it."""
    path = save(MapFile(load(sample_dir() / f"{sample}.jmap").records), folder / f"{sample}.jmap").path
    assert path is not None
    return path


def png(color: str, width: int = 640, height: int = 400) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A map with a green thumbnail."""
    file = MapFile(tuple(SmallMap().document.records), thumbnail=png("#00AA00"))
    return save(file, tmp_path / "kept.jmap").path or tmp_path


@pytest.fixture
def recent(tmp_path: Path) -> RecentFiles:
    return RecentFiles(SettingsFile(tmp_path / "settings.json"))


@pytest.fixture
def make_page(qtbot: QtBot, recent: RecentFiles) -> Iterator[Callable[[], StartPage]]:
    pages: list[StartPage] = []

    def make() -> StartPage:
        page = StartPage(recent)
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(1280, 800)
        page.show()
        page.activateWindow()
        with qtbot.waitActive(page):
            pass
        return page

    yield make
    for page in pages:
        page.close_workers()


def has_all_pictures(page: StartPage) -> bool:
    return page._thumbnails is not None and not page._waiting


def settled(page: StartPage, qtbot: QtBot) -> StartPage:
    qtbot.waitUntil(lambda: has_all_pictures(page), timeout=20_000)
    return page


def names(tiles: list[Tile]) -> list[str]:
    return [tile.text() for tile in tiles]


def test_templates_and_samples_are_offered(make_page: Callable[[], StartPage]) -> None:
    page = make_page()
    assert names(page.template_section.grid.tiles)[0] == "Blank"
    assert len(page.template_section.grid.tiles) == len(list(template_dir().glob("*.jmap")))
    assert len(page.sample_section.grid.tiles) == len(list(sample_dir().glob("*.jmap")))
    assert page.recent_section.isHidden()


def test_every_template_and_sample_has_words_of_its_own() -> None:
    assert all(entry.about for entry in (*templates(), *samples()))


def test_a_template_is_asked_for_by_its_id(make_page: Callable[[], StartPage], qtbot: QtBot) -> None:
    page = make_page()
    with qtbot.waitSignal(page.template_requested) as signal:
        QTest.mouseClick(page.template_section.grid.tiles[1], Qt.MouseButton.LeftButton)
    assert signal.args == ["marketing"]
    with qtbot.waitSignal(page.template_requested) as signal:
        QTest.mouseClick(page.blank_button, Qt.MouseButton.LeftButton)
    assert signal.args == ["blank"]


def test_samples_and_other_files_are_asked_for(make_page: Callable[[], StartPage], qtbot: QtBot) -> None:
    page = make_page()
    with qtbot.waitSignal(page.sample_requested) as signal:
        QTest.mouseClick(page.sample_section.grid.tiles[0], Qt.MouseButton.LeftButton)
    assert signal.args == ["broadband"]
    with qtbot.waitSignal(page.browse_requested):
        QTest.mouseClick(page.browse_button, Qt.MouseButton.LeftButton)


def test_recent_maps_come_with_the_thumbnails_of_their_files(
    make_page: Callable[[], StartPage], recent: RecentFiles, kept: Path, qtbot: QtBot
) -> None:
    recent.add(kept, "Kept")
    page = settled(make_page(), qtbot)
    [tile] = page.recent_section.grid.tiles
    assert tile._picture is not None
    assert tile._picture.pixelColor(10, 10) == QColor("#00AA00")
    with qtbot.waitSignal(page.open_requested) as signal:
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert signal.args == [str(kept)]


def test_a_missing_file_is_grey_and_can_only_be_removed(
    make_page: Callable[[], StartPage], recent: RecentFiles, tmp_path: Path, qtbot: QtBot
) -> None:
    recent.add(tmp_path / "gone.jmap", "Gone")
    page = settled(make_page(), qtbot)
    [tile] = page.recent_section.grid.tiles
    assert tile.is_missing
    assert tile.cross is not None
    assert tile.cross.isVisible()
    with qtbot.assertNotEmitted(page.open_requested):
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    QTest.mouseClick(tile.cross, Qt.MouseButton.LeftButton)
    assert recent.files == ()
    assert page.recent_section.isHidden()


def test_a_file_that_is_no_map_gets_no_picture_and_no_error(
    make_page: Callable[[], StartPage], recent: RecentFiles, tmp_path: Path, qtbot: QtBot
) -> None:
    odd = tmp_path / "odd.jmap"
    odd.write_bytes(b"no zip at all")
    recent.add(odd, "Odd")
    page = settled(make_page(), qtbot)
    [tile] = page.recent_section.grid.tiles
    assert tile._picture is None
    assert not tile.is_missing


def test_keys_go_through_the_tiles(make_page: Callable[[], StartPage], qtbot: QtBot) -> None:
    page = make_page()
    page.resize(1000, 800)
    QTest.qWait(1)
    page.focus_first()
    grid = page.template_section.grid
    assert grid.tiles[0].hasFocus()
    QTest.keyClick(grid.tiles[0], Qt.Key.Key_Right)
    assert grid.tiles[1].hasFocus()
    QTest.keyClick(grid.tiles[1], Qt.Key.Key_Left)
    QTest.keyClick(grid.tiles[0], Qt.Key.Key_Left)
    assert grid.tiles[0].hasFocus()
    QTest.keyClick(grid.tiles[0], Qt.Key.Key_Down)
    assert grid.tiles[2].hasFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(page.template_requested) as signal:
            QTest.keyClick(grid.tiles[2], key)
        assert signal.args == ["product-led"]


def test_tab_goes_from_section_to_section(make_page: Callable[[], StartPage]) -> None:
    page = make_page()
    page.focus_first()
    QTest.keyClick(page.template_section.grid.tiles[0], Qt.Key.Key_Tab)
    assert page.sample_section.grid.tiles[0].hasFocus()


def test_del_forgets_a_map_and_goes_on_to_the_next(
    make_page: Callable[[], StartPage], recent: RecentFiles, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        recent.add(tmp_path / f"{name}.jmap", name)
    page = make_page()
    page.focus_first()
    QTest.keyClick(page.recent_section.grid.tiles[0], Qt.Key.Key_Delete)
    assert names(page.recent_section.grid.tiles) == ["a"]
    assert page.recent_section.grid.tiles[0].hasFocus()
    QTest.keyClick(page.recent_section.grid.tiles[0], Qt.Key.Key_Delete)
    assert page.template_section.grid.tiles[0].hasFocus()


def test_tiles_follow_the_width(make_page: Callable[[], StartPage]) -> None:
    page = make_page()
    grid = page.sample_section.grid
    wide = grid.height()
    page.resize(760, 800)
    QTest.qWait(1)
    assert grid.height() > wide
    assert all(grid.rect().contains(tile.geometry()) for tile in grid.tiles)


def test_a_page_that_goes_early_leaves_nobody_waiting(make_page: Callable[[], StartPage]) -> None:
    page = make_page()
    QTest.qWait(1)
    page.close_workers()
    page.refresh()
    QTest.qWait(1)


class TestPictures:
    def test_a_map_without_a_thumbnail_is_drawn_small(self, tmp_path: Path) -> None:
        picture = picture_of(without_thumbnail("broadband", tmp_path), SIZE)
        assert picture is not None
        assert picture.size() == SIZE
        colors = {picture.pixelColor(x, 12).name().upper() for x in range(SIZE.width())}
        assert {"#1D4ED8", "#0F766E"} <= colors

    def test_a_map_from_right_to_left_is_mirrored(self, tmp_path: Path) -> None:
        picture = picture_of(without_thumbnail("arabic", tmp_path), SIZE)
        assert picture is not None
        assert picture.pixelColor(SIZE.width() - 4, 60) != picture.pixelColor(4, 60)
        assert picture.pixelColor(160, 12).name().upper() == "#1D4ED8"

    def test_an_empty_map_can_be_drawn(self) -> None:
        assert miniature(Document(), SIZE).size() == SIZE

    def test_a_thumbnail_of_another_shape_fills_the_tile(self, tmp_path: Path) -> None:
        for number, (width, height) in enumerate(((50, 900), (900, 50))):
            file = MapFile(tuple(SmallMap().document.records), thumbnail=png("#0000AA", width, height))
            path = save(file, tmp_path / f"{number}.jmap").path
            assert path is not None
            picture = picture_of(path, SIZE)
            assert picture is not None
            assert picture.size() == SIZE
            assert picture.pixelColor(215, 135) == QColor("#0000AA")

    def test_pictures_come_from_another_thread(self, kept: Path, tmp_path: Path, qtbot: QtBot) -> None:
        thumbnails = Thumbnails(SIZE)
        answers: dict[str, object] = {}
        thumbnails.loaded.connect(lambda key, picture: answers.update({key: picture}))
        thumbnails.missing.connect(lambda key: answers.update({key: "missing"}))
        thumbnails.request("there", kept)
        thumbnails.request("gone", tmp_path / "gone.jmap")
        qtbot.waitUntil(lambda: len(answers) == 2)
        assert isinstance(answers["there"], QImage)
        assert answers["gone"] == "missing"
        thumbnails.close()
        thumbnails.request("late", kept)


class TestPreview:
    def test_it_is_the_thumbnail_of_the_file(self, kept: Path) -> None:
        assert read_thumbnail(kept) == load(kept).thumbnail

    def test_a_file_without_one_has_none(self, tmp_path: Path) -> None:
        assert read_thumbnail(without_thumbnail("broadband", tmp_path)) is None

    @pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + bytes(18), os.urandom(500), bytes(5000)])
    def test_what_is_no_map_has_none(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "odd").write_bytes(content)
        assert read_thumbnail(tmp_path / "odd") is None

    def test_a_damaged_file_has_none_or_the_right_one(self, kept: Path, tmp_path: Path) -> None:
        whole, right = kept.read_bytes(), read_thumbnail(kept)
        broken = tmp_path / "broken.jmap"
        for at in range(0, len(whole), 61):
            broken.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
            assert read_thumbnail(broken) in {None, right}
            broken.write_bytes(whole[:at])
            assert read_thumbnail(broken) is None

    def test_folders_pipes_and_missing_files_have_none(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        for path in (tmp_path, tmp_path / "pipe", tmp_path / "gone"):
            assert read_thumbnail(path) is None

    def test_a_picture_that_is_too_large_is_not_shown(self, tmp_path: Path) -> None:
        picture = bytearray(png("#0000AA", 64, 64))
        picture[16:24] = (30_000).to_bytes(4, "big") * 2
        container = MapFile(tuple(SmallMap().document.records), thumbnail=bytes(picture))
        from app.files import dumps

        (tmp_path / "large.jmap").write_bytes(dumps(container))
        assert read_thumbnail(tmp_path / "large.jmap") is None


def test_a_picture_that_comes_too_late_is_for_nobody(
    make_page: Callable[[], StartPage], recent: RecentFiles, kept: Path, qtbot: QtBot
) -> None:
    """The list was cleared while the picture was looked for."""
    page = settled(make_page(), qtbot)
    recent.add(kept, "Kept")
    page.refresh()
    page._load()
    recent.clear()
    page.refresh()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    page.close_workers()  # waits for what has begun
    QApplication.processEvents()
    assert has_all_pictures(page)
    assert names(page.recent_section.grid.tiles) == []
