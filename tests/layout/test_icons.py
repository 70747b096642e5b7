"""The icons: every one can be drawn, stays in its box, and the table is what the SVG files say."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from app.layout.icons import BOX, STROKE_WIDTH, UnknownIconError, icon_path
from app.paths import icon_dir

NEEDED = {
    *("footprints", "message-circle", "zap", "lightbulb", "radio-tower", "smile", "frown", "meh", "globe", "search"),
    *("mail", "mailbox", "message-square", "smartphone", "phone", "headphones", "store", "user", "users", "calendar"),
    *("megaphone", "share-2", "file-text", "receipt", "star", "lock", "copy", "trash-2", "palette", "undo-2", "redo-2"),
    *("maximize", "zoom-in", "zoom-out", "funnel", "columns-3", "rows-3", "rectangle-vertical", "plus", "printer"),
    *("play", "circle-check", "circle-question-mark", "circle-dashed", "image", "sticky-note", "gauge", "trending-up"),
    *("eye", "eye-off", "wrench", "package", "link", "save", "folder-open", "file-plus", "settings", "x", "info"),
}


def build_tool() -> ModuleType:
    file = Path(__file__).parents[2] / "tools" / "build_icons.py"
    spec = importlib.util.spec_from_file_location("build_icons", file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def icon_names() -> list[str]:
    return sorted(json.loads((icon_dir() / "paths.json").read_text(encoding="utf-8")))


def test_the_icons_of_the_window_and_the_sheet_are_there() -> None:
    assert set(icon_names()) >= NEEDED


@pytest.mark.parametrize("name", icon_names())
def test_an_icon_starts_with_a_move_and_stays_in_its_box(name: str) -> None:
    segments = icon_path(name)
    assert segments[0][0] == "M"
    # Control points may lie outside; where the pen goes may not, not even with half its width.
    ends = [segment[-2:] for segment in segments if len(segment) > 1]
    assert all(STROKE_WIDTH / 2 - 0.2 <= value <= BOX - STROKE_WIDTH / 2 + 0.2 for end in ends for value in end)


def test_the_table_is_what_the_svg_files_say() -> None:
    tool = build_tool()
    assert json.loads((icon_dir() / "paths.json").read_text(encoding="utf-8")) == tool.paths()


def test_circles_become_four_cubic_curves() -> None:
    circle = icon_path("circle-check")[:5]
    assert [segment[0] for segment in circle] == ["M", "C", "C", "C", "C"]
    assert circle[0][-2:] == circle[-1][-2:]


def test_a_path_is_read_once() -> None:
    assert icon_path("globe") is icon_path("globe")


def test_an_unknown_icon_is_named() -> None:
    with pytest.raises(UnknownIconError, match="there is no icon named 'no-such-thing'"):
        icon_path("no-such-thing")


def test_the_licence_is_kept() -> None:
    assert "ISC License" in (icon_dir() / "LICENSE-lucide.txt").read_text(encoding="utf-8")
