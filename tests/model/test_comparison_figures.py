"""Two maps side by side: what is said of figures."""

from __future__ import annotations

from datetime import date

import pytest

from app.model import edits
from app.model.comparison import compare
from app.model.document import Document
from tests.model.builders import rich_map, small_map


def said_of(document: Document, id: str, **fields: object) -> str:
    """What is said when these fields of a record change."""
    before = document.records
    with document.edit("Edit") as tx:
        tx.set(id, **fields)
    [sentence] = compare(before, document.records).sentences[id]
    return sentence.text


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (0.25, 0.5, "Value changed from 0.25 to 0.5."),
        (0.331, 0.334, "Value changed from 0.331 to 0.334."),
        (-0.33333, -0.33334, "Value changed from −0.33333 to −0.33334."),
        (0.3333331, 0.3333332, "Value changed."),
    ],
)
def test_figures_that_differ_are_never_said_to_be_the_same(old: float, new: float, words: str) -> None:
    """B7: with two places where that is enough, else with as many as it takes."""
    document = rich_map()
    said_of(document, "e1", value=old)
    assert said_of(document, "e1", value=new).endswith(f": {words}")


def test_readings_that_differ_are_told_apart() -> None:
    """B7: lists of figures, too."""
    document, day = rich_map(), date(2026, 1, 1)
    with document.edit("Begin") as tx:
        metric = edits.add_card(tx, "metric", "l1", "s1", title="NPS")
        tx.set(metric, history=((day, 0.331),))
    said = said_of(document, metric, history=((day, 0.334),))
    assert said.endswith("gained 2026-01-01: 0.334 and lost 2026-01-01: 0.331.")


def figures_said(document: Document, id: str, **fields: object) -> list[str]:
    """What is said of the figures of the map when these fields of a record change."""
    before = document.records
    with document.edit("Edit") as tx:
        tx.set(id, **fields)
    return [sentence.text for sentence in compare(before, document.records).figures]


def test_a_figure_that_reads_as_before_is_not_said_to_be_another() -> None:
    """B7: "12, before 12" tells nobody anything."""
    document = rich_map()
    with document.edit("Begin") as tx:
        metric = edits.add_card(tx, "metric", "l1", "s1", title="NPS")
        tx.set(metric, current=12.0)
    assert figures_said(document, metric, current=12.01) == []
    assert figures_said(document, metric, target=30.0) == [
        "“NPS”: 12 as before; the target is 30, before there was none."
    ]
    assert figures_said(document, metric, target=30.04) == []
    assert figures_said(document, metric, target=20.0) == ["“NPS”: 12 as before; the target is 20, before 30."]
    assert figures_said(document, metric, target=None) == [
        "“NPS”: 12 as before; there is no target any more, before 20."
    ]
    assert figures_said(document, metric, current=15.0) == ["“NPS”: 15, before 12."]


def test_a_metric_without_a_figure_is_not_said_to_be_unknown_as_before() -> None:
    """B7: that it is there is said among the changes."""
    document = rich_map()
    before = document.records
    with document.edit("Begin") as tx:
        edits.add_card(tx, "metric", "l1", "s1", title="NPS")
    assert compare(before, document.records).figures == ()


def test_a_curve_that_reads_as_before_is_not_said_to_be_another() -> None:
    """B7: the mean stays where one point rises as another falls; then the range is told, as it was too."""
    document = small_map()
    figures_said(document, "e1", value=-1.41)
    assert figures_said(document, "e1", value=-1.42) == []
    before = document.records
    with document.edit("Edit") as tx:
        tx.set("e1", value=-2.0)
        tx.set("e2", value=1.58)
    [whole, *_] = compare(before, document.records).figures
    words = "Emotion of “Ana” on the way: on average −0.2 as before; lowest −2, highest 1.6, before −1.4 and 1."
    assert whole.text == words


def test_a_small_negative_figure_is_not_less_than_nothing() -> None:
    """B7: nobody reads −0 and 0 as two figures."""
    document = small_map()
    figures_said(document, "e1", value=-1.0)
    assert figures_said(document, "e1", value=-1.04) == []


def test_a_time_that_reads_as_before_is_not_said_to_be_another() -> None:
    """B7: durations are read in whole seconds."""
    document = rich_map()
    with document.edit("Begin") as tx:
        tx.set("d2", duration=30.0)
    assert figures_said(document, "d2", duration=30.001) == []
    assert figures_said(document, "d2", duration=31.0) != []
