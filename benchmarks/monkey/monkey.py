"""The monkey: turn by turn it does something, at random but by its seed and the number of the turn alone.

What a turn does depends on the seed, its number, and the state that the turns before have led to. Timers of the program
run by the clock, so a replay may differ where a turn came in the middle of one; most do not.
"""

from __future__ import annotations

import gc
import secrets
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final, TextIO
from unittest.mock import patch

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.window import opening
from app.window.appearance import Appearance, application
from app.window.collecting import Collector
from app.window.dialogs import Answer
from app.window.program import Program
from app.window.window import MainWindow
from benchmarks.monkey import checks, mouse
from benchmarks.monkey.actor import Held
from benchmarks.monkey.acts import CARRYING, FREE, HOLDING, IN_DIALOG, IN_POPUP, Act
from benchmarks.monkey.answers import Answers
from benchmarks.monkey.watch import Watch

if TYPE_CHECKING:
    from app.model.document import Document

QUICK, THOROUGH = 20, 400
"""So many turns between two checks."""

MOST_CARDS, MOST_COLUMNS, MOST_WINDOWS = 300, 40, 4
ROUNDS: Final = 3
"""So often all windows are closed at the end: while one closes, a map that was being opened may get one of its own."""

STUCK: Final = 1500
"""Milliseconds after which what still waits for the user within a turn, such as the menu of a scroll bar, is closed."""

THREADED: Final = 50_000
"""Bytes from which on files are opened in a thread here, so that the samples are."""


class BrokenError(Exception):
    """Something is wrong; the text says what, and after which turn."""


