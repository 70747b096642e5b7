"""Files that no honest program would write, each with what is to be said of it: made here, stored nowhere."""

import struct
from collections.abc import Callable

from app.files import Damaged, FileError, InvalidMap, NotAMap, TooLarge, TooNew, limits
from app.files.mapfile import MIMETYPE
from tests.files import builders as build

MIME = MIMETYPE.encode()


def small_with(line: str | bytes) -> Callable[[], bytes]:
    return lambda: build.sealed(build.with_line(line))


def deflated_part(name: bytes, content: bytes, **lies: object) -> bytes:
    squeezed, truth = build.deflated(content)
    return build.zip_with(name, squeezed, unpacked=content, **{**truth, **lies})


def twice(name: bytes) -> bytes:
    return build.raw_zip([(b"mimetype", MIME, {}), (name, b"x", {}), (name, b"y", {})])


def overlapping() -> bytes:
    """A second part that lies, headers and all, inside the first: how the worst bombs are built."""
    hidden = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 0, 0, 3, 0) + b"x/b"
    parts = {"records.jsonl": build.lines(), "x/a": hidden, "x/b": b""}
    head: list[build.Entry] = [
        (b"mimetype", MIME, {}),
        (b"manifest.json", build.manifest(parts), {}),
        (b"records.jsonl", build.lines(), {}),
    ]
    at = len(build.raw_zip(head)) - sum(46 + len(name) for name, _, _ in head) - 22 + 30 + len(b"x/a")
    return build.raw_zip([*head, (b"x/a", hidden, {}), (b"x/b", b"", {"offset": at})])


def with_tail(tail: bytes) -> bytes:
    return build.sealed() + tail


def end_changed(**numbers: int) -> bytes:
    """The small map with another number in its last record, by place."""
    data = bytearray(build.sealed())
    for place, number in numbers.items():
        struct.pack_into("<H", data, len(data) - 22 + int(place[1:]), number)
    return bytes(data)


def manifest_text(text: bytes) -> bytes:
    return build.packed({"mimetype": MIME, "manifest.json": text, "records.jsonl": build.lines()})


def nested(depth: int) -> str:
    return '{"id":"x_1","type":"x","v":' + "[" * depth + "]" * depth + "}"


def huge_picture(kind: str) -> bytes:
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">2L", 19_000, 19_000)
    jpg = b"\xff\xd8\xff\xc0\x00\x11\x08" + struct.pack(">2H", 60_000, 100)
    webp = b"RIFF\x00\x00\x00\x00WEBPVP8L\x00\x00\x00\x00\x2f\xff\xff\xff\xff"
    return {"png": png, "jpg": jpg, "webp": webp}[kind]


NOT_ZIPS: dict[str, tuple[Callable[[], bytes], type[FileError], str]] = {
    "empty file": (lambda: b"", NotAMap, "not a journey map"),
    "text": (lambda: b"hello", NotAMap, "not a journey map"),
    "program": (lambda: b"MZ\x90\x00" * 99, NotAMap, "not a journey map"),
    "magic only": (lambda: b"PK\x03\x04", Damaged, "its end is missing"),
    "empty zip": (lambda: build.packed({}), NotAMap, "not a journey map"),
    "other zip": (lambda: build.packed({"word/document.xml": b"<w/>"}), NotAMap, "not a journey map"),
    "other mimetype": (
        lambda: build.packed({"mimetype": MIME[:-1] + b"q", "manifest.json": b"{}"}),
        NotAMap,
        "not a journey map",
    ),
    "shorter mimetype": (
        lambda: build.packed({"mimetype": b"application/zip", "manifest.json": b"{}"}),
        NotAMap,
        "not a journey map",
    ),
    "other format": (lambda: build.sealed(format="bpmn"), NotAMap, "not a journey map"),
}

