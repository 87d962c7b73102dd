"""From text to figures, in passes over one document. Pure: no I/O, no clock."""
