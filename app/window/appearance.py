"""How the window looks: light, dark, or as the system has it. The map's paper keeps its own theme.

Qt's own colour schemes do nothing on bare X11 and offscreen, so the palette and the style sheet are ours everywhere.
Widgets that paint themselves ask `tones` for the colours that go with their palette, and so follow every change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.layout import fonts
from app.window.glance import Mode, glance
from app.window.stylesheet import style_sheet
from app.window.tones import DARK, LIGHT, Tones, is_dark

if TYPE_CHECKING:
    from PySide6.QtCore import Qt

FONT_POINTS = 10
FAMILIES = ("JM Sans", "JM Arabic", "JM Hebrew", "JM Devanagari", "JM Symbols", "JM Emoji")


class Appearance(QObject):
    """Dresses the application, and dresses it anew when the system turns dark or light while it follows the system.

    Keep it as long as the application runs.
    """

    changed = Signal()
    _only: ClassVar[Appearance | None] = None

    def __init__(self, application: QApplication, mode: Mode = "system") -> None:
        super().__init__(application)
        self._application = application
        self._worn: Tones | None = None
        self._mode: Mode = mode
        self._system_is_dark = is_dark(application.palette())
        fonts.register_for_window()
        application.setFont(window_font())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._dress()

    @classmethod
    def of(cls, application: QApplication) -> Appearance:
        """The one that dresses the application; it is dressed as remembered where nobody has done so yet."""
        if cls._only is None:
            cls._only = cls(application, glance().appearance)
        return cls._only

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def is_dark(self) -> bool:
        return self._worn is DARK

    def set_mode(self, mode: Mode) -> None:
        self._mode = mode
        self._dress()

    def _dress(self) -> None:
        tones = DARK if self._wants_dark() else LIGHT
        if tones is self._worn:
            return
        self._worn = tones
        self._application.setPalette(window_palette(tones))
        self._application.setStyleSheet(style_sheet(tones))
        self.changed.emit()

    def _wants_dark(self) -> bool:
        return self._system_is_dark if self._mode == "system" else self._mode == "dark"

    def _system_changed(self, scheme: Qt.ColorScheme) -> None:
        self._system_is_dark = scheme.name == "Dark"
        self._dress()


def application() -> QApplication:
    """The program as Qt knows it."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def window_font() -> QFont:
    """The window is set in the faces of the map; what they lack, Qt finds on the machine."""
    font = QFont()
    font.setFamilies([*FAMILIES, *font.families()])
    font.setPointSize(FONT_POINTS)
    return font


def window_palette(tones: Tones) -> QPalette:
    """The colours as Qt's roles."""
    role = QPalette.ColorRole
    palette = QPalette()
    for what, color, disabled in (
        (role.Window, tones.window, tones.window),
        (role.WindowText, tones.text, tones.disabled),
        (role.Base, tones.field, tones.window),
        (role.AlternateBase, tones.hover, tones.window),
        (role.Text, tones.text, tones.disabled),
        (role.PlaceholderText, tones.secondary, tones.disabled),
        (role.Button, tones.surface, tones.window),
        (role.ButtonText, tones.text, tones.disabled),
        (role.BrightText, tones.error, tones.disabled),
        (role.Light, tones.surface, tones.surface),
        (role.Midlight, tones.hover, tones.hover),
        (role.Mid, tones.border, tones.border),
        (role.Dark, tones.edge, tones.edge),
        (role.Shadow, tones.edge, tones.edge),
        (role.Highlight, tones.accent, tones.border),
        (role.HighlightedText, tones.on_accent, tones.disabled),
        (role.Link, tones.link, tones.disabled),
        (role.LinkVisited, tones.link, tones.disabled),
        (role.ToolTipBase, tones.surface, tones.surface),
        (role.ToolTipText, tones.text, tones.text),
        (role.Accent, tones.accent, tones.border),
    ):
        palette.setColor(what, QColor(color))
        palette.setColor(QPalette.ColorGroup.Disabled, what, QColor(disabled))
    return palette
