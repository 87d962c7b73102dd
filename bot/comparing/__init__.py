"""From figures to relations and findings, from articles to stories. Pure: no I/O, no clock."""
