"""What a map says about itself: figures, gaps, how well it is known, how far along it is. Nothing of it is stored."""