ZIPS: dict[str, tuple[Callable[[], bytes], type[FileError], str]] = {
    "traversal": (lambda: build.zip_with(b"../../etc/passwd"), Damaged, "“../../etc/passwd”"),
    "traversal inside": (lambda: build.zip_with(b"media/../x"), Damaged, "name that no map uses"),
    "absolute name": (lambda: build.zip_with(b"/etc/passwd"), Damaged, "name that no map uses"),
    "drive letter": (lambda: build.zip_with(b"C:/x"), Damaged, "name that no map uses"),
    "backslash": (lambda: build.zip_with(b"media\\x"), Damaged, "name that no map uses"),
    "hidden name": (lambda: build.zip_with(b".ssh/key"), Damaged, "name that no map uses"),
    "name with NUL": (lambda: build.zip_with(b"media/a\x00.png"), Damaged, "name that no map uses"),
    "name with line feed": (lambda: build.zip_with(b"media/a\n"), Damaged, "name that no map uses"),
    "name not ASCII": (lambda: build.zip_with("media/ä".encode()), Damaged, "name that no map uses"),
    "name not UTF-8": (lambda: build.zip_with(b"media/\xff"), Damaged, "name that no map uses"),
    "empty name": (lambda: build.zip_with(b""), Damaged, "name that no map uses"),
    "folder": (lambda: build.zip_with(b"media/"), Damaged, "name that no map uses"),
    "long name": (lambda: build.zip_with(b"x/" + b"a" * 5_000, listed=False), Damaged, "name that no map uses"),
    "deep name": (lambda: build.zip_with(b"a/b/c/d/e/f/g"), Damaged, "name that no map uses"),
    "two of a name": (lambda: twice(b"manifest.json"), Damaged, "two parts named"),
    "two but for case": (lambda: build.zip_with(b"MANIFEST.json"), Damaged, "differ only in case"),
    "encrypted": (lambda: build.zip_with(b"x", flags=1), Damaged, "encrypted"),
    "strongly encrypted": (lambda: build.zip_with(b"x", flags=0x40), Damaged, "encrypted"),
    "packed with bzip2": (lambda: build.zip_with(b"x", method=12), Damaged, "packed in a way"),
    "bomb": (lambda: deflated_part(b"x/bomb", bytes(20_000_000)), TooLarge, "taken for an attack"),
    "bomb that understates": (lambda: deflated_part(b"x/bomb", bytes(20_000_000), size=1000), Damaged, "as long"),
    "size that overstates": (lambda: build.zip_with(b"x", b"abc", size=4), Damaged, "not as it was written"),
    "size of 4 GB": (lambda: build.zip_with(b"x", size=2**32 - 1), TooLarge, "32 MB"),
    "packed size of 4 GB": (lambda: build.zip_with(b"x", packed=2**32 - 1), Damaged, "where it should be"),
    "wrong checksum": (lambda: build.zip_with(b"x", crc=1), Damaged, "not as it was written"),
    "broken deflate": (lambda: build.zip_with(b"x", b"\xff\xff\xff", method=8), Damaged, "cannot be unpacked"),
    "deflate cut off": (lambda: build.zip_with(b"x", b"\x4b", method=8), Damaged, "as long"),
    "deflate and more": (lambda: build.zip_with(b"x", b"\x03\x00xx", method=8, size=0, crc=0), Damaged, "as long"),
    "place outside": (lambda: build.zip_with(b"x", offset=2**31), Damaged, "is missing"),
    "place elsewhere": (lambda: build.zip_with(b"x", offset=3), Damaged, "lies over another part"),
    "other local name": (lambda: build.zip_with(b"x", local_name=b"y"), Damaged, "where it should be"),
    "overlapping parts": (overlapping, Damaged, "lies over another part"),
    "part not listed": (lambda: build.zip_with(b"x", listed=False), Damaged, "does not know the part “x”"),
    "appended bytes": (lambda: with_tail(b"\x00"), Damaged, "its end is missing"),
    "appended zip": (lambda: with_tail(build.sealed()), Damaged, "not where it should be"),
    "prepended program": (lambda: b"PK\x03\x04" + bytes(99) + build.sealed(), Damaged, "not where it should be"),
    "comment": (lambda: end_changed(_20=7), Damaged, "its end is not as it was written"),
    "several disks": (lambda: end_changed(_4=1), Damaged, "its end is not as it was written"),
    "fewer entries than told": (lambda: end_changed(_8=4, _10=4), Damaged, "table of contents"),
    "more entries than told": (lambda: end_changed(_8=2, _10=2), Damaged, "table of contents"),
    "too many parts": (lambda: end_changed(_8=60_000, _10=60_000), TooLarge, "2,000 parts"),
}

