"""The start page: the maps of late, templates and finished maps, each with its picture. It lies in the window like any
other page and asks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QSize, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.window.gallery import GalleryEntry, samples, templates
from app.window.icons import icon
from app.window.places import from_home
from app.window.tiles import GAP, LARGEST_PICTURE, NARROWEST, Tile, TileGrid
from app.window.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPaintEvent

    from app.window.thumbnails import Thumbnails

AREA = {"frameShape": "NoFrame", "horizontalScrollBarPolicy": "ScrollBarAlwaysOff", "focusPolicy": "NoFocus"}
"""Set by their names, as in all that is painted first: see `app.window.quickly`."""

BLANK = "blank"
SIDE_WIDTH = 264
MARGIN = 32
MOST_RECENT = 8
MOST_COLUMNS = 6
RECENT = "recent:"
"""How what is waited for begins where it is for one of the recent maps."""


class RecentMap(Protocol):
    """A map that was open once."""

    @property
    def path(self) -> str: ...

    @property
    def title(self) -> str: ...


class RecentMaps(Protocol):
    """The maps of late, newest first."""

    @property
    def files(self) -> Sequence[RecentMap]: ...

    def remove(self, path: str) -> None: ...


class StartPage(QWidget):
    """The page. Call `refresh` when the list of recent maps has changed, and `close_workers` before the end.

    `open_requested` carries a path, `template_requested` and `sample_requested` the id of one.
    """

    open_requested = Signal(str)
    template_requested = Signal(str)
    sample_requested = Signal(str)
    browse_requested = Signal()
    painted = Signal()
    """The page is on the screen for the first time."""

    def __init__(self, recent: RecentMaps, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recent = recent
        self._is_painted = False
        self._waiting: dict[str, tuple[Tile, Path]] = {}
        self._thumbnails: Thumbnails | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._side())
        layout.addWidget(self._scrolled(), 1)
        self.blank_button.clicked.connect(lambda: self.template_requested.emit(BLANK))
        self.browse_button.clicked.connect(self.browse_requested)
        self._fill_gallery()
        self.refresh()

    def refresh(self) -> None:
        """Shows the recent maps as they now are. Pictures on their way find the new tiles, if there are any."""
        self._waiting = {key: held for key, held in self._waiting.items() if not key.startswith(RECENT)}
        tiles = [self._recent_tile(file) for file in self._recent.files[:MOST_RECENT]]
        self.recent_section.grid.set_tiles(tiles)
        self.recent_section.setVisible(bool(tiles))
        self._load_soon()

    def show_above(self, widget: QWidget) -> None:
        """Puts something before the maps of late, where it is seen first."""
        page = self.recent_section.parentWidget()
        column = page.layout() if page is not None else None
        assert isinstance(column, QVBoxLayout)
        row = QHBoxLayout()
        row.setContentsMargins(GAP, 0, 0, 0)
        row.addWidget(widget, 1)
        row.addStretch(0)
        column.insertLayout(0, row)
        widget.show()  # which a layout would do later

    def focus_first(self) -> None:
        """Puts the keyboard on the newest map, or where there is none on the first template."""
        first = self.recent_section if self.recent_section.grid.tiles else self.template_section
        first.grid.go_to(0)

    def close_workers(self) -> None:
        """Ends the threads that look for pictures."""
        if self._thumbnails is not None:
            self._thumbnails.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self._seen)  # its tiles are painted after it

    def _seen(self) -> None:
        self.painted.emit()
        self._load_soon()

    def _fill_gallery(self) -> None:
        for what, section, entries, signal in (
            ("template", self.template_section, templates(), self.template_requested),
            ("sample", self.sample_section, samples(), self.sample_requested),
        ):
            section.grid.set_tiles([self._gallery_tile(what, entry, signal, section.grid) for entry in entries])

    def _gallery_tile(self, what: str, entry: GalleryEntry, signal: SignalInstance, grid: TileGrid) -> Tile:
        tile = Tile(entry.name, entry.about, grid)
        tile.clicked.connect(lambda: signal.emit(entry.id))
        self._waiting[f"{what}:{entry.id}"] = (tile, entry.path)
        return tile

    def _recent_tile(self, file: RecentMap) -> Tile:
        path = Path(file.path)
        tile = Tile(file.title or path.stem, from_home(path.parent), self.recent_section.grid, removable=True)
        tile.setToolTip(plain_tip(file.path))
        tile.clicked.connect(partial(self._open, tile, file.path))
        tile.removed.connect(partial(self._forget, file.path))
        self._waiting[f"{RECENT}{file.path}"] = (tile, path)
        return tile

    def _open(self, tile: Tile, path: str) -> None:
        if not tile.is_missing:
            self.open_requested.emit(path)

    def _forget(self, path: str) -> None:
        at = next((place for place, tile in enumerate(self.recent_section.grid.tiles) if tile.hasFocus()), None)
        self._recent.remove(path)
        self.refresh()
        left = len(self.recent_section.grid.tiles)
        if at is not None:
            self.recent_section.grid.go_to(min(at, left - 1)) if left else self.focus_first()

    def _load_soon(self) -> None:
        """Pictures are asked for when the page is on the screen: it must not wait for them."""
        if self._is_painted:
            QTimer.singleShot(0, self, self._load)

    def _load(self) -> None:
        if self._thumbnails is None:
            from app.window.thumbnails import Thumbnails

            self._thumbnails = Thumbnails(LARGEST_PICTURE * self.devicePixelRatioF(), self)
            self._thumbnails.loaded.connect(self._show_picture)
            self._thumbnails.missing.connect(self._show_missing)
            self._asked: set[str] = set()
        for key, (_, path) in self._waiting.items():
            if key not in self._asked:
                self._asked.add(key)
                self._thumbnails.request(key, path)

    def _show_picture(self, key: str, picture: QImage | None) -> None:
        tile = self._arrived(key)
        if tile is not None:
            tile.set_picture(picture)

    def _show_missing(self, key: str) -> None:
        tile = self._arrived(key)
        if tile is not None:
            tile.set_missing()

    def _arrived(self, key: str) -> Tile | None:
        self._asked.discard(key)
        found = self._waiting.pop(key, None)
        return found[0] if found is not None else None

    def _side(self) -> QWidget:
        side = QFrame(self)
        side.setFixedWidth(SIDE_WIDTH)
        side.setObjectName("side")
        self.blank_button = _button(self.tr("Blank map"), "file-plus", "bigprimary", side)
        self.browse_button = _button(self.tr("Open a map…"), "folder-open", "big", side)
        name = QLabel("Journey Mapper", side)
        name.setProperty("role", "heading")
        claim = QLabel(self.tr("Draw what your customers go through. Everything stays on this computer."), side)
        hint = QLabel(self.tr("Or drop a .jmap file anywhere on this window."), side)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(24, MARGIN, 24, MARGIN)
        layout.setSpacing(8)
        for label in (claim, hint):
            label.setProperty("role", "secondary")
            label.setWordWrap(True)
        layout.addWidget(name)
        layout.addWidget(claim)
        layout.addSpacing(24)
        layout.addWidget(self.blank_button)
        layout.addWidget(self.browse_button)
        layout.addSpacing(8)
        layout.addWidget(hint)
        layout.addStretch(1)
        return side

    def _scrolled(self) -> QScrollArea:
        """Every part is made where it stays: each move of a part dresses all that is in it anew."""
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        for name, value in AREA.items():
            area.setProperty(name, value)
        page = QWidget(area)
        page.setObjectName("page")
        page.setMaximumWidth(MOST_COLUMNS * (NARROWEST + 24 + GAP) + 2 * MARGIN)
        area.setWidget(page)
        self.recent_section = _Section(self.tr("Recent"), page)
        self.template_section = _Section(self.tr("Start from a template"), page)
        self.sample_section = _Section(self.tr("Look at a finished map"), page)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(MARGIN - GAP, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(32)
        for section in (self.recent_section, self.template_section, self.sample_section):
            layout.addWidget(section)
        layout.addStretch(1)
        return area


def _button(text: str, symbol: str, look: str, parent: QWidget) -> QPushButton:
    button = QPushButton(icon(symbol, "#FFFFFF" if look == "bigprimary" else None), text, parent)
    button.setProperty("look", look)
    button.setIconSize(QSize(18, 18))
    button.setAutoDefault(True)
    return button


class _Section(QWidget):
    """A heading and tiles."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        label = QLabel(title, self)
        label.setProperty("role", "title")
        label.setContentsMargins(GAP, 0, 0, 0)
        self.grid = TileGrid(self)
        self.grid.setAccessibleName(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label)
        layout.addWidget(self.grid)
