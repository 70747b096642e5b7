"""`journeymapper diff … -o POSTER.pdf`: the differences as a poster, from a shell."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pypdfium2
import pytest

from app.cli import DONE, PROBLEMS, WRONG_USE, main
from app.files import open_map, save
from app.paths import sample_dir
from tests.edited import edited

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def maps(tmp_path: Path) -> tuple[str, str]:
    """A sample, and the copy that a colleague has worked on."""
    before, after = tmp_path / "map.jmap", tmp_path / "map, Ken.jmap"
    shutil.copy(sample_dir() / "broadband.jmap", before)
    opened = open_map(before)
    save(opened.file.holding(edited(opened.document.records)), after)
    return str(before), str(after)


def test_the_poster_is_written_beside_what_is_said(
    maps: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    poster = tmp_path / "changes.pdf"
    assert main(["diff", *maps, "-o", str(poster), "--page", "A1"]) == PROBLEMS
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1].startswith(f"{poster}: A1, landscape, ")
    document = pypdfium2.PdfDocument(poster)
    texts = [str(page.get_textpage().get_text_range()) for page in document]
    document.close()
    assert len(texts) > 1
    assert "A new worry" in texts[0]
    assert "A new worry" in " ".join(texts[1:])


def test_what_a_script_reads_stays_json(
    maps: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *maps, "--json", "-o", str(tmp_path / "changes.pdf")]) == PROBLEMS
    assert json.loads(capsys.readouterr().out)
    assert (tmp_path / "changes.pdf").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("-o", "changes.png"), "must end in .pdf"),
        (("--page", "A1"), "for the poster that -o asks for"),
        (("-o", "changes.pdf", "--page", "A9"), "There is no page size"),
    ],
)
def test_wrong_use(
    maps: tuple[str, str], words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main(["diff", *maps, *words]) == WRONG_USE
    assert sentence in capsys.readouterr().err
    assert not list(tmp_path.glob("changes.*"))


def test_a_map_is_never_overwritten_by_its_poster(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "map.pdf"
    shutil.copy(sample_dir() / "broadband.jmap", path)
    before = path.read_bytes()
    assert main(["diff", str(path), str(path), "-o", str(path)]) == WRONG_USE
    assert "one of the maps" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_the_same_maps_make_a_poster_too(tmp_path: Path) -> None:
    path = str(sample_dir() / "clinic.jmap")
    assert main(["diff", path, path, "-o", str(tmp_path / "same.pdf")]) == DONE
    assert (tmp_path / "same.pdf").exists()