class Monkey:
    """One run by a seed. `folder` takes all files; `log` every turn, before it is done."""

    def __init__(self, seed: int, folder: Path, log: TextIO, *, real_boxes: bool = True) -> None:
        self.seed = seed
        self.turn = 0
        self.chance = Random(seed)
        self.held: Held | None = None
        self.watch = Watch()
        self.answers = Answers(folder, self, is_real=real_boxes)
        self.acts: Counter[str] = Counter()
        self.most_windows = 0
        self.collector: Collector | None = None
        self.program = Program()
        self._log = log
        self._window: MainWindow | None = None
        self._census = checks.Census()
        self._rescue = QTimer(interval=STUCK)
        self._rescue.timeout.connect(self._close_what_waits)

    # What is there

    @property
    def windows(self) -> list[MainWindow]:
        return [window for window in self.program.windows if isinstance(window, MainWindow)]

    @property
    def window(self) -> MainWindow:
        """The window of this turn."""
        if self._window is None or self._window not in self.windows:
            self._window = self._choose_window()
        return self._window

    def note(self, detail: str) -> None:
        """Writes into the log what the turn is about to do."""
        self._log.write(f" {detail}")
        self._log.flush()

    # Running

    def run(self, goes_on: Callable[[], bool]) -> None:
        """Raises BrokenError."""
        with (
            self.watch.watching(),
            self._collecting(),
            _look_kept(),
            patch.object(opening, "LARGE", THREADED),
            patch.object(secrets, "token_hex", self._token),
        ):
            try:
                while goes_on():
                    self._take_turn()
                self.clear()
            finally:
                self._abandon()

    @contextmanager
    def _collecting(self) -> Iterator[None]:
        """Rubbish is collected as it is in the program."""
        was_on, owner = gc.isenabled(), QObject()
        self.collector = Collector(owner)
        try:
            yield
        finally:
            del owner
            if was_on:
                gc.enable()

    def _take_turn(self) -> None:
        self.turn += 1
        self.chance = Random(f"{self.seed}:{self.turn}")
        self._window = None
        self._lift_buttons()
        act = self._choose()
        self.acts[act.__name__] += 1
        self._log.write(f"\n{self.turn} {act.__name__}")
        self._log.flush()
        self._rescue.start()
        try:
            act(self)
            self.settle()
        except Exception as error:
            raise self._broken("".join(traceback.format_exception(error))) from error
        finally:
            self._rescue.stop()
        self._look_around()
        if self.watch.faults:
            raise self._broken("\n".join(self.watch.faults))

    def _token(self, size: int = 8) -> str:
        """New records have the same ids in a replay."""
        return self.chance.randbytes(size).hex()

    def settle(self) -> None:
        """Lets the program do what follows at once."""
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _lift_buttons(self) -> None:
        """A button that went down on a window that has closed since is still down; a hand would have let it go."""
        down = QGuiApplication.mouseButtons()
        if self.held is None and down != mouse.NONE and self.windows:
            for button in (mouse.LEFT, mouse.MIDDLE, mouse.RIGHT):
                if button & down:
                    mouse.send(self.window, mouse.Action.MouseRelease, button, mouse.PLAIN, QPoint(1, 1))

    def _choose(self) -> Act:
        if self.held is not None and self.held.window not in self.windows:
            self.held = None
        if self.held is not None:
            self._window = self.held.window
        table = FREE if self.held is None else HOLDING if self.held.data is None else CARRYING
        if table is not CARRYING and QApplication.activePopupWidget() is not None:
            table = IN_POPUP
        elif QApplication.activeModalWidget() is not None:
            table = IN_DIALOG
        return self.chance.choices(list(table), list(table.values()))[0]

    def _choose_window(self) -> MainWindow:
        windows = self.windows
        if not windows:
            return self._open()
        active = next((window for window in windows if window.isActiveWindow()), None)
        if active is not None and self.chance.random() < 0.95:
            return active
        return self.chance.choice(windows)

    def _open(self) -> MainWindow:
        window = MainWindow(dialogs=self.answers, program=self.program)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.resize(1900, 900)
        window.show()
        QTest.qWaitForWindowExposed(window)
        window.open_sample("broadband")
        self.settle()
        return window

    # Looking

    def _look_around(self) -> None:
        for window in self.windows:
            self._meet(window)
            if not self.turn % QUICK:
                self._check(checks.quick, window)
            if not self.turn % THOROUGH:
                self._let_go()
                self._check(checks.thorough, window)
                self.settle()
        self._keep_small()

    def _check(self, check: Callable[[MainWindow], None], window: MainWindow) -> None:
        try:
            check(window)
        except AssertionError as error:
            raise self._broken(f"{check.__name__}: {error}") from error

    def _broken(self, what: str) -> BrokenError:
        self._log.write(f"\nBROKEN {what}\n")
        self._log.flush()
        return BrokenError(f"seed {self.seed}, turn {self.turn}: {what}")

    def _meet(self, window: MainWindow) -> None:
        """Counts what is done with new actions and new maps."""
        self.most_windows = max(self.most_windows, len(self.windows))
        for action in window.findChildren(QAction):
            if action.objectName() and not action.property("met"):
                action.setProperty("met", True)
                action.triggered.connect(partial(self._triggered, action.objectName()))
        document = window.session.document if window.session is not None else None
        if document is not None and not getattr(document, "met", False):
            document.met = True  # type: ignore[attr-defined]
            self.watch.document_opened(document)

    def _triggered(self, name: str, *_checked: bool) -> None:
        self.watch.actions[name.rstrip("0123456789")] += 1

    def _keep_small(self) -> None:
        for window in self.windows:
            document = window.session.document if window.session is not None else None
            if document is not None and self.held is None and _is_large(document):
                self._shut(window)
        while len(self.windows) > MOST_WINDOWS and self.held is None:
            self._shut(self.windows[0])

    # The end

    def clear(self) -> None:
        """Closes all windows, and looks whether anything is left over."""
        self._let_go()
        for _ in range(ROUNDS):
            for window in self.windows:
                self._shut(window)
            QTest.qWait(50)
            self.settle()
            if not self.windows:
                break
        if self.windows:
            raise self._broken(f"windows do not close: {[window.windowTitle() for window in self.windows]}")
        try:
            self._census.check()
        except AssertionError as error:
            raise self._broken(str(error)) from error

    def _let_go(self) -> None:
        held, self.held = self.held, None
        if held is not None and held.window in self.windows:
            mouse.give_up(held)

    def _shut(self, window: MainWindow) -> None:
        self.answers.only = Answer.DISCARD
        window.close()
        self.answers.only = None
        self.settle()

    def _abandon(self) -> None:
        """After a fault too no window is left, and no text in the clipboard, which crashes at exit."""
        for window in self.windows:
            self._shut(window)
        QGuiApplication.clipboard().clear()

    def _close_what_waits(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        elif QApplication.activeModalWidget() is not None:
            self.answers.poke()


def _is_large(document: Document) -> bool:
    store = document.store
    return len(store.ids_of_type("card")) > MOST_CARDS or len(store.ids_of_type("step")) > MOST_COLUMNS


@contextmanager
def _look_kept() -> Iterator[None]:
    """Light or dark at the end as it was before."""
    appearance = Appearance.of(application())
    before = appearance.mode
    try:
        yield
    finally:
        appearance.set_mode(before)
