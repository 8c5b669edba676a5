"""A page that was drawn before is not drawn again, and the book is the same as if it had been."""

from dataclasses import replace

import pytest

from l2mac_write.book import Part, Section
from l2mac_write.exporters import EXPORTERS
from l2mac_write.store.kept import Kept, key_of
from tests.exporters.books import book
from tests.exporters.images import GIF, png

KEY = b"k" * 32


class Counted:
    """Keeps in memory, and counts what was drawn anew."""

    def __init__(self):
        self.there, self.drawn = {}, []

    def get(self, name):
        return self.there.get(name, b"")

    def put(self, name, content):
        self.drawn.append(name)
        self.there[name] = content


def section(number, text, title=""):
    path = f"chapters/{number:02d}.md"
    return Section("chapter", Part.BODY, path, title or f"Part {number}", text, number)


TEXTS = ("One, [on](02.md#end).", "## End\n\n![map](map.png) [gone](x.md) $x^2$", "Three.")
IMAGES = {"map.png": png()}


def manuscript(texts=TEXTS, *, kept=None, images=IMAGES, **changes):
    heard = []
    sections = (section(number, text) for number, text in enumerate(texts, start=1))
    made = replace(book(*sections), image=images.get, warn=heard.append, kept=kept, **changes)
    return EXPORTERS["epub"].export(made), heard


def test_nothing_is_drawn_twice_and_all_is_the_same_warnings_too():
    kept = Counted()
    first = manuscript(kept=kept)
    kept.drawn.clear()

    assert manuscript(kept=kept) == first == manuscript()
    assert kept.drawn == []


@pytest.mark.parametrize(
    ("changes", "drawn"),
    [
        ({"texts": ("Other.", *TEXTS[1:])}, ["epub/chapter-1"]),
        ({"texts": (TEXTS[0], "## Fin", TEXTS[2])}, ["epub/chapter-1", "epub/chapter-2"]),
        ({"images": {"map.png": GIF}}, ["epub/chapter-2"]),
        ({"images": {}}, ["epub/chapter-2"]),
        ({"language": "fr"}, ["epub/chapter-1", "epub/chapter-2", "epub/chapter-3"]),
        ({"title": "Other"}, []),
    ],
)
def test_what_hangs_on_a_change_is_drawn_anew_and_nothing_else(changes, drawn):
    kept = Counted()
    manuscript(kept=kept)
    kept.drawn.clear()

    assert manuscript(kept=kept, **changes) == manuscript(**changes)
    assert kept.drawn == drawn


@pytest.mark.parametrize(
    "damage",
    [lambda b: b[:-1], lambda b: b[:40] + b"x" + b[41:], lambda b: b""],
    ids=["cut", "changed", "empty"],
)
def test_what_is_damaged_is_as_if_it_were_not_there(tmp_path, damage):
    kept = Kept(tmp_path / "rendered", KEY)
    first = manuscript(kept=kept)
    for file in (tmp_path / "rendered").iterdir():
        file.write_bytes(damage(file.read_bytes()))

    assert manuscript(kept=kept) == first


def test_what_somebody_else_has_put_there_is_never_used(tmp_path):
    theirs, mine = Kept(tmp_path, b"t" * 32), Kept(tmp_path, KEY)
    theirs.put("epub/chapter-1", b"<script>")

    assert theirs.get("epub/chapter-1") == b"<script>"
    assert mine.get("epub/chapter-1") == b""


def test_where_nothing_can_be_kept_a_book_is_exported_all_the_same(tmp_path):
    (tmp_path / "rendered").write_text("in the way")

    assert manuscript(kept=Kept(tmp_path / "rendered", KEY)) == manuscript()


def test_the_key_is_made_once_and_read_by_nobody_else(tmp_path):
    key = key_of(tmp_path / "data")

    assert (len(key), key_of(tmp_path / "data")) == (32, key)
    assert (tmp_path / "data/export.key").stat().st_mode & 0o777 == 0o600
    assert key_of(tmp_path / "data/export.key") == b""