MANIFESTS: dict[str, tuple[Callable[[], bytes], type[FileError], str]] = {
    "manifest missing": (lambda: build.packed({"mimetype": MIME}), NotAMap, "not a journey map"),
    "manifest no JSON": (lambda: manifest_text(b"{"), Damaged, "its manifest is not valid JSON"),
    "manifest a list": (lambda: manifest_text(b"[]"), Damaged, "its manifest is not a JSON object"),
    "manifest not UTF-8": (lambda: manifest_text(b'{"a":"\xff"}'), Damaged, "is not UTF-8"),
    "manifest with a key twice": (lambda: manifest_text(b'{"format":1,"format":2}'), Damaged, "format twice"),
    "manifest too large": (lambda: manifest_text(b" " * (limits.MANIFEST_BYTES + 1)), TooLarge, "1 MB"),
    "reader of tomorrow": (lambda: build.sealed(minReader=3), TooNew, "reads file format 3"),
    "no reader told": (lambda: build.sealed(minReader=None), Damaged, "“minReader”"),
    "version no number": (lambda: build.sealed(version="1"), Damaged, "“version”"),
    "version true": (lambda: build.sealed(version=True), Damaged, "“version”"),
    "version zero": (lambda: build.sealed(version=0), Damaged, "“version”"),
    "rev no checksum": (lambda: build.sealed(rev="x"), Damaged, "“rev”"),
    "rev of another": (lambda: build.sealed(rev="0" * 64), Damaged, "not those of its revision"),
    "parents no list": (lambda: build.sealed(parents="x"), Damaged, "“parents”"),
    "parts no table": (
        lambda: build.sealed(parts_=None) and manifest_text(b'{"format":"journeymapper"}'),
        Damaged,
        "“",
    ),
    "schemas no table": (lambda: build.sealed(schemas=[1]), Damaged, "“schemas”"),
    "schema below one": (lambda: build.sealed(schemas={"card": -(10**9)}), Damaged, "“schemas”"),
    "records missing": (
        lambda: build.packed({"mimetype": MIME, "manifest.json": build.manifest({})}),
        Damaged,
        "missing",
    ),
}


def lying(parts: dict[str, bytes], told: dict[str, bytes]) -> bytes:
    return build.packed({"mimetype": MIME, "manifest.json": build.manifest(told), **parts})


MANIFESTS |= {
    "manifest lies": (
        lambda: lying({"records.jsonl": build.lines()}, {"records.jsonl": b""}),
        Damaged,
        "not the one that was written",
    ),
    "part missing": (
        lambda: lying({"records.jsonl": build.lines()}, {"records.jsonl": build.lines(), "x": b""}),
        Damaged,
        "its part “x” is missing",
    ),
}

