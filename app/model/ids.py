"""Record ids: short, random, and safe in a file name, a URL and a PDF destination."""

from __future__ import annotations

import os
from typing import Annotated

from pydantic import StringConstraints

MAP_ID = "map"
ID_PATTERN = r"^[A-Za-z0-9_\-]{1,64}$"

RecordId = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
# Not held to the pattern again, which would cost a tenth of opening a map: it must lead to a record whose id was.
ReferenceId = Annotated[str, StringConstraints(max_length=64)]


def new_id(prefix: str) -> str:
    """A fresh id such as `c_8f3a1c…`; 64 random bits keep copies that were edited apart from colliding."""
    return f"{prefix}_{os.urandom(8).hex()}"
