"""A comparison in words: the list of what differs, stage by stage, and the figures that do, for paper and screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from app.layout.difference_list import ListedChange, ListedDetail, ListedGroup
from app.model.comparison import WORDINGS, Change, Comparison, Piece
from app.model.comparison.side import noun_of

Translate = Callable[[str], str]

WHOLE_MAP: Final = "The map as a whole"


def _english(text: str) -> str:
    return text


def listed_groups(comparison: Comparison, translate: Translate = _english) -> list[ListedGroup]:
    """What differs, what concerns the whole map first."""
    return [
        ListedGroup(group_title(comparison, stage, translate), [listed(comparison, one, translate) for one in changes])
        for stage, changes in changes_by_stage(comparison).items()
    ]


def changes_by_stage(comparison: Comparison) -> dict[str | None, list[Change]]:
    """The changes of each stage in the order of the stages; None: of the whole map."""
    found: dict[str | None, list[Change]] = {stage: [] for stage in comparison.by_stage}
    for change in comparison.changes:
        found[change.stage].append(change)
    return found


def group_title(comparison: Comparison, stage: str | None, translate: Translate = _english) -> str:
    """What a group of changes is called: as its stage is."""
    if stage is None:
        return translate(WHOLE_MAP)
    for side in (comparison.after, comparison.before):
        record = side.records.get(stage)
        if record is not None:
            return side.title(record)
    return translate(WHOLE_MAP)


def change_title(comparison: Comparison, change: Change, translate: Translate = _english) -> str:
    """What a changed thing is, and how it is called."""
    side = comparison.after if change.after is not None else comparison.before
    noun = translate(noun_of(change.record))
    return f"{noun[:1].upper()}{noun[1:]}: {side.title(change.record)}"


def listed(comparison: Comparison, change: Change, translate: Translate = _english) -> ListedChange:
    """A change with all that is to be said of it."""
    return ListedChange(
        change.kinds, change_title(comparison, change, translate), tuple(_details(comparison, change, translate))
    )


def _details(comparison: Comparison, change: Change, translate: Translate) -> Iterator[ListedDetail]:
    is_both = change.before is not None and change.after is not None
    texts = {field.label for field in change.fields if field.is_text}
    for sentence in comparison.sentences_of(change):
        is_of_texts = sentence.wording == WORDINGS["named"] or sentence.values.get("field") in texts
        if not (is_both and is_of_texts):  # the words themselves are shown side by side instead
            yield ListedDetail("", (Piece("same", sentence.worded(translate)),))
    if is_both:
        for field in change.fields:
            if field.is_text:
                yield ListedDetail(translate(field.label), readable(field.pieces))


def readable(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces for reading: where words were replaced one after the other, first all old ones, then all new ones."""
    found: list[Piece] = []
    gone, new = "", ""
    rest = list(pieces)
    for at, (kind, text) in enumerate(rest):
        is_between = kind == "same" and not text.strip() and "\n" not in text and 0 < at < len(rest) - 1
        if kind == "same" and not (is_between and (gone or new)):
            found += _replaced(gone, new)
            gone, new = "", ""
            found.append(Piece("same", text))
            continue
        gone += text if kind != "added" else ""
        new += text if kind != "removed" else ""
    return [*found, *_replaced(gone, new)]


def _replaced(gone: str, new: str) -> Iterator[Piece]:
    """What went, and what came for it; white space that ends both is in both."""
    end = ""
    while gone and new and gone[-1] == new[-1] and gone[-1].isspace():
        gone, new, end = gone[:-1], new[:-1], gone[-1] + end
    if gone:
        yield Piece("removed", gone)
    if gone and new:
        yield Piece("same", " ")
    if new:
        yield Piece("added", new)
    if end:
        yield Piece("same", end)


def figure_lines(comparison: Comparison, translate: Translate = _english) -> list[str]:
    """How curves, metrics and times differ, a line each."""
    return [sentence.worded(translate) for sentence in comparison.figures]
