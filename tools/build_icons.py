"""Translate the icons of `resources/icons` (SVG, from lucide) into `paths.json`: moves, lines, cubic curves, closings.

Run it after adding an icon; a test says when that was forgotten. The program reads only the table: it starts quicker
without an XML parser, and every painter gets the same four kinds of segments.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import SVGPath

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons"
FILLED_DOT = re.compile(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="\.5" fill="currentColor" />')  # stroked, it has a hole
Point = tuple[float, float]


LETTERS = {"moveTo": "M", "lineTo": "L", "curveTo": "C", "closePath": "Z"}


def paths(folder: Path = FOLDER) -> dict[str, str]:
    """The path of every icon in the folder, by the icon's name, in its 24-unit box with y downwards."""
    return {file.stem: path_of(file) for file in sorted(folder.glob("*.svg"))}


def path_of(file: Path) -> str:
    """The icon as "M x y L x y C x y x y x y Z": circles, arcs and quadratic curves become cubic ones."""
    found = RecordingPen()
    SVGPath.fromstring(FILLED_DOT.sub(r'<path d="M\1 \2h.01"/>', file.read_text(encoding="utf-8"))).draw(
        Qu2CuPen(found, max_err=0.001, all_cubic=True)
    )
    return " ".join(word for name, points in found.value if name in LETTERS for word in words(LETTERS[name], points))


def words(letter: str, points: tuple[Point, ...]) -> list[str]:
    return [letter, *(f"{round(value, 4):g}" for point in points for value in point)]


def table(icons: dict[str, str]) -> str:
    return json.dumps(icons, indent=0) + "\n"


if __name__ == "__main__":
    (FOLDER / "paths.json").write_text(table(paths()), encoding="utf-8")
