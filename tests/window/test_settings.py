"""Settings survive everything that can happen to a file, and never keep the program from starting."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.paths import config_dir
from app.window.recent import MOST, RecentFiles
from app.window.settings import ExportOptions, RecentFile, Settings, SettingsFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "settings.json"


def test_they_lie_in_the_users_folder() -> None:
    assert SettingsFile().path == config_dir() / "settings.json"


def test_without_a_file_there_are_defaults(path: Path) -> None:
    assert SettingsFile(path).settings == Settings()
    assert not path.exists()


def test_what_is_changed_is_there_at_the_next_start(path: Path) -> None:
    SettingsFile(path).change(
        appearance="dark",
        geometry=b"\x00\xff\x01",
        first_start_done=True,
        export=ExportOptions(page="A0", orientation="landscape", margin=12.5),
    )
    read = SettingsFile(path).settings
    assert read.appearance == "dark"
    assert read.geometry == b"\x00\xff\x01"
    assert read.first_start_done
    assert read.export == ExportOptions(page="A0", orientation="landscape", margin=12.5)
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_two_programs_do_not_lose_each_others_changes(path: Path) -> None:
    one, other = SettingsFile(path), SettingsFile(path)
    one.change(appearance="dark")
    other.change(first_start_done=True)
    assert SettingsFile(path).settings.appearance == "dark"


def test_a_bad_value_is_refused_before_it_is_written(path: Path) -> None:
    settings = SettingsFile(path)
    with pytest.raises(ValidationError):
        settings.change(appearance="purple")
    assert settings.settings.appearance == "system"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"null", b"[" * 100_000])
def test_a_broken_file_is_put_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    settings = SettingsFile(path)
    assert settings.settings == Settings()
    assert path.with_name("settings.json.broken").read_bytes() == content
    settings.change(appearance="light")
    assert SettingsFile(path).settings.appearance == "light"


def test_a_broken_field_costs_only_itself(path: Path) -> None:
    path.parent.mkdir()
    values = {
        "appearance": "dark",
        "first_start_done": "perhaps",
        "geometry": "*not base64*",
        "recent": [{"path": "/a.jmap", "opened": 1.0}, {"path": 5}, "b", {"path": "/c.jmap"}],
        "export": {"page": "A3", "margin": -1},
        "invented_later": {"keep": [1, 2]},
    }
    path.write_text(json.dumps(values))
    read = SettingsFile(path)
    assert read.settings.appearance == "dark"
    assert not read.settings.first_start_done
    assert read.settings.geometry == b""
    assert [file.path for file in read.settings.recent] == ["/a.jmap", "/c.jmap"]
    assert read.settings.export == ExportOptions(page="A3")
    read.change(appearance="light")
    assert json.loads(path.read_text())["invented_later"] == {"keep": [1, 2]}


@pytest.mark.parametrize("number", ["NaN", "1e999", "-Infinity"])
def test_strange_numbers_are_no_settings(path: Path, number: str) -> None:
    path.parent.mkdir()
    path.write_text(f'{{"appearance": "dark", "export": {{"margin": {number}}}, "other": {number}}}')
    settings = SettingsFile(path).settings
    assert settings.appearance == "dark"
    assert settings.export.margin == 10.0


def test_a_disk_that_refuses_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    settings = SettingsFile(tmp_path / "file" / "settings.json")
    settings.change(appearance="dark")
    assert settings.settings.appearance == "dark"
    assert settings.problem


class TestRecentFiles:
    @pytest.fixture
    def recent(self, path: Path) -> RecentFiles:
        return RecentFiles(SettingsFile(path), clock=lambda: 42.0)

    def test_the_newest_comes_first_and_each_once(self, recent: RecentFiles, tmp_path: Path) -> None:
        for name in ("a.jmap", "b.jmap", "a.jmap"):
            recent.add(tmp_path / name, name.upper())
        assert recent.files == (
            RecentFile(path=str(tmp_path / "a.jmap"), title="A.JMAP", opened=42.0),
            RecentFile(path=str(tmp_path / "b.jmap"), title="B.JMAP", opened=42.0),
        )

    def test_two_names_of_one_file_are_one(self, recent: RecentFiles, tmp_path: Path) -> None:
        (tmp_path / "a.jmap").touch()
        (tmp_path / "link.jmap").symlink_to(tmp_path / "a.jmap")
        recent.add(tmp_path / "a.jmap")
        recent.add(tmp_path / "link.jmap")
        assert [Path(file.path).name for file in recent.files] == ["link.jmap"]

    def test_the_list_stays_short(self, recent: RecentFiles, tmp_path: Path) -> None:
        for number in range(MOST + 5):
            recent.add(tmp_path / f"{number}.jmap")
        assert len(recent.files) == MOST
        assert recent.files[0].path.endswith(f"{MOST + 4}.jmap")

    def test_a_file_can_be_forgotten(self, recent: RecentFiles, tmp_path: Path) -> None:
        recent.add(tmp_path / "a.jmap")
        recent.add(tmp_path / "b.jmap")
        recent.remove(tmp_path / "a.jmap")
        assert [Path(file.path).name for file in recent.files] == ["b.jmap"]
        recent.clear()
        assert recent.files == ()


@pytest.mark.parametrize(
    ("stored", "kept"),
    [
        ({"page": "B7", "margin": 5}, ExportOptions(margin=5)),
        ({"page": "roll", "roll": 1e9, "dpi": 5}, ExportOptions(page="roll")),
        ({"kind": "exe", "orientation": "auto", "margin": -1, "page": "A3"}, ExportOptions(page="A3")),
        ("A4", ExportOptions()),
    ],
)
def test_what_makes_no_sense_in_the_export_options_falls_back(path: Path, stored: object, kept: ExportOptions) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"export": stored}))
    assert SettingsFile(path).settings.export == kept


def test_a_page_is_named_as_exporters_know_it() -> None:
    assert ExportOptions(page="roll", roll=610).page_name == "roll:610"
    assert ExportOptions(page="ANSI C").page_name == "ANSI C"
