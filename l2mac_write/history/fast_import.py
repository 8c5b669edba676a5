"""All versions of a book as a stream that `git fast-import` makes a repository of."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from l2mac_write.store.folder import BookFolder
from l2mac_write.store.given import given
from l2mac_write.store.remains import SETTINGS
from l2mac_write.store.spending import Spend
from l2mac_write.store.versions import Origin, Version

BRANCH = b"refs/heads/main"
NOBODYS = "l2mac-write.invalid"
"""A domain that can be nobody's (RFC 2606)."""


def stream(folder: BookFolder) -> Iterator[bytes]:
    """A commit for each instruction, each edit and each revision, in the order of the journal.

    Dates are the journal's, in UTC. Of `book.toml`, images, locks and sources nothing is kept but
    what they are now: they come with the first commit.
    """
    models = _models(folder.spend())
    first = chain([(SETTINGS, folder.settings().encode())], given(folder.root))
    for commit in _commits(folder.every_version()):
        texts = ((v.path, folder.text(v).encode() if v.sha else None) for v in commit)
        yield from _head(commit[-1], models)
        yield from chain.from_iterable(_put(*file) for file in chain(first, texts))
        yield b"\n"
    yield b"done\n"


def _commits(versions: Iterable[Version]) -> Iterator[list[Version]]:
    """What one instruction or one person changed in a row, no file twice."""
    commit: list[Version] = []
    for version in versions:
        if commit and not _belongs(version, commit):
            yield commit
            commit = []
        commit.append(version)
    if commit:
        yield commit


def _belongs(version: Version, commit: Iterable[Version]) -> bool:
    """Whether one transaction may have made them."""
    return all(
        (v.origin, v.instruction) == (version.origin, version.instruction)
        and v.path != version.path
        for v in commit
    )


def _head(version: Version, models: Mapping[str, str]) -> Iterator[bytes]:
    at = f"{int(version.at)} +0000"
    who = f"{_author(version, models)} {at}".encode()
    yield b"commit %s\nauthor %s\ncommitter l2mac-write <> %s\n" % (BRANCH, who, at.encode())
    yield from _data(_message(version))


def _author(version: Version, models: Mapping[str, str]) -> str:
    """The model that wrote it, or else the person."""
    if version.origin is Origin.AGENT:
        return f"{models.get(version.instruction, 'l2mac-write')} <agent@{NOBODYS}>"
    return f"person <person@{NOBODYS}>"


def _message(version: Version) -> bytes:
    return f"{version.instruction or f'{version.origin}: {version.path}'}\n".encode()


def _put(path: str, content: bytes | None) -> Iterator[bytes]:
    name = _quoted(os.fsencode(path))
    if content is None:
        yield b"D %s\n" % name
        return
    yield b"M 100644 inline %s\n" % name
    yield from _data(content)


def _quoted(path: bytes) -> bytes:
    """As git takes a name that could end its line, or be taken for a quoted one."""
    if not path.startswith(b'"') and b"\n" not in path:
        return path
    return b'"%s"' % path.replace(b"\\", rb"\\").replace(b'"', rb"\"").replace(b"\n", rb"\n")


def _data(content: bytes) -> Iterator[bytes]:
    yield b"data %d\n%s\n" % (len(content), content)


def _models(spends: Iterable[Spend]) -> dict[str, str]:
    """Of each instruction, the one that was asked for it; its name in letters that git takes."""
    return {s.instruction: s.model.translate({60: None, 62: None, 10: None}) for s in spends}
