"""What maps are begun with, read from the templates when the guide first asks."""

from __future__ import annotations

from functools import cache

from app.canvas.insertion import placeholders
from app.files import FileError, load
from app.model.analysis.given import Given
from app.model.records import Record
from app.paths import template_dir


@cache
def given() -> Given:
    """The records of all templates. One that cannot be read has given nothing."""
    records: list[Record] = []
    for path in sorted(template_dir().glob("*.jmap")):
        try:
            records.extend(load(path).records)
        except FileError:
            continue
    return Given(records, placeholders())
