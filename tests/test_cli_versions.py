"""What the command says of versions, and a copy without them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app import cli
from app.files import load, save
from app.files.revisions import named_now, revisions_of
from tests.files.version_builders import titled, titles, with_titles


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    """A map with three versions, the last one with a name."""
    path = tmp_path / "map.jmap"
    save(named_now(with_titles("AB").holding(titled("C")), "Client review"), path)
    return path


def test_info_tells_of_versions_and_their_names(versions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["info", str(versions), "--json"]) == cli.DONE
    facts = json.loads(capsys.readouterr().out)
    file = load(versions)
    assert (facts["map_id"], facts["revision"], facts["versions"]) == (file.map_id, file.rev, 3)
    assert facts["named_versions"] == [{"name": "Client review", "revision": file.rev, "time": None}]
    assert cli.main(["info", str(versions)]) == cli.DONE
    shown = capsys.readouterr().out.splitlines()
    assert f"map id:            {file.map_id}" in shown
    assert "versions:          3" in shown
    assert "named versions:    Client review" in shown


def test_a_copy_without_history_is_the_map_as_it_is_now(
    versions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, clean = tmp_path / "whole.jmap", tmp_path / "clean.jmap"
    assert cli.main(["copy", str(versions), "-o", str(whole)]) == cli.DONE
    assert cli.main(["copy", str(versions), "-o", str(clean), "--without-history"]) == cli.DONE
    assert whole.read_bytes() == versions.read_bytes()
    assert (titles(load(clean)), load(clean).map_id) == (["C"], load(versions).map_id)
    assert b"Client review" not in clean.read_bytes()
    assert capsys.readouterr().out.splitlines() == [f"{whole}: with history", f"{clean}: without history"]


def test_a_copy_overwrites_nothing_unasked(versions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = tmp_path / "there.jmap"
    there.write_bytes(b"x")
    for output, complaint in ((versions, "the same file"), (there, "--force"), (tmp_path / "copy.zip", "in .jmap")):
        assert cli.main(["copy", str(versions), "-o", str(output)]) == cli.WRONG_USE
        assert complaint in capsys.readouterr().err
    assert there.read_bytes() == b"x"
    assert cli.main(["copy", str(versions), "-o", str(there), "--force"]) == cli.DONE
    assert titles(load(there)) == ["C", "B", "A"]


def test_each_new_map_is_a_map_of_its_own(tmp_path: Path) -> None:
    made = [tmp_path / f"{number}.jmap" for number in range(2)]
    for path in made:
        assert cli.main(["new", "-o", str(path)]) == cli.DONE
    one, other = map(load, made)
    assert one.map_id != other.map_id
    assert [version.sitting for version in revisions_of(one)] == [1]
    assert one.parents == ()
