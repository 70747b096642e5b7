"""The program as it is started, and eyes in it: `python -m tests.e2e.probe [MAP]`.

What is asked on standard input, a JSON list a line, it answers on standard output: where things are on the screen, and
what is so. It does nothing.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QPoint, QRect
    from PySide6.QtWidgets import QWidget

    from app.canvas.scene import MapScene
    from app.layout.drawing import Rect
    from app.window.window import MainWindow


class Eyes:
    """What can be asked: the names of its public methods. None: not there, or not yet."""

    def __init__(self, first: MainWindow) -> None:
        self._first = first

    # What is so

    def state(self) -> dict[str, Any]:
        """What a user sees of the window at a glance."""
        from PySide6.QtWidgets import QApplication

        window, modal, focus = self._window, QApplication.activeModalWidget(), QApplication.focusWidget()
        scene = window.view.map_scene()
        return {
            "title": window.windowTitle(),
            "page": "start" if window.start_page is not None else "map" if scene is not None else "",
            "panels": window.docks.palette is not None,
            "modal": modal.windowTitle() if modal is not None else "",
            "active": active.windowTitle() if (active := QApplication.activeWindow()) is not None else "",
            "modal_type": type(modal).__name__ if modal is not None else "",
            "focus": type(focus).__name__ if focus is not None else "",
            "focus_text": str(getattr(focus, "text", str)()) if focus is not None else "",
            "popup": QApplication.activePopupWidget() is not None,
            "writing": window.view.editing.is_active,
            "zoom": round(window.view.zoom, 3),
            "undo": window.actions_["undo"].text() if window.actions_["undo"].isEnabled() else "",
            "redo": window.actions_["redo"].text() if window.actions_["redo"].isEnabled() else "",
            "exporting": window.exporting.is_busy,
            "said": window.statusBar().currentMessage(),
        }

    def map(self) -> str | None:
        """The open map as a file would hold it, in base64."""
        from app.files import dumps

        session = self._window.session
        return base64.b64encode(dumps(session.document.records)).decode() if session is not None else None

    def selected(self) -> list[str]:
        """The titles of what is selected; of a cell those of its lane and step."""
        selection, scene = self._window.view.selection, self._scene
        if selection.cell is not None and selection.current is None:
            return [_title(scene.document.store[id]) for id in selection.cell[:2]]
        return [_title(scene.document.store[id]) for id in selection]

    def chosen_page(self) -> str | None:
        """The page that is chosen in the dialog on the screen."""
        from PySide6.QtWidgets import QApplication, QComboBox

        active = QApplication.activeWindow()
        boxes = active.findChildren(QComboBox) if active is not None else []
        return next((str(box.currentData()) for box in boxes if box.findData("A1") >= 0), None)

    def carried_to(self) -> list[int] | None:
        """Where what is being dragged is on the screen."""
        hands = self._window.view._hands
        if not hands.is_busy or hands._last is None:
            return None
        return _point(self._window.view.viewport().mapToGlobal(hands._last.view.toPoint()))

    # Where things are on the screen

    def menu(self, name: str) -> list[int] | None:
        """A menu of the menu bar, or an action of the open menu."""
        from PySide6.QtWidgets import QApplication, QMenu

        popup = QApplication.activePopupWidget()
        menu = popup if isinstance(popup, QMenu) else self._window.menuBar()
        for action in menu.actions():
            if action.text().replace("&", "").rstrip("…") == name:
                return _on_screen(menu, menu.actionGeometry(action))
        return None

    def tool(self, name: str) -> list[int] | None:
        """A button of the toolbar by its action's name; `export` is the blue one."""
        from PySide6.QtWidgets import QToolButton

        bar = self._window.actions_.toolbar
        primary = bar.findChild(QToolButton, "primary")
        button = primary if name == "export" else bar.widgetForAction(self._window.actions_[name])
        return _on_screen(button, button.rect()) if button is not None and button.isEnabled() else None

    def button(self, text: str) -> list[int] | None:
        """A button, or a tile, by its text."""
        from PySide6.QtWidgets import QAbstractButton

        found = [each for each in self._window.findChildren(QAbstractButton) if each.text() == text]
        return next((_on_screen(each, each.rect()) for each in found if each.isVisible()), None)

    def entry(self, id: str) -> list[int] | None:
        """An entry of the palette; None while it is scrolled out of sight."""
        from app.window.panels.palette import ID

        palette = self._window.docks.palette
        if palette is None:
            return None
        view = palette.list
        index = view.model().index(0, 0)
        while index.isValid() and index.data(ID) != id:
            index = view.indexBelow(index)
        rect = view.visualRect(index)
        return _on_screen(view.viewport(), rect) if view.viewport().rect().contains(rect.center()) else None

    def cell(self, lane: str, step: str, across: float = 0.5, down: float = 0.5) -> list[int] | None:
        """A spot of a cell; `across` and `down` are parts of its width and height."""
        row, column = self._scene.layout.row_of[self._id(lane)], self._scene.layout.column_of[self._id(step)]
        return self._spot(column.x + column.w * across, row.y + row.h * down)

    def curve(self, lane: str, step: str, value: float) -> list[int] | None:
        """The middle of a step at a height of the curve's scale."""
        from app.layout import lookup

        row, column = self._scene.layout.row_of[self._id(lane)], self._scene.layout.column_of[self._id(step)]
        x = column.x + column.w / 2
        heights = [row.y + row.h * part / 500 for part in range(501)]

        def miss(y: float) -> float:
            place = lookup.curve_place(self._scene.layout, x, y)
            return abs(place.value - value) if place is not None else 9.0

        return self._spot(x, min(heights, key=miss))

    def record(self, title: str, across: float = 0.5) -> list[int] | None:
        """A spot of a card or header, at a part of its width."""
        outline = self._scene.outline(self._id(title))
        if outline is None:
            return None
        rect = self._shifted(title, outline.rect)
        return self._spot(rect.x + rect.w * across, rect.y + rect.h / 2)

    def step_of(self, stage: str) -> list[int] | None:
        """The header of the first step of a stage."""
        id = self._id(stage)
        layout = self._scene.layout
        step = next(column.step for column in layout.columns if column.stage == id)
        rect = next(header.rect for header in layout.step_headers if header.id == step)
        return self._spot(rect.x + rect.w / 2, rect.y + self._scene.head.y() + rect.h / 2)

    def handle(self, card: str) -> list[int] | None:
        """The handle of a card, while it is shown: there a link begins."""
        handle = self._scene.handle
        is_shown = handle.card == self._id(card) and handle.at is not None
        return self._spot(*handle.at) if is_shown and handle.at is not None else None

    # Inside

    @property
    def _window(self) -> MainWindow:
        from PySide6.QtWidgets import QApplication

        from app.window.window import MainWindow

        active = QApplication.activeWindow()
        return active if isinstance(active, MainWindow) else self._first

    @property
    def _scene(self) -> MapScene:
        scene = self._window.view.map_scene()
        assert scene is not None
        return scene

    def _id(self, title: str) -> str:
        return next(record.id for record in self._scene.document.records if _title(record) == title)

    def _shifted(self, title: str, rect: Rect) -> Rect:
        """Headers are where they stick."""
        part = {"stage": self._scene.head, "step": self._scene.head, "lane": self._scene.side}
        header = part.get(self._scene.document.store[self._id(title)].type)
        return rect if header is None else rect.moved(header.x(), header.y())

    def _spot(self, x: float, y: float) -> list[int] | None:
        """A place of the sheet (mm) on the screen; None where it is out of sight."""
        from PySide6.QtCore import QPointF

        view = self._window.view
        spot = view.viewportTransform().map(QPointF(x, y)).toPoint()
        inside = view.viewport().rect().contains(spot)
        return _point(view.viewport().mapToGlobal(spot)) if inside else None


