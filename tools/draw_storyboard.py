"""Draws the storyboard of the broadband sample, four flat scenes of 600 × 400 px, and puts it into the map.

    python -m tools.draw_storyboard

A storyboard that is there already is replaced. Scenes are drawn four times as large and made smaller, which is what
makes their edges smooth.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import NamedTuple

from PIL import Image as Pixels
from PIL import ImageDraw
from PySide6.QtWidgets import QApplication

from app.files import open_map, save
from app.files.revisions import without_history
from app.model.edits import delete
from app.model.kinds.image import Image
from app.model.ordering import key_between
from app.model.queries import columns, lanes
from app.model.records import Lane
from app.paths import sample_dir
from tools.add_thumbnails import add_thumbnail

WIDTH, HEIGHT, OVER = 600, 400, 4
COLORS = 64
LANE, CARD = "ln_story", "c_story_"
INK, SKIN, DARK_SKIN, WHITE = "#1E293B", "#F2C9A8", "#E0A982", "#FFFFFF"
MIA, KEN = "#9D174D", "#0E7490"
NIGHT, ROOM, MORNING, EVENING = "#26324F", "#E8ECF5", "#FDF1DF", "#F6E7EE"
FLOOR, WOOD, LEAF = "#D3DAE8", "#C99A6B", "#4D9B6A"


class Scene:
    """A picture in the making; lengths are pixels of the finished one."""

    def __init__(self, wall: str, floor: str, floor_from: int = 310) -> None:
        self.image = Pixels.new("RGB", (WIDTH * OVER, HEIGHT * OVER), wall)
        self._draw = ImageDraw.Draw(self.image)
        self.box(0, floor_from, WIDTH, HEIGHT - floor_from, floor)

    def box(self, x: float, y: float, w: float, h: float, fill: str, radius: float = 0) -> None:
        self._draw.rounded_rectangle(_scaled(x, y, x + w, y + h), radius * OVER, fill)

    def disc(self, x: float, y: float, r: float, fill: str) -> None:
        self._draw.ellipse(_scaled(x - r, y - r, x + r, y + r), fill)

    def line(self, color: str, width: float, *points: tuple[float, float]) -> None:
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, color)
        flat = [(x * OVER, y * OVER) for x, y in points]
        self._draw.line(flat, color, round(width * OVER), joint="curve")

    def arc(self, x: float, y: float, r: float, start: float, end: float, color: str, width: float) -> None:
        self._draw.arc(_scaled(x - r, y - r, x + r, y + r), start, end, color, round(width * OVER))

    def shape(self, fill: str, *points: tuple[float, float]) -> None:
        self._draw.polygon([(x * OVER, y * OVER) for x, y in points], fill)

    def png(self) -> bytes:
        small = self.image.resize((WIDTH, HEIGHT), Pixels.Resampling.LANCZOS)
        stream = io.BytesIO()
        small.quantize(COLORS, dither=Pixels.Dither.NONE).save(stream, "PNG", optimize=True)
        return stream.getvalue()


def _scaled(*values: float) -> tuple[float, ...]:
    return tuple(value * OVER for value in values)


def person(
    scene: Scene, x: float, y: float, color: str, *, hair: str = "#3B2A25", bun: bool = False, mood: int = 0
) -> None:
    """Head and shoulders, the chin at (x, y); `mood` −1, 0 or 1."""
    scene.box(x - 52, y + 4, 104, 190, color, 44)
    scene.box(x - 13, y - 16, 26, 34, DARK_SKIN, 12)
    if bun:
        scene.disc(x + 20, y - 92, 20, hair)
    scene.disc(x, y - 44, 45, hair)
    scene.disc(x, y - 36, 38, SKIN)
    scene.shape(hair, (x - 40, y - 42), (x - 30, y - 78), (x + 30, y - 78), (x + 40, y - 42), (x + 10, y - 62))
    for eye in (-14, 14):
        scene.disc(x + eye, y - 36, 4, INK)
    if mood > 0:
        scene.arc(x, y - 26, 13, 20, 160, INK, 4)
    elif mood < 0:
        scene.arc(x, y - 6, 13, 205, 335, INK, 4)
    else:
        scene.line(INK, 4, (x - 9, y - 16), (x + 9, y - 16))


def plant(scene: Scene, x: float, y: float) -> None:
    for lean, height in ((-34, 70), (0, 96), (34, 66)):
        scene.line(LEAF, 15, (x, y), (x + lean * 0.5, y - height * 0.6), (x + lean, y - height))
    scene.shape("#A85B3D", (x - 30, y - 6), (x + 30, y - 6), (x + 22, y + 46), (x - 22, y + 46))


def slow_evening() -> Scene:
    """Mia in front of a film that does not come."""
    scene = Scene("#3A4568", "#2B3552")
    scene.box(54, 44, 150, 130, NIGHT, 6)
    scene.disc(164, 76, 22, "#F5E6B8")
    scene.disc(154, 71, 20, NIGHT)
    scene.box(124, 44, 8, 130, "#56628A")
    scene.box(54, 106, 150, 8, "#56628A")
    person(scene, 190, 268, MIA, bun=True, mood=-1)
    scene.box(40, 330, 520, 22, WOOD, 6)
    scene.box(300, 150, 230, 164, "#121A2E", 12)
    scene.box(312, 162, 206, 132, "#24304D", 4)
    for at in range(8):
        scene.arc(415, 228, 34, at * 45 + 4, at * 45 + 30, ("#FFFFFF", "#C5CDE2", "#8F9BBD", "#66739A")[at // 2], 9)
    scene.box(280, 312, 270, 18, "#9AA6C4", 8)
    return scene


def comparing() -> Scene:
    """Three tariffs on a phone, and a cup of coffee."""
    scene = Scene(ROOM, FLOOR, 270)
    scene.box(0, 286, WIDTH, 114, WOOD)
    scene.box(0, 286, WIDTH, 8, "#B5865A")
    scene.box(196, 30, 208, 350, INK, 26)
    scene.box(208, 48, 184, 314, WHITE, 12)
    for at, (color, bars) in enumerate((("#1D4ED8", 2), ("#0F766E", 4), ("#B45309", 3))):
        top = 64 + at * 98
        scene.box(222, top, 156, 84, "#EEF2FA", 10)
        scene.box(222, top, 10, 84, color, 5)
        for bar in range(5):
            height = 12 + bar * 9
            shade = color if bar <= bars else "#CBD5E1"
            scene.box(246 + bar * 14, top + 66 - height, 9, height, shade, 3)
        scene.box(326, top + 18, 40, 12, INK, 5)
        scene.box(326, top + 42, 30, 9, "#94A3B8", 4)
    scene.disc(497, 290, 30, "#E2E8F0")
    scene.disc(497, 290, 17, WOOD)
    scene.box(430, 236, 66, 92, WHITE, 14)
    scene.box(430, 236, 66, 18, "#6B4A38", 9)
    for x in (450, 476):
        scene.line("#CBD5E1", 6, (x, 216), (x + 7, 200), (x - 5, 184), (x + 3, 168))
    scene.box(58, 250, 96, 66, "#FDE68A", 3)
    for at in range(3):
        scene.line("#A16207", 4, (72, 268 + at * 15), (138 - at * 16, 268 + at * 15))
    return scene


def waiting() -> Scene:
    """Ken at home since eight, and the clock goes on."""
    scene = Scene(MORNING, "#E9D5B7")
    scene.disc(300, 92, 62, INK)
    scene.disc(300, 92, 54, WHITE)
    for x, y in ((300, 46), (300, 138), (254, 92), (346, 92)):
        scene.disc(x, y, 4, INK)
    scene.line(INK, 7, (300, 92), (300, 56))
    scene.line("#B91C1C", 6, (300, 92), (332, 108))
    scene.box(414, 60, 140, 260, "#8A5A3B", 6)
    scene.box(426, 72, 116, 108, "#9C6A48", 4)
    scene.box(426, 194, 116, 114, "#9C6A48", 4)
    scene.disc(436, 190, 9, "#E8C37D")
    person(scene, 146, 226, KEN, hair="#9CA3AF", mood=-1)
    scene.box(40, 318, 230, 18, WOOD, 6)
    scene.box(54, 336, 14, 64, "#A87B50")
    scene.box(242, 336, 14, 64, "#A87B50")
    scene.box(212, 286, 40, 32, "#FFFFFF", 6)
    scene.arc(252, 302, 10, 270, 90, "#FFFFFF", 5)
    scene.box(62, 308, 56, 10, INK, 4)
    plant(scene, 346, 336)
    return scene


def first_evening() -> Scene:
    """The film runs, the router is content, and so are Mia and her flatmate."""
    scene = Scene(EVENING, "#DFC6D2")
    scene.box(178, 36, 244, 148, INK, 10)
    scene.box(188, 46, 224, 128, "#7DD3FC", 4)
    scene.disc(368, 82, 20, "#FDE047")
    scene.shape("#16A34A", (188, 174), (188, 140), (248, 96), (316, 174))
    scene.shape("#15803D", (268, 174), (340, 112), (412, 162), (412, 174))
    scene.box(292, 184, 16, 20, INK)
    scene.box(150, 202, 300, 14, WOOD, 5)
    scene.box(474, 172, 78, 30, WHITE, 8)
    scene.disc(490, 187, 5, "#22C55E")
    scene.disc(506, 187, 5, "#22C55E")
    for r in (22, 40, 58):
        scene.arc(513, 160, r, 225, 315, "#1D4ED8", 8)
    scene.disc(513, 156, 7, "#1D4ED8")
    scene.box(466, 202, 96, 12, WOOD, 5)
    scene.box(96, 262, 408, 150, "#64748B", 30)
    person(scene, 236, 292, MIA, bun=True, mood=1)
    person(scene, 366, 292, "#1D4ED8", hair="#8A5A3B", mood=1)
    scene.box(60, 300, 66, 110, "#56657C", 24)
    scene.box(474, 300, 66, 110, "#56657C", 24)
    scene.box(96, 352, 408, 60, "#56657C", 18)
    plant(scene, 52, 262)
    return scene


class Frame(NamedTuple):
    """A scene on the map: at which step, and what stands below it."""

    draw: Callable[[], Scene]
    step: str
    caption: str


FRAMES = (
    Frame(slow_evening, "Notices slow evenings", "The film stops again"),
    Frame(comparing, "Compares offers", "Three tariffs, three ways to count"),
    Frame(waiting, "Technician visits", "Home from eight to one"),
    Frame(first_evening, "First evening online", "It just works"),
)


def main() -> None:
    application = QApplication([])
    path = sample_dir() / "broadband.jmap"
    opened = open_map(path)
    document = opened.document
    store = document.store
    old = [record.id for record in store if record.id == LANE or record.id.startswith(CARD)]
    with document.edit("Storyboard") as tx:
        delete(tx, old)
        first, second, *_ = (lane.order for lane in lanes(store))
        tx.put(Lane(id=LANE, kind="images", title="Storyboard", order=key_between(first, second)))
        for number, frame in enumerate(FRAMES, 1):
            data = frame.draw().png()
            print(frame.caption, len(data), "bytes")
            step = next(step.id for step in columns(store) if step.title == frame.step)
            picture = document.media.add(data, "png")
            tx.put(Image(id=f"{CARD}{number}", lane=LANE, step=step, title=frame.caption, picture=picture))
    save(without_history(opened.file.holding(document.records, media=document.media)))
    add_thumbnail(path)
    application.quit()


if __name__ == "__main__":
    main()
