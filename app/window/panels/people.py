"""The map's personas under its own fields: the first few by name, and the way to all of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.model.records import Persona
from app.window.icons import icon
from app.window.panels.fields.choices import dot
from app.window.words import untitled

MOST = 6
"""So many are shown by name."""


class People(QWidget):
    """Buttons that ask for a persona; on the sheet they show only as curves. `list_requested` asks for all of them."""

    requested = Signal(str)
    list_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: list[Persona] = []
        self._count = 0
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        caption = QLabel(self.tr("Personas"), self)
        caption.setProperty("role", "caption")
        self._layout.addWidget(caption)
        self.buttons: list[QPushButton] = []
        self.all: QPushButton | None = None

    def show_personas(self, people: list[Persona]) -> None:
        few = people[:MOST]
        if self.all is not None and few == self._shown and len(people) == self._count:
            return
        self._shown, self._count = few, len(people)
        for button in [*self.buttons, *([self.all] if self.all is not None else [])]:
            button.deleteLater()
        self.buttons = [self._button(persona) for persona in few]
        self.all = self._all(len(people))
        for button in [*self.buttons, self.all]:
            self._layout.addWidget(button)
            button.show()

    def _all(self, count: int) -> QPushButton:
        text = self.tr("All personas: {0}").format(count) if count else self.tr("Add a persona")
        button = self._made(QPushButton(icon("users"), text, self))
        button.clicked.connect(self.list_requested)
        return button

    def _button(self, persona: Persona) -> QPushButton:
        name = (persona.name or untitled()).replace("&", "&&")
        button = self._made(QPushButton(dot(persona.color), name, self))
        button.clicked.connect(lambda: self.requested.emit(persona.id))
        return button

    @staticmethod
    def _made(button: QPushButton) -> QPushButton:
        button.setProperty("look", "quiet")
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return button
