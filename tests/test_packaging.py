"""The wheel carries all the program needs: installed by itself, far from the checkout, it draws a poster."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pypdfium2
import pytest

from app import paths

ROOT = Path(__file__).parents[1]
SAMPLE = "broadband.jmap"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def run(*command: str | Path, cwd: Path) -> str:
    """The command's output, from an environment without a display and without a hint to the checkout."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONPATH", "VIRTUAL_ENV"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    result = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a clean environment with the wheel in it.

    The dependencies are lent by the environment of the tests: a second download of Qt would show nothing more. A path
    file lends packages only; it does not pass on the editable install that the tests themselves run from.
    """
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT, cwd=folder)
    venv.create(folder / "venv", symlinks=os.name != "nt")
    commands = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = commands / "python"
    run(*pip, "--python", python, "install", "--no-deps", "--no-index", *folder.glob("*.whl"), cwd=folder)
    packages = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    Path(packages, "lent.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return commands


def test_wheel_brings_its_own_resources(installed: Path, tmp_path: Path) -> None:
    code = "from app import paths; print(paths.resource_dir(), paths.sample_dir().is_dir(), paths.font_dir().is_dir())"
    folder, *there = run(installed / "python", "-c", code, cwd=tmp_path).split()
    assert Path(folder).is_relative_to(installed.parent)
    assert there == ["True", "True"]


def test_wheel_names_the_licences_of_all_it_carries(installed: Path, tmp_path: Path) -> None:
    code = "from importlib.metadata import metadata as m; print(*m('journeymapper').get_all('License-File'), sep='\\n')"
    named = run(installed / "python", "-c", code, cwd=tmp_path).splitlines()
    carried = [path.relative_to(ROOT).as_posix() for path in paths.resource_dir().rglob("LICENSE-*.txt")]
    assert sorted(named) == sorted(["LICENSE", *carried])


def test_installed_command_draws_a_poster(installed: Path, tmp_path: Path) -> None:
    shutil.copy(paths.sample_dir() / SAMPLE, tmp_path)
    run(installed / "journeymapper", "export", SAMPLE, "-o", "poster.pdf", cwd=tmp_path)
    poster = pypdfium2.PdfDocument(tmp_path / "poster.pdf")
    assert len(poster) == 1
    assert poster[0].get_textpage().get_text_range().strip()
    poster.close()
