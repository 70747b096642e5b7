"""Pictures from outside, and the photo behind the map: asked for, read beside the window, put on the map as one step.

Files are only read. Whatever comes in is checked and written anew before the map takes it.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.window.frames import AskingFrame, MapFrame

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.canvas.insertion import Place
    from app.canvas.picture_drops import Source
    from app.canvas.selection import Cell
    from app.canvas.view import MapView
    from app.files.pictures import Picture
    from app.model.document import Document, Transaction
    from app.window.exporting import Exporting
    from app.window.map_files import MapFiles
    from app.window.status import ProgressStrip
    from app.window.worker import Job


class Frame(MapFrame, AskingFrame, Protocol):
    """What is asked of the window."""

    @property
    def view(self) -> MapView: ...

    @property
    def files(self) -> MapFiles: ...

    @property
    def exporting(self) -> Exporting: ...

    @property
    def progress(self) -> ProgressStrip: ...


class _Read(NamedTuple):
    """What came of some sources: pictures, and a sentence for each that is none."""

    pictures: list[Picture]
    refused: list[str]


class Pictures(QObject):
    """Each command is one step to undo."""

    def __init__(self, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self._frame = frame
        self._widget = parent

    # Cards with pictures

    def insert(self) -> None:
        """Asks for pictures and makes a card of each where the keyboard or the selection is."""
        from app.canvas.insertion import Entry

        paths = self._ask(several=True)
        if not paths:
            return
        place = self._frame.view.cells.where(Entry("card", "image"))
        self._bring(paths, self._label(len(paths)), partial(_put, place))

    def put(self, sources: list[Source], cell: Cell) -> None:
        """Makes cards of what was dropped or pasted, at a place in a cell."""
        self._bring(sources, self._label(len(sources)), partial(_put, cell))

    def replace(self) -> None:
        """Asks for a picture for what is selected: cards with pictures, personas, the photo behind the map."""
        if self._frame.session is None:
            return
        store = self._frame.session.document.store
        fields = {
            id: field
            for id in self._frame.view.selection
            if (record := store.get(id)) and (field := picture_field(type(record)))
        }
        if not fields:
            self._frame.say(self.tr("Select a card with a picture, a persona or the photo behind the map first."))
            return
        self.choose(fields)

    def choose(self, fields: dict[str, str]) -> None:
        """Asks for a picture and gives it to records; `fields`: in which field of each, by id."""
        paths = self._ask()

        def put(tx: Transaction, names: list[str]) -> list[str]:
            from app.model.edits import set_fields

            for id, field in fields.items():
                set_fields(tx, [id], **{field: names[0]})
            return []

        if paths:
            self._bring(paths, self.tr("Replace picture"), put)

    # The photo behind the map

    def insert_backdrop(self) -> None:
        """Asks for a photo and lays it behind the cells, as wide as they are."""
        paths = self._ask()

        def put(tx: Transaction, names: list[str]) -> list[str]:
            from app.model.edits import add_backdrop

            scene = self._frame.view.map_scene()
            assert scene is not None
            scene.backdrops.show(True)
            head = scene.layout.head
            x, y, width = (round(mm, 1) for mm in (head.x, head.bottom, max(200.0, head.w)))  # as the inspector is read
            return [add_backdrop(tx, names[0], x=x, y=y, width=width)]

        if paths:
            self._bring(paths, self.tr("Add photo behind the map"), put)

    def show_backdrops(self) -> None:
        """Shows or hides the photos; that is no change of the map."""
        scene = self._frame.view.map_scene()
        if scene is not None:
            scene.backdrops.show(not scene.backdrops.are_shown)
            self._frame.refresh()

    def lock_backdrops(self) -> None:
        """Lets the mouse move and resize the photos, or leaves them alone again."""
        from app.model.edits import set_fields
        from app.model.queries import backdrops

        self._frame.settle_edits()
        scene = self._frame.view.map_scene()
        found = backdrops(scene.document.store) if scene is not None else []
        if scene is None or not found:
            return
        is_locked = any(photo.locked for photo in found)
        with scene.document.edit(self.tr("Unlock photo") if is_locked else self.tr("Lock photo")) as tx:
            set_fields(tx, [photo.id for photo in found], locked=not is_locked)
        if is_locked:
            scene.backdrops.show(True)
            self._frame.view.selection.select([found[-1].id])
            self._frame.say(self.tr("Drag the photo, or one of its corners; lock it again when it lies right."))

    def remove_backdrops(self) -> None:
        from app.model.edits import delete
        from app.model.queries import backdrops

        self._frame.settle_edits()
        if self._frame.session is not None:
            document = self._frame.session.document
            with document.edit(self.tr("Remove photo behind the map")) as tx:
                delete(tx, [photo.id for photo in backdrops(document.store)])

    def state(self) -> dict[str, bool]:
        """Which of the commands for the photos are on."""
        session = self._frame.session
        if session is None:
            return {"backdrop_shown": False, "backdrop_locked": False}
        from app.model.queries import backdrops

        photos, scene = backdrops(session.document.store), self._frame.view.map_scene()
        are_shown = scene is not None and scene.backdrops.are_shown
        return {
            "backdrop_shown": are_shown and bool(photos),
            "backdrop_locked": bool(photos) and all(photo.locked for photo in photos),
        }

    # How pictures come in

    def _label(self, count: int) -> str:
        return self.tr("Add picture") if count == 1 else self.tr("Add pictures")

    def _ask(self, *, several: bool = False) -> list[Source]:
        self._frame.settle_edits()
        if self._frame.session is None:
            return []
        folder, dialogs = self._frame.files.folder, self._frame.dialogs
        if several:
            return list(dialogs.open_pictures(self._widget, folder))
        path = dialogs.open_picture(self._widget, folder)
        return [path] if path is not None else []

    def _bring(self, sources: list[Source], label: str, put: Callable[[Transaction, list[str]], list[str]]) -> None:
        """Reads pictures beside the window, then puts them on the map and selects what `put` has made."""
        assert self._frame.session is not None
        document = self._frame.session.document
        self._frame.say("")  # that others were not taken is not said of these
        job: Job[_Read] = self._frame.worker.job()

        def arrived(read: _Read) -> None:
            self._frame.progress.end()
            if self._frame.session is not None and self._frame.session.document is document:
                self._place(document, read, label, put)

        def failed(error: Exception) -> None:
            self._frame.progress.end()
            raise error

        def cancel() -> None:
            job.cancel()
            self._frame.progress.end()

        job.on_done, job.on_error = arrived, failed
        if not self._frame.exporting.is_busy:  # whose progress is to be seen
            self._frame.progress.begin(self.tr("Reading pictures…"), cancel, is_measured=False)
        self._frame.worker.start(job, lambda job: _read(sources, job, self.tr("The picture")))

    def _place(
        self, document: Document, read: _Read, label: str, put: Callable[[Transaction, list[str]], list[str]]
    ) -> None:
        from app.model.document import EditError

        self._frame.settle_edits()
        if read.pictures:
            names = [document.media.add(picture.data, picture.suffix) for picture in read.pictures]
            try:
                with document.edit(label) as tx:
                    made = put(tx, names)
            except (EditError, KeyError):
                self._frame.say(self.tr("The place for the picture is no longer there; nothing was added."))
                return
            if made:
                self._frame.view.selection.select(made)
                self._frame.view.reveal_current()
            self._frame.view.setFocus()
        if read.refused:
            one, many = self.tr(" 1 other was not added either."), self.tr(" {n} others were not added either.")
            others = len(read.refused) - 1
            and_others = (one if others == 1 else many.format(n=others)) if others else ""
            self._frame.say(read.refused[0] + and_others)


def _put(place: Place, tx: Transaction, names: list[str]) -> list[str]:
    from app.canvas.insertion import put_pictures

    return put_pictures(tx, place, names)


def picture_field(record_class: type) -> str | None:
    """The field of a kind of record that names a picture."""
    from app.model.records import Persona

    if issubclass(record_class, Persona):
        return "portrait"
    return "picture" if "picture" in getattr(record_class, "model_fields", {}) else None


def _read(sources: list[Source], job: Job[_Read], pasted: str) -> _Read:
    """In the worker's thread. `pasted` is what messages call a picture that is in no file."""
    from app.files import limits
    from app.files.pictures import PictureError, import_picture

    found = _Read([], [])
    for source in sources:
        if job.is_cancelled():
            break
        name = f"“{source.name}”" if isinstance(source, Path) else pasted
        try:
            if isinstance(source, Path):
                with source.open("rb") as file:
                    data = file.read(limits.PART_BYTES + 1)
            else:
                data = source
            found.pictures.append(import_picture(data, name))
        except PictureError as error:
            found.refused.append(str(error))
        except OSError as error:
            found.refused.append(f"{name} cannot be read ({error.strerror or error}); it was not added.")
    return found
