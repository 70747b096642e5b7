"""How the window looks: quiet, so that the map is the only loud thing. The map keeps its own paper.

Light or dark as the system says; where it says nothing, as on bare X11, light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

Role, Group = QPalette.ColorRole, QPalette.ColorGroup


class Colors(NamedTuple):
    """The colours of one appearance."""

    window: str
    raised: str
    border: str
    text: str
    quiet: str
    faint: str
    hover: str
    desk: str
    accent: str
    on_accent: str


LIGHT: Final = Colors(
    "#FBFCFE", "#FFFFFF", "#DDE2EA", "#0F172A", "#475569", "#94A3B8", "#EEF2F7", "#E8ECF1", "#1D4ED8", "#FFFFFF"
)
DARK: Final = Colors(
    "#1B2130", "#232B3B", "#343E51", "#E6EBF2", "#A9B4C4", "#667287", "#2C3548", "#12161F", "#5B8DEF", "#0B1220"
)

STYLE: Final = """
QMainWindow, QMenuBar, QStatusBar, QToolBar {{ background: {window}; }}
QMenuBar {{ border-bottom: 1px solid {border}; padding: 2px 6px; }}
QMenuBar::item {{ padding: 5px 9px; border-radius: 5px; background: transparent; color: {text}; }}
QMenuBar::item:selected {{ background: {hover}; }}
QMenu {{ background: {raised}; border: 1px solid {border}; padding: 5px; }}
QMenu::item {{ padding: 6px 44px 6px 12px; border-radius: 4px; color: {text}; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::item:selected {{ background: {hover}; }}
QMenu::item:disabled {{ color: {faint}; }}
QMenu::separator {{ height: 1px; background: {border}; margin: 5px 8px; }}
QToolBar {{ border: none; border-bottom: 1px solid {border}; padding: 5px 10px; spacing: 4px; }}
QToolBar::separator {{ background: {border}; width: 1px; margin: 5px 6px; }}
QToolButton {{ border: 1px solid transparent; border-radius: 6px; padding: 6px; color: {text}; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:pressed {{ background: {border}; }}
QToolButton:focus {{ border-color: {accent}; }}
QToolButton#primary {{ background: {accent}; color: {on_accent}; padding: 6px 14px; font-weight: 600; }}
QToolButton#primary:hover {{ border-color: {text}; }}
QToolButton#primary:disabled {{ background: {hover}; color: {faint}; }}
QStatusBar {{ border-top: 1px solid {border}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QLabel {{ color: {quiet}; padding: 2px 6px; }}
QStatusBar QLabel#selection {{ color: {text}; }}
QStatusBar QToolButton {{ padding: 2px 7px; color: {quiet}; }}
QProgressBar {{ background: {hover}; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 4px; }}
QScrollBar:horizontal {{ background: {desk}; height: 12px; margin: 0; border: none; }}
QScrollBar:vertical {{ background: {desk}; width: 12px; margin: 0; border: none; }}
QScrollBar::handle {{ background: {faint}; border-radius: 4px; margin: 2px; min-width: 36px; min-height: 36px; }}
QScrollBar::handle:hover {{ background: {quiet}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QAbstractScrollArea::corner {{ background: {desk}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QDialog, QMessageBox {{ background: {window}; }}
QPushButton {{ background: {raised}; color: {text}; border: 1px solid {border}; border-radius: 6px; }}
QPushButton {{ padding: 6px 16px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:default {{ background: {accent}; border-color: {accent}; color: {on_accent}; }}
QPushButton:focus {{ border-color: {text}; }}
QPushButton:disabled {{ background: {hover}; border-color: {border}; color: {faint}; }}
#desk {{ background: {desk}; }}
"""


def colors() -> Colors:
    """The colours of the appearance that the system asks for."""
    return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def apply(app: QApplication) -> None:
    """Dresses the whole program."""
    found = colors()
    app.setStyle("Fusion")
    app.setPalette(palette(found))
    app.setStyleSheet(STYLE.format(**found._asdict()))


def palette(found: Colors) -> QPalette:
    """The colours as Qt's own widgets take them."""
    made = QPalette()
    for role, color in (
        (Role.Window, found.window),
        (Role.WindowText, found.text),
        (Role.Base, found.raised),
        (Role.AlternateBase, found.hover),
        (Role.Text, found.text),
        (Role.Button, found.raised),
        (Role.ButtonText, found.text),
        (Role.ToolTipBase, found.raised),
        (Role.ToolTipText, found.text),
        (Role.PlaceholderText, found.faint),
        (Role.Highlight, found.accent),
        (Role.HighlightedText, found.on_accent),
        (Role.Link, found.accent),
        (Role.Mid, found.border),
    ):
        made.setColor(role, QColor(color))
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        made.setColor(Group.Disabled, role, QColor(found.faint))
    return made