RECORDS: dict[str, tuple[Callable[[], bytes], type[FileError], str]] = {
    "no records": (lambda: build.sealed(b""), InvalidMap, "it has no records"),
    "no map record": (lambda: build.sealed(build.lines(build.SMALL[1:])), InvalidMap, "the map itself is missing"),
    "records cut off": (lambda: build.sealed(build.lines()[:-1]), Damaged, "its records are cut off"),
    "empty line": (small_with(""), InvalidMap, "record 11 is not valid JSON"),
    "no JSON": (small_with("{"), InvalidMap, "record 11 is not valid JSON"),
    "no object": (small_with("[1]"), InvalidMap, "record 11 is not a JSON object"),
    "two objects": (small_with("{},{}"), InvalidMap, "record 11 is not valid JSON"),
    "not UTF-8": (small_with(b'{"id":"\xc3"}'), InvalidMap, "record 11 is not UTF-8 text"),
    "overlong UTF-8": (small_with(b'{"id":"\xc0\xaf"}'), InvalidMap, "record 11 is not UTF-8 text"),
    "surrogate in UTF-8": (small_with(b'{"id":"\xed\xa0\x80"}'), InvalidMap, "record 11 is not UTF-8 text"),
    "half surrogate": (small_with(r'{"id":"x","type":"x","v":"\ud800"}'), InvalidMap, "half a character"),
    "half surrogate in a key": (small_with(r'{"id":"x","type":"x","\udc00":1}'), InvalidMap, "half a character"),
    "NaN": (small_with('{"id":"x","type":"x","v":NaN}'), InvalidMap, "NaN"),
    "Infinity": (small_with('{"id":"x","type":"x","v":-Infinity}'), InvalidMap, "-Infinity"),
    "1e999": (small_with('{"id":"x","type":"x","v":1e999}'), InvalidMap, "number that is too large"),
    "1e999 in a known field": (
        small_with('{"id":"e","type":"emotion_point","lane":"l_2","persona":"p_1","step":"s_1","value":1e999}'),
        InvalidMap,
        "number that is too large",
    ),
    "giant integer": (
        small_with('{"id":"x","type":"x","v":' + "9" * 400 + "}"),
        InvalidMap,
        "number that is too large",
    ),
    "giant integer of 10,000 digits": (small_with('{"id":"x","v":' + "9" * 10_000 + "}"), InvalidMap, "too large"),
    "integer of 64 bits": (small_with('{"id":"x","type":"x","v":[9223372036854775808]}'), InvalidMap, "too large"),
    "key twice": (small_with('{"id":"x","type":"x","a":1,"a":1}'), InvalidMap, "the field a twice"),
    "key twice, spaced": (small_with('{"id":"x","type":"x","a" :1,"a":1}'), InvalidMap, "the field a twice"),
    "key twice, tabbed": (small_with('{"id":"x","type":"x","a"\t:1,"a":"b:c"}'), InvalidMap, "the field a twice"),
    "key twice, escaped": (small_with(r'{"id":"x","type":"x","a":1,"\u0061":1}'), InvalidMap, "the field a twice"),
    "key twice, deep": (small_with('{"id":"x","type":"x","v":[{"a":1,"a":1}]}'), InvalidMap, "the field a twice"),
    "key twice, beside colons": (small_with('{"id":"x","type":"x: \\"y\\":","id":"z"}'), InvalidMap, "id twice"),
    "depth 30": (small_with(nested(30)), InvalidMap, "nested too deeply"),
    "depth 300": (small_with(nested(300)), InvalidMap, "nested too deeply"),
    "depth 100,000": (small_with(nested(100_000)), InvalidMap, "nested too deeply"),
    "long unknown text": (
        small_with('{"id":"x","type":"x","v":"' + "y" * 100_001 + '"}'),
        InvalidMap,
        "100,000 characters",
    ),
    "long unknown key": (small_with('{"id":"x","type":"x","' + "y" * 201 + '":1}'), InvalidMap, "longer than 200"),
    "long line": (small_with('{"id":"' + "y" * 300_000 + '"}'), TooLarge, "Record 11 is longer than 256 kB"),
    "a million records": (lambda: build.sealed(b"{}\n" * 1_000_000), TooLarge, "100,000 records"),
    "too many values": (
        lambda: build.sealed((b'{"v":[' + b"[]," * 80_000 + b"[]]}\n") * 40),
        TooLarge,
        "2,000,000 values",
    ),
    "no id": (small_with('{"type":"note"}'), InvalidMap, "record 11 (note): id is missing"),
    "no type": (small_with('{"id":"x"}'), InvalidMap, "record 11 (x): type is missing"),
    "id no text": (small_with('{"id":5,"type":"x"}'), InvalidMap, "id is not a text"),
    "id with a path": (small_with('{"id":"../x","type":"x"}'), InvalidMap, "id has a value that is not allowed"),
    "type no text": (small_with('{"id":"x","type":[]}'), InvalidMap, "type is not a text"),
    "kind no text": (lambda: build.sealed(build.with_card(kind=5)), InvalidMap, "kind is not a text"),
    "long title": (
        lambda: build.sealed(build.with_card(title="x" * 501)),
        InvalidMap,
        "record 8 (card c_1): title is longer than 500 characters",
    ),
    "title no text": (lambda: build.sealed(build.with_card(title=[1])), InvalidMap, "title is not a text"),
    "title null": (lambda: build.sealed(build.with_card(title=None)), InvalidMap, "title is not a text"),
    "value out of range": (
        small_with('{"id":"e","type":"emotion_point","lane":"l_2","persona":"p_1","step":"s_1","value":2.5}'),
        InvalidMap,
        "record 11 (emotion_point e): value is more than 2",
    ),
    "bad colour": (small_with('{"id":"g","type":"stage","color":"red; evil"}'), InvalidMap, "color has a value"),
    "bad date": (small_with('{"id":"map","type":"map","review_date":"soon"}'), InvalidMap, "is not a date such as"),
    "bad choice": (small_with('{"id":"map","type":"map","state":"past"}'), InvalidMap, "is not 'current' or 'future'"),
    "online a text": (lambda: build.sealed(build.with_card(online="yes")), InvalidMap, "neither true nor false"),
    "id twice": (small_with('{"id":"c_1","type":"x"}'), InvalidMap, "2 records have the id c_1"),
    "second map": (small_with('{"id":"map2","type":"map"}'), InvalidMap, "second record of the map itself"),
    "dangling step": (
        lambda: build.sealed(build.with_card(step="s_9")),
        InvalidMap,
        "record 8 (card c_1): refers to the step s_9, which does not exist",
    ),
    "step that is a lane": (lambda: build.sealed(build.with_card(step="l_1")), InvalidMap, "is a lane, not a step"),
    "link to itself": (small_with('{"id":"k","type":"link","source":"c_1","target":"c_1"}'), InvalidMap, "to itself"),
    "step in itself": (small_with('{"id":"s","type":"step","stage":"s"}'), InvalidMap, "is a step, not a stage"),
    "stage without step": (small_with('{"id":"g","type":"stage"}'), InvalidMap, "without a step"),
}

