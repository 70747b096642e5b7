"""The shelf of a map: its pictures by name. A name says what the picture is, so that what has a name never changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.model.picture_size import picture_size

Suffix = Literal["png", "jpg", "webp"]


@dataclass(frozen=True)
class PictureFile:
    """A picture on the shelf: its name, the bytes of its file, and how many pixels it says it has.

    Two of the same name are the same.
    """

    name: str
    data: bytes = field(compare=False, repr=False)
    width: int = field(compare=False)
    height: int = field(compare=False)


def media_name(data: bytes, suffix: Suffix) -> str:
    """What a picture is called: the sha256 of its bytes, and of what kind it is."""
    return f"{hashlib.sha256(data).hexdigest()}.{suffix}"


class Media:
    """Pictures by name. They are put there and stay: undo takes back what shows them, and they wait to be shown again.

    May be read in other threads while something is put on it.
    """

    def __init__(self, files: Mapping[str, bytes] | None = None) -> None:
        self._files: dict[str, bytes] = dict(files or {})
        self._pictures: dict[str, PictureFile | None] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._files))

    def __len__(self) -> int:
        return len(self._files)

    def get(self, name: str) -> bytes | None:
        """The bytes of a picture's file; None where it is not here."""
        return self._files.get(name)

    def put(self, data: bytes, suffix: Suffix) -> str:
        """Puts a picture on the shelf and returns its name; the same picture has the same name."""
        name = media_name(data, suffix)
        self._files.setdefault(name, data)
        self._pictures.pop(name, None)
        return name

    def picture(self, name: str | None) -> PictureFile | None:
        """A picture with its size, which is read from its first bytes once; None where there is none of that name."""
        data = self._files.get(name) if name is not None else None
        if name is None or data is None:
            return None
        if name not in self._pictures:
            size = picture_size(name.rpartition(".")[2], data)
            self._pictures[name] = PictureFile(name, data, *size) if size is not None else None
        return self._pictures[name]
