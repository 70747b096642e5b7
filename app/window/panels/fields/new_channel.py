"""Asks what a channel of the map's own is called, with which icon, and whether it is online."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.model.beside import OwnChannel
from app.window.icons import icon
from app.window.panels.field_table import FieldSpec, fields_of
from app.window.panels.fields.base import FieldEditor
from app.window.panels.fields.changes import NewChannel
from app.window.panels.fields.choices import ChoiceEditor, Option, SegmentEditor
from app.window.panels.fields.texts import Line
from app.window.words import model_word

WIDTH, MARGIN = 320, 16


class NewChannelDialog(QDialog):
    """Opened with `open`, it does not hold up the program. `made` carries the channel once its name is written."""

    made = Signal(object)

    def __init__(self, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_tr("New channel"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        specs = {spec.name: spec for spec in fields_of(OwnChannel)}
        self.line = Line(self, specs["label"].limit)
        self.line.setText(label)
        self.icons = ChoiceEditor(
            [Option(each.value, model_word(each.label), icon(each.value)) for each in specs["icon"].choices], self
        )
        self.where = SegmentEditor(
            [Option(each.value, model_word(each.label)) for each in specs["online"].choices], self
        )
        self._values: dict[str, Any] = {"icon": OwnChannel.model_fields["icon"].default, "online": None}
        self.add = QPushButton(_tr("Add channel"), self)
        self.add.setProperty("look", "primary")
        self.add.setDefault(True)
        self._lay_out(specs)
        for name, editor in (("icon", self.icons), ("online", self.where)):
            editor.show_value(self._values[name])
            editor.picked.connect(lambda value, name=name: self._values.__setitem__(name, value))
        self.line.textChanged.connect(self._enable)
        self.add.clicked.connect(self._make)
        self._enable()
        self.line.selectAll()
        self.line.setFocus()

    def _lay_out(self, specs: dict[str, FieldSpec]) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(4)
        fields: tuple[tuple[str, QWidget], ...] = (
            (_tr("Name"), self.line),
            (model_word(specs["icon"].label), self.icons),
            (model_word(specs["online"].label), self.where),
        )
        for words, editor in fields:
            label = QLabel(words, self)
            label.setProperty("role", "caption")
            label.setBuddy(editor)
            layout.addWidget(label)
            layout.addWidget(editor)
            layout.addSpacing(8)
            editor.set_name(words) if isinstance(editor, FieldEditor) else editor.setAccessibleName(words)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        cancel = QPushButton(_tr("Cancel"), self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons.addWidget(cancel)
        buttons.addWidget(self.add)
        layout.addLayout(buttons)
        self.setFixedWidth(WIDTH)

    def _enable(self) -> None:
        self.add.setEnabled(bool(self.line.text().strip()))

    def _make(self) -> None:
        self.made.emit(NewChannel(self.line.text().strip(), self._values["icon"], self._values["online"]))
        self.accept()


def _tr(text: str) -> str:
    return QCoreApplication.translate("NewChannel", text)
