"""What the monkey does with windows, menus, files and panels."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QApplication, QWidget

from benchmarks.monkey.actor import Actor
from benchmarks.monkey.keyboard import CLOSES
from benchmarks.monkey.mouse import LEFT, PLAIN, Action, send

SIZES: Final = ((1900, 900), (1280, 800), (800, 480), (1920, 1040), (1000, 700))
LOOKS: Final = ("look_light", "look_dark", "look_system")
Key = Qt.Key
DIALOG_KEYS: Final = (
    *(Key.Key_Tab, Key.Key_Down, Key.Key_Up, Key.Key_Return, Key.Key_Escape) * 2,
    *(Key.Key_Space, Key.Key_9, Key.Key_Backspace, Key.Key_PageDown),
)


def trigger(monkey: Actor) -> None:
    """An action that is on, as from its menu."""
    actions = [action for action in monkey.window.findChildren(QAction) if action.isEnabled() and action.objectName()]
    actions = [each for each in actions if each.objectName() not in CLOSES or monkey.chance.random() < 0.1]
    action = monkey.chance.choice(actions)
    monkey.note(action.objectName())
    action.trigger()


def menu_bar(monkey: Actor) -> None:
    """Opens a menu by the mouse; keys follow in the next turns."""
    bar = monkey.window.menuBar()
    title = monkey.chance.choice(bar.actions())
    at = bar.mapTo(monkey.window, bar.actionGeometry(title).center())
    monkey.note(title.text())
    send(monkey.window, Action.MousePress, LEFT, PLAIN, at)
    send(monkey.window, Action.MouseRelease, LEFT, PLAIN, at)


def popup_click(monkey: Actor) -> None:
    """Somewhere in the open menu."""
    popup = QApplication.activePopupWidget()
    handle = popup.windowHandle() if popup is not None else None
    if popup is None or handle is None:
        return
    at = _somewhere(monkey, popup.rect())
    monkey.note(f"{type(popup).__name__} {at.toTuple()}")
    QTest.mouseEvent(Action.MouseMove, handle, Qt.MouseButton.NoButton, PLAIN, at)
    QTest.mouseEvent(Action.MousePress, handle, LEFT, PLAIN, at)
    if QApplication.activePopupWidget() is popup:
        QTest.mouseEvent(Action.MouseRelease, handle, LEFT, PLAIN, at)


def dialog_click(monkey: Actor) -> None:
    """Somewhere in the dialog that waits for an answer, mostly on something that can be pressed or filled in."""
    dialog = QApplication.activeModalWidget()
    handle = dialog.windowHandle() if dialog is not None else None
    if dialog is None or handle is None:
        return
    parts = [child for child in dialog.findChildren(QWidget) if child.isVisible() and child.focusPolicy()]
    part = monkey.chance.choice(parts) if parts and monkey.chance.random() < 0.8 else dialog
    at = part.mapTo(dialog, _somewhere(monkey, part.rect())) if part is not dialog else _somewhere(monkey, part.rect())
    monkey.note(f"{type(part).__name__} {at.toTuple()}")
    QTest.mouseEvent(Action.MousePress, handle, LEFT, PLAIN, at)
    if QApplication.activeModalWidget() is dialog:
        QTest.mouseEvent(Action.MouseRelease, handle, LEFT, PLAIN, at)


def dialog_key(monkey: Actor) -> None:
    """A key to the dialog that waits for an answer."""
    dialog = QApplication.activeModalWidget()
    handle = dialog.windowHandle() if dialog is not None else None
    key = monkey.chance.choice(DIALOG_KEYS)
    monkey.note(key.name or "")
    if handle is not None:
        QTest.keyClick(handle, key)


def open_file(monkey: Actor) -> None:
    """A map by its path, as from the command line or by a drop."""
    path = monkey.chance.choice(monkey.answers.files())
    monkey.note(path.name)
    monkey.window.open_path(path)


def touch_file(monkey: Actor) -> None:
    """Somebody else changes, or removes, a file that is open."""
    paths = [window.path for window in monkey.windows if window.path is not None and window.path.is_file()]
    if not paths:
        return
    path = monkey.chance.choice(sorted(paths))
    monkey.note(path.name)
    if monkey.chance.random() < 0.3:
        path.unlink()
    else:
        with path.open("ab") as file:
            file.write(b"\0")


def resize(monkey: Actor) -> None:
    size = monkey.chance.choice((*SIZES, (monkey.chance.randint(500, 1900), monkey.chance.randint(300, 1040))))
    monkey.note(str(size))
    monkey.window.resize(*size)


def move_window(monkey: Actor) -> None:
    monkey.note("")
    monkey.window.move(monkey.chance.randint(-300, 1500), monkey.chance.randint(-100, 900))


def window_state(monkey: Actor) -> None:
    window = monkey.window
    change = monkey.chance.choice(
        (window.showMaximized, window.showNormal, window.showMinimized, window.showFullScreen)
    )
    monkey.note(change.__name__)
    change()
    if window.isMinimized() and monkey.chance.random() < 0.7:
        window.come_forward()


def other_window(monkey: Actor) -> None:
    """Another window comes forward: this one loses the keyboard, perhaps in the middle of something."""
    window = monkey.chance.choice(monkey.windows or [monkey.window])
    monkey.note(str(monkey.windows.index(window)))
    window.come_forward()


def close_window(monkey: Actor) -> None:
    monkey.note(str(len(monkey.windows)))
    monkey.window.close()


def look(monkey: Actor) -> None:
    name = monkey.chance.choice(LOOKS)
    monkey.note(name)
    monkey.window.actions_[name].trigger()


def focus(monkey: Actor) -> None:
    """The keyboard goes to some widget, or nowhere."""
    widgets = [child for child in monkey.window.findChildren(QWidget) if child.isVisible() and child.focusPolicy()]
    before = QApplication.focusWidget()
    if monkey.chance.random() < 0.15 and before is not None:
        monkey.note("nowhere")
        before.clearFocus()
    elif widgets:
        child = monkey.chance.choice(widgets)
        monkey.note(type(child).__name__)
        child.setFocus(monkey.chance.choice((Qt.FocusReason.TabFocusReason, Qt.FocusReason.OtherFocusReason)))


def slide(monkey: Actor) -> None:
    """A scroll bar, or a slider."""
    sliders = [slider for slider in monkey.window.findChildren(QAbstractSlider) if slider.isVisible()]
    if sliders:
        slider = monkey.chance.choice(sliders)
        monkey.note(slider.objectName())
        slider.triggerAction(monkey.chance.choice(list(QAbstractSlider.SliderAction)))


def wait(monkey: Actor) -> None:
    """Time passes, for whatever waits for it."""
    pause = monkey.chance.choice((1, 5, 20, 60, 300))
    monkey.note(str(pause))
    QTest.qWait(pause)


def _somewhere(monkey: Actor, area: QRect) -> QPoint:
    return QPoint(
        monkey.chance.randint(0, max(0, area.width() - 1)), monkey.chance.randint(0, max(0, area.height() - 1))
    )
