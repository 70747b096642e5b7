"""What the model calls things, in the user's language.

The model knows no Qt, so its English labels are translated where they are shown. Tools that collect texts cannot see
them there: whoever adds a kind adds its label to the translations.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.model.beside import ActionItem, Backdrop, Comment, Feedback, OwnChannel, Source
from app.model.records import Card, EmotionPoint, Lane, Link, MapRecord, Persona, Record, Stage, Step


def model_word(text: str) -> str:
    """A label of the model (a kind of card or lane, a channel, a field) in the user's language."""
    return QCoreApplication.translate("Model", text)


def name_of_type(record_class: type[Record]) -> str:
    """What records of a class are called."""
    for known, name in _names():
        if issubclass(record_class, known):
            return name
    return QCoreApplication.translate("Names", "Record of a newer version")


def untitled() -> str:
    return QCoreApplication.translate("Names", "Untitled")


def _names() -> list[tuple[type[Record], str]]:
    translate = QCoreApplication.translate
    return [
        (MapRecord, translate("Names", "Map")),
        (Persona, translate("Names", "Persona")),
        (Stage, translate("Names", "Stage")),
        (Step, translate("Names", "Step")),
        (Lane, translate("Names", "Lane")),
        (Card, translate("Names", "Card")),
        (EmotionPoint, translate("Names", "Emotion point")),
        (Link, translate("Names", "Link")),
        (Source, translate("Names", "Source")),
        (Feedback, translate("Names", "Feedback")),
        (ActionItem, translate("Names", "Action")),
        (Comment, translate("Names", "Comment")),
        (OwnChannel, translate("Names", "Channel")),
        (Backdrop, translate("Names", "Photo behind the map")),
    ]
