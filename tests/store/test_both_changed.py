"""What every book does with a file that a person changed while an agent was at work on it."""

import pytest

from l2mac_write.findings import Severity
from l2mac_write.instructions import Outcome
from l2mac_write.store.complaints import State
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.versions import Origin

ONE = "chapters/01.md"
ASIDE = "chapters/01.agent.md"
TEXT = "It began.\n\nIt rained.\n\nIt ended.\n"
MINE = TEXT.replace("It ended", "All was well")
AGENTS = TEXT.replace("It began", "Once upon a time")
BOTH = MINE.replace("It began", "Once upon a time")
WRITTEN = Outcome("chapter-1")
MENDED = Outcome("mend-1")


@pytest.fixture
def at_work(desk, ask):
    """A book whose chapter an agent has read and is mending."""
    desk.book.commit(WRITTEN, {ONE: TEXT})
    desk.book.read(ONE)
    desk.book.sending(ask(instruction="mend-1"), 0.5)
    return desk


def codes(book):
    return [complaint.finding.code for complaint in book.findings()]


def test_changes_of_different_paragraphs_are_both_in_the_file(at_work):
    at_work.edit(ONE, MINE)

    at_work.book.commit(MENDED, {ONE: AGENTS})

    assert at_work.book.read(ONE) == BOTH
    assert at_work.book.paths() == [ONE]


def test_a_merge_is_the_agents_version_of_the_persons(at_work):
    at_work.edit(ONE, MINE)

    at_work.book.commit(MENDED, {ONE: AGENTS})

    first, persons, last = at_work.book.versions(ONE)
    assert [v.origin for v in (first, persons, last)] == [Origin.AGENT, Origin.PERSON, Origin.AGENT]
    assert (last.base, last.instruction) == (persons.id, "mend-1")
    assert at_work.book.text(persons) == MINE


def test_a_merge_tells_the_person_where_to_look(at_work):
    at_work.edit(ONE, MINE)

    at_work.book.commit(MENDED, {ONE: AGENTS})

    (complaint,) = at_work.book.findings()
    assert (complaint.finding.code, complaint.state) == ("CHG-MERGED", State.OPEN)
    assert complaint.finding.severity is Severity.ADVISE
    assert complaint.finding.message == (
        f"A person and an agent changed different paragraphs of `{ONE}` at the same time."
        " Both changes are in it, the agent's from line 1 on."
    )
    assert at_work.book.outcomes()["mend-1"].findings == (complaint.finding,)


def test_changes_of_neighbouring_paragraphs_are_not_merged(at_work):
    at_work.edit(ONE, TEXT.replace("It rained", "It poured"))

    at_work.book.commit(MENDED, {ONE: AGENTS})

    assert at_work.book.read(ONE) == TEXT.replace("It rained", "It poured")
    assert at_work.book.read(ASIDE) == AGENTS
    assert codes(at_work.book) == ["CHG-CONFLICT"]


def test_a_change_that_a_person_made_too_needs_no_version_of_its_own(at_work):
    at_work.edit(ONE, BOTH)

    at_work.book.commit(MENDED, {ONE: AGENTS})

    assert [at_work.book.text(v) for v in at_work.book.versions(ONE)] == [TEXT, BOTH]
    assert codes(at_work.book) == []


def test_a_deleted_file_is_not_merged_with(at_work):
    at_work.edit(ONE, None)

    at_work.book.commit(MENDED, {ONE: AGENTS})

    assert at_work.book.paths() == [ASIDE]
    assert codes(at_work.book) == ["CHG-CONFLICT"]


def test_two_files_of_the_same_name_have_nothing_to_merge_by(desk, ask):
    desk.book.sending(ask(), 0.5)
    desk.edit(ONE, MINE)

    desk.book.commit(WRITTEN, {ONE: AGENTS})

    assert desk.book.read(ONE) == MINE
    assert desk.book.read(ASIDE) == AGENTS


