"""Pictures for the screen: decoded beside the window, once per size, at about the size that is seen, within a bound."""

import io
import threading
from collections.abc import Iterator

import pytest
from PIL import Image as Pixels
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.canvas import pictures as module
from app.canvas.pictures import Pictures
from app.layout import pixels
from app.layout.drawing import PictureFile
from app.layout.pictures import picture_file
from app.model.media import Media, Suffix


def file_of(width: int, height: int, color: str = "teal", suffix: Suffix = "png") -> PictureFile:
    stream, media = io.BytesIO(), Media()
    Pixels.new("RGB", (width, height), color).save(stream, {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}[suffix])
    found = picture_file(media, media.add(stream.getvalue(), suffix))
    assert found is not None
    return found


@pytest.fixture
def decodings(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int, str]]:
    """What is decoded: its name, its width in px, and in which thread."""
    found: list[tuple[str, int, str]] = []
    really = pixels.decoded

    def decoded(file: PictureFile, width: int) -> QImage | None:
        found.append((file.name, width, threading.current_thread().name))
        return really(file, width)

    monkeypatch.setattr(pixels, "decoded", decoded)
    return found


@pytest.fixture
def store(qapp: object) -> Iterator[Pictures]:
    assert qapp is not None
    made = Pictures()
    yield made
    made.close()


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp"])
def test_a_picture_is_decoded_beside_the_window_and_once(
    store: Pictures, decodings: list[tuple[str, int, str]], qtbot: QtBot, suffix: Suffix
) -> None:
    file = file_of(64, 48, suffix=suffix)
    with qtbot.waitSignal(store.arrived) as told:
        assert store.image(file, 60.0) is None
        assert store.image(file, 64.0) is None
    assert told.args == [file.name]
    image = store.image(file, 60.0)
    assert image is not None
    assert (image.width(), image.height()) == (64, 48)
    assert store.image(file_of(64, 48, suffix=suffix), 64.0) is image, "the same picture of another map"
    [(_, _, thread)] = decodings
    assert thread != threading.main_thread().name


def test_it_is_decoded_no_larger_than_it_is_seen(store: Pictures) -> None:
    file = file_of(1600, 900)
    widths = []
    for wanted in (1600.0, 801.0, 800.0, 390.0, 20.0, 5000.0):
        store.image(file, wanted)
        store.finish()
        image = store.image(file, wanted)
        assert image is not None
        widths.append(image.width())
    assert widths == [1600, 1600, 800, 400, 25, 1600]


def test_another_size_stands_in_until_the_right_one_is_there(store: Pictures) -> None:
    file = file_of(1600, 900)
    store.image(file, 100.0)
    store.finish()
    meanwhile = store.image(file, 1600.0)
    assert meanwhile is not None
    assert meanwhile.width() == 100
    store.finish()
    sharp = store.image(file, 1600.0)
    assert sharp is not None
    assert sharp.width() == 1600


def test_what_was_not_seen_for_longest_goes_when_there_is_too_much(qapp: object) -> None:
    assert qapp is not None
    each = 100 * 100 * 4
    store = Pictures(bound=3 * each)
    files = [file_of(100, 100, color) for color in ("red", "green", "blue", "white")]
    for file in files[:3]:
        store.image(file, 100.0)
    store.finish()
    store.image(files[0], 100.0)  # seen again
    store.image(files[3], 100.0)
    store.finish()
    assert store.size <= 3 * each
    assert store.image(files[0], 100.0) is not None
    assert store.image(files[3], 100.0) is not None
    assert store.image(files[1], 100.0) is None, "it is decoded anew when it is seen again"
    store.close()
    assert store.image(files[1], 100.0) is None
    assert not store.finish(), "nothing is asked for any more"


def test_pictures_are_let_go_whole(store: Pictures) -> None:
    file = file_of(64, 48)
    store.image(file, 64.0)
    store.finish()
    store.forget()
    assert store.size == 0
    assert store.image(file, 64.0) is None


def test_a_huge_picture_is_kept_small(store: Pictures, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 400 * 300 * 4)
    file = file_of(1600, 1200)
    store.image(file, 1600.0)
    store.finish()
    image = store.image(file, 1600.0)
    assert image is not None
    assert image.width() == 400


def test_a_broken_picture_is_tried_once(store: Pictures, decodings: list[tuple[str, int, str]]) -> None:
    whole = file_of(400, 400)
    broken = PictureFile(whole.name, whole.data[:200], 400, 400)
    for _ in range(3):
        assert store.image(broken, 400.0) is None
        store.finish()
    assert len(decodings) == 1


def test_a_picture_that_lies_about_its_size_is_not_decoded(qapp: object) -> None:
    assert qapp is not None
    whole = file_of(40, 40)
    assert pixels.decoded(PictureFile(whole.name, whole.data, 400, 400), 400) is None
