"""Listens for whatever goes wrong out of sight, and counts what the program is seen to do."""

from __future__ import annotations

import sys
import threading
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, Final
from unittest.mock import patch

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QGraphicsItem

import app
from app.canvas.hands import Hands
from app.model.diff import Diff
from app.model.document import Document

HARMLESS: Final = (
    "This plugin does not support",
    "Mouse event at ",
    "QWidgetLineControl::setSelection: Invalid start position",
)
"""What the offscreen platform says of itself, the testing library of a mouse that has left its window, and Qt's line of
text when one selects with the mouse behind what an input method composes; then it selects nothing.
"""


CALLED: Final = frozenset({"event", "eventFilter", "paint", "inputMethodQuery", "focusNextPrevChild", "sizeHint"})
"""Methods besides handlers of events that Qt calls."""

_KEPT: Final[list[Callable[..., Any]]] = []
"""Every guard there ever was. Shiboken 6.11 remembers for each object which function Qt is to call in it, and does not
hold that function: what is put on a class for a while must never go, or the next event brings the process down.
"""


class Watch:
    """`faults`: what went wrong, in full. The counters are for the report."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.gestures: Counter[str] = Counter()
        self.ends: Counter[str] = Counter()
        self.actions: Counter[str] = Counter()
        self.edits: Counter[str] = Counter()
        self.records: Counter[str] = Counter()

    @contextmanager
    def watching(self) -> Iterator[None]:
        before = qInstallMessageHandler(self._hear_qt)
        with ExitStack() as patches:
            for target, name, hook in (
                (sys, "excepthook", self._hear_exception),
                (sys, "unraisablehook", lambda found: self._hear_exception(None, found.exc_value, found.exc_traceback)),
                (
                    threading,
                    "excepthook",
                    lambda found: self._hear_exception(None, found.exc_value, found.exc_traceback),
                ),
                (warnings, "showwarning", lambda message, *_rest, **_more: self.faults.append(f"warning: {message}")),
                (Hands, "_start", _counted(Hands._start, self._gesture_begins)),
                (Hands, "put_down", _counted(Hands.put_down, lambda *_: self._ends("released"))),
                (
                    Hands,
                    "cancel",
                    _counted(Hands.cancel, lambda hands: self._ends("cancelled" if hands.is_busy else "")),
                ),
            ):
                patches.enter_context(patch.object(target, name, hook))
            for owner, method in _overrides():
                patches.enter_context(patch.object(owner, method, self._guarded(getattr(owner, method))))
            try:
                yield
            finally:
                qInstallMessageHandler(before)

    def _guarded(self, run: Callable[..., Any]) -> Callable[..., Any]:
        """Hears of what is raised where Qt calls. Shiboken 6.11 brings the process down over some of that."""

        @wraps(run)
        def guarded(*args: Any) -> Any:
            try:
                return run(*args)
            except Exception as error:
                self._hear_exception(None, error, error.__traceback__)
                raise

        _KEPT.append(guarded)
        return guarded

    def document_opened(self, document: Document) -> None:
        """Counts what becomes of its records."""

        def hear(diff: Diff) -> None:
            for before, after in diff.values():
                one = after or before
                kind = "added" if before is None else "removed" if after is None else "changed"
                if one is not None:
                    self.records[f"{one.type} {kind}"] += 1
            label = document.history.undo_label
            if label and not document.is_editing:
                self.edits[label] += 1

        document.subscribe(hear)

    def _gesture_begins(self, hands: Hands, gesture: object, *_rest: object) -> None:
        del hands
        self.gestures[type(gesture).__name__] += 1

    def _ends(self, how: str) -> None:
        if how:
            self.ends[how] += 1

    def _hear_exception(self, _kind: object, error: BaseException | None, trace: Any) -> None:
        if error is not None:
            self.faults.append("".join(traceback.format_exception(type(error), error, trace)))

    def _hear_qt(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        del context
        if kind in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg} or message.startswith(HARMLESS):
            return
        self.faults.append(f"{kind.name}: {message}\n{''.join(traceback.format_stack(limit=12))}")


def _overrides() -> Iterator[tuple[type, str]]:
    """What the program has Qt call: handlers of events, and painting."""
    for module in walk_packages(app.__path__, "app."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    waiting: list[type] = [QObject, QGraphicsItem]
    while waiting:
        found = waiting.pop()
        waiting += found.__subclasses__()
        if found.__module__.startswith("app."):
            yield from ((found, name) for name in vars(found) if name in CALLED or name.endswith("Event"))


def _counted(run: Callable[..., Any], count: Callable[..., None]) -> Callable[..., Any]:
    def wrapped(*args: Any) -> Any:
        count(*args)
        return run(*args)

    return wrapped
