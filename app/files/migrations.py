"""From records of older versions to those of today, one pure function per record type and version.

`@migration("card", 1)` marks the function that turns the plain values of a card of schema 1 into those of schema 2.
Raise the type's number in `SCHEMAS` with it, and store a file of the old version in tests/files/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import Any

from app.model.registry import RECORD_TYPES

Values = dict[str, Any]
Migration = Callable[[Values], Values]

SCHEMAS: dict[str, int] = dict.fromkeys(RECORD_TYPES, 1)
MIGRATIONS: dict[tuple[str, int], Migration] = {}


def migration(
    type_name: str, from_schema: int, registry: MutableMapping[tuple[str, int], Migration] = MIGRATIONS
) -> Callable[[Migration], Migration]:
    """Registers a function under the record type and the schema it starts from."""

    def register(function: Migration) -> Migration:
        if (type_name, from_schema) in registry:
            raise ValueError(f"{type_name} {from_schema} has a migration already")
        registry[type_name, from_schema] = function
        return function

    return register


def is_old(schemas: Mapping[str, int]) -> bool:
    """Whether a file with these schemas has a record type that has changed since."""
    return any(schemas.get(name, 1) < current for name, current in SCHEMAS.items())


def migrate(
    records: Iterable[Values],
    schemas: Mapping[str, int],
    *,
    current: Mapping[str, int] = SCHEMAS,
    registry: Mapping[tuple[str, int], Migration] = MIGRATIONS,
) -> list[Values]:
    """The records as of today. `schemas` is what the file says of its types; one that it does not name is of schema 1.

    Types of a newer schema stay as they are. A migration must cope with any values: they are not validated yet.
    """
    chains = {name: _chain(name, schemas.get(name, 1), newest, registry) for name, newest in current.items()}
    if not any(chains.values()):
        return list(records)
    return [_migrated(values, chains) for values in records]


def _chain(name: str, start: int, end: int, registry: Mapping[tuple[str, int], Migration]) -> list[Migration]:
    return [registry[name, schema] for schema in range(start, end)]


def _migrated(values: Values, chains: Mapping[str, list[Migration]]) -> Values:
    name = values.get("type")
    for function in chains.get(name, []) if isinstance(name, str) else []:
        values = function(values)
    return values
