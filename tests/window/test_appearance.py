"""Light and dark can be worn, and everything can be read in both."""

from collections.abc import Iterator
from itertools import product
from typing import Literal

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCompleter, QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.layout.theme import contrast
from app.paths import config_dir
from app.window.appearance import Appearance
from app.window.glance import glance
from app.window.icons import icon
from app.window.panels.fields.choices import Choices
from app.window.settings import SettingsFile
from app.window.stylesheet import style_sheet
from app.window.ticks import BOX, TickBox
from app.window.tones import DARK, LIGHT, Tones, tones

GROUNDS = ("window", "surface", "field", "hover", "soft")


@pytest.fixture
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    found = Appearance.of(qapp)
    found.set_mode("light")
    yield found
    found.set_mode("light")


@pytest.mark.parametrize(("worn", "ink", "ground"), [*product((LIGHT, DARK), ("text", "secondary", "link"), GROUNDS)])
def test_text_can_be_read_on_every_ground(worn: Tones, ink: str, ground: str) -> None:
    assert contrast(getattr(worn, ink), getattr(worn, ground)) >= 4.5


@pytest.mark.parametrize("worn", [LIGHT, DARK])
def test_buttons_errors_and_focus_can_be_seen(worn: Tones) -> None:
    assert contrast(worn.on_accent, worn.accent) >= 4.5
    assert contrast(worn.on_accent, worn.accent_hover) >= 4.5
    assert min(contrast(worn.error, ground) for ground in (worn.window, worn.surface, worn.field)) >= 4.5
    assert min(contrast(worn.focus, getattr(worn, ground)) for ground in GROUNDS) >= 3.0


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("state", list(Qt.CheckState))
def test_the_box_of_a_tick_and_what_is_in_it_can_be_seen(
    appearance: Appearance, qtbot: QtBot, mode: Literal["light", "dark"], state: Qt.CheckState
) -> None:
    appearance.set_mode(mode)
    frame = QWidget()
    qtbot.addWidget(frame)
    box = TickBox("Legend", frame)
    box.setTristate(True)
    box.setCheckState(state)
    box.resize(box.sizeHint())
    frame.resize(120, 40)
    frame.show()
    image = frame.grab(QRect(0, 0, BOX + 6, box.height())).toImage()
    ground, middle = image.pixelColor(BOX + 2, 1).name(), box.height() // 2
    across = [image.pixelColor(x, middle).name() for x in range(BOX)]
    assert max(contrast(color, ground) for color in across[:3]) >= 3.0, "its edge"
    inside = image.pixelColor(3, middle - 4).name()
    marked = [image.pixelColor(x, y).name() for x in range(3, 13) for y in range(middle - 5, middle + 5)]
    assert (max(contrast(color, inside) for color in marked) >= 3.0) is (state != Qt.CheckState.Unchecked)
    without = frame.grab().toImage()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    assert frame.grab().toImage() != without, "the focus is seen"
    box.setEnabled(False)
    assert frame.grab().toImage() != without


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_focus_is_seen_on_the_button_that_enter_presses_anyway(
    appearance: Appearance, qtbot: QtBot, mode: Literal["light", "dark"]
) -> None:
    appearance.set_mode(mode)
    dialog = QDialog()
    qtbot.addWidget(dialog)
    field, button = QLineEdit(dialog), QPushButton("Export", dialog)
    button.setDefault(True)
    column = QVBoxLayout(dialog)
    column.addWidget(field)
    column.addWidget(button)
    dialog.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert button.grab().toImage().pixelColor(0, button.height() // 2).name() == tones().accent.lower()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    assert button.grab().toImage().pixelColor(0, button.height() // 2).name() == tones().text.lower()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_what_a_file_dialog_proposes_can_be_read(
    appearance: Appearance, qtbot: QtBot, mode: Literal["light", "dark"]
) -> None:
    """The list stands in a window of its own: with nothing behind it, it was black, in the light too."""
    appearance.set_mode(mode)
    field = QLineEdit()
    qtbot.addWidget(field)
    completer = QCompleter(["Arrival", "Arrears"], field)
    field.setCompleter(completer)
    field.show()
    QTest.keyClicks(field, "A")
    proposed = completer.popup()
    assert proposed is not None
    qtbot.waitUntil(proposed.isVisible)
    image = proposed.grab().toImage()
    ground = image.pixelColor(image.width() - 4, image.height() - 4)
    assert ground.name() == tones().surface.lower()
    assert ground.alpha() == 255


@pytest.mark.parametrize("worn", [LIGHT, DARK])
def test_the_style_sheet_has_no_gaps(worn: Tones) -> None:
    assert "$" not in style_sheet(worn)


def test_dark_is_worn_at_once_and_everybody_is_told(appearance: Appearance, qtbot: QtBot) -> None:
    assert tones() is LIGHT
    with qtbot.waitSignal(appearance.changed):
        appearance.set_mode("dark")
    assert tones() is DARK
    assert appearance.is_dark
    assert QApplication.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.text)


def test_where_the_system_says_nothing_it_is_light(appearance: Appearance) -> None:
    appearance.set_mode("dark")
    appearance.set_mode("system")
    assert not appearance.is_dark


def test_there_is_one_for_the_application(appearance: Appearance, qapp: QApplication) -> None:
    assert Appearance.of(qapp) is appearance
    assert qapp.font().families()[0] == "JM Sans"


def test_icons_follow_the_palette(appearance: Appearance) -> None:
    def darkest() -> int:
        image = icon("square").pixmap(QSize(24, 24)).toImage().convertToFormat(QImage.Format.Format_ARGB32)
        pixels = [image.pixelColor(x, y) for x in range(24) for y in range(24)]
        return min(pixel.lightness() for pixel in pixels if pixel.alpha() == 255)

    assert darkest() < 60
    appearance.set_mode("dark")
    assert darkest() > 200


def test_what_was_chosen_is_known_at_the_next_start() -> None:
    settings = SettingsFile()
    assert settings.path.parent == config_dir()
    try:
        settings.change(appearance="dark")
        assert glance().appearance == "dark"
        settings.path.write_text('{"appearance": ["odd"]}')
        assert glance().appearance == "system"
        settings.path.write_text("{")
        assert glance().appearance == "system"
    finally:
        settings.path.unlink()
    assert glance().appearance == "system"


def test_disabled_text_is_told_from_the_rest(appearance: Appearance) -> None:
    palette = QApplication.palette()
    off = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
    assert off != palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.WindowText)
    assert appearance.mode == "light"


@pytest.mark.parametrize("count", [2, 5, 11])
def test_a_list_that_drops_down_shows_all_of_its_last_entry(appearance: Appearance, qtbot: QtBot, count: int) -> None:
    appearance.set_mode("dark")
    frame = QWidget()
    qtbot.addWidget(frame)
    box = Choices(frame)
    box.addItems([f"Entry {number}" for number in range(count)])
    frame.resize(260, 400)
    box.setGeometry(5, 100, 250, 32)
    frame.show()
    QApplication.processEvents()
    box.showPopup()
    QApplication.processEvents()
    entries = box.view()
    last = entries.visualRect(entries.model().index(count - 1, 0))
    assert last.bottom() <= entries.viewport().rect().bottom()
    box.hidePopup()
