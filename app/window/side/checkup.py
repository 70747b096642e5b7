"""Keeps up with what the map lacks, after edits and never in their way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.model.analysis.doctor import RULES, Examination, Gap, gaps_by
from app.model.diff import Diff
from app.model.document import Document, Following

DELAY: Final = 400
"""Milliseconds without an edit until the map is examined anew."""


class Checkup(QObject):
    """Examines the map rule by rule, between two rules the window answers; an edit begins it anew after a pause.

    `found` says that `gaps` are those of the map as it is.
    """

    found = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.gaps: list[Gap] = []
        self._document: Document | None = None
        self._following = Following()
        self._under_way: Iterator[list[Gap]] | None = None
        self._gathered: list[Gap] = []
        self._pause = QTimer(self, singleShot=True, interval=DELAY)
        self._pause.timeout.connect(self._begin)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)

    @property
    def is_due(self) -> bool:
        """Whether there is something that has not been looked at."""
        return self._pause.isActive() or self._turn.isActive()

    def set_document(self, document: Document | None) -> None:
        """Examines another map, or none."""
        self._following.follow(document, self._put_off)
        self._stop()
        self._document = document
        self.gaps = []
        if document is not None:
            self._pause.start()
        self.found.emit()

    def _put_off(self, _diff: Diff) -> None:
        self._stop()
        self._pause.start()

    def _stop(self) -> None:
        self._pause.stop()
        self._turn.stop()
        self._under_way = None

    def _begin(self) -> None:
        if self._document is None:
            return
        if self._document.is_editing:  # a drag, or a text that is being written
            self._pause.start()
            return
        self._gathered, self._under_way = [], _examined(self._document, today())
        self._turn.start()

    def _go_on(self) -> None:
        gaps = next(self._under_way, None) if self._under_way is not None else None
        if gaps is not None:
            self._gathered += gaps
            return
        self._stop()
        self.gaps = self._gathered
        self.found.emit()


def today() -> date:
    """The day it is where the user is."""
    return datetime.now().astimezone().date()


def _examined(document: Document, day: date) -> Iterator[list[Gap]]:
    """What each rule finds. The first list is empty: to put the cards in order takes a turn of its own."""
    seen = Examination(document.store, day)
    seen.cards  # noqa: B018  worked out here
    yield []
    off = frozenset(document.map.doctor_off)
    for rule in RULES:
        if rule not in off:
            yield gaps_by(rule, seen)
