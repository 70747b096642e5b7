"""The channels a touchpoint can use, each online or offline, with the icon that stands for it."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

ChannelIcon = Literal[
    "radio-tower", "globe", "search", "share-2", "mail", "smartphone", "message-square", "phone", "headphones", "store",
    "user", "calendar", "megaphone", "users", "mailbox", "receipt", "star", "video", "tv", "newspaper", "bot", "truck",
    "house", "building-2", "monitor", "printer", "map-pin", "package", "credit-card", "handshake", "shopping-cart",
    "stethoscope", "landmark", "bell",
]  # fmt: skip
"""The icons that a map's own channel can have."""

ICON_WORDS: dict[str, Any] = {
    "radio-tower": "Radio mast", "share-2": "Sharing", "message-square": "Speech bubble", "user": "Person",
    "users": "People", "bot": "Robot", "tv": "TV", "building-2": "Building", "map-pin": "Place",
    "credit-card": "Bank card", "shopping-cart": "Shopping cart", "landmark": "Public office", "mail": "Letter",
    "search": "Magnifying glass", "handshake": "Handshake",
}  # fmt: skip
"""What icons are called whose own names say little."""


class Channel(NamedTuple):
    """A way in which the customer and the organisation meet. `online` None: either."""

    id: str
    label: str
    icon: str
    online: bool | None


CHANNELS: dict[str, Channel] = {
    channel.id: channel
    for channel in (
        Channel("website", "Website", "globe", True),
        Channel("search", "Search", "search", True),
        Channel("social_media", "Social media", "share-2", True),
        Channel("email", "E-mail", "mail", True),
        Channel("app", "App", "smartphone", True),
        Channel("chat", "Chat", "message-square", True),
        Channel("phone", "Phone", "phone", False),
        Channel("support", "Support", "headphones", None),
        Channel("store", "Store", "store", False),
        Channel("sales_person", "Sales person", "user", False),
        Channel("event", "Event", "calendar", False),
        Channel("advert", "Advert", "megaphone", None),
        Channel("word_of_mouth", "Word of mouth", "users", False),
        Channel("post", "Post", "mailbox", False),
        Channel("invoice", "Invoice", "receipt", None),
        Channel("review_site", "Review site", "star", True),
    )
}
