"""The panel at the right: the inspector, what the map lacks, and the guide."""
