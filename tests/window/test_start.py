"""Starting, the start page in the window, several windows, and the maps of late."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.files import load, save
from app.model.edits import set_map
from app.paths import sample_dir, template_dir
from app.window.command_palette import CommandPalette
from app.window.dialogs import Answer
from app.window.glance import glance
from app.window.program import Program
from app.window.window import MainWindow
from tests.window.conftest import Starting
from tests.window.hands import FakeDialogs, Hands, windows_of


def others(window: MainWindow) -> list[MainWindow]:
    return [other for other in windows_of(window) if other is not window]


def change(window: MainWindow, title: str = "Changed") -> None:
    assert window.session is not None
    with window.session.document.edit("Rename map") as tx:
        set_map(tx, title=title)


def action(window: MainWindow, name: str) -> QAction:
    window.finish()
    found = window.findChild(QAction, name)
    assert isinstance(found, QAction), name
    return found


def test_the_start_page_is_the_first_page(starting: Starting) -> None:
    window = starting()
    assert window.start_page is not None
    assert window.start_page.isVisible()
    assert window.windowTitle() == "Journey Mapper"
    assert not window.actions_.toolbar.isVisible()
    assert not window.docks.is_shown("palette")


@pytest.mark.parametrize("name", ["blank", "marketing", "product-led", "service-blueprint"])
def test_a_template_begins_an_untitled_map(starting: Starting, name: str) -> None:
    window = starting()
    action(window, f"templates_{name}").trigger()
    assert window.session is not None
    assert window.session.path is None
    assert not window.isWindowModified()
    assert len(window.session.document.records) == len(load(template_dir() / f"{name}.jmap").records)
    assert window.start_page is None
    assert window.docks.is_shown("palette")
    assert window.docks.is_shown("inspector")


def test_a_click_on_a_tile_opens_it(starting: Starting) -> None:
    window = starting()
    assert window.start_page is not None
    window.start_page.sample_section.grid.tiles[0].click()
    assert window.windowTitle().startswith("Switching broadband")


def test_what_was_opened_and_saved_is_among_the_maps_of_late(
    starting: Starting, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    window = starting()
    window.open_sample("clinic")
    dialogs.path = tmp_path / "mine.jmap"
    assert window.save()
    assert [file.path for file in glance().recent] == [str(dialogs.path)]
    assert action(window, "recent_0").text().startswith("mine.jmap – ")
    window.close()
    again = starting()
    assert again.start_page is not None
    [tile] = again.start_page.recent_section.grid.tiles
    tile.click()
    assert again.path == dialogs.path
    action(again, "clear_recent").trigger()
    assert glance().recent == ()


def test_an_untouched_copy_makes_way(starting: Starting) -> None:
    window = starting()
    window.open_sample("clinic")
    window.open_template("marketing")
    assert others(window) == []
    window.show_start_page()
    assert window.session is None
    assert window.start_page is not None


def test_a_map_of_ones_own_stays_and_the_next_has_its_own_window(
    starting: Starting, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    path = tmp_path / "one.jmap"
    path.write_bytes((sample_dir() / "broadband.jmap").read_bytes())
    window = starting()
    window.open_path(path)
    window.actions_["new"].trigger()
    [other] = others(window)
    assert window.path == path
    assert other.session is not None
    assert other.session.path is None
    change(other)
    other.open_sample("clinic")
    assert len(others(window)) == 2
    assert dialogs.asked == []


def test_a_map_that_is_open_is_brought_forward(starting: Starting, tmp_path: Path) -> None:
    path = tmp_path / "one.jmap"
    path.write_bytes((sample_dir() / "broadband.jmap").read_bytes())
    window = starting()
    window.open_path(path)
    window.actions_["new_window"].trigger()
    [other] = others(window)
    assert other.start_page is not None
    other.open_path(path)
    assert other.session is None
    assert others(window) == [other]


def test_several_files_have_several_windows(starting: Starting, qtbot: QtBot, tmp_path: Path) -> None:
    paths = [tmp_path / "one.jmap", tmp_path / "two.jmap"]
    for path in paths:
        path.write_bytes((sample_dir() / "clinic.jmap").read_bytes())
    window = starting(*paths)
    qtbot.waitUntil(lambda: len(others(window)) == 1, timeout=20_000)
    assert {window.path, others(window)[0].path} == set(paths)


def test_a_map_can_be_dropped_on_the_window(starting: Starting, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "one.jmap"
    path.write_bytes((sample_dir() / "clinic.jmap").read_bytes())
    window = starting()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "other.txt")), QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, data, buttons, keys))
    qtbot.waitUntil(lambda: window.path == path)


def test_other_files_are_not_taken(starting: Starting) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/other.txt"), QUrl("https://example.org/a.jmap")])
    enter = QDragEnterEvent(
        QPoint(300, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    enter.ignore()
    QApplication.sendEvent(starting(), enter)
    assert not enter.isAccepted()


def test_a_copy_is_saved_elsewhere(hands: Hands, dialogs: FakeDialogs, tmp_path: Path) -> None:
    window, own = hands.window, hands.window.path
    assert own is not None
    before = own.read_bytes()
    change(window, "Mine")
    dialogs.path = tmp_path / "copy.jmap"
    window.actions_["save_copy"].trigger()
    assert load(dialogs.path).records
    assert own.read_bytes() == before
    assert window.path == own
    assert window.isWindowModified()


def test_reverting_goes_back_to_the_file(hands: Hands, dialogs: FakeDialogs) -> None:
    before = hands.bytes()
    revert = hands.window.actions_["revert"]
    assert not revert.isEnabled()
    change(hands.window)
    assert revert.isEnabled()
    dialogs.on_revert = False
    revert.trigger()
    assert hands.window.isWindowModified()
    dialogs.on_revert = True
    revert.trigger()
    assert dialogs.asked == ["revert broadband.jmap"] * 2
    assert dialogs.changes == ["Rename map"]
    assert Hands(hands.window).bytes() == before
    assert not hands.window.isWindowModified()
    assert hands.window.docks.inspector is not None
    save(hands.window.session.file, hands.window.path)  # type: ignore[union-attr]


def test_leaving_names_what_is_not_saved(hands: Hands, dialogs: FakeDialogs) -> None:
    change(hands.window, "One")
    hands.view.selection.select([hands.card("Router")])
    QTest.keyClick(hands.window, Qt.Key.Key_Delete)
    dialogs.on_unsaved = Answer.CANCEL
    assert not hands.window.close()
    assert dialogs.changes == ["Delete 1 card", "Rename map"]


@pytest.mark.parametrize("arguments", [[str(sample_dir() / "broadband.jmap")], []], ids=["a map", "the start page"])
def test_the_first_picture_needs_neither_the_model_nor_names_of_qt(arguments: list[str], tmp_path: Path) -> None:
    """Asking for Qt's own namespace makes all its enums: an eighth of the time until the window is there.

    The first picture is whole when it counts as painted: the toolbar, and the tiles of the start page.
    """
    Program().remember(first_start_done=True)
    for number in range(3):
        (tmp_path / f"{number}.jmap").touch()
        Program().add_recent(
            tmp_path / f"{number}.jmap", "A title that is much too long for the tile under which it stands"
        )
    code = (
        "import sys, PySide6.QtCore\n"
        "late = 'pydantic', 'networkx', 'app.model.records', 'app.canvas.view', 'app.window.panels'\n"
        "def early(): return ['Qt'] * ('Qt' in vars(PySide6.QtCore)) + [name for name in late if name in sys.modules]\n"
        "from pathlib import Path\n"
        "from app.window.main import application, start\n"
        "app = application()\n"
        "window = start([Path(name) for name in sys.argv[1:]])\n"
        "page = window.start_page or window.stand_in\n"
        "page.painted.connect(lambda: (print(page.grab().isNull(), early()), app.quit()))\n"
        "app.exec()\n"
    )
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert done.stdout.splitlines() == ["False []"]


def test_a_map_of_late_comes_into_the_open_palette(hands: Hands) -> None:
    hands.window.helping.find_command()
    found = hands.window.findChild(CommandPalette)
    assert isinstance(found, CommandPalette)
    found.search.setText("latest.jmap")
    assert found.names == []
    hands.window.program.add_recent(Path("/tmp/latest.jmap"), "")
    assert found.names == ["latest.jmap"]
    hands.window.program.clear_recent()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    found.grab()
    assert found.names == []