def _title(record: Any) -> str:
    return str(getattr(record, "title", "") or getattr(record, "label", "") or getattr(record, "name", ""))


def _on_screen(widget: QWidget, rect: QRect) -> list[int]:
    return _point(widget.mapToGlobal(rect.center()))


def _point(point: QPoint) -> list[int]:
    return [point.x(), point.y()]


def answers(eyes: Eyes, lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        name, *words = json.loads(line)
        try:
            answer = getattr(eyes, name)(*words)
        except (AssertionError, LookupError, StopIteration, RuntimeError):  # not there, or not yet
            answer = None
        yield json.dumps(answer)


def watch(window: MainWindow) -> None:
    """Answers in the program's own event loop, also while it waits for a dialog or a drag."""
    from PySide6.QtCore import QSocketNotifier

    eyes, rest = Eyes(window), b""

    def look() -> None:
        nonlocal rest
        *lines, rest = (rest + os.read(0, 65536)).split(b"\n")
        for answer in answers(eyes, iter([line.decode() for line in lines])):
            sys.stdout.write(answer + "\n")
            sys.stdout.flush()
        if not lines:
            notifier.setEnabled(False)  # nobody asks any more

    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, window)
    notifier.activated.connect(look)


def run(words: list[str]) -> int:
    from app import cli
    from app.window import main

    begin = main.start

    def start(paths: list[Path]) -> MainWindow:
        window = begin(paths)
        watch(window)
        return window

    main.start = start
    return cli.main(words)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
