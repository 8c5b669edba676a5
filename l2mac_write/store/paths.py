"""Which names a file of the book may have, whoever gives them: a model, a plan or an import."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import accumulate
from pathlib import PurePosixPath

from l2mac_write.errors import PathRefused
from l2mac_write.text.characters import BLANK

TEXTS = frozenset({".md", ".txt", ".toml", ".json", ".csv", ".bib"})
IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"})
SEGMENT_BYTES = 200
PATH_LENGTH = 240
LEVELS = 8

THE_PERSONS_OWN = ("book.toml", "locks.toml", "sources/", "exports/")

RESERVED = frozenset('<>:"|?*~')
# Windows opens a device under each of these names, whatever extension follows.
DEVICE = re.compile(
    r"(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9])( *\..*)?", re.IGNORECASE
)
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

WHOLE: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("it is empty", lambda path: not path),
    (f"it is longer than {PATH_LENGTH} characters", lambda path: len(path) > PATH_LENGTH),
    (
        "it holds a control or invisible character",
        lambda path: (
            bool(BLANK.search(path)) or (not path.isprintable() and any(map(_is_hidden, path)))
        ),
    ),
    ("it holds a backslash", lambda path: "\\" in path),
    ("it is not relative to the book", lambda path: path.startswith("/")),
    ('it holds one of `<>:"|?*~`', lambda path: not RESERVED.isdisjoint(path)),
    (f"it is more than {LEVELS} levels deep", lambda path: path.count("/") >= LEVELS),
    (
        f"only {', '.join(sorted(TEXTS))} files are texts of a book",
        lambda path: PurePosixPath(path).suffix not in TEXTS,
    ),
)

SEGMENT: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("it has an empty part", lambda part: not part),
    ("it leaves the book", lambda part: _lookalike(part) in {".", ".."}),
    ("a part of it looks like several", lambda part: bool(set("/\\") & set(_lookalike(part)))),
    ("a part begins with a dot, a hyphen or a space", lambda part: part[0] in ".- "),
    ("a part ends with a dot or a space", lambda part: part[-1] in ". "),
    ("a part begins or ends with an unusual space", lambda part: part != part.strip()),
    ("Windows keeps that name for a device", lambda part: bool(DEVICE.fullmatch(_lookalike(part)))),
    (f"a part is longer than {SEGMENT_BYTES} bytes", lambda p: len(p.encode()) > SEGMENT_BYTES),
)


@lru_cache(maxsize=4096)
def checked(path: str) -> str:
    """The path in its one spelling (NFC). Every name from outside passes here before the disk."""
    path = unicodedata.normalize("NFC", path)
    _refuse(path, WHOLE, path)
    for part in path.split("/"):
        _refuse(part, SEGMENT, path)
    return path


def checked_image(path: str) -> str:
    """The same for an image, which no agent ever reads or writes."""
    stem, dot, kind = path.rpartition(".")
    if f"{dot}{kind.lower()}" not in IMAGES:
        raise PathRefused(_shown(path), f"only {', '.join(sorted(IMAGES))} files are images")
    checked(f"{stem}.md")
    return unicodedata.normalize("NFC", path)


def allowed(path: str) -> bool:
    """Whether the path is already in the spelling that `checked` gives."""
    try:
        return checked(path) == path
    except PathRefused:
        return False


def writable(path: str) -> str:
    """A checked path that agents may write, with room for a file beside it."""
    path = checked(path)
    if path.startswith(THE_PERSONS_OWN):
        raise PathRefused(path, "it belongs to the person whose book this is")
    if not allowed(beside(path, 99)):
        raise PathRefused(path, "it is too long")
    return path


def beside(path: str, number: int = 1) -> str:
    """Where an agent's text goes when a person's keeps the place: `01.agent.md` for `01.md`."""
    pure = PurePosixPath(path)
    mark = "agent" if number == 1 else f"agent-{number}"
    return str(pure.with_name(f"{pure.stem}.{mark}{pure.suffix}"))


def unclashing(path: str, others: Iterable[str]) -> str:
    """The path, unless some system would take it for one of the others, or for its folder."""
    files = set(others) - {path}
    folders = {step for other in files for step in _folders(other.rpartition("/")[0])}
    taken = {_folded(spelling): spelling for spelling in folders | files}
    for spelling in (*_folders(path.rpartition("/")[0]), path):
        other = taken.get(_folded(spelling), spelling)
        if other != spelling:
            raise PathRefused(path, f"some systems cannot tell `{spelling}` from `{other}`")
    return path


def _refuse(name: str, rules: Iterable[tuple[str, Callable[[str], bool]]], path: str) -> None:
    for why, broken in rules:
        if broken(name):
            raise PathRefused(_shown(path), why)


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in UNSEEN


def _shown(path: str) -> str:
    shown = path if len(path) <= PATH_LENGTH else f"{path[:80]}…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in shown)


def _lookalike(part: str) -> str:
    return unicodedata.normalize("NFKC", part)


@lru_cache(maxsize=65_536)
def _folded(spelling: str) -> str:
    return _lookalike(spelling.rstrip("/")).casefold()


@lru_cache(maxsize=65_536)
def _folders(folder: str) -> tuple[str, ...]:
    """The folder and all above it, each ending in a slash."""
    return tuple(accumulate(f"{part}/" for part in folder.split("/"))) if folder else ()
