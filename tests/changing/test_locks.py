"""What a person has locked no agent changes: it is told, refused, and in the end put beside."""

from contextlib import closing

import pytest

from l2mac_write.book import Brief
from l2mac_write.changing import locking
from l2mac_write.errors import UsageError
from l2mac_write.findings import Severity
from l2mac_write.instructions import Outcome
from l2mac_write.ledger.rows import Fact
from l2mac_write.locks import Lock, dump, load
from l2mac_write.machine.clashes import clashes
from l2mac_write.machine.situation import Situation
from l2mac_write.machine.sources import SOURCES
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.memory import MemoryBook
from tests.history.test_impacts import CHAPTERS, EYES, book, edited  # noqa: F401 (the fixture)
from tests.machine.judges import BROWN, FLOOD, Judges, doubts, files, planned, unit, verdict
from tests.machine.test_amending import MENDED, PATH, begun, written

DEBT = CHAPTERS[1].path
BESIDE = DEBT.replace(".md", ".agent.md")


def mended(root, old, new):
    """What is left of an agent's new text of the second chapter."""
    with closing(BookFolder.open(root)) as folder:
        text = folder.read(DEBT, by="amend/debt")
        folder.commit(Outcome("amend/debt"), {DEBT: text.replace(old, new)})
        codes = [complaint.finding.code for complaint in folder.findings()]
        beside = folder.read(BESIDE) if BESIDE in folder.paths() else ""
        return folder.read(DEBT) == text, new in beside, codes


@pytest.mark.parametrize(
    ("chapter", "words"),
    [("2", {}), ("The Debt", {"quote": "looked up with green eyes"}), ("", {"fact": "Mara eyes"})],
)
def test_an_agents_text_that_breaks_a_lock_lies_beside_the_one_that_stays(book, chapter, words):  # noqa: F811
    assert locking.lock(book, chapter, **words).holds

    assert mended(book, "green", "grey") == (True, True, ["CHG-LOCKED"])


def test_what_is_not_locked_may_change(book):  # noqa: F811
    locking.lock(book, "2", "looked up with green eyes")

    assert mended(book, "nine pounds", "ten pounds") == (False, False, [])


def test_what_is_unlocked_may_change_again(book):  # noqa: F811
    locking.lock(book, "2")
    assert locking.unlock(book, 1) == Lock("debt")

    assert locking.locks(book) == ()
    assert mended(book, "green", "grey") == (False, False, [])


def test_a_person_may_change_what_they_have_locked(book):  # noqa: F811
    locking.lock(book, "2", "looked up with green eyes")
    edited(book, "green", "grey")

    (lock,) = locking.locks(book)

    assert not lock.holds
    assert mended(book, "grey", "blue") == (False, False, [])


def test_who_may_change_a_chapter_is_told_what_stays():
    there = files()
    locks = [
        Lock("flood", BROWN),
        Lock("ferry", "The ferry"),
        Lock("ferry", "", "Mara", "eyes", "green"),
    ]
    there["locks.toml"] = dump(locks)
    plan = planned()
    situation = Situation(
        Brief("A tale.", chapters=2, words=600), MemoryBook(there), plan, plan.chapters[1]
    )

    item = SOURCES["locks"].item(situation, 1_000)

    assert item.text == f"Mara, eyes: green\n“{BROWN}”"


def amend(lock):
    author, there = Judges({"compare": doubts, "second": verdict("contradiction")}, MENDED), begun()
    there.edit("locks.toml", dump([lock]))
    unit(author, there).run()
    return author, there


def test_a_repair_that_breaks_a_lock_is_taken_back():
    _, there = amend(Lock("flood", BROWN))

    assert there.read(PATH) == f"# Flood\n\n{FLOOD}\n"
    assert not [path for path in there.paths() if ".agent" in path]


def test_nobody_is_paid_to_mend_a_chapter_that_is_locked():
    author, there = amend(Lock("flood"))

    assert written(author) == []
    assert there.read(PATH) == f"# Flood\n\n{FLOOD}\n"


def test_a_chapter_that_says_otherwise_than_a_locked_fact_is_told_so():
    there = files()
    there["locks.toml"] = dump([Lock("ferry", "", "Mara", "eyes", "green")])
    plan = planned()
    situation = Situation(
        Brief("A tale.", chapters=2, words=600), MemoryBook(there), plan, plan.chapters[1]
    )

    (found,) = clashes([Fact("Mara", "eyes", "brown", "brown", quote=BROWN)], situation)

    assert (found.code, found.severity, found.quote) == ("CHG-LOCKED", Severity.ADVISE, BROWN)
    assert not clashes([Fact("Mara", "eyes", "emerald", "green", quote=BROWN)], situation)


def test_locks_survive_their_file_and_a_chapter_that_moves():
    locks = (Lock("debt", 'She said: "nine\npounds"', why="dear to me"), Lock("sea"))

    assert load(dump(locks), None) == locks
    assert load('[[lock]]\nchapter = "2"\n', planned()) == (Lock("flood"),)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[lock]", "is not valid TOML"),
        ("lock = 3", r"may hold `\[\[lock\]\]` tables and nothing else"),
        ('[[lock]]\nchapter = "a"\n\n[[lock]]\nchapters = "b"', "line 4: there is no `chapters`"),
        ('[[lock]]\nquote = "a"', "line 1: say which `chapter`"),
        ("[[lock]]\nchapter = 3", "line 1: a lock is a table of texts"),
    ],
)
def test_a_broken_file_is_named_with_its_line(text, why):
    with pytest.raises(UsageError, match=why):
        load(text, None)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("99",), "no chapter `99`"),
        (("2", "no such words here"), "does not have these words"),
        (("2", "nine pounds"), "is locked already"),
    ],
)
def test_bad_input_is_answered_in_a_sentence_and_changes_nothing(book, words, why):  # noqa: F811
    locking.lock(book, "2", "nine pounds")

    with pytest.raises(UsageError, match=why):
        locking.lock(book, *words)
    with pytest.raises(UsageError, match="there is no lock 2: there are 1"):
        locking.unlock(book, 2)

    assert len(locking.locks(book)) == 1


def test_agents_cannot_write_the_locks(book):  # noqa: F811
    with (
        closing(BookFolder.open(book)) as folder,
        pytest.raises(Exception, match="belongs to the person"),
    ):
        folder.commit(Outcome("chapter/debt"), {"locks.toml": ""})
