"""What every test stands on: no screen, no questions asked, nothing of the user's touched."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first QGuiApplication

# no test fails because the machine is busy, and drawing two maps is then too slow for Hypothesis
settings.register_profile("journeymapper", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("journeymapper")

BLOCKING = {
    "QDialog": ["exec"],
    "QMessageBox": ["about", "critical", "information", "question", "warning"],
    "QFileDialog": ["getExistingDirectory", "getOpenFileName", "getOpenFileNames", "getSaveFileName"],
    "QInputDialog": ["getDouble", "getInt", "getItem", "getMultiLineText", "getText"],
    "QColorDialog": ["getColor"],
    "QFontDialog": ["getFont"],
}


MANY = 40
"""Collections of what is young, after which everything is looked through."""


@pytest.fixture(autouse=True)
def _rubbish_is_collected_here() -> Iterator[None]:
    """Between tests and in the main thread, as the program does it (`app.window.collecting`).

    Python collects in whatever thread makes objects, and widgets that die in that of a journal bring the run down.
    """
    gc.disable()
    yield
    _delete_windows()
    gc.collect(2 if gc.get_count()[2] > MANY else 1)


def _delete_windows() -> None:
    """No test meets the closed windows of another: a change of the style goes to all that are there."""
    if (widgets := sys.modules.get("PySide6.QtWidgets")) and (app := widgets.QApplication.instance()):
        from PySide6.QtCore import QEvent

        for window in app.topLevelWidgets():
            if isinstance(window, widgets.QMainWindow | widgets.QDialog):
                window.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(scope="session", autouse=True)
def _own_user_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Journals, settings and logs of the tests go into a temporary folder."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.setenv(variable, str(home / variable))
        patch.delenv("XDG_RUNTIME_DIR", raising=False)  # a program of the user's that runs meanwhile is not ours
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_modal_dialogs() -> Iterator[None]:
    """A dialog that nobody answers would hang the run, so opening one is an error."""
    from PySide6 import QtWidgets

    with pytest.MonkeyPatch.context() as patch:
        for class_name, methods in BLOCKING.items():
            for method in methods:
                patch.setattr(getattr(QtWidgets, class_name), method, _refuse(f"{class_name}.{method}"))
        yield


def _refuse(name: str) -> Callable[..., NoReturn]:
    def refuse(*_args: object, **_options: object) -> NoReturn:
        pytest.fail(f"{name} would wait for an answer; replace the program's own dialogs in the test")

    return refuse


@pytest.fixture(scope="session", autouse=True)
def _empty_clipboard() -> Iterator[None]:
    """What still lies in the offscreen clipboard at exit crashes the process after a green run."""
    yield
    if (gui := sys.modules.get("PySide6.QtGui")) and gui.QGuiApplication.instance():
        gui.QGuiApplication.clipboard().clear()
