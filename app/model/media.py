"""The shelf of a map: its pictures by what is in them, outside records and history.

Records name pictures as `sha256.suffix`. Nothing is ever taken off the shelf while a map is open, so that undo finds
everything again; a file gets only what its records name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Literal, get_args

from app.model.fields import MediaName
from app.model.picture_headers import picture_size
from app.model.records import Record

Suffix = Literal["png", "jpg", "webp"]

MEDIA_NAME = re.compile(r"[0-9a-f]{64}\.(?:png|jpg|webp)", re.ASCII)


def media_name(data: bytes, suffix: Suffix) -> str:
    """What a picture is called in records and on the shelf."""
    return f"{hashlib.sha256(data).hexdigest()}.{suffix}"


class Media:
    """The shelf. Whoever adds pictures has checked them: see `app.files.pictures`."""

    def __init__(self, pictures: Mapping[str, bytes] | None = None) -> None:
        self._pictures = dict(pictures or {})
        self._sizes: dict[str, tuple[int, int] | None] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._pictures

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._pictures))  # threads go through the shelf while pictures are added to it

    def __len__(self) -> int:
        return len(self._pictures)

    def add(self, data: bytes, suffix: Suffix) -> str:
        """Puts a picture on the shelf, once; returns its name."""
        name = media_name(data, suffix)
        self._pictures.setdefault(name, data)
        return name

    def take_from(self, other: Media, names: Iterable[str]) -> None:
        """Puts pictures of another shelf here too, as far as it has them."""
        for name in names:
            data = other.get(name)
            if data is not None:
                self._pictures.setdefault(name, data)

    def get(self, name: str | None) -> bytes | None:
        """The encoded picture; None where it is not there, as in a file that lost it."""
        return self._pictures.get(name) if name is not None else None

    def size(self, name: str | None) -> tuple[int, int] | None:
        """Width and height in px, out of the picture's header; None where the picture is not there."""
        data = self.get(name)
        if name is None or data is None:
            return None
        if name not in self._sizes:
            self._sizes[name] = picture_size(name.rpartition(".")[2], data)
        return self._sizes[name]


def pictures_of(records: Iterable[Record]) -> set[str]:
    """The names of all pictures that records name, those in fields and types of a newer version included."""
    found: set[str] = set()
    for record in records:
        values = record.__dict__
        found.update(values[field] for field in _picture_fields(record.__class__) if values[field] is not None)
        if record.__pydantic_extra__:
            found.update(_names_in(record.__pydantic_extra__))
    return found


@cache
def _picture_fields(record_class: type[Record]) -> tuple[str, ...]:
    fields = record_class.model_fields.items()
    return tuple(name for name, field in fields if MediaName in get_args(field.annotation))


def _names_in(value: object) -> Iterator[str]:
    match value:
        case str():
            if MEDIA_NAME.fullmatch(value):
                yield value
        case list() | tuple():
            for item in value:
                yield from _names_in(item)
        case dict():
            for item in value.values():
                yield from _names_in(item)
