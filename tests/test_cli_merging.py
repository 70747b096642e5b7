"""`journeymapper diff`, `merge` and `textconv`, on their own and inside git."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app import cli
from app.files import load, save
from app.files.mapfile import MapFile
from app.files.revisions import find_base, records_at, revisions_of
from app.model.records import Record
from app.paths import sample_dir

pytestmark = pytest.mark.usefixtures("qapp")

CLINIC = sample_dir() / "clinic.jmap"
JAPANESE = sample_dir() / "japanese.jmap"
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def run(*words: object) -> int:
    try:
        return cli.main([str(word) for word in words])
    except SystemExit as left:
        return int(str(left.code))


def card(path: Path, number: int) -> Record:
    """One of the cards of a map, by a number that stays the same."""
    return sorted((record for record in load(path).records if record.type == "card"), key=lambda one: one.id)[number]


def retitle(source: Path, number: int, title: str, to: Path | None = None) -> Path:
    """Gives a card another title, in a copy or in the file itself."""
    file = load(source)
    changed = card(source, number).changed(title=title)
    records = [changed if record.id == changed.id else record for record in file.records]
    save(file.holding(records), to)
    return to or source


def title(path: Path, number: int) -> str:
    return str(card(path, number).__dict__["title"])


@pytest.fixture
def base(tmp_path: Path) -> Path:
    path = tmp_path / "base.jmap"
    path.write_bytes(CLINIC.read_bytes())
    return path


@pytest.fixture
def mine(base: Path) -> Path:
    return retitle(base, 0, "Mine", base.with_name("mine.jmap"))


@pytest.fixture
def theirs(base: Path) -> Path:
    return retitle(base, 1, "Theirs", base.with_name("theirs.jmap"))


def test_equal_maps(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """However often one was saved."""
    copy = base.with_name("copy.jmap")
    save(load(base), copy)
    assert run("diff", base, copy) == cli.DONE
    assert capsys.readouterr().out == f"{base} → {copy}: no difference\n"


def test_maps_that_differ(base: Path, mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = title(base, 0)
    assert run("diff", base, mine) == cli.PROBLEMS
    head, line = capsys.readouterr().out.splitlines()
    assert head == f"{base} → {mine}: 1 changed"
    assert line.startswith("~ ")
    assert line.endswith(f"“{before}” is called “Mine” now.")


def test_differences_for_scripts(base: Path, mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("diff", base, mine, "--json") == cli.PROBLEMS
    found = json.loads(capsys.readouterr().out)
    assert found["counts"] == {"added": 0, "removed": 0, "changed": 1, "moved": 0}
    assert found["changes"][0]["fields"] == [{"field": "title", "before": title(base, 0), "after": "Mine"}]


@pytest.mark.parametrize("words", [["diff", "base.jmap", "missing.jmap"], ["diff", "base.jmap", "text.jmap"]])
def test_what_cannot_be_compared(
    words: list[str], base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Is told apart from a difference."""
    monkeypatch.chdir(base.parent)
    base.with_name("text.jmap").write_text("not a map")
    assert run(*words) == cli.WRONG_USE
    assert capsys.readouterr().err.count("\n") == 1


