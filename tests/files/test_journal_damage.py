"""Journals that are not as they were written, by accident or on purpose: what is sound is given back, and no more."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.files import open_map
from app.files.journal.log import Ending, line, read_log
from app.files.journal.recovery import find_lost
from tests.files.desk import Desk, state


def test_a_torn_last_line_is_dropped(desk: Desk) -> None:
    for title in ("One", "Two", "Three"):
        desk.name(title)
    desk.crash()
    desk.log.write_bytes(desk.log.read_bytes()[:-7])
    [lost] = desk.find()
    assert lost.title == "Two"
    assert not lost.is_partial


def test_after_a_damaged_line_nothing_is_believed(desk: Desk) -> None:
    for title in ("One", "Two", "Three"):
        desk.name(title)
    desk.crash()
    content = desk.log.read_bytes()
    desk.log.write_bytes(content.replace(b"Name Two", b"Name Twx"))
    [lost] = desk.find()
    assert lost.title == "One"
    assert lost.is_partial


def test_a_damaged_copy_of_the_file_is_made_up_for_by_the_file(desk: Desk) -> None:
    desk.name("One")
    desk.crash()
    [base] = desk.root.glob("*/base-*")
    base.write_bytes(base.read_bytes()[:-30])
    [lost] = desk.find()
    assert lost.title == "One"


def rewritten(log: Path, change: Callable[[dict[str, object]], object]) -> None:
    """Changes every line of a log, with a right checksum."""
    lines = [json.loads(text.partition(b" ")[2]) for text in log.read_bytes().splitlines()]
    for values in lines:
        change(values)
    log.write_bytes(b"".join(line(values.pop("n"), values) for values in lines))


BOMBS: list[Callable[[dict[str, object]], object]] = [
    lambda values: values.update(diff=[]),
    lambda values: values.update(diff={"map": None}),
    lambda values: values.update(diff={"map": [None, {"id": "map", "type": "map", "title": 3}]}),
    lambda values: values.update(diff={"x": [None, {"id": "y", "type": "stage"}]}),
    lambda values: values.update(diff={"k": [None, {"id": "k", "type": "link", "source": "no", "target": "no"}]}),
    lambda values: values.update(diff={"u": [None, {"id": "u", "type": "u", "deep": json.loads("[" * 60 + "]" * 60)}]}),
    lambda values: values.update(diff={"u": [None, {"id": "u", "type": "u", "text": "x" * 200_000}]}),
    lambda values: values.update(label=7),
    lambda values: values.update(do="redo"),
    lambda values: values.update(do="explode"),
    lambda values: values.update(schemas="all"),
    lambda values: values.update(format=99),
    lambda values: values.update(jump={"map": [None, None]}),
    lambda values: values.update(path="\0", at=1e400 if values["do"] == "edit" else "noon"),
    lambda values: values.update(n=5),
]


@pytest.mark.parametrize("bomb", BOMBS)
def test_hostile_journals_are_refused_without_a_fuss(desk: Desk, bomb: Callable[[dict[str, object]], object]) -> None:
    desk.name("One")
    desk.crash()
    before = state(open_map(desk.path).document)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.files.journal.log._encode", json.JSONEncoder().encode)
        rewritten(desk.log, bomb)
    for lost in desk.find():
        assert state(lost.document) in (before, state(desk.document))


@pytest.mark.parametrize("content", [b"", b"\n", b"\0" * 5000, os.urandom(5000), b"0" * 9, b"[" * 100_000 + b"\n"])
def test_no_journal_at_all(desk: Desk, content: bytes) -> None:
    desk.name("One")
    desk.crash()
    desk.log.write_bytes(content)
    found = find_lost(desk.root)
    assert found.lost == []
    assert found.unreadable == [desk.log.parent]
    deep = b"[" * 100_000
    desk.log.write_bytes(b"%08x %s\n" % (zlib.crc32(deep), deep))
    assert read_log(desk.log) == ([], Ending.BROKEN)
    assert find_lost(desk.root).lost == []


def test_a_line_that_would_fill_the_memory_is_not_parsed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.name("One")
    desk.crash()
    bomb = b'{"n":2,"x":[' + b"[]," * 5_000_000 + b"0]}"
    with desk.log.open("ab") as stream:
        stream.write(b"%08x %s\n" % (zlib.crc32(bomb), bomb))
    parse = json.loads

    def parse_little(text: bytes, **options: Any) -> object:
        assert len(text) < 1_000_000
        return parse(text, **options)

    monkeypatch.setattr("app.files.journal.log.json.loads", parse_little)
    [lost] = desk.find()
    assert lost.title == "One"
    assert lost.is_partial
