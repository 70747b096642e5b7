"""What new lanes, stages and steps are called: in the language of their map."""

from __future__ import annotations

import pytest

from app.model.document import Document
from app.model.edits import add_lane, set_lane_kind, set_map
from app.model.fields import MEASURES
from app.model.lanes import LANE_KINDS
from app.model.languages import LANGUAGES
from app.model.names import lane_name, measure_name, names_kind, new_name, new_names
from app.model.records import Lane


def title(document: Document, lane: str) -> str:
    record = document.store[lane]
    assert isinstance(record, Lane)
    return record.title


def test_a_new_lane_is_called_in_the_language_of_its_map() -> None:
    """S5: also where its tag names a region; in English where there are no words."""
    document = Document()
    made = {}
    for language in ("de-AT", "ar", "ja", "tlh", "en-GB"):
        with document.edit("Add") as tx:
            set_map(tx, language=language)
            made[language] = add_lane(tx, "pain_points")
    assert {language: title(document, lane) for language, lane in made.items()} == {
        "de-AT": "Schmerzpunkte",
        "ar": "نقاط الألم",
        "ja": "困りごと",
        "tlh": "Pain points",
        "en-GB": "Pain points",
    }


def test_a_lane_that_only_names_its_kind_follows_it_from_any_language() -> None:
    """S6: one from before the map was German has a German name then."""
    document = Document()
    with document.edit("Add") as tx:
        english, own = add_lane(tx, "actions"), add_lane(tx, "actions", "Was Mia tut")
        set_map(tx, language="de")
        german = add_lane(tx, "actions")
    with document.edit("Change") as tx:
        for lane in (english, own, german):
            set_lane_kind(tx, lane, "thoughts")
    assert [title(document, lane) for lane in (english, own, german)] == ["Gedanken", "Was Mia tut", "Gedanken"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_tells_the_kinds_apart(language: str) -> None:
    """S5: no two are called alike, and none is left in English or empty."""
    names = [lane_name(kind, language) for kind in LANE_KINDS]
    assert len(set(names)) == len(names)
    assert all(name.strip() == name != "" for name in names)
    assert all(names_kind(name, kind) for name, kind in zip(names, LANE_KINDS, strict=True))
    assert [measure_name(measure, language) for measure in MEASURES] == [lane_name(kind, language) for kind in MEASURES]
    new = [new_name("stage", language), new_name("step", language), new_name("persona", language)]
    assert len(set(new)) == 3
    assert new_names() >= set(new)


@pytest.mark.parametrize("language", ["ar", "hi", "ja"])
def test_scripts_of_their_own_have_no_latin_names(language: str) -> None:
    """S5: a name in another script would stand out in print."""
    names = [lane_name(kind, language) for kind in LANE_KINDS]
    assert not [name for name in names if any("a" <= char.lower() <= "z" for char in name)]
