"""PySide6 6.12.0 gives away a reference to None with every void call and aborts Python <= 3.11 after some thousands."""

import sys

from PySide6.QtGui import QPainterPath


def test_void_calls_do_not_use_up_none() -> None:
    path = QPainterPath()
    before = sys.getrefcount(None)
    for number in range(1000):
        path.lineTo(number, number)
    assert before - sys.getrefcount(None) < 100
