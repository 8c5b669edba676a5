"""What a run would take, and where it would fail, before it costs anything."""
