"""Manuscripts that are there, made into books."""
