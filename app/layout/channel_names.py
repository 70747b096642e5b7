"""The channels of a map, called as its language calls them."""

from __future__ import annotations

from app.layout.terms import term
from app.model.channels import CHANNELS
from app.model.ids import MAP_ID
from app.model.languages import primary
from app.model.queries import channels
from app.model.records import Channels, MapRecord
from app.model.store import RecordGraph


def map_channels(store: RecordGraph) -> Channels:
    """Every channel that a touchpoint of a map can name, by id; see `queries.channels`."""
    found, record = channels(store), store.of(MapRecord, MAP_ID)
    if record is None or primary(record.language) == "en":
        return found
    usual = {
        id: channel._replace(label=term(record.language, f"channel_{id}", channel.label))
        for id, channel in CHANNELS.items()
    }
    return {**found, **usual}
