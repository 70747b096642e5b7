"""The edits: functions on a transaction, named as people speak of a map.

There is no undo code here: a transaction records what it changes.
"""

from app.model.edits.beside import (
    add_action_item,
    add_backdrop,
    add_channel,
    add_comment,
    add_feedback,
    add_source,
    move_action_item,
    move_backdrop,
    move_channel,
    move_feedback,
    move_source,
)
from app.model.edits.cards import add_card, duplicate_cards, move_cards, shift_cards, span_card
from app.model.edits.curve import add_point, give_point, move_point
from app.model.edits.deletion import Deleted, delete
from app.model.edits.fields import add_reference, remove_reference, set_fields, set_map, set_references, switch_rule
from app.model.edits.kinds import KindChange, change_kind
from app.model.edits.links import add_link, reverse_link
from app.model.edits.pasting import Pasted, paste_cards
from app.model.edits.structure import (
    add_lane,
    add_persona,
    add_stage,
    add_step,
    move_lane,
    move_persona,
    move_stage,
    move_step,
    set_lane_kind,
)

__all__ = [
    "Deleted",
    "KindChange",
    "Pasted",
    "add_action_item",
    "add_backdrop",
    "add_card",
    "add_channel",
    "add_comment",
    "add_feedback",
    "add_lane",
    "add_link",
    "add_persona",
    "add_point",
    "add_reference",
    "add_source",
    "add_stage",
    "add_step",
    "change_kind",
    "delete",
    "duplicate_cards",
    "give_point",
    "move_action_item",
    "move_backdrop",
    "move_cards",
    "move_channel",
    "move_feedback",
    "move_lane",
    "move_persona",
    "move_point",
    "move_source",
    "move_stage",
    "move_step",
    "paste_cards",
    "remove_reference",
    "reverse_link",
    "set_fields",
    "set_lane_kind",
    "set_map",
    "set_references",
    "shift_cards",
    "span_card",
    "switch_rule",
]
