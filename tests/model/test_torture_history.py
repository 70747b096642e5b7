"""Many edits with undo and redo, a few of them: `python -m benchmarks.torture_history` does 20,000."""

from benchmarks import torture
from benchmarks.torture_history import torture as torture_history


def test_all_undone_is_the_first_map_and_all_redone_the_last() -> None:
    result = torture_history(400, seed=5)
    assert result.edits == 400
    assert result.undone > 20
    assert result.redone > 5
    assert result.is_first_again
    assert result.is_last_again


def test_the_runner_knows_every_torture() -> None:
    assert {"save", "salvage", "files", "history"} <= set(torture.names())
    assert torture.COUNTS.keys() <= set(torture.names())
    assert torture.main(["nonsense"]) == 2
