"""The style sheet of the window. Lengths are logical pixels on a grid of 4; a focus ring is 2 px and never moves text.

A label says what it is through the property `role`: `heading`, `title`, `caption`, `secondary` or `error`; a button
through `look`: `primary`, `quiet`, `even` (beside a primary one, which it never looks like) or `segment`; a frame
that floats over the window is named `floating`.
"""

from __future__ import annotations

from string import Template

from app.window.tones import Tones

_SHEET = Template("""
QMainWindow, QMenuBar, QStatusBar, QToolBar { background: $window; }
QMainWindow::separator { background: $window; width: 4px; height: 4px; }
QMainWindow::separator:hover { background: $soft; }
QMenuBar { border-bottom: 1px solid $border; padding: 2px 6px; }
QMenuBar::item { padding: 5px 9px; border-radius: 5px; background: transparent; color: $text; }
QMenuBar::item:selected { background: $hover; }
QToolBar { border: none; border-bottom: 1px solid $border; padding: 5px 10px; spacing: 4px; }
QToolBar::separator { background: $border; width: 1px; margin: 5px 6px; }
QToolBar QToolButton, QStatusBar QToolButton, QToolButton[look="tool"] {
    border: 1px solid transparent; border-radius: 6px; padding: 6px; color: $text;
}
QToolBar QToolButton:hover, QStatusBar QToolButton:hover, QToolButton[look="tool"]:hover { background: $hover; }
QToolBar QToolButton:pressed, QStatusBar QToolButton:pressed, QToolButton[look="tool"]:pressed { background: $border; }
QToolBar QToolButton:focus, QStatusBar QToolButton:focus, QToolButton[look="tool"]:focus { border-color: $focus; }
QToolButton[look="tool"]:checked { background: $soft; }
QToolBar QToolButton#primary {
    background: $accent; color: $on_accent; padding: 6px 14px; font-weight: 600;
}
QToolBar QToolButton#primary:hover { background: $accent_hover; }
QToolBar QToolButton#primary:focus { border-color: $text; }
QToolBar QToolButton#primary:disabled { background: $hover; color: $disabled; }
QMainWindow::separator { background: $border; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $focus; }
QStatusBar { border-top: 1px solid $border; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $secondary; padding: 2px 6px; }
QStatusBar QLabel#selection { color: $text; }
QStatusBar QToolButton { padding: 2px 7px; color: $secondary; }
QProgressBar { background: $hover; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
#desk { background: $desk; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QDialog, QMessageBox { background: $window; }

QToolTip { color: $text; background: $surface; border: 1px solid $edge; padding: 4px 6px; }

QLabel[role="heading"] { font-size: 20pt; font-weight: 600; }
QLabel[role="title"] { font-size: 12pt; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="strong"]:disabled { color: $secondary; }
QLabel[role="caption"] { color: $secondary; font-size: 9pt; }
QLabel[role="secondary"] { color: $secondary; }
QLabel[role="error"] { color: $error; font-size: 9pt; }
QLabel[role="badge"] {
    color: $link; background: $soft; border-radius: 8px; padding: 1px 8px; font-size: 9pt;
}

QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox {
    color: $text; background: $field; border: 1px solid $edge; border-radius: 6px;
    placeholder-text-color: $secondary; selection-color: $on_accent; selection-background-color: $accent;
}
QLineEdit, QAbstractSpinBox, QComboBox { min-height: 22px; padding: 3px 8px; }
QPlainTextEdit { padding: 2px 4px; }
QLineEdit:hover, QPlainTextEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { border-color: $secondary; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QComboBox:on {
    border: 2px solid $focus; padding: 2px 7px;
}
QPlainTextEdit:focus { border: 2px solid $focus; padding: 1px 3px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
    color: $disabled; background: $window; border-color: $border;
}
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QAbstractSpinBox[invalid="true"],
QComboBox[invalid="true"] { border-color: $error; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {
    min-height: 0; padding: 0; border: 0; background: transparent;
}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: 0; }
QComboBox { padding-right: 2px; combobox-popup: 0; }
QComboBox:focus, QComboBox:on { padding-right: 1px; }
QComboBox::drop-down { width: 28px; border: 0; subcontrol-origin: border; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView {
    color: $text; background: $surface; border: 1px solid $edge; padding: 4px; outline: 0;
    selection-color: $text; selection-background-color: $soft;
}
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; border-radius: 4px; }
QComboBox QAbstractItemView::item:selected { color: $text; background: $soft; }

TickBox { color: $text; spacing: 8px; }
TickBox:disabled { color: $disabled; }
TickBox::indicator { width: 16px; height: 16px; image: none; border: 0; background: transparent; }

QCalendarWidget QWidget#qt_calendar_navigationbar { background: $surface; }
QCalendarWidget QToolButton {
    color: $text; background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 4px 10px;
    font-weight: 600;
}
QCalendarWidget QToolButton:hover { background: $hover; }
QCalendarWidget QToolButton:focus { border-color: $focus; }
QCalendarWidget QToolButton::menu-indicator { image: none; }
QCalendarWidget QAbstractItemView { background: $surface; selection-background-color: $accent; }
QFrame#popup { background: $surface; border: 1px solid $edge; }

QPushButton, QToolButton[look] {
    color: $text; background: $surface; border: 1px solid $edge; border-radius: 6px;
    min-height: 22px; padding: 4px 12px;
}
QPushButton:hover, QToolButton[look]:hover { background: $hover; }
QPushButton:pressed, QToolButton[look]:pressed { background: $soft; }
QPushButton:focus { border: 2px solid $focus; padding: 3px 11px; outline: 0; }
QPushButton:disabled { color: $disabled; background: $window; border-color: $border; }
QPushButton[look="primary"], QPushButton[look="bigprimary"], QDialog QPushButton:default {
    color: $on_accent; background: $accent; border-color: $accent; font-weight: 600;
}
QDialog QPushButton:default:focus { border-color: $text; }
QDialog QPushButton[look="even"]:default {
    color: $text; background: $surface; border-color: $edge; font-weight: 400;
}
QDialog QPushButton[look="even"]:default:hover { background: $hover; }
QDialog QPushButton[look="even"]:default:focus { border-color: $focus; }
QDialog QPushButton:default:disabled, QPushButton[look="primary"]:disabled {
    color: $disabled; background: $hover; border-color: $border;
}
QPushButton[look="primary"]:hover, QPushButton[look="bigprimary"]:hover {
    background: $accent_hover; border-color: $accent_hover; }
QPushButton[look="primary"]:focus, QPushButton[look="bigprimary"]:focus { border-color: $text; }
QPushButton[look="primary"]:disabled { color: $disabled; background: $hover; border-color: $border; }
QPushButton[look="quiet"] {
    background: transparent; border-color: transparent; text-align: left; padding: 4px 6px;
}
QPushButton[look="quiet"]:hover { background: $hover; }
QPushButton[look="quiet"]:focus { border-color: $focus; padding: 3px 5px; }
QPushButton[look="link"] {
    color: $link; background: transparent; border-color: transparent; min-height: 0; padding: 2px 4px;
}
QPushButton[look="link"]:hover { background: $hover; }
QPushButton[look="link"]:disabled { color: $disabled; }
QPushButton[look="link"]:focus { border: 2px solid $focus; padding: 1px 3px; }
QPushButton[look="big"], QPushButton[look="bigprimary"] { min-height: 30px; padding: 5px 12px; text-align: left; }
QPushButton[look="big"]:focus, QPushButton[look="bigprimary"]:focus { padding: 4px 11px; }

QToolButton[look="title"] { min-height: 16px; padding: 2px 6px; }
QToolButton[look="segment"] { border-radius: 0; border-left-width: 0; min-height: 20px; padding: 3px 4px; }
QToolButton[look="segment"][place="first"] {
    border-left-width: 1px; border-top-left-radius: 6px; border-bottom-left-radius: 6px;
}
QToolButton[look="segment"][place="last"] { border-top-right-radius: 6px; border-bottom-right-radius: 6px; }
QToolButton[look="segment"][size="small"] { font-size: 9pt; padding: 3px 2px; }
QToolButton[look="segment"][filled="true"] { background: $soft; }
QToolButton[look="segment"]:disabled { color: $disabled; background: $window; border-color: $border; }
QToolButton[look="segment"]:checked { color: $on_accent; background: $accent; border-color: $accent; }
QToolButton[look="segment"]:focus { border: 2px solid $focus; padding: 2px 3px; }
QToolButton[look="segment"]:checked:focus { border: 2px solid $text; }

QToolButton[look="chip"] {
    color: $secondary; background: transparent; border-style: dashed; border-radius: 13px; min-height: 0;
    padding: 2px 10px;
}
QToolButton[look="chip"]:hover { color: $text; background: $hover; }
QToolButton[look="chip"]:focus { border: 2px solid $focus; padding: 1px 9px; }
QToolButton[look="cross"] { background: transparent; border: 0; border-radius: 6px; min-height: 0; padding: 5px; }
QToolButton[look="cross"]:hover { background: $hover; }
QToolButton[look="cross"]:focus { background: $soft; }
QToolButton[look="step"] { padding: 3px 8px; }
QToolButton[look="step"]:focus { border: 2px solid $focus; padding: 2px 7px; }
QToolButton[look="step"]:checked { background: $soft; border-color: $focus; }
QToolButton[look="step"]:disabled { background: $window; border-color: $border; }
QToolButton[look="round"] {
    background: $surface; border: 1px solid $edge; border-radius: 12px; padding: 0; min-height: 0;
}
QToolButton[look="round"]:hover { background: $soft; border-color: $focus; }
QFrame#side { background: $surface; border: 0; border-right: 1px solid $border; }
QFrame#notice { background: $soft; border: 0; border-bottom: 1px solid $border; }
QFrame#floating { background: $surface; border: 1px solid $edge; border-radius: 10px; }
QWidget#tables { background: $window; border-top: 1px solid $border; }
QWidget#tables QTableView { background: $surface; border: 0; outline: 0; }
QTableView QTableCornerButton::section, QHeaderView { background: $window; border: 0; }
QFrame#foot { background: $surface; border: 0; border-top: 1px solid $border; }
QTabBar { background: transparent; border: 0; }
QTabBar::tab {
    color: $secondary; background: transparent; padding: 7px 12px 6px 12px; border: 0;
    border-bottom: 2px solid transparent;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; font-weight: 600; border-bottom-color: $accent; }
QTabBar::tab:focus { background: $soft; border-top-left-radius: 6px; border-top-right-radius: 6px; }
QToolButton[look="bar"] {
    background: transparent; border-color: transparent; border-radius: 6px; padding: 3px 8px; min-height: 20px;
}
QToolButton[look="bar"]:hover { background: $hover; }
QToolButton[look="bar"]:focus { border-color: $focus; }
QToolButton[look="bar"]:disabled { color: $disabled; }
QTreeView, QListView { color: $text; background: transparent; border: 0; outline: 0; }
QListView:window { background: $surface; border: 1px solid $edge; }
QListView[look="choices"] { padding: 0 4px; }
QListView[look="choices"]::item { padding: 5px 6px; border-radius: 6px; color: $text; }
QListView[look="choices"]::item:hover { background: $hover; }
QListView[look="choices"]::item:selected { background: $soft; color: $text; }
QFrame#offer { background: $field; border: 1px solid $edge; border-radius: 8px; }
QFrame#offer:hover, QFrame#offer[chosen="true"] { border-color: $focus; }
QFrame#offer[chosen="true"] { background: $soft; }
QRadioButton { color: $text; background: transparent; spacing: 8px; }
QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $secondary; border-radius: 8px; background: $field;
}
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent; background: $on_accent; }
QRadioButton:focus { text-decoration: underline; }
QFrame#offer QLabel { background: transparent; }
QTableView[look="table"] {
    color: $text; background: $field; border: 1px solid $edge; border-radius: 6px; outline: 0; gridline-color: $border;
    selection-color: $text; selection-background-color: $soft;
}
QTableView[look="table"]:focus { border: 2px solid $focus; }
QTableView[look="table"][invalid="true"] { border-color: $error; }
QTableView[look="table"] QHeaderView::section {
    color: $secondary; background: transparent; border: 0; border-bottom: 1px solid $border; padding: 4px 8px;
    font-size: 9pt;
}
QTableView[look="table"] QHeaderView { background: transparent; }
QLineEdit[look="cell"] { border-radius: 0; min-height: 0; padding: 0 6px; border: 2px solid $focus; }
QScrollArea, QScrollArea > QWidget > QWidget#page { background: transparent; border: 0; }

QScrollBar:vertical { width: 10px; background: transparent; margin: 0; }
QScrollBar:horizontal { height: 10px; background: transparent; margin: 0; }
QGraphicsView QScrollBar { background: $desk; }
QAbstractScrollArea::corner { background: transparent; }
QGraphicsView::corner { background: $desk; }
QScrollBar::handle { background: $edge; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSlider:horizontal { min-height: 24px; }
QSlider::groove:horizontal { height: 4px; background: $edge; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    width: 14px; height: 14px; margin: -6px 0; border-radius: 8px; background: $surface; border: 1px solid $accent;
}
QSlider::handle:horizontal:focus { border: 2px solid $focus; background: $soft; }

QMenu { color: $text; background: $surface; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 5px 44px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $soft; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
""")


def style_sheet(tones: Tones) -> str:
    """The style sheet in these colours."""
    return _SHEET.substitute(tones._asdict())
