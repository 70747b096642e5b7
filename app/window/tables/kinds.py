"""The tables there are: of which records, with which columns, and which edits add, move and link their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from app.model.analysis.coverage import needs_research
from app.model.beside import ActionItem, Comment, Feedback, Source
from app.model.document import Transaction
from app.model.edits import (
    add_action_item,
    add_feedback,
    add_reference,
    add_source,
    move_action_item,
    move_feedback,
    move_source,
)
from app.model.queries import action_items, cards_citing, comments, feedback, sources, stages, steps_of
from app.model.records import Card, EmotionPoint, Persona, Record, Stage, Step
from app.model.store import RecordGraph
from app.window.tables.values import BETWEEN_NAMES, kind_of, place_of, shown_value, sorting_value, spec_of, title_of
from app.window.words import model_word

Add = Callable[..., str]
"""Takes a transaction, `before` and fields; returns the id."""

Move = Callable[[Transaction, str, str | None], object]


class Column(NamedTuple):
    """A column: a field of the records, or with `text` something derived that cannot be edited. `width` in px."""

    name: str
    label: str
    width: int
    text: Callable[[RecordGraph, Any], str] | None = None
    order: Callable[[RecordGraph, Any], Any] | None = None

    def shown(self, store: RecordGraph, record: Record) -> str:
        """What the cell says."""
        if self.text is not None:
            return self.text(store, record)
        spec = spec_of(type(record), self.name)
        return shown_value(store, spec, getattr(record, self.name)) if spec is not None else ""

    def sorting(self, store: RecordGraph, record: Record) -> Any:
        """By what the cell sorts; None: it is empty."""
        if self.order is not None:
            return self.order(store, record)
        spec = spec_of(type(record), self.name)
        if self.text is not None or spec is None:
            return self.shown(store, record).casefold() or None
        return sorting_value(store, spec, getattr(record, self.name))


class Kind(NamedTuple):
    """A table. `lines`: so many lines of text a row shows."""

    name: str
    title: str
    types: frozenset[str]
    rows: Callable[[RecordGraph], Sequence[Record]]
    columns: tuple[Column, ...]
    empty: str
    """What it is for, while there is nothing in it."""

    leads_to: Callable[[RecordGraph, Any], Iterable[str]]
    """What a row speaks of, to be seen on the map."""

    lines: int = 1
    record: type[Record] | None = None
    """The class of new rows; None: none are added here."""

    first: str = ""
    """What the button says that adds the first row."""

    another: str = ""
    """What the empty row at the end says."""

    one: str = ""
    add: Add | None = None
    move: Move | None = None
    link: Callable[[Transaction, str, Sequence[str]], None] | None = None
    may_delete: bool = False


def _tr(text: str) -> str:
    return QCoreApplication.translate("Tables", text)


def field(record_class: type[Record], name: str, width: int, label: str = "") -> Column:
    """The column of a field that can be edited."""
    spec = spec_of(record_class, name)
    assert spec is not None
    return Column(name, label or model_word(spec.label), width)


def action_plan() -> Kind:
    """What is to be done, by whom and until when."""
    columns = (
        field(ActionItem, "strategy", 260),
        field(ActionItem, "focus_area", 140),
        field(ActionItem, "expected_outcome", 240),
        field(ActionItem, "owner", 110),
        field(ActionItem, "due", 112),
        field(ActionItem, "status", 100),
        field(ActionItem, "cards", 220),
    )
    return Kind(
        "actions",
        _tr("Action plan"),
        frozenset({"action_item"}),
        action_items,
        columns,
        _tr("An action plan says what will be done about the map, by whom and until when."),
        lambda _store, record: record.cards,
        lines=2,
        record=ActionItem,
        first=_tr("Add the first action"),
        another=_tr("Add an action…"),
        one=_tr("action"),
        add=add_action_item,
        move=move_action_item,
        link=_link_cards,
        may_delete=True,
    )


def feedback_log() -> Kind:
    """What people said, what it teaches, and what follows from it."""
    columns = (
        field(Feedback, "origin", 150),
        field(Feedback, "insight", 280),
        field(Feedback, "action_step", 240),
        field(Feedback, "date", 112),
        field(Feedback, "sources", 160, _tr("Known from")),
        field(Feedback, "cards", 200),
    )
    return Kind(
        "feedback",
        _tr("Feedback"),
        frozenset({"feedback"}),
        feedback,
        columns,
        _tr("The feedback log keeps who said something, what that teaches, and what to do next."),
        lambda _store, record: record.cards,
        lines=2,
        record=Feedback,
        first=_tr("Write down the first feedback"),
        another=_tr("Add feedback…"),
        one=_tr("feedback"),
        add=add_feedback,
        move=move_feedback,
        link=_link_cards,
        may_delete=True,
    )


def stage_analysis() -> Kind:
    """What each stage teaches, and by what one knows that somebody is in it."""
    columns = (
        field(Stage, "title", 180, _tr("Stage")),
        Column("steps", _tr("Steps"), 70, _steps, lambda store, stage: len(steps_of(store, stage.id))),
        field(Stage, "key_insights", 380),
        field(Stage, "behaviours", 380),
    )
    return Kind(
        "stages",
        _tr("Stages"),
        frozenset({"stage"}),
        stages,
        columns,
        _tr("The stages of the map stand here with their key insights; there is no stage yet."),
        lambda _store, record: (record.id,),
        lines=3,
    )


def source_list() -> Kind:
    """Where things are known from."""
    columns = (
        field(Source, "title", 240),
        field(Source, "method", 110, _tr("Method")),
        field(Source, "date", 112),
        field(Source, "sample_size", 100),
        field(Source, "address", 220),
        field(Source, "notes", 200),
        Column("cited", _tr("Cited by"), 200, _cited, lambda store, source: -len(cards_citing(store, source.id))),
    )
    return Kind(
        "sources",
        _tr("Sources"),
        frozenset({"source"}),
        sources,
        columns,
        _tr("Sources say where the map knows things from: interviews, surveys, figures. Cards cite them."),
        lambda store, record: [card.id for card in cards_citing(store, record.id)],
        record=Source,
        first=_tr("Add the first source"),
        another=_tr("Add a source…"),
        one=_tr("source"),
        add=add_source,
        move=move_source,
        link=_cite,
        may_delete=True,
    )


def research_list() -> Kind:
    """What nobody has evidence for yet."""
    columns = (
        Column("what", _tr("What"), 320, lambda store, record: title_of(store, record.id)),
        Column("kind", _tr("Kind"), 150, _kind_and_persona),
        Column("where", _tr("Where"), 260, place_of),
        field(Card, "standing", 130),
        field(Card, "sources", 260),
    )
    return Kind(
        "research",
        _tr("Research"),
        frozenset({"card", "emotion_point"}),
        _unproven,
        columns,
        _tr("Everything on the map is evidenced, at least partly: nothing is left to research."),
        lambda _store, record: (record.id,),
    )


def comment_list() -> Kind:
    """What people have to say about the map."""
    columns = (
        field(Comment, "resolved", 80, _tr("Resolved")),
        field(Comment, "text", 440, _tr("Comment")),
        Column("about", _tr("About"), 260, _about),
        field(Comment, "author", 140),
        Column("created", _tr("Written"), 150, _written, lambda _store, comment: comment.created),
    )
    return Kind(
        "comments",
        _tr("Comments"),
        frozenset({"comment"}),
        comments,
        columns,
        _tr("Comments can stand on anything: select it on the map and write what you have to say."),
        lambda _store, record: (record.about,),
        lines=2,
        one=_tr("comment"),
        may_delete=True,
    )


def now() -> datetime:
    """When a comment is written."""
    return datetime.now(UTC)


def _kind_and_persona(store: RecordGraph, record: Record) -> str:
    """What it is, and for a point of a curve whose curve that is."""
    persona = store.of(Persona, getattr(record, "persona", None))
    return f"{kind_of(record)} · {persona.name}" if persona is not None and persona.name else kind_of(record)


def _unproven(store: RecordGraph) -> list[Record]:
    return [store[need.id] for need in needs_research(store) if need.standing in {None, "assumption"}]


def is_about(store: RecordGraph, kind: Kind, record: Record, ids: frozenset[str]) -> bool:
    """Whether a row speaks of one of these; a stage does of what lies in it."""
    if not ids.isdisjoint(kind.leads_to(store, record)):
        return True
    return isinstance(record, Stage) and any(_stage_of(store, id) == record.id for id in ids)


def _stage_of(store: RecordGraph, id: str) -> str | None:
    record = store.get(id)
    step = record if isinstance(record, Step) else None
    if isinstance(record, Card | EmotionPoint):
        step = store.of(Step, record.step)
    return step.stage if step is not None else None


def _link_cards(tx: Transaction, row: str, cards: Sequence[str]) -> None:
    for card in cards:
        add_reference(tx, [row], "cards", card)


def _cite(tx: Transaction, row: str, cards: Sequence[str]) -> None:
    add_reference(tx, cards, "sources", row)


def _steps(store: RecordGraph, stage: Stage) -> str:
    return QLocale().toString(len(steps_of(store, stage.id)))


def _cited(store: RecordGraph, source: Source) -> str:
    return BETWEEN_NAMES.join(title_of(store, card.id) for card in cards_citing(store, source.id))


def _about(store: RecordGraph, comment: Comment) -> str:
    target = store.get(comment.about)
    if target is None or target.type == "map":
        return title_of(store, comment.about)
    return f"{kind_of(target)} · {title_of(store, comment.about)}"


def _written(_store: RecordGraph, comment: Comment) -> str:
    if comment.created is None:
        return ""
    moment = QDateTime.fromSecsSinceEpoch(int(comment.created.timestamp()))
    return moment.toString("yyyy-MM-dd HH:mm")
