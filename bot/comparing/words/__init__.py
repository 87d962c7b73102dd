"""The words that explain a relation to a reader."""
