"""Heights and emotion values of a curve lane, and back."""

from __future__ import annotations

from app.layout import theme

VALUES = (2, 1, 0, -1, -2)


def value_y(value: float, plot_top: float) -> float:
    """Where a value −2..+2 lies, in mm from the top of the lane; `plot_top` is where +2 lies."""
    return plot_top + (2 - value) / 4 * theme.PLOT_HEIGHT


def y_value(y: float, plot_top: float) -> float:
    """The value at a height; the inverse of `value_y`, clamped to −2..+2."""
    return max(-2.0, min(2.0, 2 - (y - plot_top) / theme.PLOT_HEIGHT * 4))
