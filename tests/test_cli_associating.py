"""`journeymapper associate`: files that a Linux desktop understands, in the user's own folder, and gone again."""

from __future__ import annotations

import configparser
import shlex
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from app import cli
from app.cli import associating
from app.files.mapfile import MIMETYPE
from app.paths import sample_dir

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="for Linux desktops")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


def entry(data: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(data / "applications" / "journeymapper.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def test_a_double_click_opens_a_map_with_this_program(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["associate"]) == cli.DONE
    assert "double click" in capsys.readouterr().out
    assert entry(data)["MimeType"] == f"{MIMETYPE};"
    program, *rest = shlex.split(entry(data)["Exec"])
    assert Path(program).is_absolute()
    assert Path(program).exists()
    assert rest[-1] == "%f"
    assert (data / "icons" / "hicolor" / "scalable" / "apps" / "journeymapper.svg").exists()


def test_the_description_of_the_type_fits_our_files(data: Path) -> None:
    assert cli.main(["associate"]) == cli.DONE
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kind = ET.parse(data / "mime" / "packages" / "journeymapper.xml").getroot().find(f"{space}mime-type")
    assert kind is not None
    assert kind.attrib["type"] == MIMETYPE
    first = (sample_dir() / "clinic.jmap").read_bytes()
    for match in kind.iter(f"{space}match"):
        value = match.attrib["value"].encode().decode("unicode_escape").encode("latin-1")
        assert first[int(match.attrib["offset"]) :].startswith(value)


def test_it_can_be_taken_back(data: Path) -> None:
    assert cli.main(["associate"]) == cli.DONE
    assert cli.main(["associate", "--remove"]) == cli.DONE
    assert cli.main(["associate", "--remove"]) == cli.DONE
    assert not [path for path in data.rglob("journeymapper.*") if path.is_file()]


def test_odd_paths_are_quoted_as_the_specification_says() -> None:
    assert associating._quoted(Path('/a b/$x"y%')) == r'"/a b/\\$x\\"y%%"'


def test_elsewhere_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert cli.main(["associate"]) == cli.WRONG_USE
    assert "Open with" in capsys.readouterr().err
