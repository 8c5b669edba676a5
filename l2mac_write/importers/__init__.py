"""Manuscripts that come from elsewhere."""
