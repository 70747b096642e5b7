"""The map doctor's page: what the map lacks, where that is, and what mends it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.model.analysis.doctor import Gap
from app.model.document import Document
from app.model.edits import switch_rule
from app.window.labels import plain_label
from app.window.side.checkup import Checkup
from app.window.side.gap_list import GapModel, GapView, sentence_of
from app.window.side.mending import remedy_for


class DoctorPage(QWidget):
    """Shows what the checkup found.

    `gap_chosen` asks to show a gap on the map, `mend_asked` to do what mends it.
    """

    gap_chosen = Signal(object)
    mend_asked = Signal(object)

    def __init__(self, checkup: Checkup, parent: QWidget) -> None:
        super().__init__(parent)
        self._checkup = checkup
        self._document: Document | None = None
        self._gap: Gap | None = None
        self.summary = plain_label(self, "strong")
        self.advice = plain_label(self, "secondary")
        self.model = GapModel(self)
        self.list = GapView(self.model, self)
        self.foot = QFrame(self)
        self.foot.setObjectName("foot")
        self.sentence = plain_label(self.foot)
        self.mend = QPushButton(self.foot)
        self.mend.setAutoDefault(True)  # so that Enter presses it
        self._lay_out()
        self.setFocusProxy(self.list)
        self.setAccessibleName(_tr("Map doctor"))
        self.list.chosen.connect(self.gap_chosen)
        self.list.stood_on.connect(self._show_foot)
        self.mend.clicked.connect(self._mend)
        self.model.switched.connect(self._switch)
        checkup.found.connect(self._show_found)

    def set_document(self, document: Document | None) -> None:
        """Another map is open, or none."""
        self._document = document
        self.list.begin()
        self._show_found()

    def take_focus(self) -> None:
        self.list.go_to_first()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(4)
        head.addWidget(self.summary)
        head.addWidget(self.advice)
        below = QVBoxLayout(self.foot)
        below.setContentsMargins(16, 12, 16, 12)
        below.setSpacing(10)
        below.addWidget(self.sentence)
        below.addWidget(self.mend, 0, Qt.AlignmentFlag.AlignLeading)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        middle = QVBoxLayout()
        middle.setContentsMargins(8, 0, 8, 4)
        middle.addWidget(self.list)
        layout.addLayout(middle, 1)
        layout.addWidget(self.foot)

    def _show_found(self) -> None:
        if self._document is None:
            return
        gaps = self._checkup.gaps
        self.list.refill(gaps, self._document.map.doctor_off)
        has_cards = bool(self._document.store.ids_of_type("card"))
        self.summary.setText(_summary(len(gaps), has_cards))
        self.advice.setText(
            _tr("Gaps are advice, not errors. Enter goes to the place on the map.")
            if gaps
            else _tr("Untick what does not matter for this map.")
        )

    def _show_foot(self, gap: Gap | None) -> None:
        """What the gap is in a sentence, and a button that mends it where that is obvious."""
        self._gap = gap
        self.foot.setVisible(gap is not None)
        if gap is None or self._document is None:
            return
        self.sentence.setText(sentence_of(gap))
        remedy = remedy_for(self._document, gap)
        self.mend.setVisible(remedy is not None)
        if remedy is not None:
            self.mend.setText(remedy.label)

    def _mend(self) -> None:
        if self._gap is not None:
            self.mend_asked.emit(self._gap)

    def _switch(self, rule: str, on: bool) -> None:
        if self._document is None or self._document.is_editing:
            return
        self._document.history.seal()
        with self._document.edit(_tr("Switch rule on") if on else _tr("Switch rule off")) as tx:
            switch_rule(tx, rule, on=on)
        self.list.refill(
            [gap for gap in self._checkup.gaps if gap.rule not in self._document.map.doctor_off],
            self._document.map.doctor_off,
        )


def _summary(count: int, has_cards: bool) -> str:
    if not has_cards:
        return _tr("There are no cards yet, so there is nothing to look at.")
    if not count:
        return _tr("Nothing is missing that the doctor knows of.")
    return _tr("1 gap") if count == 1 else _tr("{n} gaps").format(n=count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Doctor", text)
