"""Cards on the clipboard: a piece of the map in the format of its files, and their texts for everything else.

So what comes from there, from whichever program, is read with the suspicion and within the limits that files are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QMimeData

from app.canvas.cells import CARDS_MIME
from app.canvas.selection import Cell
from app.files import FileError, MapFile, TooLarge, TooNew, dumps, limits
from app.files.mapfile import media_in, parsed
from app.model.clipboard import CopiedCards, excerpt
from app.model.document import EditError
from app.model.edits import delete, paste_cards
from app.model.media import pictures_of
from app.model.queries import cards_in
from app.model.records import Card
from app.window.sentences import cut_out, listed, moved, pasted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.model.store import RecordGraph
    from app.window.session import Session

ORIGIN: Final = "copiedFrom"
"""The key of the manifest that has the id of the map from which the cards come."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Clipping", text)


def clip(session: Session, ids: Iterable[str]) -> QMimeData | None:
    """The cards among these as the clipboard takes them; None where there is none.

    Raises FileError where they are too much for it.
    """
    records = excerpt(session.document.store, ids)
    if not records:
        return None
    piece = MapFile((), extras={ORIGIN: session.file.map_id}).holding(records, media=session.document.media)
    content = dumps(piece)
    if len(content) > limits.FILE_BYTES or len(piece.parts) > limits.PARTS - limits.OWN_PARTS:
        raise TooLarge(_tr("These cards with their pictures are too much to be copied at once; copy fewer of them."))
    cards = CopiedCards(records).cards
    data = QMimeData()
    data.setText("\n".join(": ".join(part for part in (_line(card.title), _line(card.body)) if part) for card in cards))
    data.setData(CARDS_MIME, content)
    return data


def cards_among(store: RecordGraph, ids: Iterable[str]) -> list[str]:
    """The cards among these, in the order given."""
    return [id for id in ids if store.of(Card, id) is not None]


def place_of(store: RecordGraph, ids: Iterable[str]) -> Cell:
    """The cell from which these cards come, that of the topmost lane and the first step: put there again they lie as
    they lay.
    """
    cards = CopiedCards(excerpt(store, ids))
    lane, step, ours = cards.lanes[0].id, cards.steps[cards.first_column], {card.id for card in cards.cards}
    here = cards_in(store, lane, step)
    return Cell(lane, step, next((place for place, card in enumerate(here) if card.id in ours), None))


def cut(session: Session, cards: Sequence[str]) -> str:
    """Takes cards that are on the clipboard out of the map, in one step; what to say.

    What goes with them is kept in memory, so that they have it again where they are put down in this map. The clipboard
    has no more than of copied cards.
    """
    with session.document.edit(_tr("Cut {what}").format(what=listed({"card": len(cards)}))) as tx:
        gone = delete(tx, cards)
        session.cut = tx.diff
    return cut_out(gone.counts)


def paste(session: Session, content: bytes, cell: Cell) -> tuple[list[str], str]:
    """Puts the cards in what the clipboard has into a cell, in one step; their ids, and what to say."""
    try:
        piece = parsed(content)
        copied = CopiedCards(piece.records)
    except TooNew:
        return [], _tr("A newer Journey Mapper has copied these cards, which this one cannot read; nothing was pasted.")
    except (FileError, ValueError):
        return [], _tr("The cards on the clipboard cannot be read; nothing was pasted. Copy them again.")
    document, origin = session.document, session.file.map_id
    document.media.take_from(media_in(piece.parts), pictures_of(copied.cards))
    is_same_map = bool(origin) and piece.extras.get(ORIGIN) == origin
    try:
        with document.edit(_tr("Paste cards")) as tx:
            made = paste_cards(tx, copied, cell.lane, cell.step, cell.at, is_same_map=is_same_map, cut=session.cut)
    except EditError as error:
        return [], str(error)
    return made.ids, (moved if made.is_move else pasted)(len(made.ids), made.left_out, made.crowded)


def _line(text: str) -> str:
    return " ".join(text.split())
