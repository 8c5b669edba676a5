"""What `doctor` looks at on this machine before any book is written."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from l2mac_write import own_files, wiring
from l2mac_write.asking import asked
from l2mac_write.cli.verdict import Check, fine, note, problem
from l2mac_write.errors import UsageError
from l2mac_write.llm.local import INSTALL
from l2mac_write.llm.weights import CATALOGUE, DEFAULT_WEIGHTS, locate, verified

ENGINE = "xllamacpp"
MEGABYTE = 1_000_000
LITTLE_ROOM = 1_000 * MEGABYTE


def machine_checks(folder: Path, environ: Mapping[str, str]) -> tuple[Check, ...]:
    return (
        fine("python", f"Python {platform.python_version()}"),
        _engine(),
        _weights(),
        _key(environ),
        _model(environ),
        _java(),
        _disk(folder),
        _cache(),
    )


def _engine() -> Check:
    if find_spec(ENGINE):
        return fine("engine", "the local model's engine is installed")
    return note("engine", "no engine for local models.", f"To have one: {INSTALL}")


def _weights() -> Check:
    file = locate(DEFAULT_WEIGHTS, own_files.cache())
    if not file:
        size = CATALOGUE[DEFAULT_WEIGHTS].size // MEGABYTE
        return note(
            "weights",
            f"`{DEFAULT_WEIGHTS}` is not here yet; its first book fetches {size} MB.",
            f"To fetch it now: l2mac-write models pull {DEFAULT_WEIGHTS}",
        )
    if verified(DEFAULT_WEIGHTS, own_files.cache()):
        return fine("weights", f"`{DEFAULT_WEIGHTS}` is here, whole")
    return note("weights", f"`{file}` is damaged.", "Delete it: the next book fetches it again.")


def _key(environ: Mapping[str, str]) -> Check:
    """Says which variable is set, never what it holds."""
    if there := [name for name in wiring.KEYS if environ.get(name)]:
        return fine("key", f"{there[0]} is set")
    return note("key", "no key for Claude.", f"To have Claude write: set {wiring.KEYS[0]}")


def _model(environ: Mapping[str, str]) -> Check:
    try:
        name = wiring.model_named(asked({}).model, environ)
        why = _hindrance(name, environ)
    except UsageError as error:
        return _unusable(str(error), environ)
    if why:
        return _unusable(why, environ)
    return fine("model", f"a new book is written by `{name}`")


def _hindrance(name: str, environ: Mapping[str, str]) -> str:
    """Why that model cannot write, empty if it can."""
    if name == wiring.REHEARSAL:
        return ""
    if name in CATALOGUE or name.endswith(".gguf"):
        locate(name, own_files.cache())
        return "" if find_spec(ENGINE) else f"`{name}` has no engine. Type: {INSTALL}"
    if environ.get(wiring.BASE_URL):
        return ""
    return _hindrance_of_claude(name, environ)


def _hindrance_of_claude(name: str, environ: Mapping[str, str]) -> str:
    if not name.startswith("claude-"):
        return f"there is no model `{name}`. `l2mac-write models` lists those there are."
    if any(environ.get(key) for key in wiring.KEYS):
        return ""
    return f"`{name}` is set as the model, but there is no key. Set {wiring.KEYS[0]}."


def _unusable(why: str, environ: Mapping[str, str]) -> Check:
    """Only a note where another model could be named instead."""
    if find_spec(ENGINE) or any(environ.get(key) for key in wiring.KEYS):
        return note("model", why, "Or name another one with --model.")
    return problem("model", why)


def _java() -> Check:
    if found := shutil.which("java"):
        return fine("java", f"{found}: EPUBCheck can run")
    return note("java", "no Java.", "Only EPUBCheck would need it, to validate an EPUB.")


def _disk(folder: Path) -> Check:
    free = shutil.disk_usage(_there(folder)).free
    found = f"{free / MEGABYTE / 1000:,.1f} GB free for books"
    if free < LITTLE_ROOM:
        return note("disk", f"{found}.", "Make room before a long book.")
    return fine("disk", found)


def _cache() -> Check:
    cache = own_files.cache()
    if os.access(_there(cache), os.W_OK):
        return fine("cache", f"weights are kept in {cache}")
    return note(
        "cache", f"`{cache}` cannot be written.", "Set XDG_CACHE_HOME to a folder of yours."
    )


def _there(path: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next(p for p in (path.absolute(), *path.absolute().parents) if p.exists())
