"""Many edits with undo and redo, a few of them: `python -m benchmarks.torture_history` does 20,000."""

from benchmarks.torture_history import torture as torture_history


def test_all_undone_is_the_first_map_and_all_redone_the_last() -> None:
    """H1: to the byte, over hundreds of steps."""
    result = torture_history(400, seed=5)
    assert result.edits == 400
    assert result.undone > 20
    assert result.redone > 5
    assert result.is_first_again
    assert result.is_last_again
