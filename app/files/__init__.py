"""The `.jmap` file: read with suspicion, written so that nothing is lost. The format: docs/file-format.md."""

from app.files.errors import (
    CannotRead,
    CannotWrite,
    ChangedOnDisk,
    Damaged,
    FileError,
    HeldByAnother,
    InvalidMap,
    NotAMap,
    TooLarge,
    TooNew,
)
from app.files.mapfile import Fingerprint, MapFile, OpenMap, dumps, loads
from app.files.pictures import Picture, PictureError, import_picture
from app.files.saving import load, open_map, save

__all__ = [
    "CannotRead",
    "CannotWrite",
    "ChangedOnDisk",
    "Damaged",
    "FileError",
    "Fingerprint",
    "HeldByAnother",
    "InvalidMap",
    "MapFile",
    "NotAMap",
    "OpenMap",
    "Picture",
    "PictureError",
    "TooLarge",
    "TooNew",
    "dumps",
    "import_picture",
    "load",
    "loads",
    "open_map",
    "save",
]
