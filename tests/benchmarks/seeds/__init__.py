"""Errors planted into clean books, so that what the evaluators find of them can be counted."""
