"""Where on this machine a person's own files are, outside of all books."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from l2mac_write.store.kept import FOLDER, Kept, key_of
from l2mac_write.store.places import PRIVATE


def cache() -> Path:
    """Where weights are kept, once for all books."""
    return platformdirs.user_cache_path("l2mac-write") / "models"


def user_files() -> Path:
    """Where a person's own settings and prices are, if there are any."""
    return platformdirs.user_config_path("l2mac-write")


def kept(root: Path) -> Kept | None:
    """What exports of the book have drawn; None where nothing can be kept."""
    key = key_of(platformdirs.user_data_path("l2mac-write"))
    return Kept(root / PRIVATE / FOLDER, key) if key else None


def prices_file() -> Path:
    """A person's own prices and limits, which win over those of the package."""
    return user_files() / "prices.toml"
