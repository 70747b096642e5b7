"""What a merge says: the fields about which two sides disagree, and what it did so that nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from app.model.meaning import Meaning
from app.model.records import Record
from app.model.sentence import Sentence

Choice = Literal["mine", "theirs", "both"]
NoteKind = Literal["kept", "needed", "mended"]

Key = tuple[str, str]
"""A record's id and one of its fields."""

Choices = Mapping[Key, Choice]


@dataclass(frozen=True)
class Clash:
    """A field that both sides set to different values. Values are plain JSON, defaults included.

    `both` is an offer that holds what both wrote, for texts and lists; None: there is none. `is_clean`: nobody's words
    meet in it.
    """

    field: str
    meaning: Meaning
    base: Any
    mine: Any
    theirs: Any
    both: Any
    is_clean: bool


@dataclass(frozen=True)
class Conflict(Clash):
    """A clash in a certain record, about which somebody may choose.

    `default` is taken unless somebody does; it is the same whichever side is called mine.
    """

    id: str
    type: str
    label: str
    default: Choice
    sentence: Sentence

    @property
    def key(self) -> Key:
        return self.id, self.field

    @property
    def offers(self) -> tuple[Choice, ...]:
        """What can be chosen."""
        return ("mine", "theirs") if self.both is None else ("mine", "theirs", "both")

    def value(self, choice: Choice | None = None) -> Any:
        """The value that a choice means, None: the default. Raises ValueError for a choice that is not offered."""
        choice = choice or self.default
        if choice not in self.offers:
            raise ValueError(f"“{choice}” is no choice for {self.field} of {self.id}")
        return {"mine": self.mine, "theirs": self.theirs, "both": self.both}[choice]


class Note(NamedTuple):
    """Something that a merge did by itself and that people should know.

    `kept`: deleted on one side, but changed on the other. `needed`: deleted on one side, but something that stays
    hangs on it or speaks of it. `mended`: what both did together would have broken a rule of the map.
    """

    kind: NoteKind
    id: str
    sentence: Sentence


class Resolved(NamedTuple):
    """The merged map, sound, in the order of its file (by type and id), and what was done to make it so."""

    records: tuple[Record, ...]
    notes: tuple[Note, ...]
