"""The maps that come with the program: complete, sound, in the language they name, and in the file's own bytes."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from app.files import mapfile
from app.files.mapfile import dumps, loads
from app.files.revisions import has_history
from app.model.beside import OwnChannel
from app.model.channels import CHANNELS
from app.model.document import Document
from app.model.kinds import card_kinds
from app.model.kinds.touchpoint import Touchpoint
from app.model.lanes import LANE_KINDS, lane_kind
from app.model.records import ANY, Card, EmotionPoint, Lane, Link, MapRecord, Persona, Record, Stage, Step
from app.paths import sample_dir, template_dir
from tests.shipped import PATHS, SAMPLES, TEMPLATES, in_order, of, records_of, sample, steps_in_order, template

BLUEPRINT = [
    ("evidence", None),
    ("actions", "interaction"),
    ("frontstage", "visibility"),
    ("backstage", "internal"),
    ("support", None),
]

TYPOGRAPHY = r"0-9 .,:;!?'()%/&+€=–—“”‘’«»…·\-"
LETTERS = {
    "en": r"A-Za-zàâéèêëïôöüç🎉",
    "ar": r"A-Za-z\u0621-\u0652،؛؟",
    "hi": r"A-Za-z\u0900-\u097f",
    "ja": r"A-Za-z\u3040-\u30ff\u4e00-\u9fff々、。「」（）・ー",
}
OWN_SCRIPT = {
    "en": r"[A-Za-z]",
    "ar": r"[\u0621-\u064a]",
    "hi": r"[\u0900-\u097f]",
    "ja": r"[\u3040-\u30ff\u4e00-\u9fff]",
}
TEXT_FIELDS = (
    *("title", "subtitle", "objective", "scope", "scenario", "owner", "name", "summary", "body", "label"),
    *("role", "segment", "quote", "demographics", "goals", "motivations", "pain_points", "key_insights", "behaviours"),
    *("notes", "origin", "insight", "action_step", "strategy", "focus_area", "expected_outcome", "author", "text"),
)
LATIN_CHANNELS = {"LINE", "SMS"}  # names that are the same in every language


def texts(records: Iterable[Record]) -> list[str]:
    """Everything that a reader sees, without what the program derives."""
    records = tuple(records)
    channels = {*CHANNELS, *(channel.id for channel in of(records, OwnChannel))}
    found: list[str] = []
    for record in records:
        found += (text for name in TEXT_FIELDS for text in words_in(record.__dict__.get(name, "")))
        if isinstance(record, Touchpoint) and record.channel not in channels:
            found.append(record.channel)
    return found


def words_in(value: object) -> Iterator[str]:
    """The texts in a field, be it one, a list or a list of pairs."""
    if isinstance(value, tuple):
        for item in value:
            yield from words_in(item)
    elif value:
        yield str(value)


def test_the_folders_hold_these_maps_and_no_others() -> None:
    assert {path.stem for path in sample_dir().glob("*.jmap")} == set(SAMPLES)
    assert {path.stem for path in template_dir().glob("*.jmap")} == set(TEMPLATES)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
class TestEveryMap:
    def test_is_stored_in_its_canonical_bytes(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        data = path.read_bytes()
        file = loads(data)
        monkeypatch.setattr(mapfile, "__version__", file.app_version)  # or every release would ask for new files
        assert dumps(file) == data

    def test_keeps_every_rule_and_refers_only_to_what_is_there(self, path: Path) -> None:
        records = records_of(path)
        Document(records)  # raises where a rule is broken
        types = {record.id: record.type for record in records}
        assert len(types) == len(records)
        for record in records:
            for field, reference in record.REFERENCES.items():
                for target in record.targets(field):
                    assert types[target] == reference.target or reference.target == ANY, f"{record.id}.{field}"

    def test_holds_nothing_that_this_version_does_not_know(self, path: Path) -> None:
        for record in records_of(path):
            assert not record.__pydantic_extra__, record.id
            if isinstance(record, Card):
                assert record.kind in card_kinds(), record.id
            if isinstance(record, Lane):
                assert record.kind in LANE_KINDS, record.id

    def test_orders_siblings_by_keys_of_their_own(self, path: Path) -> None:
        seen: set[tuple[object, ...]] = set()
        for record in records_of(path):
            values = record.__dict__
            if "order" in values:
                place = (record.type, values.get("stage"), values.get("lane"), values.get("step"), values["order"])
                assert place not in seen, record.id
                seen.add(place)

    def test_names_everything(self, path: Path) -> None:
        for record in records_of(path):
            if isinstance(record, MapRecord | Stage | Step | Lane | Card):
                assert record.title, record.id
            if isinstance(record, Persona):
                assert record.name, record.id
                assert record.summary, record.id

    def test_has_a_channel_for_every_touchpoint(self, path: Path) -> None:
        records = records_of(path)
        own = {channel.id for channel in of(records, OwnChannel)}
        for touchpoint in of(records, Touchpoint):
            assert touchpoint.channel, touchpoint.id
            if touchpoint.channel not in {*CHANNELS, *own}:  # the map's own words, not a misspelt id
                assert not re.search(r"_|^ch\d", touchpoint.channel), touchpoint.id

    def test_says_it_briefly_and_without_stray_spaces(self, path: Path) -> None:
        records = records_of(path)
        for text in texts(records):
            assert " ".join(text.split()) == text
        for card in of(records, Card):
            assert len(card.title) <= 46, card.title
            assert len(card.body) <= 90, card.body


@pytest.mark.parametrize("name", SAMPLES)
class TestEverySample:
    def test_is_as_large_as_promised(self, name: str) -> None:
        records, least = sample(name), SAMPLES[name]
        assert len(of(records, Card)) >= least.cards
        assert len(of(records, Stage)) >= least.stages
        assert len(of(records, Step)) >= least.steps
        assert len(of(records, Lane)) >= least.lanes
        assert len(of(records, Persona)) >= least.personas

    def test_says_what_it_is_for(self, name: str) -> None:
        (about,) = of(sample(name), MapRecord)
        assert all((about.subtitle, about.objective, about.scope, about.scenario, about.owner))
        assert about.review_date is not None
        assert about.review_date >= date(2027, 1, 1)

    def test_draws_a_curve_with_words_for_every_persona(self, name: str) -> None:
        records = sample(name)
        steps = len(of(records, Step))
        points = of(records, EmotionPoint)
        covered = []
        for persona in of(records, Persona):
            own = [point for point in points if point.persona == persona.id]
            assert any(point.label for point in own), persona.name
            assert min(point.value for point in own) < 0 < max(point.value for point in own), persona.name
            covered.append(len({point.step for point in own}))
        assert max(covered) >= 0.9 * steps

    def test_fills_every_lane_and_every_step(self, name: str) -> None:
        records = sample(name)
        cards = of(records, Card)
        used = {card.lane for card in cards} | {point.lane for point in of(records, EmotionPoint)}
        for lane in of(records, Lane):
            assert (lane.id in used) != (lane_kind(lane.kind).holds == "channels"), lane.title
        assert {card.step for card in cards} == {step.id for step in of(records, Step)}

    def test_leads_from_pains_to_opportunities(self, name: str) -> None:
        records = sample(name)
        kinds = {card.id: card.kind for card in of(records, Card)}
        pairs = [(kinds[link.source], kinds[link.target]) for link in of(records, Link)]
        assert pairs.count(("pain_point", "opportunity")) >= 3

    def test_has_cards_that_span_steps(self, name: str) -> None:
        records = sample(name)
        place = {step.id: index for index, step in enumerate(steps_in_order(records))}
        spanning = [card for card in of(records, Card) if card.to_step is not None]
        assert spanning
        assert all(place[str(card.to_step)] > place[card.step] for card in spanning)

    def test_is_written_in_its_language(self, name: str) -> None:
        records, language = sample(name), SAMPLES[name].language
        (about,) = of(records, MapRecord)
        assert about.language == language
        allowed = re.compile(f"[{TYPOGRAPHY}{LETTERS[language]}]+")
        for text in texts(records):
            assert allowed.fullmatch(text), text
            if text not in LATIN_CHANNELS and not text.isdecimal():
                assert re.search(OWN_SCRIPT[language], text), text


def test_the_broadband_sample_tells_of_mia_and_ken() -> None:
    records = sample("broadband")
    (about,) = of(records, MapRecord)
    assert (about.title, about.state, about.review_date) == ("Switching broadband", "current", date(2027, 3, 1))
    people = [(persona.name, persona.summary, persona.color) for persona in in_order(records, Persona)]
    assert people == [("Mia", "27, flat share", "#9D174D"), ("Ken", "61, home office", "#0E7490")]
    steps = len(of(records, Step))
    for persona in of(records, Persona):
        covered = {point.step for point in of(records, EmotionPoint) if point.persona == persona.id}
        assert len(covered) >= steps - 1
    assert len([card for card in of(records, Card) if card.to_step]) >= 2


def test_the_clinic_sample_is_a_service_blueprint() -> None:
    lines = [lane.line_below for lane in in_order(sample("clinic"), Lane) if lane.line_below]
    assert lines == ["interaction", "visibility", "internal"]


@pytest.mark.parametrize("name", TEMPLATES)
class TestEveryTemplate:
    def test_has_its_stages_with_two_or_three_steps_each(self, name: str) -> None:
        records = template(name)
        stages = in_order(records, Stage)
        assert [stage.title for stage in stages] == TEMPLATES[name]
        steps = [step.stage for step in of(records, Step)]
        counts = {steps.count(stage.id) for stage in stages}
        assert counts <= ({1} if name == "blank" else {2, 3})

    def test_leaves_room_for_the_user(self, name: str) -> None:
        records = template(name)
        assert len(of(records, Persona)) == 1
        assert len(of(records, Card)) <= 10
        assert {point.value for point in of(records, EmotionPoint)} <= {0.0}
        (about,) = of(records, MapRecord)
        assert about.owner == ""
        assert about.review_date is None

    def test_has_a_lane_for_the_curve(self, name: str) -> None:
        lanes = of(template(name), Lane)
        assert len(lanes) >= 5
        assert [lane.kind for lane in lanes].count("emotion") == 1


def test_the_blueprint_template_has_its_lanes_and_lines_in_order() -> None:
    lanes = [(lane.kind, lane.line_below) for lane in in_order(template("service-blueprint"), Lane)]
    assert lanes[:5] == BLUEPRINT
    assert {kind for kind, _ in lanes[5:]} == {"emotion", "pain_points"}


def test_the_blank_template_has_one_step_and_no_cards() -> None:
    records = template("blank")
    assert len(of(records, Step)) == 1
    assert not of(records, Card)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_none_tells_how_it_came_about(path: Path) -> None:
    assert not has_history(loads(path.read_bytes()))
