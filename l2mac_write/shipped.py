"""Where that is which ships besides the code: `templates/`, in a wheel and in a checkout alike."""

from __future__ import annotations

from pathlib import Path

PACKAGED = Path(__file__).parent / "templates"
CHECKOUT = Path(__file__).parents[1] / "templates"


def folder() -> Path:
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT
