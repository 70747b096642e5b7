"""The menus that take reading to fill: templates, samples, the maps of late, and every kind of lane and card."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu

from app.model.queries import lanes
from app.window.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.canvas.map_filter import MapFilter
    from app.window.editing import Editing
    from app.window.looking import Looking
    from app.window.program import Program
    from app.window.session import Session

MOST_RECENT = 10


class Commands(Protocol):
    """What these menus call."""

    @property
    def program(self) -> Program: ...

    @property
    def editing(self) -> Editing: ...

    @property
    def looking(self) -> Looking: ...

    def open_path(self, path: Path) -> None: ...
    def open_sample(self, name: str) -> None: ...
    def open_template(self, name: str) -> None: ...


def _tr(text: str) -> str:
    return QCoreApplication.translate("Actions", text)


class Ticking(QObject):
    """Lets a menu stay open while lines of it are ticked with the mouse or Space."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_press = event.type() == QEvent.Type.MouseButtonRelease or (
            isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space
        )
        action = watched.activeAction() if is_press and isinstance(watched, QMenu) else None
        if action is None or not action.isCheckable():
            return False
        action.trigger()
        return True


class LateMenus:
    """Fills the menus; what inserts is on while there is a map."""

    def __init__(self, menus: Mapping[str, QMenu], commands: Commands) -> None:
        self._menus = menus
        self._commands = commands
        self._inserts: list[QAction] = []
        self._changes: list[QAction] = []
        self._kinds: dict[str, QAction] = {}
        self._lanes: dict[str, QAction] = {}
        self._fill_gallery()
        self._fill_kinds()
        self._fill_changes()
        self._fill_shown_kinds()
        self._fill_shown_lanes()
        self._ticking = Ticking(menus["shown_kinds"])
        self._keep_open("shown_kinds", "shown_lanes")
        self.show_recent()

    def enable_inserts(self, has_map: bool) -> None:
        for action in self._inserts:
            action.setEnabled(has_map)

    def enable_changes(self, has_cards: bool) -> None:
        """Whether cards are selected, which could be of another kind."""
        self._menus["card_kind"].setEnabled(has_cards)
        for action in self._changes:
            action.setEnabled(has_cards)

    def show_filter(self, session: Session | None, map_filter: MapFilter | None) -> None:
        """Which kinds of cards and lanes one looks at; of lanes only those that the map has."""
        unseen = map_filter.unseen_kinds if map_filter is not None else frozenset()
        hidden = map_filter.hidden_lanes if map_filter is not None else frozenset()
        store = session.document.store if session is not None else None
        present = {lane.kind for lane in lanes(store)} if store is not None else set()
        self._menus["shown_kinds"].setEnabled(store is not None)
        self._menus["shown_lanes"].setEnabled(bool(present))
        for kind, action in self._kinds.items():
            action.setChecked(kind not in unseen)
        for kind, action in self._lanes.items():
            action.setVisible(kind in present)
            action.setChecked(kind not in hidden)

    def show_recent(self) -> None:
        """The maps of late, as they now are."""
        menu = self._menus["recent"]
        for action in menu.actions():
            menu.removeAction(action)
            action.deleteLater()
        files = self._commands.program.files[:MOST_RECENT]
        for place, file in enumerate(files):
            path = Path(file.path)
            text = f"{path.name} – {file.title}" if file.title else path.name
            action = self._add(menu, f"recent_{place}", text, partial(self._commands.open_path, path))
            action.setToolTip(file.path)
        if files:
            menu.addSeparator()
            self._add(menu, "clear_recent", _tr("Clear this list"), self._commands.program.clear_recent)
        menu.setToolTipsVisible(True)
        menu.setEnabled(bool(files))

    def _fill_gallery(self) -> None:
        from app.window.gallery import samples, templates

        commands = self._commands
        for name, entries, run in (
            ("templates", templates(), commands.open_template),
            ("samples", samples(), commands.open_sample),
        ):
            for entry in entries:
                self._add(self._menus[name], f"{name}_{entry.id}", entry.name, partial(run, entry.id))

    def _fill_kinds(self) -> None:
        from app.model.kinds import card_kinds
        from app.model.lanes import LANE_KINDS
        from app.window.words import model_word

        for menu, what, kinds in (("lanes", "lane", LANE_KINDS), ("cards", "card", card_kinds())):
            for kind in kinds.values():
                run = partial(self._commands.editing.insert, f"{what}:{kind.id}")
                action = self._add(self._menus[menu], f"insert_{what}_{kind.id}", model_word(kind.label), run)
                action.setIcon(icon(kind.icon))
                self._inserts.append(action)

    def _fill_changes(self) -> None:
        from app.model.kinds import card_kinds
        from app.window.words import model_word

        for kind in card_kinds().values():
            run = partial(self._commands.editing.change_kind, kind.id)
            action = self._add(self._menus["card_kind"], f"change_kind_{kind.id}", model_word(kind.label), run)
            action.setIcon(icon(kind.icon))
            self._changes.append(action)

    def _fill_shown_kinds(self) -> None:
        from app.model.kinds import card_kinds
        from app.window.words import model_word

        menu, looking = self._menus["shown_kinds"], self._commands.looking
        self._add(menu, "show_all_kinds", _tr("&All kinds"), looking.show_all_kinds)
        menu.addSeparator()
        for kind in card_kinds().values():
            name, text = f"show_kind_{kind.id}", model_word(kind.label)
            action = self._kinds[kind.id] = self._add(menu, name, text, partial(looking.toggle_kind, kind.id))
            action.setCheckable(True)

    def _keep_open(self, *names: str) -> None:
        """Several kinds are ticked in a row."""
        for name in names:
            self._menus[name].installEventFilter(self._ticking)

    def _fill_shown_lanes(self) -> None:
        from app.model.lanes import LANE_KINDS
        from app.window.words import model_word

        menu, looking = self._menus["shown_lanes"], self._commands.looking
        self._add(menu, "show_all_lanes", _tr("All lanes"), looking.show_all_lanes)
        menu.addSeparator()
        for kind in LANE_KINDS.values():
            name, text = f"show_lanes_{kind.id}", model_word(kind.label)
            action = self._lanes[kind.id] = self._add(menu, name, text, partial(looking.toggle_lanes, kind.id))
            action.setCheckable(True)

    def _add(self, menu: QMenu, name: str, text: str, run: Callable[[], object]) -> QAction:
        action = menu.addAction(text.replace("&", "&&"))
        action.setObjectName(name)
        action.triggered.connect(lambda _checked=False: run())
        return action
