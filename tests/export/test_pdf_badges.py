"""A poster with all that cards and the head of a sheet can say: every text comes back."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from app import cli
from app.export.pdf import export_pdf, pdf_bytes, place
from app.files import save
from app.layout.engine import MapLayout
from app.layout.sheet import Sheet, sheet_of
from app.model.beside import Comment, Source
from app.model.document import Document
from app.model.records import Lane, MapRecord, Persona, Record, Stage, Step
from app.model.registry import record_from_json
from tests.export.sheets import OPTIONS, sheet_texts

pytestmark = pytest.mark.usefixtures("qapp")

PERSONA: dict[str, Any] = {
    "role": "Tenant", "segment": "Urban", "quote": "Just work!", "goals": ("Films",), "motivations": ("Peace",),
    "pain_points": ("No time",), "demographics": (("Age", "27"),), "channels": ("app",), "on_poster": True,
}  # fmt: skip
CARDS: tuple[dict[str, Any], ...] = (
    {
        "kind": "touchpoint", "title": "Check", "channel": "website", "importance": 4, "satisfaction": 2,
        "moment_of_truth": True, "duration": 90.0, "owner": "Web team", "personas": ["mia"], "standing": "evidenced",
        "sources": ["s1"], "body": "Says no",
    },
    {"kind": "pain_point", "title": "Lost", "severity": 4, "frequency": 3, "votes": 1200, "standing": "assumption"},
    {"kind": "opportunity", "title": "Mend", "impact": 5, "effort": 1, "confidence": 3, "status": "in_progress"},
    {"kind": "thought", "title": "Why me?", "quoted": True, "standing": "partly"},
    {
        "kind": "metric", "title": "Liked", "measure": "csat", "satisfied": 60, "responses": 90, "target": 80.0,
        "history": [["2026-01-01", 40.0], ["2026-05-01", 66.0]],
    },
)  # fmt: skip


def full_map(language: str = "en") -> list[Record]:
    about: dict[str, Any] = {
        "objective": "Sell more",
        "scope": "Here",
        "scenario": "A day",
        "review_date": dt.date(2026, 3, 1),
    }
    cards = [
        record_from_json({"type": "card", "id": f"c{at}", "lane": "l", "step": f"sp{at}", **values})
        for at, values in enumerate(CARDS)
    ]
    return [
        MapRecord(title="Map", legend=True, language=language, **about),
        Persona(id="mia", name="Mia Santos", **PERSONA),
        Source(id="s1", title="Interviews"),
        Stage(id="st"),
        *(Step(id=f"sp{at}", stage="st", order=f"a{at}x") for at in range(len(CARDS))),
        Lane(id="l", kind="touchpoints"),
        *cards,
        Comment(id="k", about="c0", text="Never printed"),
    ]


def full_sheet(language: str = "en") -> Sheet:
    document = Document(full_map(language))
    return sheet_of(MapLayout(document, dt.date(2026, 3, 4)), document.map)


def closed(text: str) -> str:
    return "".join(char for char in "".join(text.split()) if not 0x2000 <= ord(char) <= 0x206F or char in "“”·×")


@pytest.mark.parametrize(
    ("language", "figures"),
    [
        ("en", ["1 h 30 min", "66.7 %", "1,200"]),
        ("de", ["1 Std. 30 Min.", "66,7 %", "1.200"]),
        ("ja", ["1時間30分", "66.7 %", "1,200"]),
    ],
)
def test_every_badge_and_panel_comes_back_as_text(language: str, figures: list[str], tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext")
    sheet, path = full_sheet(language), tmp_path / "poster.pdf"
    export_pdf(sheet, path, OPTIONS._replace(page="A1"))
    read = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode("utf-8")
    texts = sheet_texts(sheet)
    assert [text for text in texts if closed(text) not in closed(read)] == []
    for text in ("4/5", "2/5", "Web team", "4 × 3 = 12", "CSAT · n = 90", "MS", *figures):
        assert text in texts
    assert "Never printed" not in read


def test_the_same_map_gives_the_same_file() -> None:
    options = OPTIONS._replace(page="A1")
    one, other = (pdf_bytes(sheet, place(sheet, options), options) for sheet in (full_sheet(), full_sheet()))
    assert one == other


def test_whether_a_review_is_overdue_goes_by_the_date_of_the_poster(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext")
    map_file = tmp_path / "map.jmap"
    save(Document(full_map()).records, map_file)
    said = []
    for epoch in ("1772323200", "1772409600"):  # the first of March 2026, and the second
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        poster = tmp_path / f"{epoch}.pdf"
        assert cli.main(["export", str(map_file), "-o", str(poster), "--page", "A1"]) == cli.DONE
        read = subprocess.run(["pdftotext", str(poster), "-"], capture_output=True, check=True).stdout.decode("utf-8")
        said.append("Review was due on 2026-03-01" in read)
    assert said == [False, True]
