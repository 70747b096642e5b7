"""Changes that depend on what each of the selected records holds, such as one more of many. No widgets."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any


class Change(ABC):
    """Stands for a value where records that differ are to stay different."""

    @abstractmethod
    def of(self, held: Any) -> Any:
        """The value for a record that holds this one."""


class Membership(Change):
    """Takes entries into a list or out of it; the others of each record stay. `new`: the title of one to make first."""

    def __init__(self, *, added: tuple[str, ...] = (), removed: tuple[str, ...] = (), new: str = "") -> None:
        self.added = added
        self.removed = removed
        self.new = new

    def of(self, held: tuple[str, ...]) -> tuple[str, ...]:
        kept = [entry for entry in held if entry not in self.removed]
        return (*kept, *(entry for entry in self.added if entry not in kept))


class CountBy(Change):
    """Counts up or down, not below nothing."""

    def __init__(self, by: int) -> None:
        self.by = by

    def of(self, held: int) -> int:
        return max(0, held + self.by)


class EndAt(Change):
    """Lets cards reach to a step, as far as that is later than their own; None: over their own only."""

    def __init__(self, step: str | None) -> None:
        self.step = step

    def of(self, _held: Any) -> str | None:
        return self.step


class NewChannel(Change):
    """A channel of the map's own that is to be made first, and then takes the place of what was held."""

    def __init__(self, label: str, icon: str, online: bool | None) -> None:
        self.label = label
        self.icon = icon
        self.online = online
        self.id = ""
        """What it is called once it is there."""

    def of(self, _held: Any) -> str:
        return self.id
