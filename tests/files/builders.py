"""Maps to save, and files that no honest program would write."""

import hashlib
import json
import struct
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from app.files.container import write_container
from app.files.mapfile import MIMETYPE
from app.model.records import Record
from app.model.registry import record_from_json

Values = dict[str, Any]
Entry = tuple[bytes, bytes, Values]

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">2L", 320, 200) + b"\x08\x02\x00\x00\x00rest"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(10) + b"\xff\xff\xc0\x00\x11\x08" + struct.pack(">2H", 200, 320) + b"rest"
WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00" + bytes(4) + b"\x3f\x01\x00\xc7\x00\x00"

SMALL: list[Values] = [
    {"id": "map", "type": "map", "title": "Switching provider", "review_date": "2025-03-31"},
    {"id": "g_1", "type": "stage", "order": "a1", "title": "Awareness"},
    {"id": "s_1", "type": "step", "stage": "g_1", "title": "Notice the problem"},
    {"id": "l_1", "type": "lane", "kind": "touchpoints"},
    {"id": "l_2", "type": "lane", "order": "a1", "kind": "emotion"},
    {"id": "p_1", "type": "persona", "name": "Ana"},
    {"id": "e_1", "type": "emotion_point", "lane": "l_2", "persona": "p_1", "step": "s_1", "at": 0.25, "value": -1.5},
    {"id": "c_1", "type": "card", "kind": "touchpoint", "step": "s_1", "lane": "l_1", "title": "Advert: bus stop"},
    {"id": "c_2", "type": "card", "kind": "note", "step": "s_1", "lane": "l_1", "body": "Größe → ٣ 😀"},
    {"id": "k_1", "type": "link", "source": "c_1", "target": "c_2"},
]


def records(values: Iterable[Values] = SMALL) -> list[Record]:
    return [record_from_json(value) for value in values]


def renamed() -> list[Record]:
    """The small map under another title."""
    return records([{**value, "title": "New"} if value["id"] == "map" else value for value in SMALL])


def lines(values: Iterable[Values] = SMALL) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


def with_card(**fields: Any) -> bytes:
    """The small map's lines with other fields in its first card, which is record 8."""
    return lines([{**value, **fields} if value["id"] == "c_1" else value for value in SMALL])


def with_line(line: str | bytes) -> bytes:
    """The small map's lines and one more, record 11."""
    return lines() + (line.encode() if isinstance(line, str) else line) + b"\n"


def manifest(parts: Mapping[str, bytes], **fields: Any) -> bytes:
    values = {
        "format": "journeymapper",
        "version": 1,
        "minReader": 1,
        "appVersion": "0.1.0",
        "rev": digest(parts.get("records.jsonl", b"")),
        "parents": [],
        "schemas": {"card": 1},
        "parts": {name: digest(content) for name, content in parts.items()},
    }
    return json.dumps({key: value for key, value in {**values, **fields}.items() if value is not None}).encode()


def sealed(jsonl: bytes | None = None, parts: Mapping[str, bytes] | None = None, **fields: Any) -> bytes:
    """A file that is in order as far as its manifest can tell, whatever is in its parts."""
    content = {"records.jsonl": lines() if jsonl is None else jsonl, **(parts or {})}
    return packed({"mimetype": MIMETYPE.encode(), "manifest.json": manifest(content, **fields), **content})


def packed(parts: Mapping[str, bytes]) -> bytes:
    return write_container(parts.items())


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def media(content: bytes, kind: str) -> dict[str, bytes]:
    return {f"media/{digest(content)}.{kind}": content}


def raw_zip(entries: Iterable[Entry]) -> bytes:
    """A zip from (name, packed bytes, what to write into its headers instead of the truth)."""
    body, table = bytearray(), bytearray()
    count = 0
    for name, content, lies in entries:
        told: Values = {
            "flags": 0,
            "method": 0,
            "crc": zlib.crc32(content),
            "packed": len(content),
            "size": len(content),
        }
        told |= {"offset": len(body), "local_name": name, **lies}
        numbers = (told["method"], 0, 33, told["crc"], told["packed"], told["size"])
        local = told["local_name"]
        body += struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, told["flags"], *numbers, len(local), 0) + local + content
        table += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, told["flags"], *numbers, len(name), *[0] * 5, told["offset"]
        )
        table += name
        count += 1
    return bytes(body + table + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(table), len(body), 0))


def deflated(content: bytes, **lies: Any) -> tuple[bytes, Values]:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    squeezed = packer.compress(content) + packer.flush()
    return squeezed, {"method": 8, "crc": zlib.crc32(content), "packed": len(squeezed), "size": len(content), **lies}


def zip_with(
    name: bytes, content: bytes = b"x", *, unpacked: bytes | None = None, listed: bool = True, **lies: Any
) -> bytes:
    """A sound small map with one part more, whose headers may lie."""
    parts = {"records.jsonl": lines()}
    truth = content if unpacked is None else unpacked
    told = {**parts, name.decode("latin-1"): truth} if listed else parts
    head: list[Entry] = [(b"mimetype", MIMETYPE.encode(), {}), (b"manifest.json", manifest(told), {})]
    return raw_zip([*head, (b"records.jsonl", lines(), {}), (name, content, lies)])
