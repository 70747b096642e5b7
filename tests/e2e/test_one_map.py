"""One map, made twice in the program as it is started: with the mouse, and with the keyboard alone.

Both begin at the first start ever, and end with a file and a poster that hold the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest

from app.files import load
from app.model.queries import cards_in, columns, lanes, stages, steps_of
from app.model.records import Card, EmotionPoint, Link, Record
from app.model.store import RecordGraph
from tests.e2e.conftest import Start
from tests.e2e.driver import Program
from tests.e2e.screen import wait_for

TEMPLATE = "Marketing journey"
STAGE, STEP = "Trial", "Tries it at home"
SHOP, BOX, LINE = "Shop window", "Sample box", "Help line"
CURIOUS, STUCK = "Curious", "Stuck at the set-up"
A1 = 594.0, 841.0
PT_PER_MM = 72 / 25.4


class Made(NamedTuple):
    """What a user has made of the template. Emotion points are (step, label, value)."""

    stages: list[str]
    steps: list[str]
    cards: dict[str, tuple[str, str, str]]
    stack: list[str]
    points: list[tuple[str, str, int]]
    links: set[tuple[str, str]]


WANTED = Made(
    stages=["Awareness", STAGE, "Consideration", "Purchase", "Post-purchase"],
    steps=[STEP],
    cards={
        SHOP: ("touchpoint", "Touchpoints", "Feels a need"),
        BOX: ("touchpoint", "Touchpoints", STEP),
        LINE: ("touchpoint", "Touchpoints", STEP),
    },
    stack=[LINE, BOX],
    points=[("Notices the brand", CURIOUS, 3), (STEP, STUCK, -2)],
    links={(SHOP, BOX)},
)
"""Values of points in halves."""


def made_of(records: Iterable[Record]) -> Made:
    """What is new in a map made of the template."""
    store = RecordGraph(records)
    cards = [card for id in store.ids_of_type("card") if (card := store.of(Card, id)) and card.title in WANTED.cards]
    points = [point for id in store.ids_of_type("emotion_point") if (point := store.of(EmotionPoint, id))]
    links = [link for id in store.ids_of_type("link") if (link := store.of(Link, id))]
    titles = {card.id: card.title for card in cards}
    step_of = {step.id: step.title for step in columns(store)}
    lane_of = {lane.id: lane.title for lane in lanes(store)}
    steps = next((steps_of(store, stage.id) for stage in stages(store) if stage.title == STAGE), [])
    row = next(lane.id for lane in lanes(store) if lane.kind == "touchpoints")
    return Made(
        stages=[stage.title for stage in stages(store)],
        steps=[step.title for step in steps],
        cards={card.title: (card.kind, lane_of[card.lane], step_of[card.step]) for card in cards},
        stack=[card.title for step in steps for card in cards_in(store, row, step.id)],
        points=sorted(
            (step_of[point.step], point.label, round(point.value * 2))
            for point in points
            if point.label in {CURIOUS, STUCK}
        ),
        links={(titles[link.source], titles[link.target]) for link in links if link.source in titles},
    )


def test_with_the_mouse(start: Start, tmp_path: Path) -> None:
    path, poster = tmp_path / "trial.jmap", tmp_path / "trial.pdf"
    program = start()
    program.choose("File", "Start page")
    program.click("button", TEMPLATE)
    draw_with_the_mouse(program)
    check_undo(program, lambda: program.click("tool", "undo"), lambda: program.click("tool", "redo"))
    program.choose("File", "Save")
    program.answer_with(path)
    check_file(path)
    program.choose("File", "Close window")
    program.end()
    program = start()
    program.click("button", "Open a map…")
    program.answer_with(path)
    check_map(program)
    program.click("tool", "export")
    export(program, poster)
    check_poster(poster)
    program.choose("File", "Quit")
    program.end()


def draw_with_the_mouse(program: Program) -> None:
    program.drag(("entry", "stage"), ("record", "Consideration", 0.05))
    program.write(STAGE)
    program.screen.double_click(program.where("step_of", STAGE))
    program.see(lambda state: state["writing"], "a double click does not write in the header")
    program.key("ctrl+a")
    program.write(STEP)
    for title, place in (
        (BOX, ("cell", "Touchpoints", STEP)),
        (LINE, ("cell", "Touchpoints", STEP, 0.5, 0.05)),
        (SHOP, ("cell", "Touchpoints", "Feels a need")),
    ):
        program.drag(("entry", "card:touchpoint"), place)
        program.write(title)
    for label, step, value in ((CURIOUS, "Notices the brand", 1.5), (STUCK, STEP, -1.0)):
        program.drag(("entry", "point"), ("curve", "Emotion", step, value))
        program.write(label)
    program.screen.move(program.where("record", SHOP))
    program.drag(("handle", SHOP), ("record", BOX))
    check_map(program)


def test_with_the_keyboard_alone(start: Start, tmp_path: Path) -> None:
    path, poster = tmp_path / "trial.jmap", tmp_path / "trial.pdf"
    program = start()
    program.key("alt+Home")
    program.see(lambda state: state["focus_text"] == "Blank", "the keyboard is on no template")
    program.key("Right")
    program.see(lambda state: state["focus_text"] == TEMPLATE, "Right does not lead to the next template")
    program.key("Return")
    draw_with_the_keyboard(program)
    check_undo(program, lambda: program.key("ctrl+z"), lambda: program.key("ctrl+y"))
    program.key("ctrl+s")
    program.answer_with(path)
    check_file(path)
    program.key("ctrl+w")
    program.end()
    program = start()
    program.key("ctrl+o")
    program.answer_with(path)
    check_map(program)
    program.key("ctrl+e")
    export(program, poster)
    check_poster(poster)
    program.key("ctrl+q")
    program.end()


def draw_with_the_keyboard(program: Program) -> None:
    program.see(lambda state: state["page"] == "map" and state["panels"], "the template does not open")
    program.go("ctrl+Home", to="What sets the customer off?")
    program.go("Up", "Up", to="Awareness")
    program.insert("stage", STAGE)
    program.go("Down", to="New step")
    program.write(STEP)
    program.go("Down", "Down", to=("Touchpoints", STEP))
    program.write(BOX)
    program.write(LINE)
    program.key("alt+Up")
    program.go("Left", "Left", to=("Touchpoints", "Feels a need"))
    program.insert("touchpoint", SHOP)
    program.go("Down", "Down", "Down", "Right", to=("Emotion", "Notices the brand"))
    program.write(CURIOUS)
    program.key(*["alt+Up"] * 15)
    program.go("Right", to=("Emotion", STEP))
    program.write(STUCK)
    program.key(*["alt+Down"] * 10)
    program.go("Up", "Up", "Up", to=BOX)
    program.go("Left", "Left", to=SHOP)
    program.key("ctrl+l")
    program.go("Right", "Right", "Down", to=BOX)
    program.key("Return")
    check_map(program)


def check_map(program: Program) -> None:
    """The map in the window is the one that is wanted."""
    program.see_map(made_of, WANTED)


def check_undo(program: Program, undo: Callable[[], None], redo: Callable[[], None]) -> None:
    """Undo takes back the link, and then what was before it; redo brings both back."""
    without_link = WANTED._replace(links=set())
    undo()
    program.see_map(made_of, without_link)
    undo()
    wait_for(lambda: made_of(program.records) != without_link, "the second undo does nothing")
    redo()
    program.see_map(made_of, without_link)
    redo()
    program.see_map(made_of, WANTED)


def check_file(path: Path) -> None:
    wait_for(path.exists, "the map is not saved")
    assert made_of(load(path).records) == WANTED


def export(program: Program, path: Path) -> None:
    """From the window that asks how the poster is to be to the file."""
    program.see(lambda state: state["active"] == "Export poster", "nothing asks how the poster is to be")
    program.key("alt+p")
    program.screen.type_text("A1")
    program.see(lambda _: program.ask("chosen_page") == "A1", "the page cannot be chosen by its name")
    program.key("Return")
    program.answer_with(path)
    wait_for(path.exists, "there is no poster")
    program.leave_dialogs()
    program.see(lambda state: not state["exporting"], "exporting does not end")


def check_poster(path: Path) -> None:
    with pypdfium2.PdfDocument(path) as document:
        assert len(document) == 1
        [page] = document
        size = sorted(length / PT_PER_MM for length in page.get_size())
        assert size == pytest.approx(A1, abs=0.5)
        words = " ".join(page.get_textpage().get_text_range().split())
    texts = [*WANTED.stages, *WANTED.steps, *WANTED.cards, *(label for _, label, _ in WANTED.points)]
    assert [text for text in texts if text not in words] == []
