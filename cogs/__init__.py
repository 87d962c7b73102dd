"""The Discord front door: one thin module per command group."""
