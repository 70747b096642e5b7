"""What stands beside the mouse."""

from __future__ import annotations


def plain_tip(text: str) -> str:
    """Words of a map, a file or somebody else as a tip: Qt would take for markup what looks like it."""
    if "<" not in text and "&" not in text:
        return text
    from html import escape

    return f"<p>{escape(text)}</p>".replace("\n", "<br>")
