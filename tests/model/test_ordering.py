"""Fractional indices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.document import Document
from app.model.edits.placing import orders_at
from app.model.ordering import DIGITS, FIRST_KEY, LONGEST_KEY, OrderError, key_between, keys_between
from app.model.queries import cards_in, in_order, lanes
from app.model.records import Lane
from tests.model.builders import card, small_map

SMALLEST, LARGEST = "A" + "0" * 26, "z" + "z" * 26


@st.composite
def keys(draw: st.DrawFn) -> str:
    """A key of the scheme: a head that tells how many digits follow, these, and a fraction that does not end in 0."""
    head = draw(st.sampled_from("AXYZabcz"))
    length = ord(head) - ord("a") + 1 if head >= "a" else ord("Z") - ord(head) + 1
    digits = st.sampled_from("019AZaz" + DIGITS)
    integer = "".join(draw(st.lists(digits, min_size=length, max_size=length)))
    fraction = "".join(draw(st.lists(digits, max_size=4))).rstrip("0")
    return head + integer + fraction


@given(keys() | st.none(), keys() | st.none())
def test_a_key_between(one: str | None, other: str | None) -> None:
    """O1, O3: strictly between; only below the smallest key of all is there none."""
    before, after = sorted((one, other)) if one is not None and other is not None else (one, other)
    if (before, after) in {(None, SMALLEST), (before, before)} - {(None, None)}:
        with pytest.raises(OrderError):
            key_between(before, after)
    else:
        key = key_between(before, after)
        assert before is None or before < key
        assert after is None or key < after
        assert key_between(before, key) < key < key_between(key, after)


@given(st.lists(st.integers(0, 40), max_size=80))
def test_any_row_of_insertions(places: list[int]) -> None:
    """O1: wherever one inserts, the list stays in order."""
    row: list[str] = []
    for place in places:
        index = min(place, len(row))
        before, after = row[index - 1] if index else None, row[index] if index < len(row) else None
        row.insert(index, key_between(before, after))
    assert row == sorted(set(row))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, None, "a0"),
        ("a0", None, "a1"),
        ("az", None, "b00"),
        ("bzz", None, "c000"),
        (None, "a0", "Zz"),
        (None, "Z0", "Yzz"),
        (None, "a0V", "a0"),
        ("Zz", None, "a0"),
        ("Zz", "a1", "a0"),
        ("a0", "a1", "a0V"),
        ("a0V", "a1", "a0l"),
        ("a0", "a0V", "a0G"),
        ("a0", "a001", "a000V"),
        ("a0z", "a1", "a0zV"),
        ("a0", "b00", "a1"),
        ("az", "b001", "b00"),
        ("a0y", "a0z1", "a0z"),
        (None, "a1", "a0"),
        (None, "b10", "b0z"),
        ("b0z", None, "b10"),
        (LARGEST, None, LARGEST + "V"),
        (None, SMALLEST + "V", SMALLEST),
    ],
)
def test_keys_of_the_scheme(before: str | None, after: str | None, expected: str) -> None:
    """O1: the very keys, which files hold and other programs may make."""
    assert key_between(before, after) == expected


@given(keys() | st.none(), keys() | st.none(), st.integers(0, 70))
def test_many_keys(one: str | None, other: str | None, count: int) -> None:
    """O2: ascending, between, and only as much longer as it takes."""
    before, after = sorted((one, other)) if one is not None and other is not None else (one, other)
    if (before is not None and before == after) or (before is None and after is not None and after[0] == "A"):
        return
    found = keys_between(before, after, count)
    assert len(found) == count
    row = [key for key in (before, *found, after) if key is not None]
    assert row == sorted(set(row))
    assert max(map(len, found), default=0) <= max(len(before or ""), len(after or ""), 2) + 3


def test_a_thousand_keys_between_two_neighbours_are_short() -> None:
    """O2: halving, and not one after the other, which would take 160 characters."""
    assert max(map(len, keys_between("a0", "a1", 1000))) <= 5


@pytest.mark.parametrize("key", ["a", "b0", "0", "a00", "a0!", "a0é", "", "-1"])
def test_what_is_no_key(key: str) -> None:
    """O3: keys that another program, or nobody, made."""
    for before, after in ((key, None), (None, key), (key, "zz")):
        with pytest.raises(OrderError):
            key_between(before, after)


def test_out_of_order() -> None:
    """O3: neighbours that do not stand in order."""
    with pytest.raises(OrderError):
        key_between("a1", "a0")
    with pytest.raises(OrderError):
        keys_between("a0", "a0", 3)


def test_a_key_that_would_be_too_long() -> None:
    """O3, O5: a thousand insertions at the same place use the length up, and then the siblings get new keys."""
    low, high = "a0", "a1"
    with pytest.raises(OrderError):  # noqa: PT012
        while True:
            high = key_between(low, high)
            assert len(high) <= LONGEST_KEY
    document = small_map(card("c2", order=high), card("c1", order=low))
    with document.edit("Make room") as tx:
        [key] = orders_at(tx, cards_in(tx.store, "l1", "s1"), 1)
        assert len(key) == 2
    [first, second] = cards_in(document.store, "l1", "s1")
    assert (first.id, second.id) == ("c1", "c2")
    assert first.order < key < second.order


@given(
    st.lists(st.text(max_size=3).filter(bool) | keys(), min_size=1, max_size=8), st.integers(-1, 9), st.integers(1, 3)
)
def test_room_among_any_siblings(orders: list[str], index: int, count: int) -> None:
    """O4, O5: whatever keys a file has, newcomers get their place and the others keep theirs."""
    document = Document()
    with document.edit("Lanes") as tx:
        for number, order in enumerate(orders):
            tx.put(Lane(id=f"l{number}", order=order))
    before = lanes(document.store)
    assert [lane.id for lane in before] == [f"l{n}" for _, n in sorted((key, n) for n, key in enumerate(orders))]
    with document.edit("Newcomers") as tx:
        for number, key in enumerate(orders_at(tx, before, index, count)):
            tx.put(Lane(id=f"new{number}", order=key))
    place = max(0, min(index, len(before)))
    ids = [lane.id for lane in before]
    assert [lane.id for lane in lanes(document.store)] == ids[:place] + [f"new{n}" for n in range(count)] + ids[place:]


def test_siblings_with_equal_keys() -> None:
    """O4: the ids decide."""
    twins = [Lane(id=id, order=FIRST_KEY) for id in ("b", "c", "a")]
    assert [lane.id for lane in in_order(twins)] == ["a", "b", "c"]
