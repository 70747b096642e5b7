"""The states of maps that can be compared: what is open, what was saved, what lies in other files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication

from app.model.media import Media
from app.model.records import Record
from app.window.moments import brief, numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from app.files import MapFile
    from app.files.revisions import Revision
    from app.window.session import Session


class State(NamedTuple):
    """A state of a map, as it is called, with its pictures."""

    name: str
    records: tuple[Record, ...]
    media: Media


class Choice(NamedTuple):
    """A state that can be had. `fetch` may take a while and raise FileError."""

    name: str
    fetch: Callable[[], State]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Compare", text)


def choices(session: Session, windows: Iterable[object]) -> list[Choice]:
    """What can be compared without choosing a file: the open map first, then what came before it, then other maps."""
    return told_apart(
        [open_map_choice(session), *_saved(session), *_versions(session.file), *_others(session, windows)]
    )


def told_apart(offered: Sequence[Choice]) -> list[Choice]:
    """The same, with a number behind a name that another before it has already: files of one name in two folders."""
    return [_called(choice, name) for choice, name in zip(offered, numbered([it.name for it in offered]), strict=True)]


def _called(choice: Choice, name: str) -> Choice:
    return choice if choice.name == name else Choice(name, lambda: choice.fetch()._replace(name=name))


def open_map_choice(session: Session) -> Choice:
    """The map as it is now, kept as it is from here on."""
    name = _tr("{name}, as it is now").format(name=session.name)
    records, media = tuple(session.document.records), session.document.media
    return Choice(name, lambda: State(name, records, media))


def file_choice(path: Path) -> Choice:
    """The map of a file."""

    def fetch() -> State:
        from app.files import open_map

        opened = open_map(path)
        return State(path.name, opened.file.records, opened.document.media)

    return Choice(path.name, fetch)


def mapfile_choice(file: MapFile, name: str) -> Choice:
    """What was read of a file already."""
    return Choice(name, lambda: State(name, file.records, pictures_in(file)))


def pictures_in(file: MapFile) -> Media:
    """All pictures of a file, those of its older states among them."""
    from app.files.history import MEDIA_FOLDER

    inside = ((name, data) for name, data in file.parts.items() if name.startswith(MEDIA_FOLDER))
    return Media({name.removeprefix(MEDIA_FOLDER): data for name, data in inside})


def _saved(session: Session) -> Iterator[Choice]:
    if session.path is not None and session.is_modified:
        name = _tr("{name}, as last saved").format(name=session.name)
        yield mapfile_choice(session.file, name)


def _versions(file: MapFile) -> Iterator[Choice]:
    """What the file remembers of itself, the newest first."""
    from app.files.revisions import revisions_of

    names = _version_names(file)
    for revision in revisions_of(file)[1:]:
        yield _version_choice(file, revision, names[revision.rev])


def version_choice(file: MapFile, revision: Revision) -> Choice:
    """A version that a file remembers."""
    return _version_choice(file, revision, _version_names(file)[revision.rev])


def _version_choice(file: MapFile, revision: Revision, name: str) -> Choice:
    def fetch() -> State:
        from app.files.revisions import records_at

        return State(name, records_at(file, revision.rev), pictures_in(file))

    return Choice(name, fetch)


def _version_names(file: MapFile) -> dict[str, str]:
    """What each version is called; with seconds where it takes them to tell two apart."""
    from app.files.revisions import revisions_of

    versions = revisions_of(file)
    short = [_version_name(version, "%H:%M") for version in versions]
    exact = [_version_name(version, "%H:%M:%S") for version in versions]
    return {version.rev: name for version, name in zip(versions, brief(short, exact), strict=True)}


def _version_name(version: Revision, time: str) -> str:
    """A version by its name and time, as far as it has them."""
    moment = version.time.astimezone().strftime(f"%Y-%m-%d {time}") if version.time is not None else version.rev[:7]
    return f"{version.name} ({moment})" if version.name else _tr("Version of {time}").format(time=moment)


def _others(session: Session, windows: Iterable[object]) -> Iterator[Choice]:
    for window in windows:
        other: Session | None = getattr(window, "session", None)
        if other is not None and other is not session:
            yield open_map_choice(other)
