"""Rows of cells as spreadsheets put them on the clipboard: tabs between cells, quotes around what has a tab in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def to_tsv(rows: Iterable[Sequence[str]]) -> str:
    """The rows as text."""
    stream = io.StringIO()
    csv.writer(stream, dialect="excel-tab", lineterminator="\n").writerows(rows)
    return stream.getvalue()


def from_tsv(text: str) -> list[list[str]]:
    """The rows of a text, without those that are empty. A quote that never ends is taken as it stands."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), dialect="excel-tab", strict=True))
    except csv.Error:
        rows = [line.split("\t") for line in text.splitlines()]
    return [row for row in rows if any(cell.strip() for cell in row)]
