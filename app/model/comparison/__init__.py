"""Two maps side by side: what was added, removed, changed and moved, and how figures differ. Pure: no files, no Qt."""

from app.model.comparison.changes import Change, Counts, FieldChange, Kind
from app.model.comparison.comparing import Comparison, compare
from app.model.comparison.figures import CurveDifference, Figure, Levels, MetricDifference, TimeDifference
from app.model.comparison.outline import outline
from app.model.comparison.plainly import as_json
from app.model.comparison.sentences import WORDINGS
from app.model.comparison.side import Side
from app.model.comparison.texts import Piece, diff_words
from app.model.sentence import Sentence

__all__ = [
    "WORDINGS",
    "Change",
    "Comparison",
    "Counts",
    "CurveDifference",
    "FieldChange",
    "Figure",
    "Kind",
    "Levels",
    "MetricDifference",
    "Piece",
    "Sentence",
    "Side",
    "TimeDifference",
    "as_json",
    "compare",
    "diff_words",
    "outline",
]
