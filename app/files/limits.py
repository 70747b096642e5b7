"""How much of anything a file may hold. A map of 10,000 cards stays well below each limit.

They keep a hostile file from filling the memory or hanging the program, and are part of the format
(docs/file-format.md).
"""

from __future__ import annotations

MIB = 1024 * 1024

FILE_BYTES = 128 * MIB
PARTS = 2_000
PART_BYTES = 32 * MIB
ALL_PARTS_BYTES = 128 * MIB
MANIFEST_BYTES = MIB
PART_NAME_CHARS = 200

# A part that is unpacked to more than this many times its size, and is not small anyway, is a bomb.
PACKING_RATIO = 200
SMALL_BYTES = 256 * 1024

RECORDS = 100_000
LINE_BYTES = 256 * 1024
VALUES = 2_000_000
UNCOUNTED_BYTES = 6 * MIB  # no JSON of this size unpacks to more memory than is acceptable

# For what the model does not limit itself: fields and record types of newer versions, and the manifest.
DEPTH = 20
TEXT_CHARS = 100_000
KEY_CHARS = 200
INTEGER = 2**63

PICTURE_SIDE = 20_000
PICTURE_PIXELS = 50_000_000
PICTURE_SCANS = 30  # a JPEG may go over all its pixels again and again; 500 times takes a decoder a quarter of a minute
THUMBNAIL_PIXELS = 4_000_000

# How much of its past a map keeps, and how much of one it reads.
SITTINGS = 20
WHOLE_SITTINGS = 5  # of these every saved state is kept, of older ones the last
UNNAMED_STATES = 50
NAMED_STATES = 100
GONE_REVISIONS = 500
VERSION_NAME_CHARS = 200
HISTORY_BYTES = MIB  # or HISTORY_SHARE times the records, whichever is more
HISTORY_SHARE = 4
HISTORY_PICTURES_BYTES = 16 * MIB
HISTORY_PICTURES = 500
PACKAGING_BYTES = 4 * MIB  # for the thumbnail, the manifest and the names, when it comes to how much room there is
OWN_PARTS = 5  # mimetype, manifest, records, thumbnail and history
HISTORY_STATES = 1_000
HISTORY_LINES = 500_000
HISTORY_COUNT = 1_000_000_000
