"""What nobody knows yet and somebody should find out."""

from typing import Literal

from app.model.kinds import CardKind
from app.model.records import Card


class Question(Card):
    """What nobody knows yet and somebody should find out."""

    kind: Literal["question"] = "question"


KIND = CardKind("question", "Question", "circle-question-mark", "#B45309", 85, Question)
