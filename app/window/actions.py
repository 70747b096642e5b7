"""The menus, the toolbar and their keys. What they do is the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from app.window.icons import icon
from app.window.theme import colors

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMainWindow


def _tr(text: str) -> str:
    return QCoreApplication.translate("Actions", text)


SAMPLES: Final = (
    ("broadband", "Switching broadband"),
    ("clinic", "A visit to the clinic"),
    ("saas-onboarding", "Onboarding to a SaaS product"),
    ("arabic", "Arabic, right to left"),
    ("hindi", "Hindi"),
    ("japanese", "Japanese"),
)


class Commands(Protocol):
    """What the menus call."""

    def ask_open(self) -> None: ...
    def open_sample(self, name: str) -> None: ...
    def save(self) -> bool: ...
    def save_as(self) -> bool: ...
    def export_poster(self) -> None: ...
    def close_window(self) -> None: ...
    def quit(self) -> None: ...
    def undo(self) -> None: ...
    def redo(self) -> None: ...
    def select_all(self) -> None: ...
    def deselect(self) -> None: ...
    def delete(self) -> None: ...
    def zoom_in(self) -> None: ...
    def zoom_out(self) -> None: ...
    def zoom_whole(self) -> None: ...
    def fit_map(self) -> None: ...
    def fit_selection(self) -> None: ...
    def move_selection(self, dx: int, dy: int) -> None: ...
    def reorder(self, dx: int, dy: int) -> None: ...
    def show_about(self) -> None: ...
    def show_keys(self) -> None: ...


class Entry(NamedTuple):
    """A line of a menu. `needs`: what must be there for it to be of use: "map", "selection" or nothing."""

    name: str
    text: str
    keys: tuple[str, ...]
    run: Callable[[], object]
    icon: str = ""
    needs: str = "map"


class Actions:
    """All actions by name, in their menus."""

    def __init__(self, window: QMainWindow, commands: Commands) -> None:
        self._window = window
        self._commands = commands
        self._by_name: dict[str, QAction] = {}
        self._needs: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        for title, entries in self._menus():
            menu = window.menuBar().addMenu(title)
            for entry in entries:
                if entry is None:
                    menu.addSeparator()
                elif isinstance(entry, Entry):
                    menu.addAction(self._make(entry))
                else:
                    self._add_samples(menu.addMenu(entry))
        self.toolbar = self._make_toolbar()

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def refresh(self, *, has_map: bool, has_selection: bool, undo: str | None, redo: str | None) -> None:
        """Enables what can be done now, and names what would be undone and redone."""
        there = {"map": has_map, "selection": has_map and has_selection, "": True}
        for name, action in self._by_name.items():
            action.setEnabled(there[self._needs[name]])
        self._name_step(self["undo"], _tr("&Undo"), undo)
        self._name_step(self["redo"], _tr("&Redo"), redo)

    def shortcuts(self) -> list[tuple[str, str]]:
        """Every action with its first key, for the list of keys."""
        native = QKeySequence.SequenceFormat.NativeText
        return [
            (self._texts[name].replace("&", "").rstrip("…"), action.shortcut().toString(native))
            for name, action in self._by_name.items()
            if not action.shortcut().isEmpty()
        ]

    def _name_step(self, action: QAction, verb: str, label: str | None) -> None:
        action.setText(f"{verb} {label}" if label else verb)
        action.setToolTip(action.text().replace("&", ""))
        action.setEnabled(label is not None)

    def _menus(self) -> list[tuple[str, list[Entry | str | None]]]:
        return [
            (_tr("&File"), self._file()),
            (_tr("&Edit"), self._edit()),
            (_tr("&View"), self._view()),
            (_tr("&Arrange"), self._arrange()),
            (_tr("&Help"), self._help()),
        ]

    def _file(self) -> list[Entry | str | None]:
        do = self._commands
        return [
            Entry("open", _tr("&Open…"), ("Ctrl+O",), do.ask_open, "folder-open", ""),
            _tr("Open &sample"),
            None,
            Entry("save", _tr("&Save"), ("Ctrl+S",), do.save, "save"),
            Entry("save_as", _tr("Save &as…"), ("Ctrl+Shift+S",), do.save_as),
            None,
            Entry("export", _tr("&Export poster…"), ("Ctrl+E",), do.export_poster, "printer"),
            None,
            Entry("close", _tr("&Close"), ("Ctrl+W",), do.close_window, "", ""),
            Entry("quit", _tr("&Quit"), ("Ctrl+Q",), do.quit, "", ""),
        ]

    def _edit(self) -> list[Entry | str | None]:
        do = self._commands
        return [
            Entry("undo", _tr("&Undo"), ("Ctrl+Z",), do.undo, "undo-2"),
            Entry("redo", _tr("&Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), do.redo, "redo-2"),
            None,
            Entry("select_all", _tr("Select &all cards"), ("Ctrl+A",), do.select_all),
            Entry("deselect", _tr("D&eselect"), ("Ctrl+Shift+A",), do.deselect, "", "selection"),
            None,
            Entry("delete", _tr("&Delete"), ("Del",), do.delete, "trash-2", "selection"),
        ]

    def _view(self) -> list[Entry | str | None]:
        do = self._commands
        return [
            Entry("zoom_in", _tr("Zoom &in"), ("Ctrl++", "Ctrl+="), do.zoom_in, "zoom-in"),
            Entry("zoom_out", _tr("Zoom &out"), ("Ctrl+-",), do.zoom_out, "zoom-out"),
            None,
            Entry("zoom_whole", _tr("&100 %"), ("Ctrl+0",), do.zoom_whole),
            Entry("fit_map", _tr("&Fit map"), ("Ctrl+1",), do.fit_map, "maximize"),
            Entry("fit_selection", _tr("Fit &selection"), ("Ctrl+2",), do.fit_selection, "", "selection"),
        ]

    def _arrange(self) -> list[Entry | str | None]:
        do = self._commands
        moves: list[Entry | str | None] = [
            Entry(f"move_{way.lower()}", text, (f"Alt+{way}",), _bound(do.move_selection, dx, dy), "", "selection")
            for way, text, dx, dy in (
                ("Left", _tr("Move &left"), -1, 0),
                ("Right", _tr("Move &right"), 1, 0),
                ("Up", _tr("Move &up"), 0, -1),
                ("Down", _tr("Move &down"), 0, 1),
            )
        ]
        orders: list[Entry | str | None] = [
            Entry(f"order_{way.lower()}", text, (f"Ctrl+Shift+{way}",), _bound(do.reorder, dx, dy), "", "selection")
            for way, text, dx, dy in (
                ("Left", _tr("Move stage or step left"), -1, 0),
                ("Right", _tr("Move stage or step right"), 1, 0),
                ("Up", _tr("Move lane up"), 0, -1),
                ("Down", _tr("Move lane down"), 0, 1),
            )
        ]
        return [*moves, None, *orders]

    def _help(self) -> list[Entry | str | None]:
        do = self._commands
        return [
            Entry("keys", _tr("&Keys"), ("F1",), do.show_keys, "", ""),
            Entry("about", _tr("&About Journey Mapper"), (), do.show_about, "info", ""),
        ]

    def _make(self, entry: Entry) -> QAction:
        action = QAction(entry.text, self._window)
        action.setObjectName(entry.name)
        action.setShortcuts([QKeySequence(key) for key in entry.keys])
        if entry.icon:
            action.setIcon(icon(entry.icon))
        action.triggered.connect(lambda _checked=False, run=entry.run: run())
        self._by_name[entry.name] = action
        self._needs[entry.name] = entry.needs
        self._texts[entry.name] = entry.text
        return action

    def _add_samples(self, menu: QMenu) -> None:
        for name, title in SAMPLES:
            action = menu.addAction(_tr(title))
            action.triggered.connect(lambda _checked=False, name=name: self._commands.open_sample(name))

    def _make_toolbar(self) -> QToolBar:
        bar = QToolBar(_tr("Tools"), self._window)
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setIconSize(QSize(18, 18))
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for name in ("open", "save", "", "undo", "redo", "", "fit_map"):
            if name:
                bar.addAction(self[name])
            else:
                bar.addSeparator()
        space = QWidget(bar)
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(space)
        bar.addWidget(_primary(bar, self["export"]))
        self._window.addToolBar(bar)
        return bar


def _primary(parent: QWidget, export: QAction) -> QToolButton:
    """The one button that stands out. It has an icon of its own, for it is white on blue."""
    button = QToolButton(parent)
    button.setObjectName("primary")
    button.setText(" " + _tr("Export poster"))
    button.setIcon(icon("printer", colors().on_accent))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.clicked.connect(export.trigger)
    export.enabledChanged.connect(button.setEnabled)
    return button


def _bound(run: Callable[[int, int], object], dx: int, dy: int) -> Callable[[], object]:
    return lambda: run(dx, dy)
