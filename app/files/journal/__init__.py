"""The journal of open maps, so that a crash or a power cut takes a second of work at most. See docs/journal.md.

`keeping` listens to a map, `writer` writes in a thread, `recovery` finds what programs that are gone have left.
"""
