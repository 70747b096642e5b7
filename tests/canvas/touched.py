"""Fingers on the map of the window, for the tests: where they reach it, and what they must leave as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication

from app.model.records import Card
from tests.canvas.test_gestures import card_of
from tests.window.fingers import Fingers
from tests.window.hands import Hands

A, B = QPoint(500, 400), QPoint(700, 400)
MIDDLE = QPointF(600, 400)
NONE = Qt.MouseButton.NoButton


@pytest.fixture
def fingers(hands: Hands) -> Iterator[Fingers]:
    made, before = Fingers(hands.view.viewport()), QGuiApplication.mouseButtons()
    hands.view.zoom_to(1.0)
    hands.view.scroll_by(200, 200)
    yield made
    if made.down:
        made.lift(*(chr(ord("a") + finger - 1) for finger in list(made.down)))
    assert QGuiApplication.mouseButtons() in (before, NONE), "Qt believes that a button is still down"


def nothing_is_left(hands: Hands) -> bool:
    """No drag, no edit, nothing that floats, and the picture is sharp."""
    view, scene = hands.view, hands.scene
    return not (
        view.is_dragging
        or view._zooming.is_active
        or hands.document.is_editing
        or scene._lanes.holes
        or scene.floating.isVisible()
        or scene.band._band is not None
    )


def at_hand(hands: Hands, title: str) -> Card:
    """A card, where the fingers reach it."""
    card = card_of(hands, title)
    hands.view.bring(QPointF(*hands.middle(card.id)), QPointF(260, 330), 0.8)
    return card
