"""The menus, the toolbar and their keys. What they do is the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolBar, QToolButton, QWidget

from app.window.icons import icon
from app.window.menu_lines import Entry, Line, Submenu
from app.window.tones import tones

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtWidgets import QMainWindow

    from app.window.comparing import Comparing
    from app.window.editing import Editing
    from app.window.finding import Finding
    from app.window.helping import Helping
    from app.window.keeping import Keeping
    from app.window.looking import Looking
    from app.window.pictures import Pictures
    from app.window.versions import Versions
    from app.window.writing import Writing


def _tr(text: str) -> str:
    return QCoreApplication.translate("Actions", text)


class Commands(Protocol):
    """What the menus call."""

    @property
    def comparing(self) -> Comparing: ...

    @property
    def editing(self) -> Editing: ...

    @property
    def finding(self) -> Finding: ...

    @property
    def helping(self) -> Helping: ...

    @property
    def keeping(self) -> Keeping: ...

    @property
    def looking(self) -> Looking: ...

    @property
    def pictures(self) -> Pictures: ...

    @property
    def versions(self) -> Versions: ...

    @property
    def writing(self) -> Writing: ...

    def open_template(self, name: str) -> None: ...
    def new_window(self) -> None: ...
    def show_start_page(self) -> None: ...
    def ask_open(self) -> None: ...
    def save(self) -> bool: ...
    def save_as(self) -> bool: ...
    def save_copy(self) -> bool: ...
    def revert(self) -> None: ...
    def export_poster(self) -> None: ...
    def close(self) -> bool: ...
    def quit(self) -> None: ...


TOOLS: Final = (
    *("undo", "redo", ""),
    *("insert_stage", "insert_step", "insert_card", "insert_point", ""),
    *("fit_map", "find"),
)


class Actions:
    """All actions by name, in their menus."""

    def __init__(self, window: QMainWindow, commands: Commands) -> None:
        self._window = window
        self._commands = commands
        self._by_name: dict[str, QAction] = {}
        self._needs: dict[str, str] = {}
        self._fits: dict[str, list[str]] = {}
        self._texts: dict[str, str] = {}
        self._groups: dict[str, QActionGroup] = {}
        self.submenus: dict[str, QMenu] = {}
        for title, lines in self._menus():
            self._fill(window.menuBar().addMenu(title), lines)
        self.toolbar = self._make_toolbar()

    def _fill(self, menu: QMenu, lines: Iterable[Line]) -> None:
        for line in lines:
            if line is None:
                menu.addSeparator()
            elif isinstance(line, Entry):
                self._make(menu, line)
                menu.setToolTipsVisible(menu.toolTipsVisible() or bool(line.tip))
            else:
                self.submenus[line.name] = menu.addMenu(line.title)
                self._fill(self.submenus[line.name], line.lines)

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def refresh(self, there: frozenset[str], undo: str | None, redo: str | None) -> None:
        """Enables what can be done now with what is `there`, and names what would be undone and redone."""
        for name, action in self._by_name.items():
            action.setEnabled(not self._needs[name] or self._needs[name] in there)
        self._name_step(self["undo"], _tr("&Undo"), undo)
        self._name_step(self["redo"], _tr("&Redo"), redo)

    def grey(self, selected: frozenset[str]) -> None:
        """Disables what does nothing to what is selected, until the next `refresh`."""
        for name, fits in self._fits.items():
            if fits and selected.isdisjoint(fits):
                self[name].setEnabled(False)

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
        action.setToolTip(_with_keys(action, action.text().replace("&", "")))
        action.setEnabled(label is not None)

    def _menus(self) -> list[tuple[str, list[Line]]]:
        return [
            (_tr("&File"), self._file()),
            (_tr("&Edit"), self._edit()),
            (_tr("&View"), self._view()),
            (_tr("&Insert"), self._insert()),
            (_tr("&Arrange"), self._arrange()),
            (_tr("&Help"), self._help()),
        ]

    def _file(self) -> list[Line]:
        do = self._commands
        return [
            Entry("new", _tr("&New map"), ("Ctrl+N",), lambda: do.open_template("blank"), "file-plus", ""),
            Submenu("templates", _tr("New from &template")),
            Entry("new_window", _tr("New &window"), ("Ctrl+Shift+N",), do.new_window, "", ""),
            None,
            Entry("open", _tr("&Open…"), ("Ctrl+O",), do.ask_open, "folder-open", ""),
            Submenu("recent", _tr("Open &recent")),
            Submenu("samples", _tr("Open sa&mple")),
            Entry("start_page", _tr("Start &page"), ("Alt+Home",), do.show_start_page, "house", ""),
            None,
            Entry("save", _tr("&Save"), ("Ctrl+S",), do.save, "save"),
            Entry("save_as", _tr("Save &as…"), ("Ctrl+Shift+S",), do.save_as),
            Entry("save_copy", _tr("Save a cop&y…"), (), do.save_copy, "copy"),
            Entry(
                "autosave",
                _tr("Save a&utomatically"),
                ("Ctrl+Alt+S",),
                lambda: do.keeping.toggle_autosave(),  # noqa: PLW0108 (made when first asked for)
                "",
                "",
                "autosave",
            ),
            Entry("revert", _tr("Re&vert to saved"), (), do.revert, "undo-2", "changes"),
            Entry(
                "earlier",
                _tr("&Restore earlier version from backup…"),
                ("Ctrl+Shift+R",),
                lambda: do.keeping.show_earlier(),  # noqa: PLW0108
                "history",
                tip=_tr("What was saved to this file on this computer; backups stay here, also where the file is gone"),
            ),
            None,
            Entry(
                "versions",
                _tr("Vers&ions in the map…"),
                ("Ctrl+Alt+V",),
                do.versions.show,
                "clock",
                tip=_tr("What the map was before; its file carries that along, with the names that you gave"),
            ),
            Entry("name_version", _tr("Name t&his version…"), ("Ctrl+Alt+N",), do.versions.name_version, "tag"),
            Entry("remove_history", _tr("Remove history…"), (), do.versions.remove_history),
            None,
            Entry("compare", _tr("Comp&are…"), ("Ctrl+Shift+C",), do.comparing.compare, "columns-3"),
            Entry("merge", _tr("Mer&ge with another copy…"), ("Ctrl+Shift+M",), do.comparing.merge, "merge"),
            Entry("export", _tr("&Export poster…"), ("Ctrl+E",), do.export_poster, "printer"),
            None,
            Entry("close", _tr("&Close window"), ("Ctrl+W",), do.close, "", ""),
            Entry("quit", _tr("&Quit"), ("Ctrl+Q",), do.quit, "", ""),
        ]

    def _edit(self) -> list[Line]:
        do = self._commands
        return [
            Entry("undo", _tr("&Undo"), ("Ctrl+Z",), do.editing.undo, "undo-2"),
            Entry("redo", _tr("&Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), do.editing.redo, "redo-2"),
            None,
            Entry("select_all", _tr("Select &all cards"), ("Ctrl+A",), do.editing.select_all),
            Entry("deselect", _tr("D&eselect"), ("Ctrl+Shift+A",), do.editing.deselect, "", "selection"),
            None,
            Entry("duplicate", _tr("D&uplicate"), ("Ctrl+D",), do.editing.duplicate, "copy", "selection card"),
            Entry("cut", _tr("Cu&t"), ("Ctrl+X",), do.writing.cut, "scissors", "selection card"),
            Entry("copy", _tr("&Copy"), ("Ctrl+C",), do.writing.copy, "", "selection card"),
            Entry("paste", _tr("&Paste as cards"), ("Ctrl+V",), do.writing.paste),
            Entry("delete", _tr("&Delete"), ("Del",), do.editing.delete, "trash-2", "selection"),
            None,
            Entry("find", _tr("&Find…"), ("Ctrl+F",), lambda: do.finding.open(), "search"),  # noqa: PLW0108
            Entry("find_next", _tr("Find &next"), ("F3", "Ctrl+G"), lambda: do.finding.step(1)),
            Entry("find_previous", _tr("Find pre&vious"), ("Shift+F3",), lambda: do.finding.step(-1)),
            None,
            Entry("edit_text", _tr("Edit te&xt"), ("F2",), do.writing.edit_text),
            Entry("edit_details", _tr("Edit deta&ils"), _enter("Alt"), do.writing.edit_details, "", "map card"),
            Entry("edit_title", _tr("Edit &map title"), ("Shift+F2",), do.writing.edit_title),
            Submenu("card_kind", _tr("Change &kind of card")),
            Entry(
                "replace_picture",
                _tr("Replace pi&cture…"),
                ("Ctrl+Alt+I",),
                do.pictures.replace,
                "",
                "selection picture",
            ),
        ]

    def _view(self) -> list[Line]:
        do = self._commands
        return [
            Entry("zoom_in", _tr("Zoom &in"), ("Ctrl++", "Ctrl+="), do.looking.zoom_in, "zoom-in"),
            Entry("zoom_out", _tr("Zoom &out"), ("Ctrl+-",), do.looking.zoom_out, "zoom-out"),
            None,
            Entry("zoom_whole", _tr("&100 %"), ("Ctrl+0",), do.looking.zoom_whole),
            Entry("fit_map", _tr("&Fit map"), ("Ctrl+1",), do.looking.fit_map, "maximize"),
            Entry("show_title", _tr("Title and personas"), ("Ctrl+Alt+Home",), do.looking.show_title),
            Entry("fit_selection", _tr("Fit &selection"), ("Ctrl+2",), do.looking.fit_selection, "", "selection"),
            None,
            Entry("palette", _tr("&Palette"), ("F7",), lambda: do.looking.toggle_panel("palette"), group="palette"),
            Entry(
                "personas", _tr("Persona &list"), ("F9",), lambda: do.looking.toggle_panel("personas"), group="personas"
            ),
            Entry(
                "inspector", _tr("Insp&ector"), ("F8",), lambda: do.looking.toggle_panel("inspector"), group="inspector"
            ),
            Entry(
                "tables",
                _tr("&Tables"),
                ("F4", "Ctrl+Shift+T"),
                lambda: do.looking.toggle_panel("tables"),
                group="tables",
            ),
            Entry("doctor", _tr("Map &doctor"), ("Ctrl+Shift+D",), do.looking.show_doctor, "stethoscope"),
            None,
            Entry(
                "show_only",
                _tr("Show onl&y this persona"),
                ("Ctrl+Alt+P",),
                do.looking.show_only_persona,
                "eye",
                "map somebody",
            ),
            Entry(
                "show_everybody", _tr("Sho&w all personas"), ("Ctrl+Alt+A",), do.looking.show_everybody, "", "filter"
            ),
            Submenu("shown_kinds", _tr("S&how kinds of cards")),
            Submenu("shown_lanes", _tr("Show &kinds of lanes")),
            Entry("show_all", _tr("Show the whole &map"), ("Ctrl+Alt+0",), do.looking.show_everything, "", "part"),
            None,
            Entry("next_pane", _tr("&Next pane"), ("F6",), do.looking.next_pane),
            Entry("previous_pane", _tr("P&revious pane"), ("Shift+F6",), do.looking.previous_pane),
            None,
            Entry("heat_map", _tr("Evidence &heat map"), ("Ctrl+Shift+H",), do.looking.toggle_heat, group="heat_map"),
            Submenu(
                "backdrop",
                _tr("Photo &behind the map"),
                (
                    Entry(
                        "backdrop_shown", _tr("&Show"), ("F12",), do.pictures.show_backdrops, "", "backdrop", "shown"
                    ),
                    Entry(
                        "backdrop_locked",
                        _tr("&Locked"),
                        ("Shift+F12",),
                        do.pictures.lock_backdrops,
                        "",
                        "backdrop",
                        "locked",
                    ),
                    Entry("backdrop_remove", _tr("&Remove"), (), do.pictures.remove_backdrops, "trash-2", "backdrop"),
                ),
            ),
            None,
            Entry(
                "full_screen", _tr("F&ull screen"), ("F11",), do.looking.toggle_full_screen, "expand", "", "full_screen"
            ),
            Submenu(
                "appearance",
                _tr("&Appearance"),
                (
                    Entry(
                        "look_system", _tr("&System"), (), lambda: do.looking.set_appearance("system"), "", "", "look"
                    ),
                    Entry("look_light", _tr("&Light"), (), lambda: do.looking.set_appearance("light"), "", "", "look"),
                    Entry("look_dark", _tr("&Dark"), (), lambda: do.looking.set_appearance("dark"), "", "", "look"),
                ),
            ),
        ]

    def _insert(self) -> list[Line]:
        do = self._commands
        return [
            Entry("insert_stage", _tr("&Stage"), _enter("Ctrl+Alt"), lambda: do.editing.insert("stage"), "columns-3"),
            Entry(
                "insert_step",
                _tr("S&tep"),
                _enter("Ctrl+Shift"),
                lambda: do.editing.insert("step"),
                "rectangle-vertical",
            ),
            Submenu("lanes", _tr("&Lane")),
            Entry("insert_persona", _tr("&Persona"), (), lambda: do.editing.insert("persona"), "user"),
            None,
            Entry("insert_card", _tr("&Card"), _enter("Ctrl"), lambda: do.editing.insert("card:"), "square-plus"),
            Submenu("cards", _tr("Card of &kind")),
            Entry(
                "insert_point",
                _tr("&Emotion point"),
                ("Ctrl+Shift+E",),
                lambda: do.editing.insert("point"),
                "smile-plus",
            ),
            Entry("comment", _tr("C&omment"), ("Ctrl+Alt+M",), do.looking.write_comment, "message-square"),
            Entry("insert_channel", _tr("C&hannel"), ("Ctrl+Alt+H",), do.looking.write_channel, "radio-tower"),
            Entry("insert_link", _tr("L&ink cards"), ("Ctrl+L",), do.editing.link, "spline", "selection card"),
            None,
            Entry("insert_picture", _tr("Pict&ure…"), ("Ctrl+Shift+I",), do.pictures.insert, "image"),
            Entry(
                "insert_backdrop",
                _tr("Photo &behind the map…"),
                ("Ctrl+Shift+B",),
                do.pictures.insert_backdrop,
                "file-image",
            ),
        ]

    def _arrange(self) -> list[Line]:
        do = self._commands
        moves: list[Line] = [
            Entry(
                f"move_{way.lower()}",
                text,
                (f"Alt+{way}",),
                _bound(do.editing.move_selection, dx, dy),
                "",
                f"selection card emotion_point {kinds}",
            )
            for way, text, dx, dy, kinds in (
                ("Left", _tr("Move &left"), -1, 0, "stage step"),
                ("Right", _tr("Move &right"), 1, 0, "stage step"),
                ("Up", _tr("Move &up"), 0, -1, "lane"),
                ("Down", _tr("Move &down"), 0, 1, "lane"),
            )
        ]
        orders: list[Line] = [
            Entry(
                f"order_{way.lower()}",
                text,
                (f"Ctrl+Shift+{way}",),
                _bound(do.editing.reorder, dx, dy),
                "",
                f"selection {kinds}",
            )
            for way, text, dx, dy, kinds in (
                ("Left", _tr("Move stage or step left"), -1, 0, "stage step"),
                ("Right", _tr("Move stage or step right"), 1, 0, "stage step"),
                ("Up", _tr("Move lane up"), 0, -1, "lane"),
                ("Down", _tr("Move lane down"), 0, 1, "lane"),
            )
        ]
        shapes: list[Line] = [
            Entry(
                "fold_lane",
                _tr("&Fold or unfold lane"),
                ("Ctrl+.",),
                do.editing.fold,
                "rows-3",
                "map lane card emotion_point cell",
            ),
            Entry(
                "gap_after",
                _tr("&Gap after this point"),
                ("Ctrl+Shift+G",),
                do.editing.toggle_gap,
                "",
                "selection emotion_point",
            ),
        ]
        return [*moves, None, *orders, None, *shapes]

    def _help(self) -> list[Line]:
        do = self._commands
        return [
            Entry("find_command", _tr("&Find a command…"), ("Ctrl+K",), do.helping.find_command, "search", ""),
            Entry("guide", _tr("&Guide"), ("Shift+F1",), do.looking.show_guide, "route"),
            Entry("keys", _tr("&Keys"), ("F1",), do.helping.show_keys, "", ""),
            Entry("about", _tr("&About Journey Mapper"), (), do.helping.show_about, "info", ""),
        ]

    def _make(self, menu: QMenu, entry: Entry) -> None:
        action = menu.addAction(entry.text)
        action.setIconText(action.iconText())  # what it is called whatever its text says of the moment
        action.setObjectName(entry.name)
        action.setShortcuts([QKeySequence(key) for key in entry.keys])
        if entry.icon:
            action.setIcon(icon(entry.icon))
        if entry.group:
            action.setCheckable(True)
            self._group(entry.group).addAction(action)
        if entry.tip:
            action.setToolTip(entry.tip)
        action.triggered.connect(lambda _checked=False, run=entry.run: run())
        self._by_name[entry.name] = action
        self._needs[entry.name], *self._fits[entry.name] = entry.needs.split(" ")
        self._texts[entry.name] = entry.text

    def _group(self, name: str) -> QActionGroup:
        if name not in self._groups:
            group = self._groups[name] = QActionGroup(self._window)
            group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        return self._groups[name]

    def _make_toolbar(self) -> QToolBar:
        bar = QToolBar(_tr("Tools"), self._window)
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setIconSize(QSize(18, 18))
        for name in TOOLS:
            if name:
                bar.addAction(self[name])
                what = self[name].iconText()
                words = _tr("Add {what}").format(what=what.lower()) if name.startswith("insert_") else what
                self[name].setToolTip(_with_keys(self[name], words))
            else:
                bar.addSeparator()
        space = QWidget(bar)
        QHBoxLayout(space).addStretch()
        bar.addWidget(space)
        bar.addWidget(_primary(bar, self["export"]))
        self._window.addToolBar(bar)
        return bar


def _primary(parent: QWidget, export: QAction) -> QToolButton:
    """The one button that stands out. It has an icon of its own, for it is white on blue."""
    button = QToolButton(parent)
    button.setObjectName("primary")
    button.setText(" " + _tr("Export poster"))
    button.setIcon(icon("printer", tones().on_accent))
    button.setProperty("toolButtonStyle", "ToolButtonTextBesideIcon")
    button.clicked.connect(export.trigger)
    export.enabledChanged.connect(button.setEnabled)
    return button


def _with_keys(action: QAction, words: str) -> str:
    """What stands beside the mouse over a button: also the keys that do the same."""
    return f"{words} ({action.shortcut().toString()})"


def _enter(keys: str) -> tuple[str, str]:
    """Both Enter keys with the others; first the one whose name everything here calls them by, as most people do."""
    return f"{keys}+Enter", f"{keys}+Return"


def _bound(run: Callable[[int, int], object], dx: int, dy: int) -> Callable[[], object]:
    return lambda: run(dx, dy)
