"""What is worked out for maps and kept because it is soon asked for again: texts broken into lines, drawings of them.

It may be much when one has looked at large maps; who knows that nobody looks at any more lets it go with `forget`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable
    from functools import _lru_cache_wrapper

P = ParamSpec("P")
R = TypeVar("R")

_KEPT: Final[list[_lru_cache_wrapper[object]]] = []


def remembered(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Lets a function keep its last `most` results, as `lru_cache` does, until `forget`. Any thread may call it."""

    def keeping(work: Callable[P, R]) -> Callable[P, R]:
        kept = lru_cache(maxsize=most)(work)
        _KEPT.append(kept)
        return cast("Callable[P, R]", kept)

    return keeping


def forget() -> None:
    """Lets everything go. Any thread may call this; what is asked for again is worked out again."""
    for kept in _KEPT:
        kept.cache_clear()
