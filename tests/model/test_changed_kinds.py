"""Lanes that become others, and points that change hands."""

from __future__ import annotations

import pytest

from app.model.document import Document, EditError
from app.model.edits import add_card, add_lane, add_persona, add_point, add_stage, give_point, set_lane_kind
from app.model.queries import steps_of
from app.model.records import EmotionPoint, Lane


@pytest.fixture
def document() -> Document:
    return Document()


def kind_and_title(document: Document, lane: str) -> tuple[str, str]:
    record = document.store[lane]
    assert isinstance(record, Lane)
    return record.kind, record.title


def test_a_lane_takes_the_name_of_its_new_kind_unless_it_has_one_of_its_own(document: Document) -> None:
    """S6: named and unnamed."""
    with document.edit("Draw") as tx:
        plain, named = add_lane(tx, "actions"), add_lane(tx, "actions", "What Mia does")
    with document.edit("Change") as tx:
        set_lane_kind(tx, plain, "thoughts")
        set_lane_kind(tx, named, "emotion")
    assert kind_and_title(document, plain) == ("thoughts", "Thoughts")
    assert kind_and_title(document, named) == ("emotion", "What Mia does")


def test_what_lies_in_a_lane_keeps_it_what_it_is(document: Document) -> None:
    """S6, E1: cards against curve lanes, points against all others."""
    with document.edit("Draw") as tx:
        [step] = steps_of(tx.store, add_stage(tx))
        actions, curve = add_lane(tx, "actions"), add_lane(tx, "emotion")
        add_card(tx, "action", actions, step.id)
        add_point(tx, curve, add_persona(tx), step.id)
    for lane, kind, what in ((actions, "emotion", "cards"), (curve, "notes", "emotion points")):
        with pytest.raises(EditError, match=f"holds {what}"), document.edit("Change") as tx:
            set_lane_kind(tx, lane, kind)
    with pytest.raises(EditError, match="There is no lane"), document.edit("Change") as tx:
        set_lane_kind(tx, "nowhere", "notes")


def test_a_point_is_given_to_another_persona(document: Document) -> None:
    """P3, E1: to one that is there."""
    with document.edit("Draw") as tx:
        [step] = steps_of(tx.store, add_stage(tx))
        mia, ken = add_persona(tx, "Mia"), add_persona(tx, "Ken")
        point = add_point(tx, add_lane(tx, "emotion"), mia, step.id, 0.25, -1.0)
    before = document.store[point]
    with document.edit("Give") as tx:
        give_point(tx, point, ken)
    assert document.store[point] == before.changed(persona=ken)
    assert isinstance(document.store[point], EmotionPoint)
    with pytest.raises(EditError, match="There is no persona"), document.edit("Give") as tx:
        give_point(tx, point, step.id)
