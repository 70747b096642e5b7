"""The program in a process of its own, worked by hand: what one sees of it, and verbs for what one does."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from app.files import loads
from app.model.records import Record
from tests.e2e.screen import LONGEST, Screen, Spot, wait_for

ROOT = Path(__file__).parents[2]
T = TypeVar("T")


class Program:
    """`python -m app` with eyes in it. All it hears are events of the X server."""

    def __init__(self, screen: Screen, *words: object) -> None:
        self.screen = screen
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.probe", *map(str, words)],
            cwd=ROOT, env=screen.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            self.see(lambda state: state["page"] and state["title"], "the program shows no page")
        except AssertionError:
            self.close()
            raise

    # Looking

    def ask(self, *question: object) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"the program is gone, it was asked {question}"
        return json.loads(line)

    @property
    def state(self) -> dict[str, Any]:
        return dict(self.ask("state"))

    @property
    def records(self) -> tuple[Record, ...]:
        """The map as it is in the window now."""
        return loads(base64.b64decode(self.ask("map"))).records

    def see(self, what: Any, why: str) -> None:
        """Waits until the state of the window satisfies `what`."""
        wait_for(lambda: what(self.state), f"{why}: {self.state}")

    def see_map(self, reading: Callable[[Iterable[Record]], T], wanted: T) -> None:
        """Waits until the map in the window reads as wanted."""
        found: list[T] = []

        def is_so() -> bool:
            found.append(reading(self.records))
            return found[-1] == wanted

        try:
            wait_for(is_so, "")
        except AssertionError:
            assert found[-1] == wanted

    def where(self, *question: object) -> Spot:
        """Where something is on the screen, as soon as it is there."""
        wait_for(lambda: self.ask(*question), f"{question} is not to be seen")
        x, y = self.ask(*question)
        return x, y

    # Doing

    def key(self, *keys: str) -> None:
        self.screen.key(*keys)

    def write(self, text: str) -> None:
        """Types, and keeps it with Enter."""
        self.screen.type_text(text)
        self.see(lambda state: state["writing"], f"nothing takes “{text}”")
        self.key("Return")
        self.see(lambda state: not state["writing"], f"Enter does not keep “{text}”")

    def go(self, *keys: str, to: str | tuple[str, str]) -> None:
        """Goes by keys to a record, or to a cell by the titles of its lane and step."""
        self.key(*keys)
        there = [to] if isinstance(to, str) else list(to)
        wait_for(lambda: self.ask("selected") == there, f"{keys} do not lead to {to} but to {self.ask('selected')}")

    def insert(self, entry: str, text: str) -> None:
        """Finds an entry of the palette by typing, inserts it where one is, and names it."""
        self.key("shift+F6")
        self.see(lambda state: state["focus"] == "SearchField", "Shift+F6 does not lead into the palette")
        self.screen.type_text(entry)
        self.see(lambda state: state["focus_text"] == entry, f"“{entry}” is not typed")
        self.key("Return")
        self.see(lambda state: state["writing"], f"Enter does not insert “{entry}”")
        self.write(text)

    def click(self, *question: object) -> None:
        self.screen.click(self.where(*question))

    def drag(self, start: tuple[object, ...], end: tuple[object, ...]) -> None:
        """Drags from one thing to another; both are questions for a place."""
        goal = self.where(*end)
        self.screen.drag(self.where(*start), goal, lambda: self.ask("carried_to") == list(goal))

    def choose(self, menu: str, *names: str) -> None:
        """Through the menus with the mouse."""
        self.click("menu", menu)
        for name in names:
            self.see(lambda state: state["popup"], f"the menu {menu} does not open")
            self.click("menu", name)

    def answer_with(self, path: Path) -> None:
        """Types a path into the dialog for files, and Enter."""
        self.see(lambda state: state["modal_type"] == "QFileDialog" and state["focus"] == "QLineEdit", "no file dialog")
        self.key("ctrl+a")
        self.screen.type_text(str(path))
        self.see(lambda state: state["focus_text"] == str(path), "the path is not typed")
        self.key("Return")
        self.see(lambda state: state["modal_type"] != "QFileDialog", "the file dialog stays")

    def leave_dialogs(self) -> None:
        """Esc, until nothing stands before the window any more."""

        def is_left() -> bool:
            state = self.state
            is_open = state["active"] not in ("", state["title"])
            if is_open:
                self.key("Escape")
            return not is_open

        wait_for(is_left, "a dialog stays")

    def end(self) -> None:
        """Waits until the program has ended, well."""
        assert self._process.wait(LONGEST) == 0

    def close(self) -> None:
        """Whatever happened: the process is gone."""
        self._process.kill()
        self._process.communicate(timeout=10)
