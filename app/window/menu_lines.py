"""What a line of a menu is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Entry(NamedTuple):
    """A line of a menu. `needs`: what must be there for it to be of use, of `what_is_there`, or nothing; then, of
    `what_is_selected`, what it does something to. While a menu is open it is grey without any of the latter; its keys
    work all the same, and say what to select.

    `group`: of the lines of a group one is checked; a line that is a group of its own is switched on and off.
    `tip`: what it leads to, in a sentence, where the name alone could be taken for another.
    """

    name: str
    text: str
    keys: tuple[str, ...]
    run: Callable[[], object]
    icon: str = ""
    needs: str = "map"
    group: str = ""
    tip: str = ""


class Submenu(NamedTuple):
    """A menu in a menu. Without lines of its own, somebody fills it later."""

    name: str
    title: str
    lines: tuple[Entry, ...] = ()


Line = Entry | Submenu | None
"""None: a rule between two lines."""
