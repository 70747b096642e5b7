"""More files that no honest program would write: those that take aim at time, memory, encodings and the file system.

`MORE` are refused with a sentence. `ACCEPTED` look odd and are maps all the same. `PLACES` are no files at all.
"""

from __future__ import annotations

import io
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from app.files import CannotRead, Damaged, FileError, InvalidMap, NotAMap, TooLarge, limits
from tests.files import builders as build
from tests.files.hostile import MIME, deflated_part, manifest_text, small_with

Trick = tuple[Callable[[], bytes], type[FileError], str]

MIB = 1024 * 1024
LONG_ID = "s_8f3a1c20aa55"


def card(number: int, **fields: object) -> bytes:
    values = {"id": f"c_{number:012}", "type": "card", "kind": "note", "step": "s_1", "lane": "l_1", **fields}
    return json.dumps(values, separators=(",", ":")).encode() + b"\n"


def many(count: int, line: Callable[[int], bytes]) -> bytes:
    return build.lines() + b"".join(line(number) for number in range(count))


def address(text: str) -> Callable[[], bytes]:
    return small_with(json.dumps({"id": "so_1", "type": "source", "address": text}))


def zip64_end() -> bytes:
    """A sound map with the end of a zip64 file, which says that the numbers are elsewhere."""
    data = build.sealed()
    table, end = data[:-22], data[-22:]
    far = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 3, 3, 100, len(table) - 100)
    where = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(table), 1)
    return table + far + where + end[:8] + b"\xff\xff\xff\xff" + b"\xff" * 8 + b"\x00\x00"


