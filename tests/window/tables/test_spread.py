"""Dots that share a square never cover each other."""

from itertools import combinations

import pytest

from app.window.tables.spread import Slot, spread


def overlap(one: Slot, other: Slot) -> bool:
    across = min(one.x + one.w, other.x + other.w) - max(one.x, other.x)
    down = min(one.y + one.h, other.y + other.h) - max(one.y, other.y)
    return across > 1e-6 and down > 1e-6


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 40, 200])
@pytest.mark.parametrize("size", [(186.0, 26.0), (120.0, 60.0), (60.0, 20.0)])
def test_no_dot_covers_another(count: int, size: tuple[float, float]) -> None:
    room = spread(count, *size)
    assert len(room.slots) == count
    assert not any(overlap(one, other) for one, other in combinations(room.slots, 2))
    assert all(slot.x >= -1e-6 and slot.x + slot.w <= size[0] + 1e-6 for slot in room.slots)
    assert all(slot.y >= -1e-6 and slot.y + slot.h <= size[1] + 1e-6 for slot in room.slots)


def test_few_dots_have_room_for_their_titles() -> None:
    assert spread(2, 186.0, 26.0).is_named
    assert not spread(3, 186.0, 26.0).is_named
