"""Channels that only this map has: made, named, put in order and deleted in their table."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.model.beside import OwnChannel
from app.model.edits import add_card, add_channel, add_lane, set_fields
from app.model.kinds.touchpoint import Touchpoint
from app.model.queries import own_channels
from app.window.tables.channels import channel_list
from app.window.tables.model import SIGN
from app.window.tables.page import TablePage
from tests.window.small_map import SmallMap
from tests.window.tables.setting import ALT, go, press, shown_page, write


@pytest.fixture
def small() -> SmallMap:
    return SmallMap()


@pytest.fixture
def page(qtbot: QtBot, small: SmallMap) -> Iterator[TablePage]:
    parent = QWidget()
    qtbot.addWidget(parent)
    yield shown_page(channel_list(), parent, small)
    parent.close()


def names(small: SmallMap) -> list[str]:
    return [channel.label for channel in own_channels(small.document.store)]


def touchpoint(small: SmallMap, channel: str) -> str:
    document = small.document
    with document.edit("Meet") as tx:
        lane = add_lane(tx, "touchpoints")
        return add_card(tx, "touchpoint", lane, small.step, title="Asks", channel=channel)


def test_a_channel_is_added_named_and_put_in_order_by_keys(page: TablePage, small: SmallMap) -> None:
    page.empty.button.click()
    write(page, "Telegram")
    press(page, Qt.Key.Key_Return)
    assert names(small) == ["Telegram"]
    assert page.add_button is not None
    page.add_button.click()
    write(page, "Kiosk")
    press(page, Qt.Key.Key_Return)
    press(page, Qt.Key.Key_Up, ALT)
    assert names(small) == ["Kiosk", "Telegram"]
    small.document.undo()
    assert names(small) == ["Telegram", "Kiosk"]


def test_icon_and_place_are_chosen_from_a_list(page: TablePage, small: SmallMap) -> None:
    with small.document.edit("Add") as tx:
        channel = add_channel(tx, "Kiosk")
    go(page, 0, "icon")
    press(page, Qt.Key.Key_Return)
    menu = page.view.menu
    assert menu is not None
    assert not any(action.icon().isNull() for action in menu.actions())
    next(action for action in menu.actions() if action.text() == "Monitor").trigger()
    go(page, 0, "online")
    press(page, Qt.Key.Key_Return)
    menu = page.view.menu
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "Offline").trigger()
    record = small.document.store.of(OwnChannel, channel)
    assert record is not None
    assert (record.icon, record.online) == ("monitor", False)
    assert page.table.index(0, 1).data(SIGN) == "monitor"


def test_touchpoints_that_use_it_are_named_and_keep_its_name_when_it_goes(page: TablePage, small: SmallMap) -> None:
    with small.document.edit("Add") as tx:
        channel = add_channel(tx, "Kiosk")
    card = touchpoint(small, channel)
    assert page.table.index(0, 3).data() == "Asks"
    assert page.table.leads_to([0]) == [card]
    go(page, 0, "label")
    press(page, Qt.Key.Key_Delete)
    kept = small.document.store.of(Touchpoint, card)
    assert kept is not None
    assert (names(small), kept.channel) == ([], "Kiosk")
    small.document.undo()
    assert names(small) == ["Kiosk"]


def test_selected_touchpoints_are_given_the_channel_and_other_cards_are_not(page: TablePage, small: SmallMap) -> None:
    with small.document.edit("Add") as tx:
        channel = add_channel(tx, "Kiosk")
        set_fields(tx, [channel], icon="store")
    card = touchpoint(small, "")
    said: list[str] = []
    page.said.connect(said.append)
    go(page, 0, "label")
    page.set_selection([card, small.action], [card, small.action])
    page.link()
    given = small.document.store.of(Touchpoint, card)
    assert given is not None
    assert given.channel == channel
    page.set_selection([small.action], [small.action])
    page.link()
    assert said[-1] == "Only touchpoints have a channel; select one of those on the map."
