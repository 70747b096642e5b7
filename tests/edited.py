"""A sample as a colleague has worked on it: something of everything that can differ between two states of a map."""

from __future__ import annotations

from app.model.document import Document
from app.model.edits import (
    add_card,
    add_lane,
    add_link,
    add_point,
    add_stage,
    delete,
    move_cards,
    move_point,
    move_stage,
    set_fields,
)
from app.model.lanes import lane_kind
from app.model.queries import columns, lanes
from app.model.records import Card, EmotionPoint, Link, Record, Stage


def edited(records: list[Record]) -> list[Record]:
    """What a morning's work makes of a map."""
    document = Document(records)
    with document.edit("A morning") as tx:
        cards = sorted((one for one in tx.store.of_type("card") if isinstance(one, Card)), key=lambda one: one.id)
        points = sorted(tx.store.ids_of_type("emotion_point"))
        steps = [step.id for step in columns(tx.store)]
        free = [lane.id for lane in lanes(tx.store) if lane_kind(lane.kind).holds_cards]
        delete(tx, [cards[0].id, cards[7].id])
        set_fields(tx, [cards[3].id], title=cards[3].title + ", twice a week")
        words = (cards[5].body or "One two three four five").split()
        set_fields(tx, [cards[5].id], body=" ".join([words[0], "entirely", *words[2:], "again"]))
        move_cards(tx, [cards[9].id], free[0], steps[2])
        move_cards(tx, [cards[11].id], cards[11].lane, steps[-1])
        set_fields(tx, [cards[11].id], title="Moved, and named anew")
        add_card(tx, "pain_point", free[-1], steps[1], title="A new worry", body="Nobody answers before noon.")
        new = add_card(tx, "opportunity", free[-1], steps[3], title="Answer sooner")
        add_link(tx, cards[20].id, new)
        links = sorted(one.id for one in tx.store.of_type("link") if isinstance(one, Link))
        delete(tx, links[:1])
        stage = tx.store.of(Stage, min(tx.store.ids_of_type("stage")))
        assert stage is not None
        last = add_stage(tx, title="Afterwards")
        move_stage(tx, last, None)
        lane = add_lane(tx, "notes", title="Ideas for later")
        add_card(tx, "note", lane, steps[0], title="Think about it")
        point = tx.store.of(EmotionPoint, points[0])
        assert point is not None
        move_point(tx, points[0], point.step, point.at, max(-2.0, min(2.0, -point.value or 1.5)))
        delete(tx, [points[2]])
        add_point(tx, point.lane, point.persona, steps[-1], at=0.8, value=1.0)
    return document.records
