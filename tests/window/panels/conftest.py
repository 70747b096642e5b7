"""An inspector on a small map, in a window that has the keyboard."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.window.panels.inspector import Inspector
from tests.window.small_map import SmallMap


@pytest.fixture
def small() -> SmallMap:
    return SmallMap()


@pytest.fixture
def inspector(qtbot: QtBot, small: SmallMap) -> Iterator[Inspector]:
    window = QMainWindow()
    qtbot.addWidget(window)
    inspector = Inspector(window)
    window.setCentralWidget(inspector)
    inspector.set_document(small.document)
    window.resize(300, 900)
    window.show()
    window.activateWindow()
    with qtbot.waitActive(window):
        pass
    yield inspector
    window.close()


@pytest.fixture
def select(inspector: Inspector) -> Callable[..., Inspector]:
    def select(*ids: str) -> Inspector:
        inspector.set_selection(ids)
        return inspector

    return select