def test_a_map_as_text(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each record, the same every time."""
    assert run("textconv", base) == cli.DONE
    shown = capsys.readouterr().out
    assert len(shown.splitlines()) == len(load(base).records)
    assert any(title(base, 0) in line for line in shown.splitlines())
    assert run("textconv", base) == cli.DONE
    assert capsys.readouterr().out == shown


def test_a_state_that_is_no_map_is_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """So that `git log -p` goes on."""
    broken = tmp_path / "broken"
    broken.write_text("not a map")
    assert run("textconv", broken) == cli.DONE
    assert capsys.readouterr().out == "(The file is not a journey map.)\n"
    assert run("textconv", tmp_path / "missing") == cli.WRONG_USE


def test_two_copies_in_one(base: Path, mine: Path, theirs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The result knows both revisions, and still has what mine was before."""
    out = base.with_name("out.jmap")
    assert run("merge", base, mine, theirs, "-o", out) == cli.DONE
    assert capsys.readouterr().out == f"{out}: merged; theirs brought 1 changed\n"
    assert (title(out, 0), title(out, 1)) == ("Mine", "Theirs")
    merged = load(out)
    assert merged.parents == (load(mine).rev, load(theirs).rev)
    assert merged.map_id == load(mine).map_id
    versions = [version.rev for version in revisions_of(merged)]
    assert versions[:2] == [merged.rev, load(mine).rev]
    assert set(records_at(merged, load(mine).rev)) == set(load(mine).records)


def test_a_disagreement(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is safe is written, and the rest listed."""
    mine = retitle(retitle(base, 0, "Mine", base.with_name("mine.jmap")), 2, "Also mine")
    theirs = retitle(base, 0, "Theirs", base.with_name("theirs.jmap"))
    out = base.with_name("out.jmap")
    assert run("merge", base, mine, theirs, "-o", out) == cli.PROBLEMS
    shown = capsys.readouterr().out.splitlines()
    [line] = [line for line in shown if line.startswith(f"{out}: conflict: ")]
    assert "Title: “Mine” here, “Theirs” there." in line
    assert title(out, 0) in {"Mine", "Theirs"}
    assert ("the one here" in line) == (title(out, 0) == "Mine")
    assert title(out, 2) == "Also mine"


def test_into_mine_itself(base: Path, mine: Path, theirs: Path) -> None:
    """Whatever its name is: git's have none."""
    temporary = mine.rename(mine.with_name(".merge_file_x"))
    assert run("merge", base, temporary, theirs, "-o", temporary) == cli.DONE
    assert (title(temporary, 0), title(temporary, 1)) == ("Mine", "Theirs")


def test_no_other_file_is_overwritten(base: Path, mine: Path, theirs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = theirs.read_bytes()
    assert run("merge", base, mine, theirs, "-o", theirs) == cli.WRONG_USE
    assert "is there already" in capsys.readouterr().err
    assert theirs.read_bytes() == before
    assert run("merge", base, mine, theirs, "-o", base.with_name("out.zip")) == cli.WRONG_USE
    assert "must end in .jmap" in capsys.readouterr().err
    assert run("merge", base, mine, theirs, "-o", theirs, "--force") == cli.DONE


def test_an_empty_base_is_looked_for_in_the_histories(base: Path, mine: Path, theirs: Path) -> None:
    """Git gives an empty file where both sides added theirs. A deletion is then still one."""
    empty = base.with_name("empty")
    empty.touch()
    kept = [record for record in load(mine).records if record.type != "comment"]
    assert len(kept) < len(load(mine).records)
    save(load(mine).holding(kept))
    assert find_base(load(mine), load(theirs)) is not None
    assert run("merge", empty, mine, theirs, "-o", mine) == cli.DONE
    assert [record for record in load(mine).records if record.type == "comment"] == []
    assert (title(mine, 0), title(mine, 1)) == ("Mine", "Theirs")


def test_copies_of_which_nothing_is_known(base: Path, tmp_path: Path) -> None:
    """But that they are some: they are merged by the ids of their records."""
    empty = tmp_path / "empty"
    empty.touch()
    sides = []
    for name in ("mine", "theirs"):
        path = tmp_path / f"{name}.jmap"
        save(load(base), path)
        records = load(retitle(path, 0, name)).records
        save(MapFile(records, map_id="a_map"), path, force=True)
        sides.append(path)
    assert run("merge", empty, *sides, "-o", sides[0]) == cli.PROBLEMS
    assert len(load(sides[0]).records) == len(load(base).records)
    assert title(sides[0], 0) in {"mine", "theirs", "mine / theirs"}


def test_two_different_maps_are_not_mixed(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty, other = base.with_name("empty"), base.with_name("other.jmap")
    empty.touch()
    other.write_bytes(JAPANESE.read_bytes())
    before = base.read_bytes()
    assert run("merge", empty, base, other, "-o", base) == cli.WRONG_USE
    assert "different maps" in capsys.readouterr().err
    assert base.read_bytes() == before


def test_pictures_of_theirs_come_along(base: Path, mine: Path) -> None:
    """And only those that are needed."""
    storyboard = load(JAPANESE)
    image = next(record for record in storyboard.records if record.__dict__.get("kind") == "image")
    name = f"media/{image.__dict__['picture']}"
    place = {field: card(base, 0).__dict__[field] for field in ("step", "lane")}
    file = load(base)
    parts = {**file.parts, name: storyboard.parts[name]}
    theirs = base.with_name("theirs.jmap")
    records = (*file.records, image.changed(id="c_new", personas=(), sources=(), to_step=None, **place))
    save(MapFile(records, parts=parts, map_id=file.map_id), theirs)
    out = base.with_name("out.jmap")
    assert run("merge", base, mine, theirs, "-o", out) == cli.DONE
    assert load(out).parts[name] == storyboard.parts[name]


class Repository:
    """A git repository with one map, in which git knows what the README says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.map = folder / "map.jmap"
        command = f"{sys.executable} -m app"
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.email", "ana@example.org")
        self.git("config", "user.name", "Ana")
        self.git("config", "diff.journeymapper.textconv", f"{command} textconv")
        self.git("config", "merge.journeymapper.driver", f"{command} merge %O %A %B -o %A --name %P")
        (folder / ".gitattributes").write_text("*.jmap diff=journeymapper merge=journeymapper\n")
        self.commit("Attributes")

    def git(self, *words: str, code: int = 0) -> str:
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", *words], cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def branch(self, name: str) -> None:
        self.git("checkout", "-q", "-b", name, "main")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    folder = tmp_path / "repository"
    folder.mkdir()
    return Repository(folder)


@needs_git
def test_git_shows_what_changed(repository: Repository) -> None:
    """One line for the card that is called otherwise."""
    repository.map.write_bytes(CLINIC.read_bytes())
    repository.commit("Map")
    retitle(repository.map, 0, "A new title")
    lines = repository.git("diff").splitlines()
    changed = [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert [line[0] for line in changed] == ["-", "+"]
    assert "A new title" in changed[1]


@needs_git
def test_git_merges_what_two_people_did(repository: Repository) -> None:
    repository.map.write_bytes(CLINIC.read_bytes())
    repository.commit("Map")
    repository.branch("theirs")
    retitle(repository.map, 1, "Theirs")
    repository.commit("Theirs")
    repository.git("checkout", "-q", "main")
    retitle(repository.map, 0, "Mine")
    repository.commit("Mine")
    shown = repository.git("merge", "theirs", "-m", "Together")
    assert "map.jmap: merged; theirs brought 1 changed" in shown
    assert repository.git("status", "--porcelain") == ""
    assert (title(repository.map, 0), title(repository.map, 1)) == ("Mine", "Theirs")
    assert len(load(repository.map).parents) == 2


@needs_git
def test_git_stops_where_two_people_disagree(repository: Repository) -> None:
    """The file can be opened, and has what both agree on."""
    repository.map.write_bytes(CLINIC.read_bytes())
    repository.commit("Map")
    repository.branch("theirs")
    retitle(retitle(repository.map, 0, "Theirs"), 1, "Also theirs")
    repository.commit("Theirs")
    repository.git("checkout", "-q", "main")
    retitle(repository.map, 0, "Mine")
    repository.commit("Mine")
    shown = repository.git("merge", "theirs", code=1)
    assert "map.jmap: conflict: " in shown
    assert repository.git("status", "--porcelain") == "UU map.jmap\n"
    assert title(repository.map, 1) == "Also theirs"


@needs_git
def test_git_merges_a_file_that_both_added(repository: Repository) -> None:
    """There is no base then, but the histories of the two know one."""
    for number, branch in enumerate(("ours", "theirs")):
        repository.branch(branch)
        repository.map.write_bytes(CLINIC.read_bytes())
        retitle(repository.map, number, branch)
        repository.commit(branch)
    repository.git("checkout", "-q", "ours")
    repository.git("merge", "theirs", "-m", "Together")
    assert (title(repository.map, 0), title(repository.map, 1)) == ("ours", "theirs")
