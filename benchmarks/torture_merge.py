"""Merges of two random rows of edits on the same map, each judged by plain rules.

``python -m benchmarks.torture_merge [MERGES] [SEED]``. Must find no edit of one side lost, no result that depends on
which side is called mine, and no map that is not sound; with each choice for the conflicts.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from typing import NamedTuple

from app.files import load
from app.model.records import Lane, Record, Stage, Step
from app.paths import sample_dir
from benchmarks.maps import big_map
from benchmarks.merge_oracle import Verdict, judge
from benchmarks.random_edits import ACTS, Hand, edited

MERGES = 5_000
SHOWN = 10

ABOUT_LANES = [Hand.change_lane, Hand.change_lane, Hand.add_card, Hand.add_point, Hand.move_cards]
ABOUT_STEPS = [Hand.delete, Hand.move_step, Hand.add_step, Hand.bend_link, Hand.add_link, Hand.move_cards]


class Result(NamedTuple):
    """What came of all merges: counts by name, and what was wrong, with the seed of the merge."""

    counts: Counter[str]
    wrong: list[str]


def main(merges: int = MERGES, seed: int = 1) -> int:
    start = time.perf_counter()
    found = torture(merges, seed)
    counts = found.counts
    print(
        f"{merges:,} merges from seed {seed}: {counts['mine']:,} and {counts['theirs']:,} records changed on the two "
        f"sides, {counts['both']:,} of them on both; {counts['conflicts']:,} conflicts in {counts['with conflicts']:,} "
        f"merges, {counts['notes']:,} notes "
        f"({counts['kept']:,} kept, {counts['needed']:,} needed, {counts['mended']:,} mended)"
    )
    print(
        f"{counts['lost']:,} edits of one side lost, {counts['wrong']:,} results not sound or not the same both ways "
        f"({time.perf_counter() - start:.0f} s)"
    )
    for sentence in found.wrong[:SHOWN]:
        print(sentence, file=sys.stderr)
    return 1 if found.wrong else 0


def torture(merges: int, seed: int = 1) -> Result:
    """Judges so many merges. The same seed gives the same ones."""
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    maps = first_maps()
    for number in range(merges):
        chance = random.Random(f"{seed} {number}")
        base = edited(chance.choice(maps), chance)
        verdict = _one(base, chance, counts)
        wrong += [f"merge {number} of seed {seed}: {sentence}" for sentence in (*verdict.lost, *verdict.wrong)]
    return Result(counts, wrong)


def _one(base: tuple[Record, ...], chance: random.Random, counts: Counter[str]) -> Verdict:
    mine, theirs = two_sides(base, chance)
    if chance.random() < 0.05:
        base = ()  # as where nothing is known of what they come from
    merged, verdict = judge(base, mine, theirs)
    old = {record.id: record for record in base}
    changed = [{record.id for record in side if old.get(record.id) != record} for side in (mine, theirs)]
    counts.update(mine=len(changed[0]), theirs=len(changed[1]), both=len(changed[0] & changed[1]))
    counts.update({"conflicts": len(merged.conflicts), "with conflicts": bool(merged.conflicts)})
    counts.update([note.kind for note in merged.notes], notes=len(merged.notes))
    counts.update(lost=len(verdict.lost), wrong=len(verdict.wrong))
    return verdict


def two_sides(base: tuple[Record, ...], chance: random.Random) -> tuple[tuple[Record, ...], tuple[Record, ...]]:
    """What two people make of a map; every other time they do the same few kinds of things, and so meet often."""
    most = chance.choice((3, 12, 40))
    acts = chance.choice([(), (), chance.sample(ACTS, chance.randint(2, 6)), ABOUT_LANES, ABOUT_STEPS])
    return edited(base, chance, most, acts), edited(base, chance, most, acts)


def first_maps() -> list[list[Record]]:
    """Small maps, in which two people meet often, and a sample that has everything."""
    room: list[Record] = [
        Stage(id="aa", title="A stage of two steps", order="Zz"),
        *(Step(id=f"aa{number}", stage="aa", order=f"a{number}") for number in range(2)),
        *(Lane(id=f"aa_{number}", title="An empty lane", order=f"Z{number}") for number in range(2)),
    ]
    sample = list(load(sample_dir() / "broadband.jmap").records)
    return [[*big_map(30), *room], [*big_map(8), *room], big_map(30), sample]


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
