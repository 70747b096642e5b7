"""The window in which two states of a map are compared."""
