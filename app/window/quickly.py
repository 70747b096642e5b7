"""What makes the start of the program quicker, and nothing else: without it everything works the same, only later.

Beside what is here: what is imported before the first picture leaves Qt's own namespace alone, `PySide6.QtCore.Qt`.
Whoever asks for one name in it gets all its 93 enums made, an eighth of the time until the window is there. Hence
properties set by name in `status`, a palette for a filled rectangle in `standin`, a pen out of a stream in `icons`, and
imports of `Qt` inside functions. Nor does it ask for a widget that Qt has made itself, say the viewport of an area: to
find out of which kind it is PySide makes all kinds of widgets, with their enums.

And records have annotations that are not postponed: pydantic would compile the text of each one.
"""

from __future__ import annotations

import builtins
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, Final

LATER: Final = ("generators", "readwrite", "algorithms", "linalg", "drawing", "convert_matrix", "relabel")
"""The parts of networkx that a map does not need to be opened: nine tenths of it."""


def import_plainly() -> None:
    """Takes away what PySide has put before every import.

    It looks there for users of its `__feature__` switches, of which this program has none, in the source of each new
    module. With some 500 modules still to come that is a fifth of the time until the map is there.
    """
    known = vars(builtins)
    if "__feature_import__" in known and known["__import__"] is known["__feature_import__"]:
        known["__import__"] = known["__orig_import__"]


def import_graphs() -> None:
    """Imports networkx with its graph classes only; the rest follows by itself when somebody asks for it."""
    if "networkx" in sys.modules:
        return
    names = [f"networkx.{part}" for part in LATER]
    for name in names:
        sys.modules[name] = _empty(name)
    try:
        with _no_plugins():
            networkx = import_module("networkx")
    finally:
        for name in names:
            del sys.modules[name]
    for part in LATER:
        networkx.__dict__.pop(part, None)
    own = networkx.__dict__.get("__getattr__")

    def complete(name: str) -> Any:
        """Called for a name that networkx does not have: now it gets the rest, in its own order."""
        networkx.__dict__["__getattr__"] = own
        for part in LATER:
            module = import_module(f"networkx.{part}")
            public = getattr(module, "__all__", None) or [each for each in vars(module) if not each.startswith("_")]
            networkx.__dict__.update({each: getattr(module, each) for each in public})
        return getattr(networkx, name)

    networkx.__dict__["__getattr__"] = complete


def import_records() -> None:
    """Imports pydantic without looking for plugins of it; none of them has a say here anyway."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    with _no_plugins(), _plain_dicts():
        import_module("pydantic.plugin._loader")
        import_module("pydantic.fields")


@contextmanager
def _plain_dicts() -> Iterator[None]:
    """Lets pydantic describe its 90 kinds of dictionaries without what type checkers ask of them: nobody asks here."""
    import typing_extensions

    kept = typing_extensions.TypedDict
    typing_extensions.TypedDict = _PlainDict  # type: ignore[assignment]
    try:
        yield
    finally:
        typing_extensions.TypedDict = kept


class _PlainDict(dict[str, Any]):
    """The base of such a description: `class Settings(TypedDict, total=False)`."""

    def __init_subclass__(cls, **_: object) -> None:
        super().__init_subclass__()


@contextmanager
def _no_plugins() -> Iterator[None]:
    """For whoever looks meanwhile there is nothing else installed. The module that knows more brings the library for
    e-mail and network along, which takes longer than the search.
    """
    name = "importlib.metadata"
    if name in sys.modules:
        yield
        return
    stand_in = sys.modules[name] = _empty(name)
    stand_in.entry_points = lambda **_: ()  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del sys.modules[name]


def _empty(name: str) -> ModuleType:
    """A module from which `import *` takes nothing."""
    module = ModuleType(name)
    module.__all__ = []  # type: ignore[attr-defined]
    return module
