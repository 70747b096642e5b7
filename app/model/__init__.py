"""The journey map itself: records, diffs, the document, its history and the edits. Knows nothing of Qt or of files."""
