"""Painters of the sheet for paper and for other programs. None of them measures a text or computes a position."""
