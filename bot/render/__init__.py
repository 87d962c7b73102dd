"""Domain objects to JSON, text tables, cards and charts. Pure functions."""
