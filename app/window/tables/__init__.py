"""The panel at the bottom: the action plan, the feedback log, sources, comments and opportunities of a map."""
