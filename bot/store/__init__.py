"""Everything that is remembered; the only place with SQL."""
