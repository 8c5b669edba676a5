"""What code knows of any text, whatever book it belongs to."""
