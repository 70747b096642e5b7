"""The editors of the inspector, one for each kind of value."""
