"""Errors that nobody foresaw: they go into a log, a calm message is shown, and the program goes on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

NAME: Final = "journeymapper"
LOG_BYTES: Final = 1_000_000


def install(show: Callable[[], None]) -> None:
    """From now on unforeseen exceptions are logged, and `show` is called, though not while it is at it already."""
    showing: list[BaseException] = []

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        logger().error("unforeseen", exc_info=(kind, error, trace))
        if showing:  # painting that fails would open one message above the other
            return
        showing.append(error)
        try:
            show()
        finally:
            showing.clear()

    sys.excepthook = hook


def log_file() -> Path:
    """Where the log is written."""
    from app.paths import log_dir

    return log_dir() / f"{NAME}.log"


def logger() -> logging.Logger:
    """The program's log; its file is made with the first entry."""
    import logging

    found = logging.getLogger(NAME)
    if not found.handlers:
        found.addHandler(_handler())
        found.propagate = False
    return found


def _handler() -> logging.Handler:
    import logging
    from logging.handlers import RotatingFileHandler

    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            log_file(), maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    return handler
