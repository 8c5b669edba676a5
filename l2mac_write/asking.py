"""What a person asks for, put together from all the places where they may say it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from l2mac_write import own_files
from l2mac_write.errors import SettingsError, UsageError
from l2mac_write.settings import Settings, from_environment, from_toml, insist_on_a_prompt, merged
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.remains import SETTINGS


def asked(flags: Mapping[str, str | float | None]) -> Settings:
    """What a person wants of a new book: their own file, the environment, then these flags."""
    file = own_files.user_files() / "config.toml"
    stored = from_toml(file.read_text("utf-8"), str(file)) if file.is_file() else {}
    wanted = _located(merged(stored, from_environment(os.environ), flags))
    if nothing := [name for name in ("chapters", "words") if flags.get(name) == 0]:
        raise SettingsError(f"`{nothing[0]}` must be at least 1. Leave it out to have it chosen.")
    return wanted


def asked_of_a_run(folder: BookFolder, flags: Mapping[str, str | float | None]) -> Settings:
    """The same of a book that is there already, whose `book.toml` comes in the place of that file."""
    stored = from_toml(folder.settings(), SETTINGS)
    wanted = _located(merged(stored, from_environment(os.environ), flags))
    _insist_it_is_elsewhere(wanted, folder.root)
    return insist_on_a_prompt(wanted)


def _located(settings: Settings) -> Settings:
    """With the program's folder wherever the next run is started from."""
    path = Path(settings.program).expanduser().absolute()
    return replace(settings, program=str(path)) if settings.program else settings


def _insist_it_is_elsewhere(settings: Settings, root: Path) -> None:
    """A book may come from anywhere; a program is a person's own."""
    if settings.program and Path(settings.program).resolve().is_relative_to(root.resolve()):
        raise UsageError(
            f"`{settings.program}` is a folder of the book itself, which may not bring its own"
            " program. Keep the program elsewhere and name it with --program."
        )
