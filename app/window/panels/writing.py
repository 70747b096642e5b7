"""From a value in the inspector to an edit of the document: one undo step, or one sentence why not. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import QCoreApplication

from app.model.document import Document, Draft, EditError, Transaction
from app.model.edits import (
    add_channel,
    add_source,
    give_point,
    move_point,
    set_fields,
    set_lane_kind,
    set_references,
    span_card,
)
from app.model.fields import SAID
from app.model.history import field_key
from app.model.records import Card, EmotionPoint, Lane
from app.model.rules import RuleError
from app.window.panels.field_table import FieldSpec
from app.window.panels.fields.changes import Change, Membership, NewChannel
from app.window.words import model_word


def write(document: Document, ids: Sequence[str], spec: FieldSpec, value: Any, *, joins: bool = False) -> str | None:
    """Gives all of them the value. With `joins`, edits of the same field in a row are one undo step.

    The result is None, or the sentence that says why the old values stay.
    """
    if document.is_editing:
        return QCoreApplication.translate("Inspector", "Something is being moved right now; try again after that.")
    key = field_key(ids, spec.name) if joins else None
    try:
        with document.edit(_label(spec), key) as tx:
            _set_all(tx, ids, spec, value)
    except ValidationError as error:
        return _sentence(error)
    except EditError as error:
        return model_word(str(error))
    except RuleError:
        return QCoreApplication.translate("Inspector", "The map would not hold together with this value.")
    return None


def rehearse(document: Document, ids: Sequence[str], spec: FieldSpec, value: Any) -> Draft:
    """What `write` would change. Raises what makes it say why not, and RuntimeError while the document is busy."""
    return document.rehearse(_label(spec), lambda tx: _set_all(tx, ids, spec, value))


def _label(spec: FieldSpec) -> str:
    return QCoreApplication.translate("Inspector", "Change {0}").format(model_word(spec.label).lower())


def _set_all(tx: Transaction, ids: Sequence[str], spec: FieldSpec, value: Any) -> None:
    if isinstance(value, Membership) and value.new:
        value = Membership(added=(add_source(tx, value.new),))
    if isinstance(value, NewChannel):
        value.id = add_channel(tx, value.label, icon=value.icon, online=value.online)
    for id in ids:
        held = getattr(tx.store.get(id), spec.name, None)
        _set(tx, id, spec, value.of(held) if isinstance(value, Change) else value)


def _set(tx: Transaction, id: str, spec: FieldSpec, value: Any) -> None:
    record, name = tx.store.get(id), spec.name
    if isinstance(record, EmotionPoint) and name in {"at", "value"}:
        place = {"at": record.at, "value": record.value, name: value}
        move_point(tx, id, record.step, place["at"], place["value"])
    elif isinstance(record, EmotionPoint) and name == "persona":
        give_point(tx, id, value)
    elif isinstance(record, Card) and name == "to_step":
        span_card(tx, id, value)
    elif isinstance(record, Lane) and name == "kind":
        set_lane_kind(tx, id, value)
    elif spec.refers is not None:
        set_references(tx, [id], name, value)
    else:
        set_fields(tx, [id], **{name: value})


def _sentence(error: ValidationError) -> str:
    """The first thing that is wrong, as one calm sentence."""
    problem = error.errors()[0]
    bounds = problem.get("ctx", {})
    sentences = {
        "string_too_long": QCoreApplication.translate("Inspector", "At most {max_length} characters fit here."),
        "string_pattern_mismatch": QCoreApplication.translate("Inspector", "This is not written as it has to be."),
        "greater_than_equal": QCoreApplication.translate("Inspector", "It has to be at least {ge:g}."),
        "too_long": QCoreApplication.translate("Inspector", "At most {max_length} entries fit here."),
        "greater_than": QCoreApplication.translate("Inspector", "It has to be more than {gt:g}."),
        "less_than_equal": QCoreApplication.translate("Inspector", "It can be at most {le:g}."),
    }
    if problem["type"] == SAID:
        return QCoreApplication.translate("Inspector", "It {0}.").format(model_word(problem["msg"]))
    sentence = sentences.get(problem["type"])
    if sentence is None:
        return QCoreApplication.translate("Inspector", "This value does not fit here.")
    return sentence.format(**bounds)
