"""Three-way merge of maps, by record and field: nobody's change is lost, and the result is sound. No files, no Qt."""

from app.model.merging.merging import Merge, merge
from app.model.merging.outcome import Choice, Choices, Conflict, Key, Note, Resolved

__all__ = ["Choice", "Choices", "Conflict", "Key", "Merge", "Note", "Resolved", "merge"]
