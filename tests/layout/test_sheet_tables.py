"""The tables behind a map on paper: what somebody wrote is there, whole, on pages after the poster."""

from __future__ import annotations

import datetime as dt

import pytest

from app.layout.additions import additions_of, sheet_with
from app.layout.drawing import Text
from app.layout.engine import MapLayout
from app.layout.paper import LANDSCAPE, MARGIN
from app.layout.proof import proof_of
from app.layout.sheet import Sheet
from app.model.beside import ActionItem, Comment, Feedback
from app.model.document import Document
from app.model.records import Lane, MapRecord, Record, Stage, Step
from app.model.registry import record_from_json
from tests.layout.maps import texts_in

pytestmark = pytest.mark.usefixtures("qapp")

LONG = "zq字"
PLAN = ActionItem(
    id="a1", strategy="Ask by postcode", owner="Lena", due=dt.date(2027, 1, 31), status="in_progress", cards=("c",)
)


def document(*more: Record, language: str = "en") -> Document:
    card = {"type": "card", "id": "c", "kind": "pain_point", "step": "s", "lane": "l", "title": "Nobody answers"}
    return Document(
        [
            MapRecord(title="Map", language=language),
            Stage(id="st", title="Begin"),
            Step(id="s", stage="st"),
            Lane(id="l", kind="pain_points", title="Hurts"),
            record_from_json(card),
            *more,
        ]
    )


def printed(map_: Document) -> tuple[Sheet, ...]:
    return sheet_with(MapLayout(map_), map_, frozenset({"tables"})).after


def said(sheet: Sheet) -> list[str]:
    return [text.block.text for placed in sheet.placed for text in texts_in(placed.drawing)]


def test_a_map_without_tables_has_none_to_print() -> None:
    map_ = document()
    assert additions_of(map_) == frozenset()
    assert printed(map_) == ()
    assert additions_of(document(Comment(id="k", about="c", text="?"), PLAN)) == {"comments", "tables"}


def test_a_line_of_the_plan_says_all_it_has() -> None:
    [page] = printed(document(PLAN))
    assert {"Action plan", "Ask by postcode", "Lena", "2027-01-31", "In progress", "• Nobody answers"} <= set(
        said(page)
    )
    assert [mark.title for mark in page.bookmarks] == ["Action plan"]
    assert "Map · 1 / 1" in said(page)


def test_each_table_begins_on_a_page_of_its_own() -> None:
    log = Feedback(id="f", origin="A call", insight="They wait", action_step="Call back")
    map_ = document(PLAN, log)
    with map_.edit("Analyse") as tx:
        tx.put(map_.store.of(Stage, "st").changed(key_insights="Slow"))  # type: ignore[union-attr]
    pages = printed(map_)
    assert [page.bookmarks[0].title for page in pages] == ["Action plan", "Feedback log", "Stage analysis"]
    assert {"They wait", "Call back"} <= set(said(pages[1]))
    assert {"Begin", "Slow"} <= set(said(pages[2]))


def test_an_empty_line_is_not_printed_though_its_status_says_planned() -> None:
    assert printed(document(ActionItem(id="a"))) == ()


@pytest.mark.parametrize(
    "text", ["zqz qzzq " * 900, "z\n" * 3000, "字" * 9000, "q" * 9000], ids=["words", "lines", "ja", "one"]
)
def test_the_longest_text_is_there_whole_and_leaves_no_page(text: str) -> None:
    more = [ActionItem(id=f"a{at}", strategy=f"No. {at}", expected_outcome="Soon") for at in range(60)]
    pages = printed(document(ActionItem(id="b", order="a1", strategy=text), *more))
    assert len(pages) > 2
    whole = "".join(word for page in pages for word in said(page))
    assert {letter: whole.count(letter) for letter in LONG} == {letter: text.count(letter) for letter in LONG}
    for number, page in enumerate(pages, 1):
        assert "Strategy" in said(page), "each page names its columns"
        assert f"Map · {number} / {len(pages)}" in said(page)
        foot = page.placed[-1]
        assert max(placed.rect.bottom for placed in page.placed[:-1]) <= foot.y
        assert foot.rect.bottom <= LANDSCAPE[1] - MARGIN + 0.01


@pytest.mark.parametrize("field", ["focus_area", "owner", "expected_outcome"])
@pytest.mark.parametrize(
    "text", ["W" * 480, "字" * 480, "z " * 240, "z\n" * 25 + "W" * 400], ids=["one", "ja", "words", "lines"]
)
def test_a_long_text_in_a_narrow_column_leaves_no_page(field: str, text: str) -> None:
    pages = printed(document(ActionItem(id="b", **{field: text})))  # type: ignore[arg-type]
    whole = "".join(word for page in pages for word in said(page))
    assert whole.count(text[0]) >= text.count(text[0])
    for page in pages:
        *parts, foot = page.placed
        assert len(parts) > (2 if page is pages[0] else 1), "something stands under the heading"
        assert max(part.rect.bottom for part in parts) <= foot.y


def test_pages_of_a_map_from_right_to_left_begin_at_the_right() -> None:
    [page] = printed(document(PLAN, language="ar"))
    assert page.rtl
    first, due = (_text(page, words) for words in ("Ask by postcode", "2027/01/31"))
    assert first.x > due.x


def test_a_character_without_a_font_is_told_of_tables_too() -> None:
    map_ = document(ActionItem(id="a", strategy="\U0001f8ff"))
    assert not proof_of(sheet_with(MapLayout(map_), map_)).missing
    assert proof_of(sheet_with(MapLayout(map_), map_, frozenset({"tables"}))).missing == ("\U0001f8ff",)


def _text(page: Sheet, words: str) -> Text:
    return next(text for placed in page.placed for text in texts_in(placed.drawing) if text.block.text == words)
