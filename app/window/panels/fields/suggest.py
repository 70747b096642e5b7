"""A line with suggestions: channels and languages are mostly known ones, and sometimes the map's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLabel, QWidget

from app.layout.channel_names import map_channels
from app.model.channels import CHANNELS, Channel
from app.model.document import Document
from app.window.icons import icon
from app.window.panels.fields.base import FieldEditor, mixed_words
from app.window.panels.fields.choices import Choices, Option
from app.window.panels.fields.texts import Line
from app.window.words import model_word, untitled

if TYPE_CHECKING:
    from app.window.panels.fields.new_channel import NewChannelDialog

NEW = object()
"""Stands for a channel that is not there yet."""

LANGUAGES = {
    "en": "English",
    "ar": "العربية",
    "de": "Deutsch",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "he": "עברית",
    "hi": "हिन्दी",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "ru": "Русский",
    "tr": "Türkçe",
    "uk": "Українська",
    "zh": "中文",
}
"""The languages to choose from, each by the name its speakers give it."""


class SuggestEditor(FieldEditor):
    """A list that drops down and can be written in. Own words are handed on when they are finished."""

    def __init__(self, options: Sequence[Option], parent: QWidget | None = None, limit: int | None = None) -> None:
        super().__init__(parent)
        self._options: list[Option] = []
        self._shown = ""
        self.box = Choices(self)
        self.box.setEditable(True)
        self.line = Line(self.box, limit)
        self.line.crowded.connect(self.crowded)
        self.box.setLineEdit(self.line)
        self.box.setInsertPolicy(self.box.InsertPolicy.NoInsert)
        self.set_options(options)
        self._complete()
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self.box, 1)
        self.setFocusProxy(self.box)
        self.box.activated.connect(self._pick)
        self.line.edited.connect(lambda text: self.begun.emit(self._meant(text.strip())))
        self.line.returnPressed.connect(self.flush)
        self.line.left.connect(self._leave)

    def set_options(self, options: Sequence[Option]) -> None:
        """Changes what there is to choose from."""
        self._options = list(options)
        self.box.clear()
        for option in options:
            self.box.addItem(option.icon or QIcon(), option.label)

    def show_value(self, value: Any) -> None:
        self.line.setPlaceholderText("")
        place = next((place for place, option in enumerate(self._options) if option.value == value), -1)
        self._show(place, self._options[place].label if place >= 0 else value or "")

    def show_mixed(self) -> None:
        self._show(-1, "")
        self.line.setPlaceholderText(mixed_words())

    def flush(self) -> None:
        text = self.line.text().strip()
        if text == self._shown:
            return
        self._shown = text
        self.picked.emit(self._meant(text))

    def _meant(self, text: str) -> Any:
        """What is handed on for a text: the choice of this name, or else the words themselves."""
        known = (option.value for option in self._options if option.label.casefold() == text.casefold())
        return next(known, text)

    def _show(self, place: int, text: str) -> None:
        self.box.setCurrentIndex(place)
        self._shown = text
        self.line.show_text(text)
        if not self.line.hasFocus():
            self.line.setCursorPosition(0)  # the list puts it at the end, where a long name shows its tail

    def _pick(self, place: int) -> None:
        self._shown = self._options[place].label
        self.line.show_text(self._shown)
        self.picked.emit(self._options[place].value)

    def _leave(self) -> None:
        if not self.box.view().isVisible():
            self.flush()
            self.left.emit()

    def _complete(self) -> None:
        completer = QCompleter(self.box.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(lambda _text: self.flush())
        self.box.setCompleter(completer)


class ChannelEditor(SuggestEditor):
    """A channel with its icon, and beside it whether that is online."""

    def __init__(self, parent: QWidget | None = None, limit: int | None = None) -> None:
        self._channels: Mapping[str, Channel] = CHANNELS
        self._badge = QLabel()
        self._badge.setProperty("role", "badge")
        self.dialog: NewChannelDialog | None = None
        super().__init__(self._all(), parent, limit)
        self._layout.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        self.line.setPlaceholderText(self._options[0].label)

    def follow(self, document: Document) -> None:
        """The map may have channels of its own."""
        found = map_channels(document.store)
        if found != self._channels:
            self._channels, text = found, self.line.text()
            self.set_options(self._all())
            self._show(self.box.findText(self._shown), self._shown)
            self.line.show_text(text)

    def _all(self) -> list[Option]:
        known = [
            Option(each.id, model_word(each.label) or untitled(), icon(each.icon)) for each in self._channels.values()
        ]
        translate = QCoreApplication.translate
        return [
            Option("", translate("Fields", "None")),
            *known,
            Option(NEW, translate("Fields", "New channel…"), icon("plus")),
        ]

    def _pick(self, place: int) -> None:
        if self._options[place].value is NEW:
            self._show(self.box.findText(self._shown), self._shown)
            self.ask_new()
        else:
            super()._pick(place)

    def flush(self) -> None:
        """Who writes the last line of the list means it."""
        if self.line.text().strip() == self._options[-1].label:
            self._show(self.box.findText(self._shown), self._shown)
            self.ask_new()
        else:
            super().flush()

    def ask_new(self) -> None:
        """Asks for a channel of the map's own. Words that are no channel yet are its name to begin with."""
        from app.window.panels.fields.new_channel import NewChannelDialog

        is_known = any(option.label == self._shown for option in self._options)
        self.dialog = NewChannelDialog("" if is_known else self._shown, self)
        self.dialog.made.connect(self.picked)
        self.dialog.destroyed.connect(self._forget_dialog)
        self.dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def show_value(self, value: Any) -> None:
        super().show_value(value)
        if not value:
            self._show(0, "")
            self.line.setPlaceholderText(self._options[0].label)
        self._show_badge(value)

    def show_mixed(self) -> None:
        super().show_mixed()
        self._show_badge("")

    def _show_badge(self, value: str) -> None:
        channel = self._channels.get(value)
        words = {
            True: QCoreApplication.translate("Fields", "online"),
            False: QCoreApplication.translate("Fields", "offline"),
        }
        text = words.get(channel.online, "") if channel is not None and channel.online is not None else ""
        self._badge.setText(text)
        self._badge.setVisible(bool(text))


class LanguageEditor(SuggestEditor):
    """The language of the map's texts, by name; any other BCP 47 tag can be written."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__([Option(tag, name) for tag, name in LANGUAGES.items()], parent)
