"""Places of one sheet and those of another that belong to them."""

from __future__ import annotations

import pytest

from app.files import open_map
from app.layout.alignment import Alignment
from app.layout.engine import MapLayout
from app.model.document import Document
from app.model.edits import add_lane, add_stage, delete, set_fields
from app.model.queries import lanes, stages
from app.paths import sample_dir

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(params=["broadband", "arabic"])
def document(request: pytest.FixtureRequest) -> Document:
    return open_map(sample_dir() / f"{request.param}.jmap").document


def test_steps_and_lanes_that_both_have_lie_beside_each_other(document: Document) -> None:
    here = MapLayout(document)
    other = Document(document.records)
    with other.edit("Edit") as tx:
        add_stage(tx, "At first", before=stages(other.store)[0].id)
        add_lane(tx, "notes", "On top", before=lanes(other.store)[0].id)
        set_fields(tx, [here.columns[2].step], width=100.0)
    there = MapLayout(other)
    way = Alignment(here, there)
    for column in here.columns:
        twin = there.column_of[column.step]
        x, _ = way.place(column.x + column.w / 2, here.rows[0].y)
        assert x == pytest.approx(twin.x + twin.w / 2)
    for row in here.rows:
        twin_row = there.row_of[row.lane]
        assert way.place(here.columns[0].x, row.y + 1.0)[1] == pytest.approx(twin_row.y + twin_row.h / row.h, abs=1e-6)


def test_what_the_other_does_not_have_leads_to_what_is_before_it(document: Document) -> None:
    here = MapLayout(document)
    gone = here.columns[3]
    other = Document(document.records)
    with other.edit("Edit") as tx:
        delete(tx, [gone.step])
    there = MapLayout(other)
    x, _ = Alignment(here, there).place(gone.x + gone.w / 2, here.rows[0].y)
    before = there.column_of[here.columns[2].step]
    assert x == pytest.approx(before.x if here.rtl else before.x + before.w)


def test_maps_without_anything_in_common_are_scrolled_alike(document: Document) -> None:
    empty = MapLayout(Document())
    here = MapLayout(document)
    from_start = here.size[0] - 70.0 if here.rtl else 70.0
    assert Alignment(here, empty).place(from_start, 80.0) == pytest.approx((70.0, 80.0))
