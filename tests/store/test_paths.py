"""Which names the book refuses, whoever gives them."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.errors import PathRefused
from l2mac_write.store.paths import allowed, beside, checked, unclashing, writable

HOSTILE = [
    "",
    ".",
    "..",
    "/",
    "/etc/passwd",
    "//server/share/a.md",
    "\\\\server\\share\\a.md",
    "C:/a.md",
    "c:a.md",
    "C:\\a.md",
    "../a.md",
    "chapters/../../a.md",
    "chapters/..",
    "./a.md",
    "chapters/./a.md",
    "chapters//a.md",
    "chapters/",
    "chapters/a.md/",
    "chapters\\a.md",
    "chapters/..\\a.md",
    "~/a.md",
    "~root/a.md",
    "a~1.md",
    "\u2025/a.md",
    "\uff0e\uff0e/a.md",
    "chapters/\u2025/a.md",
    "chapters/\ufe52\ufe52/a.md",
    "\u2024\u2024/a.md",
    "\uff0fetc\uff0fpasswd.md",
    "c\u2105/a.md",
    "chapters/a. ./b.md",
    "\\\\?\\C:\\a.md",
    "//?/C:/a.md",
    "file:///etc/a.md",
    "\uff0e/a.md",
    "a\uff0fb.md",
    "a\uff3cb.md",
    "\u2100.md",
    "a\0b.md",
    "a\nb.md",
    "a\rb.md",
    "a\tb.md",
    "a\x1b[2Jb.md",
    "a\x7fb.md",
    "a\u200bb.md",
    "a\u200db.md",
    "a\u202edm.exe.md",
    "a\u2066b.md",
    "a\u2028b.md",
    "a\u2029b.md",
    "a\u061cb.md",
    "a\u2069b.md",
    "a\u00adb.md",
    "a\u034fb.md",
    "a\u3164.md",
    "a\ufe0f.md",
    "\u2800.md",
    "a\U000e0101.md",
    "a\U000e0041.md",
    "\ufeffa.md",
    "a\ud800.md",
    "a\ue000.md",
    ".l2mac/journal.md",
    ".git/config.md",
    ".a.md",
    "chapters/.a.md",
    "-rf.md",
    "chapters/-a.md",
    " a.md",
    "chapters / a.md",
    "a.md ",
    "chapters./a.md",
    "chapters /a.md",
    "\u00a0a.md",
    "a.md.",
    "a<b.md",
    "a>b.md",
    "a:b.md",
    "a.md:stream",
    'a"b.md',
    "a|b.md",
    "a?.md",
    "*.md",
    "con.md",
    "CON",
    "chapters/nul.txt",
    "aux/a.md",
    "com1.tar.md",
    "LPT9.md",
    "com¹.md",
    "COM².md",
    "lpt³.txt",
    "\uff23\uff2f\uff2e.md",
    "CONIN$.md",
    "clock$.md",
    "nul .md",
    "a",
    "a.py",
    "a.md.exe",
    "a.MD",
    "a.html",
    f"{'é' * 100}a.md",
    "a/" * 8 + "a.md",
    "/".join(["a" * 60] * 4) + ".md",
]

GOOD = [
    "plan.toml",
    "chapters/01-the-lighthouse.md",
    "notes/people/mara.md",
    "chapters/Kapitel Eins (Entwurf).md",
    "chapters/第一章.md",
    "notes/and then….md",
    "a/b/c/d/e/f/g/h.md",
    "sources.bib",
    "console.md",
    "a..b.md",
    "${HOME}.md",
    "%2e%2e.md",
]


@pytest.mark.parametrize("path", HOSTILE, ids=ascii)
def test_a_hostile_name_is_refused(path):
    with pytest.raises(PathRefused):
        checked(path)


@pytest.mark.parametrize("path", GOOD)
def test_a_good_name_is_left_as_it_is(path):
    assert checked(path) == path


def test_a_refusal_says_why_and_shows_what_cannot_be_seen():
    with pytest.raises(PathRefused, match=r"`a\\u202eb.md` is refused: it holds a control or inv"):
        checked("a\u202eb.md")


def test_a_name_has_one_spelling():
    assert checked("cafe\u0301.md") == "caf\u00e9.md"
    assert not allowed("cafe\u0301.md")


@given(st.text(max_size=30) | st.from_regex(r"[a./\\~ :\-]{1,12}\.md"))
def test_no_name_that_passes_can_leave_the_book(path):
    if allowed(path):
        parts = unicodedata.normalize("NFKC", path).split("/")

        assert path.isprintable()
        assert "\\" not in path
        assert all(part.strip(". ") == part and part for part in parts)


@given(st.text(st.characters(categories=["L", "M", "N"]), min_size=1, max_size=30))
def test_checking_twice_changes_nothing(stem):
    with suppress(PathRefused):
        once = checked(f"{stem}.md")

        assert checked(once) == once


@pytest.mark.parametrize("path", ["book.toml", "sources/a.md", "exports/a.md"])
def test_what_is_the_persons_own_is_not_for_agents(path):
    with pytest.raises(PathRefused, match="belongs to the person"):
        writable(path)


def test_an_agents_path_leaves_room_for_a_file_beside_it():
    with pytest.raises(PathRefused, match="too long"):
        writable("a" * 197 + ".md")


def test_the_file_beside_keeps_its_extension():
    assert beside("chapters/01.md") == "chapters/01.agent.md"
    assert beside("plan.toml", 2) == "plan.agent-2.toml"


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("chapters/One.md", "chapters/one.md"),
        ("Chapters/two.md", "chapters/one.md"),
        ("chapters/stra\u00dfe.md", "chapters/STRASSE.md"),
        ("chapters/\ufb01sh.md", "chapters/fish.md"),
        ("chapters/cafe\u0301.md", "chapters/caf\u00e9.md"),
        ("chapters/\u212bng.md", "chapters/\u00e5ng.md"),
        ("chapters/\uff4fne.md", "chapters/one.md"),
        ("chapters.md/one.md", "chapters.md"),
        ("chapters.md", "chapters.md/one.md"),
    ],
)
def test_two_names_that_some_system_takes_for_one_clash(path, other):
    with pytest.raises(PathRefused, match="cannot tell"):
        unclashing(path, [other])


def test_names_that_differ_do_not_clash():
    assert unclashing("chapters/a.md", ["chapters/b.md", "chapters/a.md"]) == "chapters/a.md"
