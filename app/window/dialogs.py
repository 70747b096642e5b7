"""Everything that stops and asks. The window has one of these; tests put their own in its place."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

if TYPE_CHECKING:
    from app.layout.sheet import Sheet
    from app.window.export_dialog import PosterChoice

Button = QMessageBox.StandardButton


class Answer(Enum):
    """What the user wants done."""

    SAVE = "save"
    DISCARD = "discard"
    OVERWRITE = "overwrite"
    SAVE_AS = "save as"
    CANCEL = "cancel"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dialogs", text)


class Dialogs:
    """The program's modal dialogs."""

    def open_map(self, parent: QWidget, folder: Path) -> Path | None:
        """Which map to open."""
        name, _ = QFileDialog.getOpenFileName(
            parent, _tr("Open map"), str(folder), _tr("Journey maps (*.jmap);;All files (*)")
        )
        return Path(name) if name else None

    def save_map(self, parent: QWidget, suggestion: Path) -> Path | None:
        """Where to save the map; whether a file that is there may be replaced has been asked."""
        return self._place_for(parent, _tr("Save map as"), suggestion, _tr("Journey maps (*.jmap)"), ".jmap")

    def save_poster(self, parent: QWidget, suggestion: Path) -> Path | None:
        """Where to put the poster."""
        return self._place_for(parent, _tr("Export poster"), suggestion, _tr("PDF (*.pdf)"), ".pdf")

    def poster(self, parent: QWidget, sheet: Sheet, before: PosterChoice | None) -> PosterChoice | None:
        """Page, orientation and margin of the poster."""
        from app.window.export_dialog import PosterDialog

        dialog = PosterDialog(sheet, before, parent)
        return dialog.choice if dialog.exec() else None

    def unsaved(self, parent: QWidget, name: str) -> Answer:
        """SAVE, DISCARD or CANCEL, when a map with changes is about to be left."""
        box = _box(parent, QMessageBox.Icon.Question)
        box.setWindowTitle(_tr("Unsaved changes"))
        box.setText(_tr("Save the changes to “{name}”?").format(name=name))
        box.setInformativeText(_tr("Without saving, what you changed since the last time is lost."))
        save = box.addButton(_tr("Save"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(_tr("Don’t save"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(Button.Cancel)
        box.setDefaultButton(save)
        box.exec()
        clicked = box.clickedButton()
        if clicked is save:
            return Answer.SAVE
        return Answer.DISCARD if clicked is discard else Answer.CANCEL

    def changed_on_disk(self, parent: QWidget, name: str) -> Answer:
        """OVERWRITE, SAVE_AS or CANCEL, when somebody else has changed the file meanwhile."""
        box = _box(parent, QMessageBox.Icon.Warning)
        box.setWindowTitle(_tr("Changed by somebody else"))
        box.setText(_tr("“{name}” was changed on disk since you opened it.").format(name=name))
        box.setInformativeText(_tr("Nothing was written yet. Your changes are safe in this window."))
        save_as = box.addButton(_tr("Save as…"), QMessageBox.ButtonRole.AcceptRole)
        overwrite = box.addButton(_tr("Overwrite"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(Button.Cancel)
        box.setDefaultButton(save_as)
        box.exec()
        clicked = box.clickedButton()
        if clicked is save_as:
            return Answer.SAVE_AS
        return Answer.OVERWRITE if clicked is overwrite else Answer.CANCEL

    def problem(self, parent: QWidget | None, sentence: str, safe: str = "") -> None:
        """Something could not be done: what happened, and what is safe."""
        box = _box(parent, QMessageBox.Icon.Warning)
        box.setWindowTitle("Journey Mapper")
        box.setText(sentence)
        box.setInformativeText(safe)
        box.exec()

    def replace(self, parent: QWidget, name: str) -> bool:
        """Whether a file of that name may be replaced."""
        box = _box(parent, QMessageBox.Icon.Warning)
        box.setWindowTitle(_tr("Replace file"))
        box.setText(_tr("“{name}” is there already.").format(name=name))
        box.setInformativeText(_tr("Replacing it overwrites what it holds."))
        replace = box.addButton(_tr("Replace"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(Button.Cancel))
        box.exec()
        return box.clickedButton() is replace

    def _place_for(self, parent: QWidget, title: str, suggestion: Path, kinds: str, suffix: str) -> Path | None:
        """Where to write a file. Qt asks about the name as it was typed; where a suffix is added, it is asked here."""
        while True:
            name, _ = QFileDialog.getSaveFileName(parent, title, str(suggestion), kinds)
            path = _with_suffix(name, suffix)
            if path is None or path.name == Path(name).name or not path.exists() or self.replace(parent, path.name):
                return path
            suggestion = path

    def about(self, parent: QWidget, version: str) -> None:
        box = QMessageBox(parent)
        box.setWindowTitle(_tr("About Journey Mapper"))
        box.setText(_tr("Journey Mapper {version}").format(version=version))
        box.setInformativeText(
            _tr("Draws customer journey maps and prints them as posters.\nEverything stays on this machine.")
        )
        box.exec()

    def keys(self, parent: QWidget, text: str) -> None:
        """Shows the list of keys."""
        box = QMessageBox(parent)
        box.setWindowTitle(_tr("Keys"))
        box.setText(text)
        box.exec()


def _box(parent: QWidget | None, icon: QMessageBox.Icon) -> QMessageBox:
    """A box that shows what it is given as it is: names of files and words of maps are no markup."""
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    return box


def _with_suffix(name: str, suffix: str) -> Path | None:
    if not name:
        return None
    path = Path(name)
    return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)
