"""The house has rooms, and one direction: these tests read the real imports and hold the code to it.

An import inside a function or under ``TYPE_CHECKING`` counts like any other.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import networkx as nx
import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 500

ROOMS = {"model", "files", "layout", "export", "canvas", "window"}
GROUND = {"app", "paths"}  # the package itself (its version) and the place of the resources
MAY_IMPORT = {
    "app": set(),
    "paths": {"app"},
    "model": set(),
    "files": {"model"} | GROUND,
    "layout": {"model"} | GROUND,
    "export": {"model", "layout"} | GROUND,
    "canvas": {"model", "layout"} | GROUND,
    "window": ROOMS | GROUND,
    "cli": ROOMS | GROUND,
    "__main__": ROOMS | GROUND | {"cli"},
}

QT = {"PySide6", "shiboken6"}
ROOMS_WITH_QT = {"canvas", "window", "cli", "__main__"}
MODULES_WITH_QT = {"app.layout.text", "app.layout.fonts", "app.layout.paths", "app.layout.pixels", "app.export.png"}
QT_WITHOUT_WIDGETS = {"PySide6.QtCore", "PySide6.QtGui"}

MEASURES_TEXT = "app.layout.text"
TEXT_CALLS = {
    *("drawText", "drawStaticText", "setHtml", "QGraphicsTextItem", "QGraphicsSimpleTextItem"),
    *("drawString", "drawRightString", "drawCentredString", "drawAlignedString", "Paragraph"),
}


class Import(NamedTuple):
    importer: str
    imported: str  # with the imported name, as in app.model.document.Document
    line: int


class House:
    """The modules of the package ``app`` under a folder, and what they import."""

    def __init__(self, root: Path) -> None:
        self.trees: dict[str, ast.Module] = {}
        self.packages: set[str] = set()
        for path in sorted((root / "app").rglob("*.py")):
            name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
            self.trees[name] = ast.parse(path.read_text(encoding="utf-8"), str(path))
            if path.name == "__init__.py":
                self.packages.add(name)

    def imports(self) -> Iterator[Import]:
        for module, tree in self.trees.items():
            for node in ast.walk(tree):
                for name in self._imported_by(node, module):
                    yield Import(module, name, node.lineno)  # type: ignore[attr-defined]

    def _imported_by(self, node: ast.AST, module: str) -> list[str]:
        match node:
            case ast.Import(names):
                return [alias.name for alias in names]
            case ast.ImportFrom(source, names, level):
                base = self._absolute(module, source, level or 0)
                return [f"{base}.{alias.name}" for alias in names]
            case ast.Call(_, [ast.Constant(str(name)), *_]) if _called(node) in {"import_module", "__import__"}:
                return [name]
        return []

    def _absolute(self, module: str, source: str | None, level: int) -> str:
        if level == 0:
            return source or ""
        parts = module.split(".")
        base = parts[: len(parts) - level + (module in self.packages)]
        return ".".join(base + ([source] if source else []))

    def module_of(self, imported: str) -> str | None:
        """The module of ours that an imported name is, or is in."""
        while imported and imported not in self.trees:
            imported = imported.rpartition(".")[0]
        return imported or None

    def own_imports(self) -> Iterator[tuple[Import, str]]:
        for found in self.imports():
            if module := self.module_of(found.imported):
                yield found, module


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else module


def arrows_against_the_table(house: House) -> list[str]:
    return [
        f"{found.importer}:{found.line} imports {found.imported}"
        for found, module in house.own_imports()
        if room_of(module) not in MAY_IMPORT[room_of(found.importer)] | {room_of(found.importer)}
    ]


def cycles(house: House) -> list[set[str]]:
    graph = nx.DiGraph((found.importer, module) for found, module in house.own_imports())
    return [group for group in nx.strongly_connected_components(graph) if len(group) > 1]


def qt_out_of_place(house: House) -> list[str]:
    return [
        f"{found.importer}:{found.line} imports {found.imported}"
        for found in house.imports()
        if found.imported.split(".")[0] in QT and not _may_use(found.importer, found.imported)
    ]


def _may_use(module: str, qt_name: str) -> bool:
    if room_of(module) in ROOMS_WITH_QT:
        return True
    return module in MODULES_WITH_QT and ".".join(qt_name.split(".")[:2]) in QT_WITHOUT_WIDGETS


def text_drawn_out_of_place(house: House) -> list[str]:
    return [
        f"{module}:{node.lineno} calls {name}"
        for module, tree in house.trees.items()
        if module != MEASURES_TEXT
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and (name := _called(node)) in TEXT_CALLS
    ]


def painters_left_open(house: House) -> list[str]:
    """One that is still painting when something goes wrong brings the process down; one in a ``with`` ends first."""
    return [
        f"{module}:{node.lineno}"
        for module, tree in house.trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _called(node) == "QPainter" and node not in set(_ending_painters(tree))
    ]


def _ending_painters(tree: ast.Module) -> Iterator[ast.AST]:
    """What a ``with`` begins, and what a function makes that gives a painter to its caller."""
    for node in ast.walk(tree):
        match node:
            case ast.With(items):
                yield from (item.context_expr for item in items)
            case ast.FunctionDef(returns=ast.Name("QPainter")):
                yield from ast.walk(node)


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(name):
            return name
    return ""


@pytest.fixture(scope="module")
def house() -> House:
    return House(ROOT)


def test_every_module_is_in_a_known_room(house: House) -> None:
    assert {room_of(module) for module in house.trees} <= MAY_IMPORT.keys()
    assert {room_of(module) for module in house.trees} >= ROOMS


def test_imports_follow_the_table_of_rooms(house: House) -> None:
    assert arrows_against_the_table(house) == []


def test_no_import_cycles(house: House) -> None:
    assert cycles(house) == []


def test_qt_stays_where_it_belongs(house: House) -> None:
    assert qt_out_of_place(house) == []


def test_only_the_layout_measures_text(house: House) -> None:
    assert text_drawn_out_of_place(house) == []


def test_painters_end_whatever_happens(house: House) -> None:
    assert painters_left_open(house) == []


def test_files_stay_short() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for folder in ("app", "tests", "benchmarks", "tools")
        for path in (ROOT / folder).rglob("*.py")
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


@pytest.fixture
def crooked_house(tmp_path: Path) -> House:
    """A package that breaks every rule once, to see that the rules are seen to be broken."""
    sources = {
        "__init__": "",
        "paths": "",
        "model/__init__": "from . import document",
        "model/document": "def f():\n    from .. import paths\nfrom app.model import records",
        "model/records": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app.model.document import D",
        "files/__init__": "import importlib\nimportlib.import_module('app.layout')",
        "layout/__init__": "import app.model.records",
        "layout/text": "from PySide6.QtGui import QFont\nfrom PySide6.QtWidgets import QLabel\npainter.drawText()",
        "layout/grid": "from PySide6 import QtCore\npainter.drawText()",
        "canvas/view": "from PySide6 import QtWidgets\nfrom app.layout import text\nParagraph()",
        "canvas/zoom": "with QPainter(a) as painter:\n    b = QPainter(c)",
    }
    for name, source in sources.items():
        path = tmp_path / "app" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return House(tmp_path)


def test_broken_rules_are_seen(crooked_house: House) -> None:
    assert arrows_against_the_table(crooked_house) == [
        "app.files:2 imports app.layout",
        "app.model.document:2 imports app.paths",
    ]
    assert cycles(crooked_house) == [{"app.model.document", "app.model.records"}]
    assert qt_out_of_place(crooked_house) == [
        "app.layout.grid:1 imports PySide6.QtCore",
        "app.layout.text:2 imports PySide6.QtWidgets.QLabel",
    ]
    assert text_drawn_out_of_place(crooked_house) == [
        "app.canvas.view:3 calls Paragraph",
        "app.layout.grid:2 calls drawText",
    ]
    assert painters_left_open(crooked_house) == ["app.canvas.zoom:2"]
