"""A small Discord on loopback, written here, and the real process `python -m bot run` against it."""
