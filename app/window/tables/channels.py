"""The table of the channels that only this map has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.model.beside import OwnChannel
from app.model.document import EditError, Transaction
from app.model.edits import add_channel, move_channel, set_fields
from app.model.kinds.touchpoint import Touchpoint
from app.model.queries import own_channels, users_of
from app.model.records import Record
from app.model.store import RecordGraph
from app.window.tables.kinds import Column, Kind, field
from app.window.tables.values import BETWEEN_NAMES, title_of


def channel_list() -> Kind:
    """Which channels touchpoints can have besides those that every map knows."""
    columns = (
        field(OwnChannel, "label", 260, _tr("Channel")),
        field(OwnChannel, "icon", 160),
        field(OwnChannel, "online", 120),
        Column("used", _tr("Used by"), 420, _used, lambda store, record: -len(users_of(store, record.id))),
    )
    return Kind(
        "channels",
        _tr("Channels"),
        frozenset({"channel", "card", "persona"}),
        own_channels,
        columns,
        _tr("Touchpoints can use sixteen usual channels. Those that only this map has stand here, each with its icon."),
        _users,
        record=OwnChannel,
        first=_tr("Add the first channel"),
        another=_tr("Add a channel…"),
        one=_tr("channel"),
        add=add_channel,
        move=move_channel,
        link=_use,
        may_delete=True,
    )


def _users(store: RecordGraph, record: Record) -> list[str]:
    return [user.id for user in users_of(store, record.id)]


def _used(store: RecordGraph, record: Any) -> str:
    return BETWEEN_NAMES.join(title_of(store, id) for id in _users(store, record))


def _use(tx: Transaction, row: str, cards: Sequence[str]) -> None:
    """Lets those of the cards use the channel that are touchpoints. Raises EditError where none is."""
    touchpoints = [card for card in cards if tx.store.of(Touchpoint, card) is not None]
    if not touchpoints:
        raise EditError("Only touchpoints have a channel; select one of those on the map.")
    set_fields(tx, touchpoints, channel=row)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Tables", text)
