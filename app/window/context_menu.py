"""The menu of what is under the mouse: actions of the menu bar, and what can be added there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.canvas.gestures.snapping import on_curve
from app.canvas.insertion import Entry, Place, after
from app.canvas.selection import Cell
from app.layout import lookup
from app.model.document import EditError
from app.model.edits import reverse_link
from app.model.kinds import card_kinds
from app.model.kinds.image import Image
from app.model.lanes import LANE_KINDS, lane_kind
from app.model.records import Lane
from app.window.icons import icon
from app.window.words import model_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.canvas.cells import Cells
    from app.canvas.gestures.base import Ask
    from app.window.actions import Actions


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContextMenu", text)


MOVES = ("move_left", "move_right", "move_up", "move_down")
ALONG, ACROSS = ("order_left", "order_right"), ("order_up", "order_down")


class ContextMenus:
    """Makes a menu for each thing that is asked for."""

    def __init__(self, parent: QWidget, actions: Actions, cells: Cells) -> None:
        self._parent = parent
        self._actions = actions
        self._cells = cells

    def show(self, ask: Ask, at: QPoint) -> QMenu:
        """Opens the menu and does not wait for it."""
        menu = QMenu(self._parent)
        menu.setObjectName("context")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill = {
            "card": self._card,
            "handle": self._card,
            "backdrop": self._backdrop,
            "point": self._point,
            "link": self._link,
            "stage": self._stage,
            "step": self._step,
            "edge": self._step,
            "lane": self._lane,
            "lane_edge": self._lane,
            "fold": self._lane,
            "dot": self._card,
        }.get(ask.hit.kind if ask.hit is not None else "", self._ground)
        fill(menu, ask)
        self._add(menu, "", "comment")
        menu.popup(at)
        return menu

    def _card(self, menu: QMenu, ask: Ask) -> None:
        assert ask.hit is not None
        self._add(
            menu, "edit_text", "edit_details", "", "cut", "copy", "paste", "duplicate", "insert_link", "delete", ""
        )
        kinds = self._actions.submenus["card_kind"]
        menu.addMenu(kinds.title()).addActions(kinds.actions())
        if ask.scene.document.store.of(Image, ask.hit.id) is not None:
            self._add(menu, "replace_picture")
        self._submenu(menu, _tr("&Move"), MOVES)
        menu.addSeparator()
        self._add_cards(menu, ask)

    def _backdrop(self, menu: QMenu, ask: Ask) -> None:
        del ask
        self._add(menu, "backdrop_locked", "backdrop_shown", "", "replace_picture", "backdrop_remove")

    def _point(self, menu: QMenu, ask: Ask) -> None:
        del ask
        self._add(menu, "edit_text", "", "delete", "gap_after", "")
        self._submenu(menu, _tr("&Move"), MOVES)

    def _link(self, menu: QMenu, ask: Ask) -> None:
        assert ask.hit is not None
        document, link = ask.scene.document, ask.hit.id

        def turn() -> None:
            try:
                with document.edit(_tr("Turn link round")) as tx:
                    reverse_link(tx, link)
            except EditError as error:
                self._cells.said.emit(str(error))

        self._add(menu, "edit_text", "")
        self._offer(menu, _tr("&Turn round"), "arrow-right-left", turn)
        self._add(menu, "delete")

    def _stage(self, menu: QMenu, ask: Ask) -> None:
        assert ask.hit is not None
        self._add(menu, "edit_text", "")
        self._offer_stage(menu, ask, ask.hit.id)
        self._add(menu, "", *ALONG, "", "delete")

    def _step(self, menu: QMenu, ask: Ask) -> None:
        assert ask.hit is not None
        self._add(menu, "edit_text", "")
        self._add_after(menu, ask, ask.hit.id)
        self._add(menu, "", *ALONG, "", "delete")

    def _lane(self, menu: QMenu, ask: Ask) -> None:
        assert ask.hit is not None
        self._add(menu, "edit_text", "")
        self._add_lanes(menu, ask, ask.hit.id)
        self._add(menu, "", "fold_lane")
        self._offer_hiding(menu, ask, ask.hit.id)
        self._add(menu, "", *ACROSS, "", "delete")

    def _ground(self, menu: QMenu, ask: Ask) -> None:
        x, y = ask.spot.on_map or (-1.0, -1.0)
        row, column = lookup.row_at(ask.scene.layout, y), lookup.column_at(ask.scene.layout, x)
        if row is not None and column is not None:
            if row.is_curve:
                self._offer_new(
                    menu, _tr("Add &emotion point here"), "smile-plus", "point", on_curve(ask.scene, ask.spot)
                )
            elif row.holds_cards:
                if ask.scene.selection.cell is None:  # the menu key leaves it where it is
                    self._cells.click(ask.spot)  # to paste there
                self._add_cards(menu, ask)
                self._add(menu, "paste")
            menu.addSeparator()
            self._add_after(menu, ask, column.step)
            self._add_lanes(menu, ask, row.lane)
            menu.addSeparator()
        self._add(menu, "select_all", "fit_map")

    # Parts of menus

    def _add(self, menu: QMenu, *names: str) -> None:
        """Actions of the menu bar by name; an empty name separates."""
        for name in names:
            if name:
                menu.addAction(self._actions[name])
            else:
                menu.addSeparator()

    def _submenu(self, menu: QMenu, title: str, names: tuple[str, ...]) -> None:
        self._add(menu.addMenu(title), *names)

    def _add_cards(self, menu: QMenu, ask: Ask) -> None:
        """“Add card here” with all kinds."""
        place = lookup.drop_place(ask.scene.layout, *ask.spot.on_map) if ask.spot.on_map is not None else None
        if place is None:
            return
        kinds = menu.addMenu(icon("square-plus"), _tr("&Add card here"))
        for kind in card_kinds().values():
            where = Cell(place.lane, place.step, place.slot)
            self._offer_new(kinds, model_word(kind.label), kind.icon, f"card:{kind.id}", where, kind.accent)

    def _add_after(self, menu: QMenu, ask: Ask, step: str) -> None:
        where = after(ask.scene.document.store, step)
        self._offer_new(menu, _tr("Add st&ep after"), "rectangle-vertical", "step", where)
        self._offer_stage(menu, ask, ask.scene.layout.column_of[step].stage)

    def _offer_hiding(self, menu: QMenu, ask: Ask, lane: str) -> None:
        """Lanes of a kind are not looked at."""
        record, shown = ask.scene.document.store.of(Lane, lane), ask.scene.map_filter
        if record is not None:
            text = _tr("&Hide lanes like this ({0})").format(model_word(lane_kind(record.kind).label))
            self._offer(menu, text, "eye-off", lambda: shown.toggle_lanes(record.kind))

    def _offer_stage(self, menu: QMenu, ask: Ask, stage: str) -> None:
        self._offer_new(menu, _tr("Add &stage after"), "columns-3", "stage", after(ask.scene.document.store, stage))

    def _add_lanes(self, menu: QMenu, ask: Ask, lane: str) -> None:
        kinds, where = menu.addMenu(icon("rows-3"), _tr("Add &lane below")), after(ask.scene.document.store, lane)
        for kind in LANE_KINDS.values():
            self._offer_new(kinds, model_word(kind.label), kind.icon, f"lane:{kind.id}", where)

    def _offer_new(
        self, menu: QMenu, text: str, icon_name: str, entry: str, where: Place | None, color: str | None = None
    ) -> None:
        """A line that inserts an entry and lets one write its name."""
        self._offer(menu, text, icon_name, lambda: self._cells.insert(Entry.of(entry), where), color)

    def _offer(
        self, menu: QMenu, text: str, icon_name: str, run: Callable[[], object], color: str | None = None
    ) -> None:
        menu.addAction(icon(icon_name, color), text).triggered.connect(run)
