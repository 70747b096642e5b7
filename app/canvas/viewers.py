"""Who looks at maps: with the last of them goes what was kept so that maps are painted quickly."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from app.canvas.pictures import pictures
from app.layout import remembering

if TYPE_CHECKING:
    from collections.abc import Callable

_VIEWERS: Final[set[object]] = set()


def look() -> Callable[[], None]:
    """Somebody looks at a map, until the answer is called."""
    viewer = object()
    _VIEWERS.add(viewer)
    return partial(_leave, viewer)


def _leave(viewer: object) -> None:
    _VIEWERS.discard(viewer)
    if not _VIEWERS:
        pictures().forget()
        remembering.forget()
