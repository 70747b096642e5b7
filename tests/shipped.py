"""The maps that come with the program, read from their files, for the tests of what they hold."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, TypeVar

from app.files.mapfile import loads
from app.model.records import Record, Stage, Step
from app.paths import sample_dir, template_dir

R = TypeVar("R", bound=Record)


class Sample(NamedTuple):
    """The least that a sample holds."""

    language: str
    cards: int
    stages: int = 3
    steps: int = 8
    lanes: int = 6
    personas: int = 1


SAMPLES = {
    "broadband": Sample("en", 60, 5, 14, 9, 2),
    "clinic": Sample("en", 70, 5, 13, 10, 2),
    "saas-onboarding": Sample("en", 50, 5, 13, 9, 2),
    "arabic": Sample("ar", 25, 4, 9, 6, 2),
    "hindi": Sample("hi", 15),
    "japanese": Sample("ja", 15, 4, 9),
}
TEMPLATES = {
    "marketing": ["Awareness", "Consideration", "Purchase", "Post-purchase"],
    "product-led": ["Awareness", "Consideration", "Decision", "Retention", "Advocacy"],
    "service-blueprint": ["Before", "Arrival", "Service", "After"],
    "blank": ["Stage 1"],
}
PATHS = [
    *(sample_dir() / f"{name}.jmap" for name in SAMPLES),
    *(template_dir() / f"{name}.jmap" for name in TEMPLATES),
]


def records_of(path: Path) -> tuple[Record, ...]:
    return loads(path.read_bytes()).records


def sample(name: str) -> tuple[Record, ...]:
    return records_of(sample_dir() / f"{name}.jmap")


def template(name: str) -> tuple[Record, ...]:
    return records_of(template_dir() / f"{name}.jmap")


def of(records: Iterable[Record], record_class: type[R]) -> list[R]:
    return [record for record in records if isinstance(record, record_class)]


def in_order(records: Iterable[Record], record_class: type[R]) -> list[R]:
    return sorted(of(records, record_class), key=lambda record: str(record.__dict__["order"]))


def steps_in_order(records: tuple[Record, ...]) -> list[Step]:
    steps = in_order(records, Step)
    return [step for stage in in_order(records, Stage) for step in steps if step.stage == stage.id]
