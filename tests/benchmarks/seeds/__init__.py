"""Errors planted into clean books, so that what the evaluators find of them can be counted."""

from __future__ import annotations

from pathlib import Path

PROSE = Path(__file__).parent / "prose"
"""Two short books for the tests."""
