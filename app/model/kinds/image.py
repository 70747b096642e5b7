"""A picture of a storyboard, with its title as caption."""

from typing import Literal

from pydantic import Field

from app.model.fields import MediaName
from app.model.kinds import CardKind
from app.model.records import Card


class Image(Card):
    """A picture of a storyboard, with its title as caption. `picture` names it on the shelf, see `app.model.media`."""

    kind: Literal["image"] = "image"
    picture: MediaName | None = Field(default=None, json_schema_extra={"editor": "picture", "place": 5})


KIND = CardKind("image", "Image", "image", "#475569", 80, Image)
