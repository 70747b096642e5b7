"""What the program remembers between two starts, as a JSON file in the user's configuration folder. No Qt.

Read tolerantly: a field that makes no sense falls back to its default, a file that cannot be read at all is put aside
and the program starts with defaults. Fields of a newer version are kept.
"""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from app.export.pages import (
    DEFAULT_DPI,
    DEFAULT_MARGIN,
    DEFAULT_PAGE,
    DPI_RANGE,
    ROLL,
    ROLL_WIDTHS,
    SIZES,
    Orientation,
)
from app.paths import config_dir

FILE_NAME = "settings.json"
ASIDE = ".broken"
MOST_BYTES = 1024 * 1024
MOST_MARGIN = 200.0

M = TypeVar("M", bound=BaseModel)
Text = Annotated[str, Field(max_length=4096)]


class _Remembered(BaseModel):
    model_config = ConfigDict(
        extra="allow", frozen=True, allow_inf_nan=False, ser_json_bytes="base64", val_json_bytes="base64"
    )


class RecentFile(_Remembered):
    """A map that was open once. `opened`: seconds since 1970."""

    path: Text
    title: Text = ""
    opened: float = 0.0


class ExportOptions(_Remembered):
    """What was chosen when a map was last exported. `comments` and `tables` are asked anew each time: they are talk
    among colleagues.

    `page` is the name of a page size, or "roll", which is then `roll` mm wide; `margin` in mm; `folder` is where a map
    without a file of its own was put.
    """

    kind: Literal["pdf", "png"] = "pdf"
    page: Text = DEFAULT_PAGE
    roll: Annotated[float, Field(ge=ROLL_WIDTHS[0], le=ROLL_WIDTHS[1])] = 914.0
    orientation: Orientation = "automatic"
    margin: Annotated[float, Field(ge=0.0, le=MOST_MARGIN)] = DEFAULT_MARGIN
    dpi: Annotated[int, Field(ge=DPI_RANGE[0], le=DPI_RANGE[1])] = DEFAULT_DPI
    folder: Text = ""
    comments: Annotated[bool, Field(exclude=True)] = False
    tables: Annotated[bool, Field(exclude=True)] = False

    @field_validator("page")
    @classmethod
    def _is_known(cls, page: str) -> str:
        if page != ROLL and page not in SIZES:
            raise ValueError("no page of that name")
        return page

    @property
    def page_name(self) -> str:
        """The page as exporters know it."""
        return f"{ROLL}:{self.roll:g}" if self.page == ROLL else self.page


class Settings(_Remembered):
    """All that is remembered. `geometry` and `state` are what Qt's main window gives of itself, `folded`
    the sections of the inspector that are folded up, `copies_ignored` the states of copies of which one
    need not hear."""

    appearance: Literal["light", "dark", "system"] = "system"
    language: Text = ""
    first_start_done: bool = False
    author: Text = ""
    guide_closed: bool = False
    autosave: bool = False
    recent: tuple[RecentFile, ...] = ()
    recent_commands: tuple[Text, ...] = ()
    folded: tuple[Text, ...] = ()
    copies_ignored: tuple[Text, ...] = ()
    geometry: bytes = b""
    state: bytes = b""
    export: ExportOptions = ExportOptions()


class SettingsFile:
    """The settings on disk. `settings` is what was last read or written; `change` writes at once.

    Nothing here raises on a disk that refuses: the program works on without being remembered, and `problem` says why.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path if path is not None else config_dir() / FILE_NAME
        self.problem: str | None = None
        self.settings = self._read()

    def change(self, **changes: Any) -> Settings:
        """Sets fields and writes the file. What another running program has written meanwhile is kept.

        Raises pydantic.ValidationError for a value that cannot be.
        """
        if self.path.exists():
            self.settings = self._read()
        values = {**self.settings.__dict__, **(self.settings.__pydantic_extra__ or {}), **changes}
        self.settings = Settings.model_validate(values)
        self._write()
        return self.settings

    def _read(self) -> Settings:
        try:
            with self.path.open("rb") as stream:
                values = json.loads(stream.read(MOST_BYTES), parse_constant=lambda _: None)
            if not isinstance(values, dict):
                raise TypeError("settings are an object")
        except FileNotFoundError:
            return Settings()
        except OSError as error:
            self.problem = str(error)
            return Settings()
        except (ValueError, TypeError, RecursionError):
            self._put_aside()
            return Settings()
        return tolerant(Settings, values)

    def _put_aside(self) -> None:
        """Keeps the broken file, in case somebody wants to mend it by hand."""
        with suppress(OSError):
            self.path.replace(self.path.with_name(self.path.name + ASIDE))

    def _write(self) -> None:
        text = self.settings.model_dump_json(indent=2, exclude_defaults=True)
        beside = self.path.with_name(f".~{secrets.token_hex(6)}.tmp")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                _write_whole(beside, text.encode())
                beside.replace(self.path)
            finally:
                beside.unlink(missing_ok=True)
            self.problem = None
        except OSError as error:
            self.problem = str(error)


def tolerant(model: type[M], values: dict[str, Any]) -> M:
    """The model with every field that makes sense; the others at their defaults. Entries of lists likewise."""
    good = dict(values)
    for _ in range(len(model.model_fields) + 1):
        try:
            return model.model_validate_json(json.dumps(good))
        except ValidationError as error:
            for name in {str(problem["loc"][0]) for problem in error.errors() if problem["loc"]}:
                _mend(model, good, name)
    return model()


def _mend(model: type[BaseModel], values: dict[str, Any], name: str) -> None:
    """Keeps of a bad field what can be kept: the good entries of a list, the good fields of an object."""
    value = values.pop(name, None)
    if isinstance(value, list):
        kept = [entry for entry in value if _fits(model, name, [entry])]
        if len(kept) < len(value):
            values[name] = kept
    elif isinstance(value, dict):
        inner = type(model.model_fields[name].default) if name in model.model_fields else dict
        if issubclass(inner, BaseModel):
            values[name] = json.loads(tolerant(inner, value).model_dump_json())


def _fits(model: type[BaseModel], name: str, value: object) -> bool:
    try:
        model.model_validate_json(json.dumps({name: value}))
    except ValidationError:
        return False
    return True


def _write_whole(path: Path, data: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