PICTURES: dict[str, tuple[Callable[[], bytes], type[FileError], str]] = {
    "picture under another name": (
        lambda: build.sealed(parts={f"media/{'0' * 64}.png": build.PNG}),
        Damaged,
        "does not fit the picture",
    ),
    "SVG": (lambda: build.sealed(parts=build.media(b"<svg/>", "svg")), Damaged, "does not fit the picture"),
    "program as png": (lambda: build.sealed(parts=build.media(b"MZ" * 50, "png")), Damaged, "is not a picture"),
    "jpg as png": (lambda: build.sealed(parts=build.media(build.JPG, "png")), Damaged, "is not a picture"),
    "jpg cut off": (lambda: build.sealed(parts=build.media(build.JPG[:24], "jpg")), Damaged, "is not a picture"),
    "jpg of fill bytes": (lambda: build.sealed(parts=build.media(b"\xff\xd8" + b"\xff" * 999_999, "jpg")), Damaged, ""),
    "webp of nothing": (lambda: build.sealed(parts=build.media(build.WEBP[:16], "webp")), Damaged, "is not a picture"),
    "png of no size": (
        lambda: build.sealed(parts=build.media(build.PNG[:16] + bytes(8), "png")),
        Damaged,
        "is not a picture",
    ),
    "png bomb": (
        lambda: build.sealed(parts=build.media(huge_picture("png"), "png")),
        TooLarge,
        "19,000 × 19,000 pixels",
    ),
    "jpg bomb": (lambda: build.sealed(parts=build.media(huge_picture("jpg"), "jpg")), TooLarge, "100 × 60,000 pixels"),
    "webp bomb": (lambda: build.sealed(parts=build.media(huge_picture("webp"), "webp")), TooLarge, "16,384 × 16,384"),
    "thumbnail no picture": (lambda: build.sealed(parts={"thumbnail.png": b"x"}), Damaged, "is not a picture"),
    "thumbnail bomb": (lambda: build.sealed(parts={"thumbnail.png": huge_picture("png")}), TooLarge, "pixels"),
}

TRICKS: dict[str, tuple[Callable[[], bytes], type[FileError], str]] = {
    **NOT_ZIPS,
    **ZIPS,
    **MANIFESTS,
    **RECORDS,
    **PICTURES,
}
