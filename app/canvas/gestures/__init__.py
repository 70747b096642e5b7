"""What the mouse can do on the canvas, one small object per gesture in progress.

A gesture begins when the mouse has moved far enough with a button down. It writes through an open transaction, so that
the map shows what would be; `release` commits it as one step, `cancel` puts everything back.
"""
