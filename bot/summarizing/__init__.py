"""Sentence selection for one article or one story. Pure: no I/O, no clock."""
