"""A picture is chosen, dropped or pasted; what is none is answered in a sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.model.edits import set_fields
from app.model.records import Persona
from app.window.panels.fields.picture import PictureEditor
from app.window.panels.inspector import Inspector
from app.window.previews import preview
from tests.window.panels.inspecting import sentence
from tests.window.small_map import SmallMap


@pytest.fixture
def editor(small: SmallMap, select: Callable[..., Inspector]) -> PictureEditor:
    made = select(small.mia).rows["portrait"].editor
    assert isinstance(made, PictureEditor)
    return made


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "mia.png"
    picture(300, 200).save(str(path))
    return path


def picture(width: int, height: int) -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor("#336699"))
    return made


def portrait(small: SmallMap) -> str | None:
    persona = small[small.mia]
    assert isinstance(persona, Persona)
    return persona.portrait


def test_a_picture_is_chosen_shown_and_removed(
    small: SmallMap, editor: PictureEditor, inspector: Inspector, photo: Path
) -> None:
    assert not editor.choose.isEnabled()
    asked: list[QWidget] = []

    def choose(parent: QWidget) -> Path:
        asked.append(parent)
        return photo

    inspector.set_chooser(choose)
    editor.choose.click()
    name = portrait(small)
    assert name in small.document.media
    assert asked
    shown = editor.frame._pixmap
    assert shown is not None
    assert (shown.width(), shown.height()) == (96, 64)
    editor.remove.click()
    assert portrait(small) is None
    assert not editor.remove.isEnabled()
    small.document.undo()
    assert portrait(small) == name
    small.document.undo()
    assert portrait(small) is None


def test_nothing_chosen_changes_nothing(small: SmallMap, editor: PictureEditor, inspector: Inspector) -> None:
    inspector.set_chooser(lambda _parent: None)
    editor.choose.click()
    assert small.steps_back == 0


def test_a_file_is_dropped_on_it(small: SmallMap, editor: PictureEditor, photo: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo))])
    editor.frame.offered.emit(mime)
    assert small.document.media.size(portrait(small)) == (300, 200)


def test_a_picture_is_pasted_on_it(small: SmallMap, editor: PictureEditor) -> None:
    QGuiApplication.clipboard().setImage(picture(40, 50))
    editor.frame.setFocus()
    QTest.keyClick(editor.frame, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert small.document.media.size(portrait(small)) == (40, 50)
    QTest.keyClick(editor.frame, Qt.Key.Key_Delete)
    assert portrait(small) is None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("notes.txt", b"hello", "notes.txt is no PNG, JPEG or WebP picture; it was not added."),
        ("half.png", b"\x89PNG\r\n\x1a\nxxxx", "half.png is broken and cannot be read; it was not added."),
        ("", b"", " cannot be read; it was not added."),
    ],
)
def test_what_is_no_picture_is_answered(
    small: SmallMap, editor: PictureEditor, inspector: Inspector, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    if name:
        path.write_bytes(content)
    inspector.set_chooser(lambda _parent: path)
    editor.choose.click()
    assert sentence(inspector, "portrait").endswith(said)
    assert portrait(small) is None
    assert len(small.document.media) == 0


def test_a_picture_that_the_file_lost_says_so(small: SmallMap, editor: PictureEditor) -> None:
    with small.document.edit("Set") as tx:
        set_fields(tx, [small.mia], portrait="0" * 64 + ".png")
    assert editor.frame._words == "Not there"
    assert editor.remove.isEnabled()
    assert preview(small.document.media, portrait(small), 20) is None


def test_pictures_that_differ_are_mixed(
    small: SmallMap, editor: PictureEditor, photo: Path, select: Callable[..., Inspector]
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo))])
    editor.frame.offered.emit(mime)
    select(small.mia, small.ken)
    assert editor.frame._words == "Mixed"
    editor.frame.offered.emit(mime)
    assert getattr(small[small.ken], "portrait", "") == portrait(small)
