"""The use cases that both front doors call."""
