"""What the journal keeps, in which form, and what it says when it cannot."""

import sqlite3
import stat
from contextlib import closing

import pytest

from l2mac_write.errors import MachineError, UsageError
from l2mac_write.findings import Evidence, Finding, Severity
from l2mac_write.instructions import Outcome
from l2mac_write.messages import Reply
from l2mac_write.store.database import durable, opened, opened_to_read
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.journal import Journal
from l2mac_write.store.schema import MIGRATIONS, first
from l2mac_write.store.spending import Spend
from l2mac_write.store.versions import Change, Origin, sha


@pytest.fixture
def place(tmp_path):
    return tmp_path / "journal.db"


@pytest.fixture
def journal(place, clock):
    with closing(Journal(opened(place), clock)) as journal:
        yield journal


@pytest.fixture
def traced(journal):
    """Every statement from here on."""
    statements = []
    journal._database._connection.set_trace_callback(statements.append)
    return statements


@pytest.fixture
def peek(place):
    def rows(statement):
        with closing(sqlite3.connect(place)) as sql:
            return sql.execute(statement).fetchall()

    return rows


def test_it_is_safe_against_power_failure(journal):
    pragmas = ("journal_mode", "synchronous", "foreign_keys")

    assert [journal._database.rows(f"PRAGMA {p}")[0][0] for p in pragmas] == ["wal", 2, 1]


def test_a_journal_that_cannot_be_opened_for_other_reasons_than_rights_is_resumable(place):
    opened(place).close()
    place.with_name("journal.db-wal").mkdir()

    with pytest.raises(MachineError, match=r"unable to open.*All that was finished is kept"):
        opened(place)


def test_half_a_character_in_a_finding_is_kept_as_a_replacement(journal):
    half = Finding("TXT-CUT", Severity.ADVISE, "chapters/01.md", "\ud83d", "\udc00", "\ud800")
    journal.commit(Outcome("chapter-1", (half,)), [])

    (complaint,) = journal.findings()
    assert (
        complaint.finding.message + complaint.finding.quote + complaint.finding.hint == "\ufffd" * 3
    )


def test_where_memory_cannot_be_shared_it_does_without_a_wal(place):
    with closing(
        sqlite3.connect(f"{place.as_uri()}?vfs=unix-dotfile", uri=True, isolation_level=None)
    ) as sql:
        durable(sql)

        assert sql.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert sql.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_little_heard_is_known_and_not_written_yet(journal, ask, peek):
    journal.calls.sending(ask(), 0.5)
    journal.calls.heard(ask(), "a" * 511)

    assert journal.calls.partial(ask()) == "a" * 511
    assert peek("SELECT text FROM partial") == []


def test_half_a_kilobyte_heard_is_written(journal, ask, peek):
    journal.calls.sending(ask(), 0.5)
    for _ in range(256):
        journal.calls.heard(ask(), "é")

    assert peek("SELECT text FROM partial") == [("é" * 256,)]


def test_two_kilobytes_heard_are_safe_even_if_the_power_fails(journal, ask, traced):
    journal.calls.sending(ask(), 0.5)
    traced.clear()
    for _ in range(8):
        journal.calls.heard(ask(), "a" * 512)

    modes = [line.split()[-1] for line in traced if "synchronous" in line]
    commits = traced.count("COMMIT")
    assert (commits, modes.count("NORMAL")) == (8, 6)
    assert modes[-1] == "FULL"


@pytest.mark.parametrize("jump", [0.5, -(10**8), 10**8])
def test_what_was_heard_is_written_after_half_a_second_whatever_the_clock_does(
    journal, ask, clock, peek, jump
):
    journal.calls.sending(ask(), 0.5)
    journal.calls.heard(ask(), "It ")
    clock.at += jump
    journal.calls.heard(ask(), "began.")

    assert peek("SELECT text FROM partial") == [("It began.",)]


def test_what_was_heard_before_an_orderly_end_is_written(place, ask, clock):
    with closing(Journal(opened(place), clock)) as journal:
        journal.calls.sending(ask(), 0.5)
        journal.calls.heard(ask(), "It began")

    with closing(Journal(opened(place), clock)) as journal:
        assert journal.calls.partial(ask()) == "It began"


def test_a_call_passes_through_its_states(journal, ask, peek):
    states = []
    for act in (
        lambda: journal.calls.sending(ask(), 0.5),
        lambda: journal.calls.heard(ask(), "a" * 3000),
        journal.calls.give_up,
        lambda: journal.calls.sending(ask(), 0.5),
        lambda: journal.calls.replied(ask(), Reply("a"), 0),
    ):
        act()
        states += peek("SELECT state, attempts FROM call")

    assert states == [("sent", 1), ("streaming", 1), ("failed", 1), ("sent", 2), ("done", 2)]


def test_a_commit_that_fails_midway_leaves_nothing(journal, peek):
    good = Change("a.md", "text", Origin.AGENT)
    impossible = Change("b.md", "\ud800", Origin.AGENT)

    with pytest.raises(UnicodeEncodeError):
        journal.commit(Outcome("chapter-1"), [good, impossible])

    assert peek("SELECT * FROM file") == peek("SELECT * FROM blob") == []
    assert journal.history.current() == journal.outcomes() == {}


