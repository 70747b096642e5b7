"""What keeps a merged map sound: what is needed comes back, and what does not fit together is made to fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from app.model.beside import Comment, OwnChannel
from app.model.comparison.siblings import in_sequence, sibling_key
from app.model.comparison.side import Side
from app.model.lanes import lane_kind
from app.model.merging.canonical import canonical_record, derived_id
from app.model.merging.outcome import Note, NoteKind
from app.model.merging.sequences import Sides, give_keys
from app.model.merging.wordings import about
from app.model.names import names_kind
from app.model.ordering import FIRST_KEY
from app.model.records import Card, EmotionPoint, Lane, Link, Record, Stage, Step

Content = Card | EmotionPoint


@dataclass(frozen=True)
class Mending:
    """A merged map in the making. `touched`: the ids of what differs between the three maps."""

    merged: dict[str, Record]
    sides: Sides
    touched: frozenset[str]
    notes: list[Note]

    @cached_property
    def names(self) -> Side:
        """What there was to be named."""
        return Side({**self.sides.base, **self.sides.theirs, **self.sides.mine})

    def note(self, kind: NoteKind, key: str, record: Record, **others: str) -> None:
        """Notes something about a record; `others` are ids, named in the sentence, or words."""
        names = {word: self.names.name(id) if id in self.names.records else id for word, id in others.items()}
        self.notes.append(Note(kind, record.id, about(key, record, self.names, **names)))


def bring_back(mending: Mending) -> None:
    """Brings back what was deleted on one side, but what stays hangs on or speaks of."""
    merged, sides = mending.merged, mending.sides
    waiting = [record for id in sorted(mending.touched) if (record := merged.get(id)) is not None]
    while waiting:
        record = waiting.pop()
        for id in _needs(record, sides):
            if id in merged:
                continue
            found = sides.mine.get(id) or sides.theirs[id]
            merged[id] = found
            waiting.append(found)
            mending.note("needed", "needed", found, other=record.id)


def _needs(record: Record, sides: Sides) -> Iterator[str]:
    """The ids of what a record refers to, own channels included, which it names as it names any other."""
    for field in record.REFERENCES:
        yield from record.targets(field)
    values = record.__dict__
    named = [values.get("channel"), *(values.get("channels") or ())]
    for name in named:
        if name and any(isinstance(side.get(name), OwnChannel) for side in (sides.mine, sides.theirs)):
            yield name


def drop_wrong_kinds(mending: Mending) -> None:
    """Takes references to cards out that have become of a kind of which the reference does not speak."""
    merged = mending.merged
    for record in list(merged.values()):
        for field, reference in record.REFERENCES.items():
            if reference.kind is None:
                continue
            wrong = [id for id in record.targets(field) if merged[id].__dict__.get("kind") != reference.kind]
            if wrong:
                kept = tuple(id for id in record.targets(field) if id not in wrong)
                merged[record.id] = merged[record.id].changed(**{field: kept})
                for id in wrong:
                    mending.note("mended", "wrong_kind", record, other=id)


def open_loops(mending: Mending) -> None:
    """Lets a link lead as on one side where one side moved its beginning and the other its end to the same card."""
    for id in sorted(mending.touched):
        link = mending.merged.get(id)
        if isinstance(link, Link) and link.source == link.target:
            side = mending.sides.mine if mending.sides.prefers_mine(id) else mending.sides.theirs
            as_there = side[id].__dict__
            mended = link.changed(source=as_there["source"], target=as_there["target"])
            mending.merged[id] = mended
            mending.note("mended", "link_loop", mended)


def join_links(mending: Mending) -> None:
    """Leaves one of two links that each side drew from the same card to the same other, if they say the same."""
    merged, sides = mending.merged, mending.sides
    spoken_of = {record.about for record in merged.values() if isinstance(record, Comment)}
    mine, theirs = _drawn(mending, sides.mine, sides.theirs), _drawn(mending, sides.theirs, sides.mine)
    for content in sorted(mine.keys() & theirs.keys()):
        staying, going = sorted((mine[content], theirs[content]), key=lambda link: (link.id not in spoken_of, link.id))
        if going.id not in spoken_of:
            del merged[going.id]
            mending.note("mended", "link_twice", staying)


def _drawn(mending: Mending, side: Mapping[str, Record], other: Mapping[str, Record]) -> dict[str, Link]:
    """The links that only one side has drawn, by all but their ids; of several alike the first."""
    new = side.keys() - other.keys() - mending.sides.base.keys()
    links = [link for id in sorted(new, reverse=True) if isinstance(link := mending.merged.get(id), Link)]
    return {canonical_record(link.changed(id="link")): link for link in links}


def fill_stages(mending: Mending) -> None:
    """Gives a stage that has lost all its steps one that it had before, or an empty one."""
    merged = mending.merged
    used = {record.stage for record in merged.values() if isinstance(record, Step)}
    for stage in [record for record in merged.values() if isinstance(record, Stage) and record.id not in used]:
        before = [step for step in mending.sides.base.values() if isinstance(step, Step) and step.stage == stage.id]
        gone = sorted((step for step in before if step.id not in merged), key=sibling_key)
        if gone:
            merged[gone[0].id] = gone[0]
            mending.note("mended", "step_back", stage, step=gone[0].id)
        else:
            step = Step(id=derived_id(stage, "step", merged), stage=stage.id, order=FIRST_KEY)
            merged[step.id] = step
            mending.note("mended", "step_new", stage)


def sort_lanes(mending: Mending) -> None:
    """Gives each lane a kind that fits what lies in it; where that is both cards and points, they part."""
    contents: dict[str, list[Content]] = {}
    for record in mending.merged.values():
        if isinstance(record, Card | EmotionPoint):
            contents.setdefault(record.lane, []).append(record)
    lanes = [lane for id in contents if isinstance(lane := mending.merged[id], Lane)]
    for lane in sorted(lanes, key=sibling_key):
        misfits = [record for record in contents[lane.id] if not _fits(lane, record)]
        if not misfits:
            continue
        if len(misfits) == len(contents[lane.id]) and len({record.type for record in misfits}) == 1:
            _give_kind(mending, lane, misfits[0])
        else:
            _part(mending, lane, contents[lane.id])


def _fits(lane: Lane, record: Content) -> bool:
    kind = lane_kind(lane.kind)
    return kind.holds_cards if isinstance(record, Card) else kind.is_curve


def _fitting(mending: Mending, lane: Lane, content: Content) -> Lane:
    """The lane as it was where it fitted: before, or else on a side."""
    versions = [side.get(lane.id) for side in mending.sides[:3]]
    fitting = [version for version in versions if isinstance(version, Lane) and _fits(version, content)]
    return fitting[0] if versions[0] in fitting else min(fitting, key=lambda version: version.kind)


def _with_kind(lane: Lane, other: Lane) -> Lane:
    """The lane with the kind of another, and with its name where its own only named its kind."""
    title = other.title if names_kind(lane.title, lane.kind) else lane.title
    return lane.changed(kind=other.kind, title=title)


def _give_kind(mending: Mending, lane: Lane, content: Content) -> None:
    mended = _with_kind(lane, _fitting(mending, lane, content))
    mending.merged[lane.id] = mended
    mending.note("mended", "lane_kind", mended)


def _part(mending: Mending, lane: Lane, contents: Iterable[Content]) -> None:
    """Puts what does not fit into a new lane right below, of a kind that does."""
    merged = mending.merged
    fits_points = lane_kind(lane.kind).is_curve
    moving = [record for record in contents if isinstance(record, Card) == fits_points]
    fitting = _fitting(mending, lane, moving[0])
    new = _with_kind(lane, fitting).changed(id=derived_id(lane, fitting.kind, merged))
    lanes = in_sequence(merged, [record.id for record in merged.values() if isinstance(record, Lane)])
    merged[new.id] = new
    for record in moving:
        merged[record.id] = record.changed(lane=new.id)
    lanes.insert(lanes.index(lane.id) + 1, new.id)
    give_keys(merged, lanes)
    mending.note("mended", "lane_new", lane, what="cards" if fits_points else "emotion points")