def zip64_part() -> bytes:
    """A part whose sizes are in an extra field, as zip64 has it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, content in (("mimetype", MIME), ("manifest.json", build.manifest({}))):
            with file.open(name, "w", force_zip64=True) as part:
                part.write(content)
    return stream.getvalue()


def with_comment() -> bytes:
    data = build.sealed()
    return data[:-2] + struct.pack("<H", 5) + b"hello"


def comment_that_is_an_end() -> bytes:
    """Two ends: which one is believed depends on the program that reads."""
    data = build.sealed()
    return data[:-2] + struct.pack("<H", 22) + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0, 0, 0, 0, 0)


def quine_like() -> bytes:
    """Two thousand entries that all lead to the same large part."""
    big = bytes(8 * MIB)
    head: list[build.Entry] = [(b"mimetype", MIME, {}), (b"manifest.json", build.manifest({}), {})]
    names = [f"x/{number:04}".encode() for number in range(1_900)]
    one = build.raw_zip([*head, (names[0], big, {})])
    at = one.rindex(b"PK\x03\x04")
    body = one[: one.index(b"PK\x01\x02")]
    numbers = (zlib.crc32(big), len(big), len(big), len(names[0]))
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, *numbers, *[0] * 5, at)
    own = one[len(body) : one.rindex(b"PK\x01\x02")]
    table = own + b"".join(entry + name for name in names)
    return body + table + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1_902, 1_902, len(table), len(body), 0)


def bomb_in_a_bomb() -> bytes:
    inner, _ = build.deflated(bytes(200 * MIB))
    return deflated_part(b"x/bomb", inner * 100)


def many_small_bombs() -> bytes:
    """None is suspicious alone."""
    content = bytes(limits.SMALL_BYTES - 1)
    squeezed, truth = build.deflated(content)
    entries: list[build.Entry] = [(b"mimetype", MIME, {}), (b"manifest.json", build.manifest({}), {})]
    return build.raw_zip([*entries, *((f"x/{n}".encode(), squeezed, truth) for n in range(1_500))])


def lines_of_braces() -> bytes:
    return build.sealed((b'{"a":' * 40_000 + b"\n") * 6)


def lone_keys() -> bytes:
    """Many keys, each followed by a long value without an end."""
    nest = b'{"id":"x","type":"card",' + b'"k":[{' * 400 + b'"v":[' + b"1," * 100_000 + b"\n"
    return build.sealed(nest * 20)


def same_id_many_times() -> bytes:
    return build.sealed(many(60_000, lambda number: card(1, title=f"Number {number}")))


def near_ids() -> bytes:
    """Cards whose steps are all lost and all nearly the same as one that is there."""
    step = json.dumps({"id": LONG_ID, "type": "step", "stage": "g_1"}).encode() + b"\n"
    return build.sealed(step + many(30_000, lambda number: card(number, step=f"s_{number:012}")))


def lost_lanes() -> bytes:
    return build.sealed(many(20_000, lambda number: card(number, lane=f"l_{number:012}", step=f"s_{number:012}")))


def circle_of_comments() -> bytes:
    count = 20_000
    return build.sealed(
        many(
            count,
            lambda n: json.dumps({"id": f"m_{n}", "type": "comment", "about": f"m_{(n + 1) % count}"}).encode() + b"\n",
        )
    )


def links_in_a_circle_to_nowhere() -> bytes:
    return build.sealed(
        many(
            40_000,
            lambda n: (
                json.dumps({"id": f"kk_{n}", "type": "link", "source": f"kk_{n + 1}", "target": "c_1"}).encode() + b"\n"
            ),
        )
    )


def layered_jpeg() -> bytes:
    """A JPEG of 119 kB that a decoder goes over 500 times, which takes it a quarter of a minute."""
    stream = io.BytesIO()
    Image.new("L", (5000, 5000), 128).save(stream, "JPEG", progressive=True, quality=50)
    picture = stream.getvalue()
    last = picture[picture.rindex(b"\xff\xda") : -2]
    return picture[:-2] + last * 500 + picture[-2:]


LARGE: dict[str, Trick] = {
    "128 MB of nothing": (lambda: bytes(128 * MIB), NotAMap, "not a journey map"),
    "128 MB of line feeds": (lambda: b"\n" * (128 * MIB), NotAMap, "not a journey map"),
    "128 MB of heads": (lambda: b"PK\x03\x04" * (32 * MIB), Damaged, "its end is missing"),
    "100 MB of table": (lambda: b"PK\x03\x04" + b"PK\x01\x02" * (25 * MIB), Damaged, "its end is missing"),
    "60 MB of quotation marks": (lambda: b"PK\x03\x04" + b'"' * (60 * MIB), Damaged, "its end is missing"),
    "60 MB of keys": (lambda: b"PK\x03\x04" + b'"id":"a",' * (6 * MIB), Damaged, "its end is missing"),
    "30 MB in one line": (
        lambda: build.sealed(b'{"id":"x","type":"x","v":"' + b"y" * (30 * MIB) + b'"}\n'),
        TooLarge,
        "longer than 256 kB",
    ),
    "JPEG of 500 layers": (lambda: build.sealed(parts=build.media(layered_jpeg(), "jpg")), TooLarge, "more layers"),
    "more than 128 MB": (lambda: bytes(128 * MIB + 1), TooLarge, "larger than 128 MB"),
    "parts over each other": (quine_like, Damaged, "lies over another part"),
    "bomb in a bomb": (bomb_in_a_bomb, TooLarge, "taken for an attack"),
    "many small bombs": (many_small_bombs, TooLarge, "larger than 128 MB together"),
    "lines of braces": (lines_of_braces, InvalidMap, "nested too deeply"),
    "keys without an end": (lone_keys, InvalidMap, "not valid JSON"),
    "an id 60,000 times": (same_id_many_times, InvalidMap, "60000 records have the id"),
    "30,000 cards without their steps": (near_ids, InvalidMap, "which does not exist"),
    "20,000 cards without lanes and steps": (lost_lanes, InvalidMap, "which does not exist"),
    "comments in a circle": (circle_of_comments, InvalidMap, "is a comment on the comment"),
    "links to links": (links_in_a_circle_to_nowhere, InvalidMap, "is a link, not a card"),
    "100,000 records and one": (
        lambda: build.sealed(many(100_000, lambda n: b'{"id":"x_%d","type":"x"}\n' % n)),
        TooLarge,
        "100,000 records",
    ),
    "a list of 100,000 in every line": (
        lambda: build.sealed(many(60, lambda n: b'{"id":"x_%d","type":"x","v":[%s0]}\n' % (n, b"0," * 100_000))),
        TooLarge,
        "2,000,000 values",
    ),
    "a manifest of 100,000 types": (
        lambda: build.sealed(parts={}, schemas={f"t{n}": 1 for n in range(100_000)}),
        TooLarge,
        "1 MB",
    ),
}

ENCODINGS: dict[str, Trick] = {
    "byte order mark before the zip": (lambda: b"\xef\xbb\xbf" + build.sealed(), NotAMap, "not a journey map"),
    "byte order mark in the manifest": (
        lambda: manifest_text(b"\xef\xbb\xbf" + build.manifest({"records.jsonl": build.lines()})),
        Damaged,
        "manifest",
    ),
    "byte order mark in the records": (
        lambda: build.sealed(b"\xef\xbb\xbf" + build.lines()),
        InvalidMap,
        "record 1 is not",
    ),
    "manifest in UTF-16": (
        lambda: manifest_text(build.manifest({}).decode().encode("utf-16")),
        Damaged,
        "is not UTF-8 text",
    ),
    "records in UTF-16": (lambda: build.sealed(build.lines().decode().encode("utf-16")), Damaged, "cut off"),
    "records in Latin-1": (
        lambda: build.sealed(build.lines().decode().replace("bus", "Büs").encode("latin-1")),
        InvalidMap,
        "record 8 is not UTF-8",
    ),
    "records in a list": (lambda: build.sealed(b"[" + b",".join(build.lines().splitlines()) + b"]\n"), InvalidMap, ""),
    "line ends of Mac OS 9": (lambda: build.sealed(build.lines().replace(b"\n", b"\r")), Damaged, "cut off"),
    "manifest nested 100,000 deep": (lambda: manifest_text(b'{"a":' * 100_000), Damaged, "its manifest"),
    "manifest with NaN": (lambda: manifest_text(b'{"format":NaN}'), Damaged, "NaN"),
    "manifest with 1e999": (lambda: manifest_text(b'{"version":1e999}'), Damaged, "too large"),
    "manifest with half a character": (lambda: manifest_text(rb'{"format":"\ud800"}'), Damaged, "half a character"),
    "id with NUL": (small_with(r'{"id":"a\u0000b","type":"x"}'), InvalidMap, "id has a value"),
    "id that turns the writing round": (small_with(r'{"id":"a\u202eb","type":"x"}'), InvalidMap, "id has a value"),
    "id with a line feed at its end": (small_with(r'{"id":"ab\n","type":"x"}'), InvalidMap, "id has a value"),
    "kind with a path": (small_with('{"id":"l","type":"lane","kind":"../x"}'), InvalidMap, "kind has a value"),
    "million in a rating": (
        lambda: build.sealed(build.with_card(importance=10**6)),
        InvalidMap,
        "importance is more than 5",
    ),
    "rating that is true": (lambda: build.sealed(build.with_card(importance=True)), InvalidMap, "whole number"),
    "width of 1e308": (
        small_with('{"id":"s","type":"step","stage":"g_1","width":1e308}'),
        InvalidMap,
        "width is more than 400",
    ),
    "501 references": (
        lambda: build.sealed(build.with_card(personas=["p_1"] * 501)),
        InvalidMap,
        "personas has more than 500",
    ),
    "list where a text is": (lambda: build.sealed(build.with_card(body=[["x"]] * 99)), InvalidMap, "body is not a te"),
    "language that is a program": (small_with('{"id":"map","type":"map","language":"$(sh)"}'), InvalidMap, "language"),
    "date of year 99999": (small_with('{"id":"map","type":"map","review_date":"99999-01-01"}'), InvalidMap, "date"),
    "picture with a path": (
        small_with('{"id":"b","type":"backdrop","picture":"../../etc/passwd"}'),
        InvalidMap,
        "picture has a value",
    ),
    **{
        f"address {text.split(':')[0]}": (address(text), InvalidMap, "address is not an address that begins with")
        for text in ("javascript:alert(1)", "JAVASCRIPT:x", "file:///etc/passwd", "data:text/html,x", "smb://h/x")
    },
    "address with a break": (address("https://a\r\nHost: b"), InvalidMap, "is not an address"),
    "address that is turned round": (address("https://a\u202e/moc"), InvalidMap, "is not an address"),
}

ZIPS: dict[str, Trick] = {
    "zip64 end": (zip64_end, FileError, ""),
    "zip64 part": (zip64_part, FileError, ""),
    "comment at the end": (with_comment, Damaged, "its end is"),
    "comment that is an end": (comment_that_is_an_end, Damaged, ""),
    "device name": (lambda: build.zip_with(b"/dev/zero"), Damaged, "name that no map uses"),
    "network share": (lambda: build.zip_with(b"\\\\host\\share"), Damaged, "name that no map uses"),
    "alternate stream": (lambda: build.zip_with(b"media/a:b"), Damaged, "name that no map uses"),
    "name turned round": (lambda: build.zip_with("media/a\u202egnp.exe".encode()), Damaged, "name that no map uses"),
    "name ending in a dot and a slash": (lambda: build.zip_with(b"media/./a"), Damaged, "name that no map uses"),
    "name of blanks": (lambda: build.zip_with(b"   "), Damaged, "name that no map uses"),
    "masked by encryption": (lambda: build.zip_with(b"x", flags=0x2000), Damaged, "encrypted"),
    "packed with lzma": (lambda: build.zip_with(b"x", method=14), Damaged, "packed in a way"),
    "sha that is short": (lambda: build.sealed(rev="0" * 63), Damaged, "“rev”"),
    "sha in capitals": (lambda: build.sealed(rev=build.digest(build.lines()).upper()), Damaged, "“rev”"),
    "reader of a million": (lambda: build.sealed(minReader=10**6 + 1), Damaged, "“minReader”"),
    "reader of 1e300": (lambda: build.sealed(minReader=1e300), Damaged, "“minReader”"),
    "parents without end": (lambda: build.sealed(parents=["0" * 64] * 2_001), Damaged, "“parents”"),
    "webp cut off in its head": (
        lambda: build.sealed(parts=build.media(b"RIFF\x00\x00\x00\x00WEBPVP8 \x00\x00", "webp")),
        Damaged,
        "is not a picture",
    ),
    "jpg without a frame": (
        lambda: build.sealed(parts=build.media(b"\xff\xd8" + b"\xff\xfe\x00\x02" * 9_999, "jpg")),
        Damaged,
        "is not a picture",
    ),
    "gif as png": (lambda: build.sealed(parts=build.media(b"GIF89a" + bytes(50), "png")), Damaged, "is not a picture"),
}

MORE: dict[str, Trick] = {**LARGE, **ENCODINGS, **ZIPS}


def linked_entry() -> bytes:
    """A part that claims to be a link to somewhere else: nothing is unpacked to disk, so nothing follows it."""
    data = bytearray(build.sealed(parts={"x/link": b"/etc/passwd"}))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 38, 0o120777 << 16)
    return bytes(data)


ACCEPTED: dict[str, Callable[[], bytes]] = {
    "types named nearly like ours": lambda: build.sealed(
        build.lines()
        + b"".join(
            json.dumps({"id": f"x_{n}", "type": name, "step": "nowhere", "title": 5}).encode() + b"\n"
            for n, name in enumerate(("Card", "card ", "CARD", "cards", "__proto__", "constructor", "map\u200b"))
        )
    ),
    "fields named like ours in Python": small_with('{"id":"x","type":"x","__class__":"y","REFERENCES":1,"model_":2}'),
    "titles that turn round": lambda: build.sealed(build.with_card(title="\u202e\u2066txet\u2069 \u200f" * 20)),
    "titles with controls": lambda: build.sealed(build.with_card(title="a\x00b\x07c\x1b[31md\u2028e\ufeff\x7f")),
    "title of combining marks": lambda: build.sealed(build.with_card(title="Z" + "\u0351" * 400)),
    "text without a blank": lambda: build.sealed(build.with_card(body="W" * 10_000)),
    "text of line feeds": lambda: build.sealed(build.with_card(body="\n" * 10_000)),
    "markup": lambda: build.sealed(build.with_card(title="<img src=file:///etc/passwd onerror=x>%s{0}")),
    "an entry that says it is a link": linked_entry,
    "10,000 records of newer types": lambda: build.sealed(many(10_000, lambda n: b'{"id":"x_%d","type":"x"}\n' % n)),
    "a map that does not say its id": lambda: build.sealed(build.lines([{"type": "map"}, *build.SMALL[1:]])),
    "order keys of one letter": lambda: build.sealed(many(200, lambda n: card(n, order="z" * (n + 1)))),
}


class Place:
    """Something on the disk that is opened by its path. `make` returns that path."""

    def __init__(self, name: str, words: str, make: Callable[[Path], Path], kind: type[FileError] = CannotRead) -> None:
        self.name = name
        self.words = words
        self.make = make
        self.kind = kind


def _fifo(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.jmap")
    return folder / "pipe.jmap"


def _sparse(size: int) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        with (folder / "sparse.jmap").open("wb") as stream:
            stream.truncate(size)
        return folder / "sparse.jmap"

    return make


def _loop(folder: Path) -> Path:
    (folder / "loop.jmap").symlink_to(folder / "loop.jmap")
    return folder / "loop.jmap"


def _empty(folder: Path) -> Path:
    (folder / "empty.jmap").touch()
    return folder / "empty.jmap"


PLACES = [
    Place("folder", "is not a file that can be read", lambda folder: folder),
    Place("pipe", "is not a file that can be read", _fifo),
    Place("endless device", "is not a file that can be read", lambda _folder: Path("/dev/zero")),
    Place("terminal", "is not a file that can be read", lambda _folder: Path("/dev/ptmx")),
    Place("link in a circle", "leads in a circle", _loop),
    Place("nothing", "there is no such file", lambda folder: folder / "missing.jmap"),
    Place("name too long", "its name is too long", lambda folder: folder / ("x" * 300)),
    Place("name with NUL", "not one a file can have", lambda folder: folder / "a\x00b"),
    Place("file as folder", "its folder is not a folder", lambda folder: _empty(folder) / "x.jmap"),
    Place("2 GB of nothing", "larger than 128 MB", _sparse(2 * 1024 * MIB), TooLarge),
    Place("1 TB of nothing", "larger than 128 MB", _sparse(1024 * 1024 * MIB), TooLarge),
    Place("empty file", "not a journey map", _empty, NotAMap),
    Place("own memory", "", lambda _folder: Path("/proc/self/mem"), FileError),
    Place("list of open files", "", lambda _folder: Path("/proc/self/maps"), FileError),
]