@pytest.mark.parametrize("path", ["plan.toml", "notes/cast.json", "notes/dates.csv"])
def test_what_is_not_prose_is_never_merged(desk, ask, path):
    desk.book.commit(WRITTEN, {path: TEXT})
    desk.book.sending(ask(instruction="mend-1"), 0.5)
    desk.edit(path, MINE)

    desk.book.commit(MENDED, {path: AGENTS})

    assert desk.book.read(path) == MINE
    assert codes(desk.book) == ["CHG-CONFLICT"]


def test_an_edit_made_before_the_agent_began_and_never_read_is_merged_too(desk, ask):
    desk.book.commit(WRITTEN, {ONE: TEXT})
    desk.edit(ONE, MINE)
    desk.book.paths()
    desk.book.sending(ask(instruction="mend-1"), 0.5)

    desk.book.commit(MENDED, {ONE: AGENTS})

    assert desk.book.read(ONE) == BOTH


def test_a_second_edit_is_merged_with_what_the_agent_made_of_the_first(desk, ask):
    desk.edit(ONE, TEXT)
    desk.book.read(ONE, by="mend-1")
    desk.book.sending(ask(instruction="mend-1"), 0.5)
    desk.edit(ONE, MINE)

    desk.book.commit(MENDED, {ONE: AGENTS})

    assert desk.book.read(ONE) == BOTH


def test_an_agent_that_has_not_read_the_merged_text_cannot_undo_the_persons_part(at_work):
    at_work.edit(ONE, MINE)
    at_work.book.commit(MENDED, {ONE: AGENTS})

    at_work.book.commit(MENDED, {ONE: AGENTS})

    assert at_work.book.read(ONE) == BOTH
    assert len(at_work.book.versions(ONE)) == 3


def test_an_agent_that_has_read_the_merged_text_may_work_on(at_work):
    at_work.edit(ONE, MINE)
    at_work.book.commit(MENDED, {ONE: AGENTS})
    at_work.book.read(ONE, by="mend-2")

    at_work.book.commit(Outcome("mend-2"), {ONE: "All new.\n"})

    assert at_work.book.read(ONE) == "All new.\n"


@pytest.fixture
def in_a_hurry(root, by_hand):
    """A book whose person edits a chapter just when it has been decided what a commit changes."""

    def run(edit, agents=AGENTS):
        hurry = []

        def now():
            if hurry:
                by_hand(ONE, hurry.pop())
            return 1000.0

        with BookFolder.create(root, now=now) as book:
            book.commit(WRITTEN, {ONE: TEXT})
            book.read(ONE)
            hurry.append(edit)
            book.commit(MENDED, {ONE: agents})
        return BookFolder.open(root)

    return run


def test_an_edit_made_between_commit_and_projection_is_merged(root, in_a_hurry):
    with in_a_hurry(MINE) as book:
        assert (root / ONE).read_text() == book.read(ONE) == BOTH
        assert [book.text(v) for v in book.versions(ONE)] == [TEXT, AGENTS, MINE, BOTH]
        assert [v.base for v in book.versions(ONE)] == [None, 1, 2, 3]
        assert [(c.instruction, c.finding.code) for c in book.findings()] == [
            ("mend-1", "CHG-MERGED")
        ]


def test_a_conflict_between_commit_and_projection_leaves_the_persons_text(root, in_a_hurry):
    with in_a_hurry(MINE, agents="All new.\n") as book:
        assert (root / ONE).read_text() == book.read(ONE) == MINE
        assert (root / ASIDE).read_text() == book.read(ASIDE) == "All new.\n"
        assert codes(book) == ["CHG-CONFLICT"]


def test_a_deletion_between_commit_and_projection_stays(in_a_hurry):
    with in_a_hurry(None) as book:
        assert book.paths() == [ASIDE]


def test_an_edit_between_commit_and_projection_that_holds_the_agents_change_stays(in_a_hurry):
    with in_a_hurry(BOTH) as book:
        assert [book.text(v) for v in book.versions(ONE)] == [TEXT, AGENTS, BOTH]
        assert codes(book) == []