def test_a_journal_of_the_first_schema_is_brought_up_to_date_with_all_it_holds(tmp_path, clock):
    place = tmp_path / "old.db"
    with closing(sqlite3.connect(place)) as sql:
        first(sql)
        sql.execute("PRAGMA user_version = 1")
        sql.execute(
            "INSERT INTO call (instruction, role, model, request, attempts, answers, cost, at)"
            " VALUES ('plan', 'architect', 'opus', 'r1', 2, 1, 0.25, 1)"
        )
        sql.commit()

    with pytest.raises(UsageError, match="l2mac-write resume"):
        opened_to_read(place)
    with closing(Journal(opened(place), clock)) as journal:
        assert journal.calls.spend() == (
            Spend("plan", "architect", "opus", calls=1, unanswered=1, cost=0.25),
        )


def test_the_words_of_versions_that_no_one_has_counted_are_counted_once(tmp_path, clock):
    rain = "# One\n\nIt rains.\n"
    place = tmp_path / "old.db"
    with closing(sqlite3.connect(place)) as sql:
        first(sql)
        sql.execute("PRAGMA user_version = 1")
        sql.execute("INSERT INTO blob VALUES (?, ?)", (sha(rain), rain.encode()))
        sql.execute(
            "INSERT INTO file (path, sha, origin, instruction, at) VALUES"
            " ('a.md', ?, 'agent', '', 1), ('a.md', NULL, 'agent', '', 2)",
            (sha(rain),),
        )
        sql.commit()

    with closing(Journal(opened(place), clock)) as journal:
        assert [version.words for version in journal.history.every()] == [2, 0]


def test_a_journal_of_a_newer_program_is_left_alone(journal, place, clock):
    journal.close()
    with closing(sqlite3.connect(place)) as sql:
        sql.execute("PRAGMA user_version = 7")

    for way in (opened, opened_to_read):
        with pytest.raises(UsageError, match="its schema is 7, this one knows 6"):
            way(place)


def test_a_journal_that_was_never_finished_is_finished_on_opening(place, clock):
    place.touch()

    with pytest.raises(UsageError, match="is not up to date"):
        opened_to_read(place)
    with closing(Journal(opened(place), clock)) as journal:
        assert journal.outcomes() == {}


def test_every_migration_leads_to_the_schema_of_this_program(journal, peek):
    assert peek("PRAGMA user_version") == [(len(MIGRATIONS),)]
    assert {name for (name,) in peek("SELECT name FROM sqlite_schema WHERE type = 'table'")} >= {
        "meta",
        "instruction",
        "call",
        "partial",
        "blob",
        "file",
        "finding",
        "made_from",
        "window",
        "shown",
    }


def test_what_a_finding_conflicts_with_is_kept(journal):
    conflict = Evidence("chapters/02.md", "Her eyes are brown.")
    finding = Finding(
        "CHR-ATTR", Severity.ADVISE, "chapters/01.md", "two colours", "grey", conflict=conflict
    )

    journal.commit(Outcome("chapter/one", (finding,)), ())

    assert journal.outcomes()["chapter/one"].findings == (finding,)


def test_another_programs_database_is_not_touched(place):
    with closing(sqlite3.connect(place)) as sql:
        sql.execute("CREATE TABLE bookmarks (url)")
    before = place.read_bytes()

    for way in (opened, opened_to_read):
        with pytest.raises(UsageError, match="bears another program's mark"):
            way(place)

    assert place.read_bytes() == before


@pytest.mark.parametrize("junk", [b"not a database at all" * 300, b"SQLite format 3\0" * 300])
def test_what_is_no_database_is_told_in_a_sentence(place, junk):
    place.write_bytes(junk)

    for way in (opened, opened_to_read):
        with pytest.raises(UsageError, match="is damaged or is not a journal of this program"):
            way(place)


def test_a_damaged_page_is_found_on_opening(root, clock):
    place = root / ".l2mac/journal.db"
    with BookFolder.create(root, now=clock) as book:
        for number in range(30):
            book.commit(Outcome(f"i{number}"), {f"chapters/{number}.md": "word " * 500})
    data = bytearray(place.read_bytes())
    data[8192:12288] = b"\xff" * 4096
    place.write_bytes(data)

    with pytest.raises(UsageError, match="damaged"):
        BookFolder.open(root)


def test_a_damaged_text_is_never_handed_out(root, clock):
    place = root / ".l2mac/journal.db"
    with BookFolder.create(root, now=clock) as book:
        book.commit(Outcome("i"), {"chapters/1.md": "the one true text"})
    place.write_bytes(place.read_bytes().replace(b"the one true text", b"the one fals text"))

    with BookFolder.open(root) as book, pytest.raises(UsageError, match="not what was stored"):
        book.read("chapters/1.md")


def test_only_its_owner_may_look_into_the_journal(book, root):
    private = root / ".l2mac"

    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert {
        path.name: stat.S_IMODE(path.stat().st_mode)
        for path in private.iterdir()
        if path.suffix != ".txt"
    } == dict.fromkeys(["journal.db", "journal.db-wal", "journal.db-shm", "lock"], 0o600)


def test_a_journal_in_use_by_another_program_is_told(journal, place, clock):
    journal._database.rows("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(UsageError, match="in use by another program"):
            journal.remember("a", "b")
