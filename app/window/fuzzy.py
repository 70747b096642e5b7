"""Finding a name by a few of its letters. No Qt."""

from __future__ import annotations

from app.model.spelling import bare

START_OF_WORD, RUN, FIRST = 8, 5, 4
"""What a letter counts more where a word begins, where it follows on the one before, at the very beginning."""


def score(wanted: str, name: str) -> int | None:
    """How well a name fits what was typed, more is better; None where its letters are not all there in that order.

    Case and accents make no difference. Every word that is typed must be found.
    """
    text = bare(name)
    total = 0
    for word in bare(wanted).split():
        points = _score_word(word, text)
        if points is None:
            return None
        total += points
    return total - len(text) // 8


def _score_word(word: str, text: str) -> int | None:
    """The best over all places where the word may begin."""
    starts = [at for at, letter in enumerate(text) if letter == word[0]]
    scores = [points for at in starts if (points := _score_from(word, text, at)) is not None]
    return max(scores, default=None)


def _score_from(word: str, text: str, at: int) -> int | None:
    points, last = 0, -2
    for letter in word:
        at = text.find(letter, at)
        if at < 0:
            return None
        points += 1
        points += START_OF_WORD if at == 0 or not text[at - 1].isalnum() else 0
        points += RUN if at == last + 1 else 0
        points += FIRST if at == 0 else 0
        last, at = at, at + 1
    return points
