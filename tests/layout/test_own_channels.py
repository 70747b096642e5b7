"""Touchpoints say what their map calls its own channels, and lanes of channels have their row."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from app.layout.drawing import Drawing, Icon, Text
from app.layout.engine import MapLayout
from app.layout.lookup import drop_place
from app.model import edits
from app.model.document import Document
from app.model.queries import steps_of
from tests.layout.maps import follow, picture

pytestmark = pytest.mark.usefixtures("qapp")


class Drawn(NamedTuple):
    """A map with a channel of its own, two touchpoints that use it, and one that does not."""

    document: Document
    kiosk: str
    one: str
    wide: str
    other: str
    channels: str
    step: str


@pytest.fixture
def drawn() -> Drawn:
    document = Document()
    with document.edit("Draw") as tx:
        first, last = (steps_of(tx.store, edits.add_stage(tx, title))[0].id for title in ("First", "Last"))
        lane, channels = edits.add_lane(tx, "touchpoints"), edits.add_lane(tx, "channels")
        kiosk = edits.add_channel(tx, "Kiosk", icon="monitor")
        one = edits.add_card(tx, "touchpoint", lane, first, title="One", channel=kiosk)
        wide = edits.add_card(tx, "touchpoint", lane, first, title="Wide", channel=kiosk, to_step=last)
        other = edits.add_card(tx, "touchpoint", lane, last, title="Other", channel="email")
    return Drawn(document, kiosk, one, wide, other, channels, first)


def drawing(layout: MapLayout, card: str) -> Drawing:
    placed = layout.card(card)
    assert placed is not None
    return placed.drawing


def words(layout: MapLayout, card: str) -> list[str]:
    return [item.block.text for item in drawing(layout, card).items if isinstance(item, Text)]


def icon(layout: MapLayout, card: str) -> str:
    return next(item.name for item in drawing(layout, card).items if isinstance(item, Icon))


def test_a_renamed_channel_is_seen_at_once_on_every_card_that_names_it(drawn: Drawn) -> None:
    document = drawn.document
    layout = MapLayout(document)
    follow(document, layout)
    untouched = drawing(layout, drawn.other)
    assert (words(layout, drawn.one), icon(layout, drawn.one)) == (["One", "Kiosk"], "monitor")
    with document.edit("Rename") as tx:
        edits.set_fields(tx, [drawn.kiosk], label="Terminal with a name of many words, more than fit in one line")
        edits.set_fields(tx, [drawn.kiosk], icon="printer")
    for card in (drawn.one, drawn.wide):
        assert words(layout, card)[1].startswith("Terminal with")
        assert icon(layout, card) == "printer"
    assert drawing(layout, drawn.other) is untouched
    assert picture(layout) == picture(MapLayout(document))
    document.undo()
    assert words(layout, drawn.wide) == ["Wide", "Kiosk"]
    with document.edit("Delete") as tx:
        edits.delete(tx, [drawn.kiosk])
    assert (words(layout, drawn.one), icon(layout, drawn.one)) == (["One", "Kiosk"], "radio-tower")
    assert picture(layout) == picture(MapLayout(document))


def test_nothing_is_dropped_into_a_lane_of_channels(drawn: Drawn) -> None:
    layout = MapLayout(drawn.document)
    row, column = layout.row_of[drawn.channels], layout.column_of[drawn.step]
    assert row.h > 0
    assert drop_place(layout, column.x + 1, row.y + 1) is None
    above = layout.rows[0]
    assert drop_place(layout, column.x + 1, above.y + 1) is not None
