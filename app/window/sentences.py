"""What the status bar says of records: one of them, several, and those that were deleted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication

from app.model.beside import Backdrop
from app.model.kinds import card_kind
from app.model.lanes import lane_kind
from app.model.records import Card, EmotionPoint, Lane, Link, Persona, Record, Stage, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.canvas.selection import Cell
    from app.model.store import RecordGraph


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sentences", text)


def _counted(type_: str, count: int) -> str:
    """ "1 card", "3 cards"."""
    one, many = {
        "card": (_tr("1 card"), _tr("{n} cards")),
        "emotion_point": (_tr("1 emotion point"), _tr("{n} emotion points")),
        "lane": (_tr("1 lane"), _tr("{n} lanes")),
        "link": (_tr("1 link"), _tr("{n} links")),
        "persona": (_tr("1 persona"), _tr("{n} personas")),
        "stage": (_tr("1 stage"), _tr("{n} stages")),
        "step": (_tr("1 step"), _tr("{n} steps")),
        "source": (_tr("1 source"), _tr("{n} sources")),
        "feedback": (_tr("1 line of feedback"), _tr("{n} lines of feedback")),
        "action_item": (_tr("1 action"), _tr("{n} actions")),
        "channel": (_tr("1 channel"), _tr("{n} channels")),
        "comment": (_tr("1 comment"), _tr("{n} comments")),
        "backdrop": (_tr("1 photo"), _tr("{n} photos")),
        "map": (_tr("map details"), _tr("map details")),
    }.get(type_, (_tr("1 thing"), _tr("{n} things")))
    return one if count == 1 else many.format(n=count)


def listed(counts: Mapping[str, int]) -> str:
    """ "1 stage, 3 steps and 12 cards"."""
    order = ("stage", "step", "lane", "persona", "card", "emotion_point", "link")
    known = [name for name in order if name in counts] + [name for name in counts if name not in order]
    return _joined([_counted(name, counts[name]) for name in known])


def _joined(parts: list[str]) -> str:
    """ "one, two and three"."""
    if len(parts) < 2:
        return "".join(parts)
    return _tr("{some} and {last}").format(some=", ".join(parts[:-1]), last=parts[-1])


def deleted(counts: Mapping[str, int]) -> str:
    """What went, and how it comes back."""
    one, many = _tr("Deleted {what}. Ctrl+Z brings it back."), _tr("Deleted {what}. Ctrl+Z brings them back.")
    return (one if sum(counts.values()) == 1 else many).format(what=listed(counts))


def cut_out(counts: Mapping[str, int]) -> str:
    """What went to be put down elsewhere, and how it comes back."""
    one = _tr("Cut {what}. Ctrl+V puts it into another cell, Ctrl+Z brings it back.")
    many = _tr("Cut {what}. Ctrl+V puts them into another cell, Ctrl+Z brings them back.")
    return (one if sum(counts.values()) == 1 else many).format(what=listed(counts))


def moved(count: int, left_out: Mapping[str, int], crowded: int) -> str:
    """That cut cards are here again, what could not come back, and how many found no step of their own."""
    words = {
        "link": (_tr("1 link to a card that is gone"), _tr("{n} links to cards that are gone")),
        "card": (_tr("1 reference to a card that is gone"), _tr("{n} references to cards that are gone")),
        "comment": (_tr("1 comment on such a link"), _tr("{n} comments on such links")),
    }
    sentences = _tr("{what} moved."), _tr("{what} moved, without {missing}.")
    return _put(sentences, words, count, left_out, crowded)


def pasted(count: int, left_out: Mapping[str, int], crowded: int) -> str:
    """What came off the clipboard, what did not come along, and how many cards found no step of their own."""
    words = {
        "link": (_tr("1 link to a card that was not copied"), _tr("{n} links to cards that were not copied")),
        "card": (_tr("1 reference to a card that was not copied"), _tr("{n} references to cards that were not copied")),
    }
    sentences = _tr("{what} pasted."), _tr("{what} pasted, without {missing}.")
    return _put(sentences, words, count, left_out, crowded)


def _put(
    sentences: tuple[str, str],
    words: Mapping[str, tuple[str, str]],
    count: int,
    left_out: Mapping[str, int],
    crowded: int,
) -> str:
    """One of the sentences; `words` are for what was left out of some types, one of them and many."""
    found = [(words[name], left_out[name]) for name in words if left_out.get(name)]
    missing = [one if number == 1 else many.format(n=number) for (one, many), number in found]
    unknown = {name: number for name, number in left_out.items() if name not in words}
    if unknown:
        missing.append(_tr("{what} that this map does not have").format(what=listed(unknown)))
    what = _counted("card", count)
    rest = _tr(" The steps do not reach; into the last one went {what}.").format(what=_counted("card", crowded))
    return sentences[bool(missing)].format(what=what, missing=_joined(missing)) + (rest if crowded else "")


def selected(store: RecordGraph, ids: Iterable[str]) -> str:
    """What is selected."""
    records = [record for id in ids if (record := store.get(id))]
    if len(records) == 1:
        return name_of(store, records[0])
    counts = Counter(record.type for record in records)
    return _tr("{what} selected").format(what=listed(counts)) if counts else ""


def hint(store: RecordGraph, ids: Iterable[str]) -> str:
    """What the next key does."""
    types = {record.type for id in ids if (record := store.get(id))}
    frame = _tr("Enter edits · Ctrl+Shift+arrows move it · Del deletes it with what it holds")
    hints = {
        "card": _tr("Enter edits · Drag or Alt+arrows move · Ctrl+L links · Ctrl+D duplicates · Del deletes"),
        "emotion_point": _tr("Type its label · Drag or Alt+arrows change value and place · Del deletes"),
        "stage": frame,
        "step": frame,
        "lane": _tr("Enter edits · Ctrl+Shift+up and down move it · Del deletes it with what it holds"),
        "link": _tr("Type its label · Del deletes"),
        "backdrop": _tr("F12 hides it · Shift+F12 unlocks it to be dragged, and locks it · Del deletes"),
        "persona": _tr("Name and colour are in the inspector · Del deletes it with its curve"),
    }
    none = _tr("Click or use the arrow keys to select · Enter in the palette inserts · Ctrl+K finds a command")
    return next((text for type_, text in hints.items() if type_ in types), _tr("Del deletes") if types else none)


class Situation(NamedTuple):
    """What is selected, and what the next key does there."""

    what: str
    keys: str


def situation(store: RecordGraph, ids: Iterable[str], cell: Cell | None, target: tuple[str, str] | None) -> Situation:
    """What to say of what is selected, of the cell that the keyboard is in, or of the text that is being edited."""
    found = list(ids)
    what = selected(store, found) or (_cell(store, cell) if cell is not None else "")
    if target is not None:
        return Situation(what, _text_hint(store, target))
    return Situation(what, _cell_hint(store, cell) if cell is not None else hint(store, found))


def _cell(store: RecordGraph, cell: Cell) -> str:
    lane, step = store.of(Lane, cell.lane), store.of(Step, cell.step)
    titles = [_in_line(record.title) for record in (lane, step) if record is not None and record.title]
    return _tr("Cell {place}").format(place=" · ".join(titles))


def _cell_hint(store: RecordGraph, cell: Cell) -> str:
    lane = store.of(Lane, cell.lane)
    kind = lane_kind(lane.kind if lane is not None else "")
    if kind.is_curve:
        return _tr("Type to add an emotion point · arrows and Tab go on")
    if not kind.holds_cards:
        return _tr("Shows the channels of the touchpoints · arrows and Tab go on")
    return _tr("Type to add a card · Ctrl+V pastes cards, or lines as cards · arrows and Tab go on")


def _text_hint(store: RecordGraph, target: tuple[str, str]) -> str:
    if isinstance(store.get(target[0]), Card):
        return _tr("Enter keeps it, then type the next card · Tab next cell · Shift+Enter new line · Esc cancels")
    return _tr("Enter keeps it · Shift+Enter new line · Esc cancels")


def name_of(store: RecordGraph, record: Record) -> str:
    """What one thing on the map is called: Touchpoint “Router”."""
    match record:
        case Persona():
            return _named(_tr("Persona"), record.name)
        case Card():
            return _named(_tr(card_kind(record.kind).label), record.title)
        case Stage() | Step() | Lane():
            return _named({"stage": _tr("Stage"), "step": _tr("Step"), "lane": _tr("Lane")}[record.type], record.title)
        case EmotionPoint():
            return _tr("Emotion point {value}").format(value=f"{record.value:+.1f}".replace("-", "−"))
        case Link():
            ends = [
                _in_line(card.title) if (card := store.of(Card, id)) else "" for id in (record.source, record.target)
            ]
            return _tr("Link “{source}” → “{target}”").format(source=ends[0], target=ends[1])
    return _tr("Photo behind the map") if isinstance(record, Backdrop) else record.type


def _named(what: str, title: str) -> str:
    return _tr("{what} “{title}”").format(what=what, title=_in_line(title)) if title else what


def _in_line(title: str) -> str:
    """A title in one line: one of more lines would make the bar that says it higher, and the map jump."""
    from app.model.sentence import shortened

    return shortened(title)
