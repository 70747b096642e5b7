"""How a sheet fits on paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.export.errors import ExportError
from app.export.pages import MAX_LENGTH, SIZES, Page, Placement, fit, page_named, percent

sides = st.floats(10.0, 20_000.0)
pages = st.sampled_from(sorted(SIZES)).map(page_named)
margins = st.floats(0.0, 40.0)
footers = st.floats(0.0, 10.0)


def right(placement: Placement, width: float) -> float:
    return placement.x + width * placement.scale


def bottom(placement: Placement, height: float) -> float:
    return placement.y + height * placement.scale


@given(sides, sides, pages, margins, footers)
def test_the_sheet_lies_between_the_margins_and_above_the_footer(
    w: float, h: float, page: Page, margin: float, footer: float
) -> None:
    placed = fit(w, h, page, "automatic", margin, footer)
    assert placed.x >= margin - 1e-6
    assert placed.y >= margin - 1e-6
    assert right(placed, w) <= placed.page_w - margin + 1e-6
    assert bottom(placed, h) <= placed.page_h - margin - footer + 1e-6


@given(sides, sides, pages, margins, footers)
def test_the_sheet_is_as_large_as_it_goes(w: float, h: float, page: Page, margin: float, footer: float) -> None:
    placed = fit(w, h, page, "automatic", margin, footer)
    spare_x = placed.page_w - 2 * margin - w * placed.scale
    spare_y = placed.page_h - 2 * margin - footer - h * placed.scale
    assert min(spare_x, spare_y) == pytest.approx(0.0, abs=1e-6)
    assert placed.x - margin == pytest.approx(spare_x / 2, abs=1e-6)


@given(sides, sides, pages, margins)
def test_automatic_takes_the_larger_scale(w: float, h: float, page: Page, margin: float) -> None:
    portrait = fit(w, h, page, "portrait", margin)
    landscape = fit(w, h, page, "landscape", margin)
    assert fit(w, h, page, "automatic", margin).scale == max(portrait.scale, landscape.scale)
    assert portrait.orientation == "portrait"
    assert landscape.orientation == "landscape"


@given(sides, sides, st.floats(50.0, 2000.0), st.floats(0.0, 15.0), footers)
def test_a_roll_is_filled_in_its_width_and_as_long_as_needed(
    w: float, h: float, width: float, margin: float, footer: float
) -> None:
    placed = fit(w, h, page_named(f"roll:{width}"), "automatic", margin, footer)
    assert placed.page_w == width
    assert placed.page_h <= MAX_LENGTH + 1e-6
    assert bottom(placed, h) == pytest.approx(placed.page_h - margin - footer)
    filled = right(placed, w) == pytest.approx(width - margin)
    assert filled or placed.page_h == pytest.approx(MAX_LENGTH)


@given(sides, sides, st.floats(50.0, 2000.0), st.floats(0.0, 15.0), footers)
def test_in_landscape_a_roll_is_filled_by_the_height_of_the_sheet(
    w: float, h: float, width: float, margin: float, footer: float
) -> None:
    placed = fit(w, h, page_named(f"roll:{width}"), "landscape", margin, footer)
    assert placed.page_h == width
    assert placed.page_w <= MAX_LENGTH + 1e-6
    assert right(placed, w) == pytest.approx(placed.page_w - margin)
    filled = bottom(placed, h) == pytest.approx(width - margin - footer)
    assert filled or placed.page_w == pytest.approx(MAX_LENGTH)


@pytest.mark.parametrize("name", ["ANSI D", "ansi-d", "ansid", "ANSI_D", "Ansi D"])
def test_a_page_is_found_in_any_spelling(name: str) -> None:
    assert page_named(name) == Page("ANSI D", 558.8, 863.6)


def test_all_sizes_are_upright() -> None:
    assert all(w < h for w, h in SIZES.values())


@pytest.mark.parametrize("name", ["B5", "", "A 12"])
def test_an_unknown_page_names_the_choices(name: str) -> None:
    with pytest.raises(ExportError, match=r"choose A0, .*Arch E, or roll:WIDTH"):
        page_named(name)


@pytest.mark.parametrize("name", ["roll", "roll:", "roll:wide", "roll:5", "roll:nan", "roll:1e9"])
def test_a_roll_needs_a_width_that_can_be(name: str) -> None:
    with pytest.raises(ExportError, match=r"A roll is 50 to 2000 mm wide"):
        page_named(name)


@pytest.mark.parametrize("margin", [-1.0, float("nan")])
def test_a_negative_margin_is_refused(margin: float) -> None:
    with pytest.raises(ExportError, match="negative"):
        fit(100, 100, page_named("A4"), "automatic", margin)


@pytest.mark.parametrize("page", ["A4", "roll:210", "roll:2000"])
def test_a_margin_that_leaves_no_room_is_refused(page: str) -> None:
    with pytest.raises(ExportError, match="leaves no room"):
        fit(100, 100, page_named(page), "automatic", 104.0 if page != "roll:2000" else 2600.0)


def test_a_margin_may_fit_one_orientation_only() -> None:
    narrow = Page("Strip", 100.0, 400.0)
    assert fit(300, 50, narrow, "automatic", 40.0).scale > 0


@pytest.mark.parametrize(
    ("scale", "shown"), [(0.0725, "7.25"), (1.709, "171"), (13.6, "1360"), (1.0, "100"), (9.997, "1000")]
)
def test_a_scale_is_written_as_people_write_it(scale: float, shown: str) -> None:
    assert percent(scale) == shown
