"""Which program a run executes, whether it ships or is a person's own, whether new or begun long ago."""
