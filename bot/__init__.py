"""Corrobot: reads news coverage and shows which figures of a story agree, conflict or cannot be compared."""
