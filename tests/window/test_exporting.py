"""Exporting from the window: a file that is whole, or none."""

from __future__ import annotations

import stat
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.export.errors import ExportCancelledError, ExportError
from app.export.png import export_png
from app.files import load, save
from app.model.edits import add_comment
from app.paths import sample_dir
from app.window.export_window import ExportWindow
from app.window.settings import ExportOptions, SettingsFile
from app.window.window import MainWindow
from tests.window.conftest import Opened
from tests.window.hands import FakeDialogs, Hands


@pytest.fixture
def asking(hands: Hands) -> ExportWindow:
    """The export window of the broadband sample."""
    return opened(hands)


def opened(hands: Hands) -> ExportWindow:
    hands.window.actions_["export"].trigger()
    window = hands.window.exporting.window
    assert window is not None
    return window


def finished(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.exporting.is_busy is False, timeout=30_000)


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text: str = document[0].get_textpage().get_text_range()
    document.close()
    return text


def choose(window: ExportWindow, **values: object) -> None:
    """Chooses in the fields as a user does."""
    for name, value in values.items():
        field = getattr(window.form, name)
        if hasattr(field, "findData"):
            field.setCurrentIndex(field.findData(value))
        else:
            field.setValue(value)


def test_export_writes_a_poster(
    hands: Hands, asking: ExportWindow, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.path = tmp_path / "poster.pdf"
    choose(asking, page="A1", orientation="landscape")
    asking.export.click()
    assert not hands.window.actions_["export"].isEnabled(), "one at a time"
    finished(hands.window, qtbot)
    assert dialogs.asked == ["save poster broadband.pdf"]
    assert "poster.pdf" in hands.window.statusBar().currentMessage()
    document = pypdfium2.PdfDocument(dialogs.path)
    width, height = document[0].get_size()
    document.close()
    assert (round(width * 25.4 / 72), round(height * 25.4 / 72)) == (841, 594)
    text = text_of(dialogs.path)
    assert "Switching broadband" in text
    assert "broadband.jmap" in text


def farthest(one: QImage, other: QImage) -> int:
    """The largest difference of a channel, 0 … 255: two threads may round one differently."""
    images = [image.convertToFormat(QImage.Format.Format_RGB32) for image in (one, other)]  # has no padding
    pairs = zip(*(bytes(image.constBits()) for image in images), strict=True)
    return max(abs(int(a) - int(b)) for a, b in pairs)


@pytest.mark.parametrize("name", ["arabic", "hindi", "japanese"])
def test_export_writes_a_picture(
    name: str, open_sample: Opened, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    """The worker paints it while the same texts are on the screen, and it is what the main thread paints."""
    hands = open_sample(name)
    asking = opened(hands)
    dialogs.path = tmp_path / "map.png"
    choose(asking, kind="png", dpi=60)
    asking.export.click()
    while hands.window.exporting.is_busy:
        asking.zoom_row.nearer.click()
        asking.zoom_row.whole.click()
        qtbot.wait(1)
    assert dialogs.asked == [f"save poster {name}.png"]
    size = export_png(asking.sheet, tmp_path / "here.png", 60)
    assert farthest(QImage(str(dialogs.path)), QImage(str(tmp_path / "here.png"))) <= 2, "of 255"
    assert asking.facts.text() == f"{size.w:,} × {size.h:,} pixels"


def test_enter_exports_and_escape_closes(
    hands: Hands, asking: ExportWindow, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.path = tmp_path / "poster.pdf"
    QTest.keyClick(asking.form.margin, Qt.Key.Key_Return)
    finished(hands.window, qtbot)
    assert dialogs.path.exists()
    QTest.keyClick(asking, Qt.Key.Key_Escape)
    assert hands.window.exporting.window is None
    assert opened(hands) is not asking


def test_afterwards_it_says_where_the_file_is_and_opens_it(
    hands: Hands, asking: ExportWindow, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.path = tmp_path / "poster.pdf"
    assert not asking.open_folder.isVisible()
    asking.export.click()
    finished(hands.window, qtbot)
    assert "poster.pdf" in asking.said.text()
    assert str(tmp_path) in asking.said.text()
    dialogs.asked.clear()
    asking.open_folder.click()
    asking.open_file.click()
    assert dialogs.asked == [f"show {tmp_path.name}", "show poster.pdf"]
    dialogs.can_show = False
    asking.open_file.click()
    assert dialogs.asked[-1].startswith("problem No program here opens “poster.pdf”.")
    choose(asking, page="A2")
    assert not asking.open_folder.isVisible(), "the file is not of this choice"
    assert asking.export.isDefault()


def test_the_poster_is_of_the_map_as_it_was(
    hands: Hands, asking: ExportWindow, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.path = tmp_path / "poster.pdf"
    asking.export.click()
    hands.view.selection.select([hands.card("Plan page")])
    hands.window.actions_["delete"].trigger()
    finished(hands.window, qtbot)
    assert "Plan page" in text_of(dialogs.path)


def test_one_draws_on_beside_it_and_comes_back_to_the_map_as_it_is(
    hands: Hands, asking: ExportWindow, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    assert not asking.isModal()
    before = asking.sheet
    hands.view.selection.select([hands.card("Plan page")])
    hands.window.actions_["delete"].trigger()
    with hands.document.edit("Ask") as tx:
        add_comment(tx, hands.card("Router"), "Which one?")
    assert asking.sheet is before, "until one comes back"
    asking.came_back.emit()
    assert asking.form.comments.isVisible()
    dialogs.path = tmp_path / "poster.pdf"
    asking.export.click()
    finished(hands.window, qtbot)
    text = text_of(dialogs.path)
    assert "Plan page" not in text
    assert "Router" in text
    after = asking.sheet
    asking.came_back.emit()
    assert asking.sheet is after, "nothing has changed since"


def test_it_goes_with_its_map(hands: Hands, asking: ExportWindow) -> None:
    hands.view.selection.select([hands.card("Plan page")])
    hands.window.actions_["delete"].trigger()
    assert hands.window.exporting.window is asking
    hands.window.actions_["revert"].trigger()
    assert hands.window.exporting.window is None, "another document is shown"


def test_the_bar_moves(hands: Hands, asking: ExportWindow, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path) -> None:
    reached: list[int] = []
    asking.bar.valueChanged.connect(reached.append)
    dialogs.path = tmp_path / "poster.pdf"
    assert not asking.bar.isVisible()
    asking.export.click()
    assert asking.bar.isVisible()
    finished(hands.window, qtbot)
    assert not asking.bar.isVisible()
    assert len(set(reached)) > 3
    assert reached == sorted(reached)
    assert reached[-1] == asking.bar.maximum()


def waiting(begun: list[bool], hands: Hands) -> object:
    """Stands for an exporter that takes as long as it is let."""

    def slow(_sheet: object, path: Path, *rest: object) -> None:
        from app.export.replacing import replacing

        *_options, progress, cancelled = rest
        with replacing(path) as beside:
            beside.write_bytes(b"half")
            begun.append(True)
            while not cancelled():  # type: ignore[operator]
                progress(0.5)  # type: ignore[operator]
            begun.append(hands.window.isVisible())
            raise ExportCancelledError

    return slow


@pytest.mark.parametrize("how", ["button", "escape", "close"])
@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_cancel_leaves_the_old_file(
    how: str,
    kind: str,
    hands: Hands,
    asking: ExportWindow,
    dialogs: FakeDialogs,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[bool] = []
    monkeypatch.setattr(f"app.window.posters.export_{kind}", waiting(begun, hands))
    folder = tmp_path / "posters"
    folder.mkdir()
    dialogs.path = folder / f"poster.{kind}"
    dialogs.path.write_bytes(b"old")
    choose(asking, kind=kind)
    asking.export.click()
    qtbot.waitUntil(lambda: bool(begun), timeout=20_000)
    if how == "button":
        asking.leave.click()
    elif how == "escape":
        QTest.keyClick(asking, Qt.Key.Key_Escape)
    else:
        asking.close()
    assert not hands.window.exporting.is_busy
    assert (hands.window.exporting.window is None) is (how == "close"), "the window stays for another try"
    hands.window.worker.close()
    assert dialogs.path.read_bytes() == b"old"
    assert list(folder.iterdir()) == [dialogs.path]


def test_cancel_while_the_texts_are_prepared(
    hands: Hands, asking: ExportWindow, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    dialogs.path = tmp_path / "poster.pdf"
    asking.export.click()
    asking.leave.click()
    assert not hands.window.exporting.is_busy
    assert asking.said.text() == "Nothing was written."
    assert asking.export.isEnabled()
    hands.window.worker.close()
    assert [path.name for path in tmp_path.iterdir()] == ["broadband.jmap"]


def test_closing_the_main_window_cancels_and_waits(
    hands: Hands,
    asking: ExportWindow,
    dialogs: FakeDialogs,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[bool] = []
    monkeypatch.setattr("app.window.posters.export_pdf", waiting(begun, hands))
    dialogs.path = tmp_path / "poster.pdf"
    asking.export.click()
    qtbot.waitUntil(lambda: bool(begun), timeout=20_000)
    assert hands.window.close()
    assert begun == [True, False], "the window goes first"
    assert not dialogs.path.exists()
    assert hands.window.exporting.window is None


def test_an_error_while_closing_keeps_the_window_in_sight(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise ZeroDivisionError

    hands.window.worker  # noqa: B018 (made when first asked for)
    with monkeypatch.context() as patched:
        patched.setattr(hands.window.worker, "close", fails)
        with pytest.raises(ZeroDivisionError):
            hands.window.closeEvent(QCloseEvent())
        assert hands.window.isVisible()
    assert hands.window.close()


def test_what_goes_wrong_is_said(
    hands: Hands,
    asking: ExportWindow,
    dialogs: FakeDialogs,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_: object) -> None:
        raise ExportError("The poster cannot be made.")

    monkeypatch.setattr("app.window.posters.export_pdf", fails)
    dialogs.path = tmp_path / "poster.pdf"
    asking.export.click()
    finished(hands.window, qtbot)
    assert dialogs.asked[-1] == "problem The poster cannot be made."
    assert asking.export.isEnabled(), "one can try again"


def test_a_read_only_poster_stays(
    hands: Hands, asking: ExportWindow, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.path = tmp_path / "poster.pdf"
    dialogs.path.write_bytes(b"signed off")
    dialogs.path.chmod(stat.S_IRUSR)
    asking.export.click()
    finished(hands.window, qtbot)
    said = "problem “poster.pdf” is read-only and was not changed; export under another name."
    assert dialogs.asked[-1] == said
    assert dialogs.path.read_bytes() == b"signed off"


def test_no_name_no_export(hands: Hands, asking: ExportWindow, dialogs: FakeDialogs) -> None:
    asking.export.click()
    assert dialogs.asked == ["save poster broadband.pdf"]
    assert not hands.window.exporting.is_busy
    assert SettingsFile().settings.export == ExportOptions()


def test_one_window_at_a_time(hands: Hands, asking: ExportWindow) -> None:
    hands.window.export_poster()
    assert hands.window.exporting.window is asking


def test_the_last_choice_is_remembered(
    hands: Hands, asking: ExportWindow, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.path = tmp_path / "poster.pdf"
    choose(asking, page="roll", roll=610, orientation="landscape", margin=5)
    asking.export.click()
    finished(hands.window, qtbot)
    kept = ExportOptions(page="roll", roll=610, orientation="landscape", margin=5)
    assert SettingsFile().settings.export == kept
    asking.close()
    assert opened(hands).form.options == kept


def test_a_map_without_a_file_goes_where_the_last_one_went(
    window: MainWindow, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    window.open_sample("clinic")
    window.finish()
    hands = Hands(window)
    dialogs.path = tmp_path / "poster.pdf"
    opened(hands).export.click()
    finished(window, qtbot)
    window.exporting.cancel()
    assert SettingsFile().settings.export.folder == str(tmp_path)
    opened(hands).export.click()
    assert dialogs.asked[-1].startswith("save poster ")
    finished(window, qtbot)


def test_characters_without_a_font_are_named(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    records = load(sample_dir() / "broadband.jmap").records
    card = next(record for record in records if getattr(record, "title", "") == "Plan page")
    changed = type(card).model_validate({**card.model_dump(), "title": "Plan \u0378"})
    path = tmp_path / "odd.jmap"
    save([changed if record.id == card.id else record for record in records], path)
    window.open_path(path)
    asking = opened(Hands(window))
    qtbot.waitUntil(lambda: bool(asking.warning.text()), timeout=20_000)
    said = "No font on this machine has “\u0378” (U+0378), first in “Plan \u0378”: there will be empty boxes."
    assert asking.warning.text() == said
    assert asking.warning.textFormat() is Qt.TextFormat.PlainText
