"""Which links an export follows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.export.links import safe_url


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org", "https://example.org"),
        ("  HTTP://Example.org/a?b=c#d  ", "HTTP://Example.org/a?b=c#d"),
        ("mailto:ana@example.org?subject=x", "mailto:ana@example.org?subject=x"),
        ("https://example.org/ä", "https://example.org/%C3%A4"),
    ],
)
def test_web_and_mail_links_stay(url: str, kept: str) -> None:
    assert safe_url(url) == kept


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://example.org",
        "http:/x",
        "https:///x",
        "https://",
        "mailto:",
        "mailto:nobody",
        "https://a b",
        "https://a\nb",
        'https://a"b',
        "https://a\x00b",
        "https://\ud800",
        "https://" + "a" * 3000,
        "\\\\server\\share",
        "data:text/html,x",
    ],
)
def test_everything_else_goes(url: str) -> None:
    assert safe_url(url) is None


@given(st.text())
def test_whatever_stays_is_ascii_with_a_scheme_of_ours(url: str) -> None:
    found = safe_url(url)
    assert found is None or (found.isascii() and found.lower().startswith(("http://", "https://", "mailto:")))
