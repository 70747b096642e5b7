"""Every rule of SPEC.md is named by a test, and every test of the model names its rules."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
SPEC = HERE.parents[1] / "app" / "model" / "SPEC.md"
NAMES = re.compile(r"([A-Z]\d+(?:, [A-Z]\d+)*): ")


def rules() -> list[str]:
    return re.findall(r"^\* \*\*([A-Z]\d+)\*\* ", SPEC.read_text(encoding="utf-8"), re.MULTILINE)


def named_rules() -> Iterator[tuple[str, set[str]]]:
    """The tests with the rules that their docstrings begin with."""
    for path in sorted(HERE.glob("test_*.py")):
        if path == Path(__file__):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                named = NAMES.match(ast.get_docstring(node) or "")
                yield f"{path.name}::{node.name}", set(named[1].split(", ")) if named else set()


def test_no_rule_has_another_ones_number() -> None:
    assert len(rules()) == len(set(rules())) > 50


def test_every_rule_is_named_by_a_test() -> None:
    named = {rule for _, names in named_rules() for rule in names}
    assert named == set(rules())


def test_every_test_names_a_rule() -> None:
    assert [name for name, rules in named_rules() if not rules] == []
