"""What is kept so that maps are painted quickly goes with the last map that somebody looks at."""

from __future__ import annotations

import pytest

from app.canvas import viewers
from app.canvas.pictures import pictures
from app.layout.remembering import remembered
from tests.canvas.test_pictures_store import file_of
from tests.window.hands import Hands


@pytest.mark.usefixtures("qapp")
def test_the_last_map_takes_along_what_was_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(viewers, "_VIEWERS", set())
    worked: list[str] = []
    kept = remembered(8)(worked.append)
    first, second = viewers.look(), viewers.look()
    pictures().image(file_of(8, 8), 8.0)
    pictures().finish()
    kept("text")
    first()
    kept("text")
    assert worked == ["text"]
    assert pictures().size
    second()
    assert not pictures().size
    kept("text")
    assert worked == ["text", "text"]


def test_a_closed_map_is_not_looked_at(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(viewers, "_VIEWERS", set())
    hands.view.show_map(hands.document, hands.layout)
    assert len(viewers._VIEWERS) == 1
    hands.view.close_map()
    assert not viewers._VIEWERS
