"""A file that is gone or empty comes back with the last text it had, as a new version."""

from __future__ import annotations

from l2mac_write.store.files import Files
from l2mac_write.store.journal import Journal
from l2mac_write.store.projection import Projection
from l2mac_write.store.versions import Change, Origin, Version


def has_words(text: str | None) -> bool:
    """A title alone is no text."""
    first, _, rest = (text or "").partition("\n")
    return bool(rest.strip() if first.startswith("# ") else (text or "").strip())


def last_text(journal: Journal, path: str) -> tuple[Version, str] | None:
    """The newest version of the file that holds any words."""
    versions = reversed(journal.history.versions(path))
    texts = ((version, journal.history.text(version)) for version in versions)
    return next(((version, text) for version, text in texts if has_words(text)), None)


def restored(files: Files, journal: Journal, projection: Projection, path: str) -> bool:
    """Whether a text had to be put there, and was. A person's text stays a person's."""
    projection.adopt([path])
    if has_words(files.read(path)) or not (last := last_text(journal, path)):
        return False
    version, text = last
    if version.origin is Origin.PERSON:
        files.write(path, text)
        projection.adopt([path])
        return True
    journal.record([Change(path, text, version.origin, version.instruction)])
    projection.project()
    return True
