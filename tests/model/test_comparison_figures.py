"""Two maps side by side: what is said of figures."""

from __future__ import annotations

from datetime import date

import pytest

from app.model import edits
from app.model.comparison import compare
from app.model.document import Document
from tests.model.builders import rich_map


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
