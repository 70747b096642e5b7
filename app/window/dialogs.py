"""Everything that stops and asks. The window has one of these; tests put their own in its place."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox, QWidget

from app.files import limits

Button = QMessageBox.StandardButton

NAMED = 3
"""So many of the unsaved changes are named."""

NAME_WIDTH = 420
"""Of the dialog that asks for a name, px."""


class Answer(Enum):
    """What the user wants done."""

    SAVE = "save"
    DISCARD = "discard"
    OVERWRITE = "overwrite"
    SAVE_AS = "save as"
    AGAIN = "again"
    MERGE = "merge"
    EARLIER = "earlier"
    RECOVER = "recover"
    CANCEL = "cancel"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dialogs", text)


class Dialogs:
    """The program's modal dialogs."""

    def open_map(self, parent: QWidget, folder: Path, title: str = "") -> Path | None:
        """Which map to open, or to do with what the title says."""
        kinds = _tr("Journey maps (*.jmap);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(parent, title or _tr("Open map"), str(folder), kinds)
        return Path(name) if name else None

    def open_pictures(self, parent: QWidget, folder: Path) -> list[Path]:
        """Which pictures to bring in."""
        names, _ = QFileDialog.getOpenFileNames(parent, _tr("Insert pictures"), str(folder), _pictures())
        return [Path(name) for name in names]

    def open_picture(self, parent: QWidget, folder: Path) -> Path | None:
        """Which picture to take."""
        name, _ = QFileDialog.getOpenFileName(parent, _tr("Choose a picture"), str(folder), _pictures())
        return Path(name) if name else None

    def save_map(self, parent: QWidget, suggestion: Path) -> Path | None:
        """Where to save the map; a file that is there may be replaced."""
        return self._save(parent, _tr("Save map as"), suggestion, _tr("Journey maps (*.jmap)"))

    def save_poster(self, parent: QWidget, suggestion: Path) -> Path | None:
        """Where to put the poster, a PDF or PNG as the suggestion is; a file that is there may be replaced."""
        kind = suggestion.suffix.removeprefix(".")
        return self._save(parent, _tr("Export poster"), suggestion, f"{kind.upper()} (*.{kind})")

    def show_file(self, path: Path) -> bool:
        """Opens a file or folder in the program that the system has for it; whether there is one."""
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def unsaved(self, parent: QWidget, name: str, changes: list[str]) -> Answer:
        """SAVE, DISCARD or CANCEL, when a map with changes is about to be left. `changes`: the newest first."""
        box = _box(parent, QMessageBox.Icon.Question, _tr("Unsaved changes"))
        box.addButton(Button.Cancel)
        box.setText(_tr("Save the changes to “{name}”?").format(name=name))
        box.setInformativeText(unsaved_sentence(changes))
        return _answer(box, (_tr("Save"), Answer.SAVE), (_tr("Don’t save"), Answer.DISCARD))

    def revert(self, parent: QWidget, name: str, changes: list[str]) -> bool:
        """Whether to go back to the file as it was last saved."""
        box = _box(parent, QMessageBox.Icon.Question, _tr("Revert"))
        box.setText(_tr("Go back to “{name}” as it was last saved?").format(name=name))
        box.setInformativeText(unsaved_sentence(changes))
        return _is_meant(box, _tr("Revert"))

    def copy_history(self, parent: QWidget) -> bool | None:
        """Whether a copy is to have the history of the map; None: there is to be no copy."""
        box = _box(parent, QMessageBox.Icon.Question, _tr("Save a copy"))
        box.setText(_tr("Save the copy with or without its history?"))
        box.setInformativeText(
            _tr(
                "Without history it holds the map as it is now and nothing of before: no earlier texts and pictures, "
                "no versions and none of their names."
            )
        )
        kept = box.addButton(_tr("With history"), QMessageBox.ButtonRole.AcceptRole)
        left_out = box.addButton(_tr("Without history"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(Button.Cancel)
        box.setDefaultButton(kept)
        box.exec()
        answers: dict[object, bool] = {kept: True, left_out: False}
        return answers.get(box.clickedButton())

    def version_name(self, parent: QWidget, name: str) -> str | None:
        """What a version is to be called; None: as before."""
        dialog = QInputDialog(parent)
        dialog.setWindowTitle(_tr("Name this version"))
        dialog.setLabelText(_tr("Name, such as “Workshop 1” or “Client review”. The map is saved."))
        dialog.setTextValue(name)
        dialog.setMinimumWidth(NAME_WIDTH)
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.setMaxLength(limits.VERSION_NAME_CHARS)
        is_meant = dialog.exec() == QInputDialog.DialogCode.Accepted
        return " ".join(dialog.textValue().split()) or None if is_meant else None

    def remove_history(self, parent: QWidget, name: str) -> bool:
        """Whether to delete all earlier versions from the file."""
        box = _box(parent, QMessageBox.Icon.Warning, _tr("Remove history"))
        box.setText(_tr("Remove the history of “{name}”?").format(name=name))
        box.setInformativeText(
            _tr(
                "All earlier versions, their names and the pictures that only they use are deleted from the file, and "
                "the map is saved as it is now. This cannot be undone. Other copies of the file, and the backups on "
                "this computer, stay as they are."
            )
        )
        return _is_meant(box, _tr("Remove history"))

    def changed_on_disk(self, parent: QWidget, name: str) -> Answer:
        """MERGE, OVERWRITE, SAVE_AS or CANCEL, when somebody else has changed the file meanwhile."""
        box = _box(parent, QMessageBox.Icon.Warning, _tr("Changed by somebody else"))
        box.addButton(Button.Cancel)
        box.setText(_tr("“{name}” was changed on disk since you opened it.").format(name=name))
        box.setInformativeText(_tr("Nothing was written yet. Your changes are safe in this window."))
        merge, overwrite = (_tr("Merge…"), Answer.MERGE), (_tr("Overwrite"), Answer.OVERWRITE)
        return _answer(box, merge, (_tr("Save as…"), Answer.SAVE_AS), overwrite)

    def damaged(self, parent: QWidget, name: str, sentence: str) -> bool:
        """Whether to recover what can be read of a file that cannot be opened for the reason in the sentence."""
        box = _box(parent, QMessageBox.Icon.Warning, _tr("Damaged map"))
        box.setText(_tr("“{name}” cannot be opened. {why}").format(name=name, why=sentence))
        box.setInformativeText(_tr("What can be read of it opens as a new map. The damaged file stays as it is."))
        recover = box.addButton(_tr("Recover what can be read"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(Button.Cancel)
        box.setDefaultButton(recover)
        box.exec()
        return box.clickedButton() is recover

    def salvaged(self, parent: QWidget, report: list[str]) -> None:
        """What was read out of a damaged file, and what was not."""
        box = _box(parent, QMessageBox.Icon.Information, _tr("Recovered map"))
        box.setText(report[0])
        safe = _tr("The damaged file was not touched. Save this map under a name of its own.")
        box.setInformativeText("\n\n".join([*report[1:], safe]))
        box.exec()

    def may_replace(self, parent: QWidget, name: str) -> bool:
        """Whether a file that is there may be replaced."""
        box = _box(parent, QMessageBox.Icon.Warning, _tr("Replace file"))
        box.setText(_tr("“{name}” is there already.").format(name=name))
        box.setInformativeText(_tr("Replacing it overwrites what it holds."))
        return _is_meant(box, _tr("Replace"))

    def discard_lost(self, parent: QWidget, name: str) -> bool:
        """Whether a map that could be restored is not wanted."""
        box = _box(parent, QMessageBox.Icon.Warning, _tr("Discard changes"))
        box.setText(_tr("Discard what was not saved of “{name}”?").format(name=name))
        box.setInformativeText(_tr("It cannot be restored after that. Files stay as they are."))
        return _is_meant(box, _tr("Discard"))

    def problem(self, parent: QWidget | None, sentence: str, safe: str = "") -> None:
        """Something could not be done: what happened, and what is safe."""
        box = _box(parent, QMessageBox.Icon.Warning, "Journey Mapper")
        box.setText(sentence)
        box.setInformativeText(safe)
        box.exec()

    def not_saved(self, parent: QWidget, sentence: str, safe: str) -> Answer:
        """SAVE_AS, AGAIN or CANCEL, when the map could not be saved into its file."""
        box = _box(parent, QMessageBox.Icon.Warning, _tr("Not saved"))
        box.addButton(Button.Cancel)
        box.setText(sentence)
        box.setInformativeText(safe)
        return _answer(box, (_tr("Save as…"), Answer.SAVE_AS), (_tr("Try again"), Answer.AGAIN))

    def earlier_or_rest(self, parent: QWidget, sentence: str, safe: str, *, can_recover: bool) -> Answer:
        """EARLIER, RECOVER or CANCEL, for a map that could not be opened, but of which earlier versions are kept."""
        box = _box(parent, QMessageBox.Icon.Warning, "Journey Mapper")
        box.addButton(Button.Cancel)
        box.setText(sentence)
        box.setInformativeText(" ".join([safe, _tr("Backups of it are kept on this computer.")]).strip())
        others = [(_tr("Recover what can be read"), Answer.RECOVER)] if can_recover else []
        return _answer(box, (_tr("Show &backups…"), Answer.EARLIER), *others)

    def about(self, parent: QWidget, version: str) -> None:
        box = QMessageBox(parent)
        box.setWindowTitle(_tr("About Journey Mapper"))
        box.setText(_tr("Journey Mapper {version}").format(version=version))
        box.setInformativeText(
            _tr("Draws customer journey maps and prints them as posters.\nEverything stays on this machine.")
        )
        box.exec()

    def _save(self, parent: QWidget, title: str, suggestion: Path, kind: str) -> Path | None:
        """A file to write, with the suffix of the suggestion.

        Qt has asked whether a file of the name as it was typed may be replaced, so with the suffix it is asked again.
        """
        name, _ = QFileDialog.getSaveFileName(parent, title, str(suggestion), kind)
        typed = Path(name)
        if not name or typed.suffix.lower() == suggestion.suffix:
            return typed if name else None
        path = typed.with_name(typed.name + suggestion.suffix)
        return path if not path.exists() or self.may_replace(parent, path.name) else None


def unsaved_sentence(changes: list[str]) -> str:
    """What is lost without saving."""
    if not changes:
        return _tr("Without saving, what you changed since the last time is lost.")
    names = list(dict.fromkeys(changes))[:NAMED]
    listed = ", ".join(_tr("“{change}”").format(change=name) for name in names)
    if len(changes) == 1:
        return _tr("Not saved yet: {changes}.").format(changes=listed)
    return _tr("{n} changes are not saved yet, the latest: {changes}.").format(n=len(changes), changes=listed)


def _pictures() -> str:
    """The kinds of files that are pictures."""
    return _tr("Pictures (*.png *.jpg *.jpeg *.webp);;All files (*)")


def _box(parent: QWidget | None, icon: QMessageBox.Icon, title: str) -> QMessageBox:
    """A box that shows what it is given as it is: names of files and words of maps are no markup."""
    box = QMessageBox(icon, title, "", Button.NoButton, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    return box


def _is_meant(box: QMessageBox, text: str) -> bool:
    """Asks before something is lost, with a button that says so; Cancel is the default."""
    go_on = box.addButton(text, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton(Button.Cancel))
    box.exec()
    return box.clickedButton() is go_on


def _answer(box: QMessageBox, safe: tuple[str, Answer], *others: tuple[str, Answer]) -> Answer:
    """Asks with the safe button, which is the default, the others and Cancel; the answer behind the one clicked."""
    first = box.addButton(safe[0], QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(first)
    answers: dict[object, Answer] = {first: safe[1]}
    for text, answer in others:
        answers[box.addButton(text, QMessageBox.ButtonRole.DestructiveRole)] = answer
    box.exec()
    return answers.get(box.clickedButton(), Answer.CANCEL)
