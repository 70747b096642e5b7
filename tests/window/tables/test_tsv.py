"""The clipboard between tables and spreadsheets."""

from app.window.tables.tsv import from_tsv, to_tsv


def test_cells_with_tabs_lines_and_quotes_come_back() -> None:
    rows = [["plain", 'says "no"', "two\nlines"], ["a\tb", "", "ü €"]]
    assert from_tsv(to_tsv(rows)) == rows


def test_lines_of_windows_and_empty_rows() -> None:
    assert from_tsv("a\tb\r\n\r\nc\td\r\n") == [["a", "b"], ["c", "d"]]


def test_a_lonely_quote_is_text() -> None:
    assert from_tsv('"never ends\tb\nc\td') == [['"never ends', "b"], ["c", "d"]]
