"""The quick reader comes to the same verdict as the strict one, whatever is on the line."""

import json
import random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.files import FileError, InvalidMap, dumps, limits
from app.files.container import Container
from app.files.jsontext import read_line
from app.files.lines import read_records
from app.model.records import Record, record_to_json
from app.model.registry import record_from_json
from tests.files import builders as build
from tests.files.strategies import json_values, sound_maps, texts


def quickly(line: bytes) -> list[Record] | None:
    try:
        return read_records(line + b"\n")
    except FileError:
        return None


def strictly(line: bytes) -> list[Record] | None:
    try:
        return [record_from_json(read_line(line))]
    except ValueError:
        return None


keys = texts | st.sampled_from(
    ["id", "type", "title", "kind", "step", "lane", "at", "value", "review_date", "width", "online", "a", "a:b", 'a":']
)
spaces = st.sampled_from(["", "", "", " ", "\t", "\r", "  "])
odd = st.sampled_from(
    [
        *[
            "NaN",
            "1e999",
            "-1e999",
            "1E400",
            "-0",
            "1.",
            "01",
            "9" * 30,
            "9223372036854775807",
            "9223372036854775808",
            "tru",
        ],
        *[
            r'"\ud800"',
            r'"\ud83d\ude00"',
            r'"\u0000"',
            '"\x01"',
            r'"\u003a"',
            r'"a\":"',
            "{}",
            "[[]]",
            "",
            '{"a":1,"a":2}',
        ],
    ]
)
scalars = json_values.map(json.dumps) | json_values.map(lambda value: json.dumps(value, ensure_ascii=False)) | odd


@st.composite
def objects(draw: st.DrawFn) -> bytes:
    """One line that is nearly a record, in any spelling."""
    first = {
        "id": '"x_1"',
        "type": json.dumps(draw(st.sampled_from(["x", "lane", "step", "card", "map", "emotion_point"]))),
    }
    pairs = list(first.items()) + draw(st.lists(st.tuples(keys, scalars), max_size=4))
    spelled = [
        f"{draw(spaces)}{_key(draw, key)}{draw(spaces)}:{draw(spaces)}{value}{draw(spaces)}"
        for key, value in draw(st.permutations(pairs))
    ]
    return f"{draw(spaces)}{{{','.join(spelled)}}}{draw(spaces)}".encode()


def _key(draw: st.DrawFn, key: str) -> str:
    if draw(st.integers(0, 9)) == 0:
        return '"' + "".join(f"\\u{ord(letter):04x}" for letter in key if ord(letter) < 0x10000) + '"'
    return json.dumps(key, ensure_ascii=draw(st.booleans()))


@settings(max_examples=500)
@given(objects())
@example(b'{"id":"x","type":"x","a" :1,"a":"\\":"}')
@example(b'{"id":"x","type":"x","v":{"a":1,"a":1}}')
@example(b'{"id":"x","type":"x","v":"\\":","v":"z"}')
@example(b'{"id":"x","type":"x","v":[{"a:":1}]}')
@example(b'\xef\xbb\xbf{"id":"x","type":"x"}')
def test_quick_and_strict_agree(line: bytes) -> None:
    assert quickly(line) == strictly(line)


@settings(max_examples=60)
@given(sound_maps(), st.randoms(use_true_random=False))
def test_quick_and_strict_agree_on_spoilt_records(records: list[Record], chance: random.Random) -> None:
    for line in Container(dumps(records)).read("records.jsonl").splitlines()[:5]:
        spoilt = bytearray(line)
        for _ in range(chance.randrange(1, 3)):
            spoilt[chance.randrange(len(spoilt))] = chance.choice(b'"\\:{}[],0 \te9x\xc3')
        assert quickly(bytes(spoilt)) == strictly(bytes(spoilt))


@pytest.mark.parametrize(
    "pair",
    [
        (b'{"id":"x","type":"x","n":[{}', b"{}]}"),
        (b'{"id":"x","type":"x"},{"id":"y","type":"x"}', b""),
        (b'{"id":"x",', b'"type":"x"}'),
    ],
)
def test_a_line_cannot_lean_on_the_next(pair: tuple[bytes, bytes]) -> None:
    with pytest.raises(InvalidMap, match="record 2 is not valid JSON"):
        read_records(b"\n".join([build.lines(build.SMALL[:1]).strip(), *pair, b""]))


def test_texts_full_of_colons_are_no_trouble() -> None:
    values: list[dict[str, Any]] = [
        {"id": f"c_{number}", "type": "card", "kind": "note", "step": "s", "lane": "l", "title": title}
        for number, title in enumerate(("10:30", "Bonjour :", 'she said: "no":', '":":":', "::", "\t:"))
    ]
    values.append({"id": "x", "type": "x", "a": {"b:": {"c": "d:"}}})
    assert [record_to_json(record) for record in read_records(build.lines(values))] == values


def test_limits_are_met_exactly() -> None:
    deepest: Any = 1
    for _ in range(limits.DEPTH - 1):
        deepest = [deepest]
    fits = {
        "id": "x",
        "type": "x",
        "text": "y" * limits.TEXT_CHARS,
        "k" * limits.KEY_CHARS: -(limits.INTEGER - 1),
        "deep": deepest,
        "float": 1e308,
    }
    assert quickly(json.dumps(fits).encode()) == strictly(json.dumps(fits).encode()) is not None
    for key, value in {"text": "y" * (limits.TEXT_CHARS + 1), "deep": [deepest], "big": limits.INTEGER}.items():
        line = json.dumps({**fits, key: value}).encode()
        assert quickly(line) is strictly(line) is None
