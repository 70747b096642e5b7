"""Finding words in a map: which records hold them, and in which order one goes through those."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Final, NamedTuple, get_args, get_origin

from pydantic import StringConstraints

from app.model.beside import Comment
from app.model.channels import CHANNELS
from app.model.reading import Place, ReadingOrder
from app.model.records import Channels, Record
from app.model.spelling import bare
from app.model.store import RecordGraph

SLICE: Final = 400
"""So many records are looked at in one go: some milliseconds."""

BEFORE: Final = 24
"""At most so many characters stand before the words in an excerpt."""


class Hit(NamedTuple):
    """Something on the map that holds the words, or a comment on which does.

    `id` is what to go to; `field` of `holder`, the same or a comment, has them in this `text`.
    """

    place: Place
    id: str
    holder: str
    field: str
    text: str


class _Read(NamedTuple):
    """A record as it was when its texts were made bare: (field, text, bare text)."""

    record: Record
    texts: tuple[tuple[str, str, str], ...]


class Finder:
    """Finds in one map. It remembers what it has read, so that each further letter takes a moment only."""

    def __init__(self, store: RecordGraph) -> None:
        self._store = store
        self._read: dict[str, _Read] = {}
        self._channels: Channels = {}

    def search(self, words: str, channels: Channels = CHANNELS) -> Generator[None, None, list[Hit]]:
        """Looks for words, a slice of the map at a time; returns the hits in reading order, one for each thing.

        Upper and lower case, accents and the like make no difference, see `spelling.bare`. `channels` are those of the
        map, by id, as they are called there. Nothing may change the map meanwhile.
        """
        wanted = bare(words)
        if not wanted.strip():
            return []
        if channels != self._channels:
            self._channels, self._read = channels, {}
        order, found = ReadingOrder(self._store), dict[str, Hit]()
        for number, record in enumerate(list(self._store), start=1):
            self._take(record, wanted, order, found)
            if not number % SLICE:
                yield
        return sorted(found.values())

    def _take(self, record: Record, wanted: str, order: ReadingOrder, found: dict[str, Hit]) -> None:
        """Adds what a record holds; what it says itself counts more than what is said about it."""
        field = next(((name, text) for name, text, plain in self._texts(record) if wanted in plain), None)
        target = self._store.get(record.about) if isinstance(record, Comment) else record
        place = order.of(target) if field is not None and target is not None else None
        if field is None or target is None or place is None:
            return
        if target is record or target.id not in found:
            found[target.id] = Hit(place, target.id, record.id, *field)

    def _texts(self, record: Record) -> tuple[tuple[str, str, str], ...]:
        """The texts of a record, bare with a blank on both sides: a word with one after it may be the last."""
        read = self._read.get(record.id)
        if read is None or read.record is not record:
            texts = ((name, text, f" {bare(text)} ") for name, text in texts_of(record, self._channels))
            read = self._read[record.id] = _Read(record, tuple(texts))
        return read.texts


def texts_of(record: Record, channels: Channels = CHANNELS) -> Iterator[tuple[str, str]]:
    """What people have written into a record, by field; of a list each entry by itself. Channels by their names."""
    for name, is_channel in _text_fields(type(record)):
        for text in _flat(record.__dict__[name]):
            known = channels.get(text) if is_channel else None
            yield name, known.label if known is not None else text


def following(hits: Sequence[Hit], start: Place | None, by: int, *, from_there: bool = False) -> int:
    """The number of the hit after a place (`by` 1) or before it (−1), round the ends; `from_there`: or right at it.

    None: from the beginning, or the end.
    """
    places = [hit.place for hit in hits]
    if start is None:
        return 0 if by > 0 else len(hits) - 1
    if by > 0:
        return (bisect_left if from_there else bisect_right)(places, start) % len(hits)
    return bisect_left(places, start) - 1 if bisect_left(places, start) else len(hits) - 1


def excerpt(text: str, words: str) -> str:
    """A text in one line from shortly before the words that were found in it."""
    line = " ".join(text.split())
    at = _index(line, f" {bare(line)} ".find(bare(words)) - 1)
    if at <= BEFORE:
        return line
    start = line.find(" ", at - BEFORE, at) + 1 or at
    return f"…{line[start:]}"


def _index(line: str, at: int) -> int:
    """The character of a line that comes at a place of the bare line."""
    length = 0
    for number, char in enumerate(line):
        length += len(bare(char))
        if length > at:
            return number
    return 0


def _flat(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return (value,) if value else ()
    return (text for part in value for text in _flat(part)) if isinstance(value, tuple) else ()


@cache
def _text_fields(record_class: type[Record]) -> tuple[tuple[str, bool], ...]:
    """The fields into which people write, and whether each names channels."""
    return tuple(
        (name, _extra(field.json_schema_extra).get("editor") in {"channel", "channels"})
        for name, field in record_class.model_fields.items()
        if name not in record_class.REFERENCES and _holds_words(field.annotation, field.metadata)
    )


def _extra(extra: object) -> Mapping[str, Any]:
    return extra if isinstance(extra, dict) else {}


def _holds_words(annotation: Any, limits: Iterable[object]) -> bool:
    """Whether a field is a text that may say anything but is not endless, or a list of such texts."""
    if annotation is str:
        return any(
            isinstance(limit, StringConstraints) and limit.pattern is None and limit.min_length is None
            for limit in limits
        )
    inside = get_args(annotation)
    return bool(inside) and _holds_words(inside[0], inside[1:] if get_origin(annotation) is Annotated else ())
