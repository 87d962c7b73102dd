"""The grammar that ingest and reading share: sentences, numbers, dates."""
