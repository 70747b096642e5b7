"""What there is for the commands to work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.canvas.view import MapView
    from app.window.session import Session


def what_is_there(session: Session | None, view: MapView | None) -> frozenset[str]:
    """What there is of these: "map", "selection", "cards" in that, "changes" to a file, "filter" by personas, "part" of
    the map, "backdrop".
    """
    if session is None:
        return frozenset()
    map_filter = view.map_filter if view is not None else None
    parts = {
        "map": True,
        "selection": view is not None and len(view.selection) > 0,
        "cards": view is not None and not view.selection.ids.isdisjoint(session.document.store.ids_of_type("card")),
        "changes": session.path is not None and session.is_modified,
        "filter": map_filter is not None and bool(map_filter.chosen),
        "part": map_filter is not None and map_filter.is_on,
        "backdrop": bool(session.document.store.ids_of_type("backdrop")),
    }
    return frozenset(name for name, is_there in parts.items() if is_there)


def what_is_selected(session: Session | None, view: MapView | None) -> frozenset[str]:
    """The types of what is selected, and whether there is among it a "cell", "somebody" whom it is about, or something
    with a "picture".
    """
    if session is None or view is None:
        return frozenset()
    from app.window.looking import personas_of
    from app.window.pictures import picture_field

    chosen = [record for id in view.selection if (record := session.document.store.get(id)) is not None]
    parts = {
        **dict.fromkeys((record.type for record in chosen), True),
        "cell": view.selection.cell is not None,
        "somebody": any(personas_of(record) for record in chosen),
        "picture": any(picture_field(type(record)) is not None for record in chosen),
    }
    return frozenset(name for name, is_there in parts.items() if is_there)
