"""What one can start from: the templates and samples that come with the program. No Qt but for the words."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from app.paths import sample_dir, template_dir


class GalleryEntry(NamedTuple):
    """A template or sample: its id (the file's name without ending), file, name and a line about it."""

    id: str
    path: Path
    name: str
    about: str = ""


def templates() -> list[GalleryEntry]:
    """The templates, the blank one first."""
    return _entries(template_dir(), _template_words())


def samples() -> list[GalleryEntry]:
    """The finished maps."""
    return _entries(sample_dir(), _sample_words())


def _entries(folder: Path, words: dict[str, tuple[str, str]]) -> list[GalleryEntry]:
    """Every map of the folder: those with words in the order of the words, others by name."""
    order = {id: place for place, id in enumerate(words)}
    paths = sorted(folder.glob("*.jmap"), key=lambda path: (order.get(path.stem, len(order)), path.stem))
    return [GalleryEntry(path.stem, path, *words.get(path.stem, (_spelled(path.stem), ""))) for path in paths]


def _spelled(stem: str) -> str:
    return stem.replace("-", " ").replace("_", " ").capitalize()


def _template_words() -> dict[str, tuple[str, str]]:
    translate = QCoreApplication.translate
    return {
        "blank": (translate("Gallery", "Blank"), translate("Gallery", "One stage, and all the room there is")),
        "marketing": (
            translate("Gallery", "Marketing journey"),
            translate("Gallery", "Awareness to after the purchase"),
        ),
        "product-led": (
            translate("Gallery", "Product-led journey"),
            translate("Gallery", "Win, keep and grow users"),
        ),
        "service-blueprint": (
            translate("Gallery", "Service blueprint"),
            translate("Gallery", "On stage, and behind it"),
        ),
    }


def _sample_words() -> dict[str, tuple[str, str]]:
    translate = QCoreApplication.translate
    return {
        "broadband": (
            translate("Gallery", "Switching broadband"),
            translate("Gallery", "Two personas on their way to fibre"),
        ),
        "clinic": (
            translate("Gallery", "Outpatient clinic"),
            translate("Gallery", "A blueprint with its backstage"),
        ),
        "saas-onboarding": (
            translate("Gallery", "SaaS onboarding"),
            translate("Gallery", "The first 30 days with a new tool"),
        ),
        "arabic": ("حجز رحلة جوية للعائلة", translate("Gallery", "Arabic, from right to left")),
        "hindi": ("बचत खाता और पहला UPI भुगतान", translate("Gallery", "Hindi")),
        "japanese": ("温泉旅館での一泊二日", translate("Gallery", "Japanese")),
    }
