"""`journeymapper salvage` and `upgrade`: what they write, what they say, and with which exit code."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from app import cli
from app.files import load
from app.files.mapfile import dumps
from app.paths import sample_dir

CLINIC = (sample_dir() / "clinic.jmap").read_bytes()


def run(*words: str | Path) -> int:
    try:
        return cli.main([str(word) for word in words])
    except SystemExit as left:
        return int(str(left.code))


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "damaged.jmap"
    path.write_bytes(CLINIC[:20_000])
    return path


def test_what_can_be_read_is_written_and_the_rest_is_told(
    damaged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.jmap"
    assert run("salvage", damaged, "-o", out) == cli.PROBLEMS
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith(f"{out}: ") and line.endswith(".") for line in lines)
    assert "could be read" in lines[0]
    assert sum(record.type == "card" for record in load(out).records) > 50
    assert damaged.read_bytes() == CLINIC[:20_000]


def test_a_file_that_lost_only_its_end_is_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cut.jmap"
    path.write_bytes(CLINIC[:-22])
    assert run("salvage", path, "-o", tmp_path / "out.jmap", "--json") == cli.DONE
    told = json.loads(capsys.readouterr().out)
    assert told["complete"] is True
    assert told["output"] == str(tmp_path / "out.jmap")
    assert (tmp_path / "out.jmap").read_bytes() == CLINIC


def test_nothing_is_written_over(damaged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "other.jmap").write_bytes(b"mine")
    (tmp_path / "link.jmap").symlink_to(damaged)
    for out, words in (
        (damaged, "same file"),
        (tmp_path / "link.jmap", "same file"),
        (tmp_path / "other.jmap", "is there already"),
        (tmp_path / "x.zip", "must end in .jmap"),
    ):
        assert run("salvage", damaged, "-o", out) == cli.WRONG_USE
        assert words in capsys.readouterr().err
    assert run("salvage", damaged, "-o", damaged, "--force") == cli.WRONG_USE
    assert (tmp_path / "other.jmap").read_bytes() == b"mine"
    assert damaged.read_bytes() == CLINIC[:20_000]


@pytest.mark.parametrize("content", [b"", b"hello", None])
def test_nothing_to_read_is_wrong_use(
    content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.jmap"
    if content is not None:
        path.write_bytes(content)
    assert run("salvage", path, "-o", tmp_path / "out.jmap") == cli.WRONG_USE
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "out.jmap").exists()


def test_an_old_or_foreign_form_becomes_the_canonical_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "map.jmap"
    with zipfile.ZipFile(sample_dir() / "clinic.jmap") as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert run("upgrade", path, "-o", tmp_path / "new.jmap") == cli.DONE
    assert (tmp_path / "new.jmap").read_bytes() == CLINIC
    assert run("upgrade", path) == cli.DONE
    assert path.read_bytes() == CLINIC
    assert capsys.readouterr().out.splitlines()[-1] == f"{path}: written in the newest format"


def test_the_newest_form_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "map.jmap"
    path.write_bytes(dumps(load(sample_dir() / "clinic.jmap")))
    before = path.stat().st_ino
    assert run("upgrade", path) == cli.DONE
    assert "nothing was written" in capsys.readouterr().out
    assert path.stat().st_ino == before
    assert run("upgrade", path, "-o", tmp_path / "copy.jmap") == cli.DONE
    assert (tmp_path / "copy.jmap").read_bytes() == path.read_bytes()
    assert run("upgrade", path, "-o", tmp_path / "copy.jmap") == cli.WRONG_USE


def test_a_damaged_map_is_not_upgraded(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("upgrade", damaged) == cli.WRONG_USE
    assert "its end is missing" in capsys.readouterr().err
    assert damaged.read_bytes() == CLINIC[:20_000]


def test_info_tells_everything_in_words_and_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    path = sample_dir() / "broadband.jmap"
    assert run("info", path, "--json") == cli.DONE
    told = json.loads(capsys.readouterr().out)
    expected = {"personas": 2, "sources": 9, "feedback": 5, "action_items": 6, "comments": 4, "pictures": 6}
    assert {name: told[name] for name in expected} == expected
    assert told["records"] == 222
    assert told["missing_pictures"] == []
    assert told["thumbnail"] is True
    assert run("info", path) == cli.DONE
    shown = capsys.readouterr().out
    assert all(f"{name.replace('_', ' ')}:" in shown for name in told)
    assert "review date:       2027-03-01" in shown
