"""The window in which two copies of a map come together again."""
