"""The canvas is tested in its window, with the same hands."""

from tests.canvas.touched import fingers
from tests.window.conftest import dialogs, hands, open_sample, own_settings, window

__all__ = ["dialogs", "fingers", "hands", "open_sample", "own_settings", "window"]
