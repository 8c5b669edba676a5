"""A book, a file or a folder is checked without a model; what needs no thought is mended on request."""

from pathlib import Path

import pytest

from l2mac_write import check, open_book
from l2mac_write.checking import proofreading
from l2mac_write.errors import UsageError
from l2mac_write.evaluators.panel import MOST
from l2mac_write.instructions import Status
from l2mac_write.ledger.page_file import PAGE, dump
from l2mac_write.ledger.rows import Entity, Fact, Page
from l2mac_write.library import generate
from l2mac_write.store.complaints import State
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.lock import locked
from tests.evaluators.works import PARAGRAPHS
from tests.timing import at_most

TALK = "As requested, here is the chapter:"
CLEAN = "\n\n".join(PARAGRAPHS[:4])
LEFT_OPEN = "The door of the mill [insert description here] fell shut behind them."


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return path


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    root = tmp_path_factory.mktemp("books") / "book"
    generate("A tale of two ferrymen.", root, model="rehearsal", chapters=2, words=800)
    return root


@pytest.fixture
def book(finished, tmp_path):
    """A finished book of two chapters, into which a person may write."""
    root = tmp_path / "book"
    for file in sorted(finished.rglob("*")):
        if file.is_file():
            (root / file.relative_to(finished)).parent.mkdir(parents=True, exist_ok=True)
            (root / file.relative_to(finished)).write_bytes(file.read_bytes())
    (root / ".l2mac").chmod(0o700)
    return root


def chapter(book, number=1):
    return sorted((book / "chapters").iterdir())[number - 1]


def headed(file, paragraph):
    title, _, text = file.read_text().partition("\n")
    file.write_text(f"{title}\n\n{paragraph}\n{text}")


def added(file, *paragraphs):
    text = file.read_text()
    file.write_text("\n\n".join((text.strip(), *paragraphs)) + "\n")


def states(book):
    with BookFolder.read_only(book) as folder:
        return {c.finding.code: c.state for c in folder.findings()}


def test_a_clean_text_has_nothing_against_it(tmp_path):
    proof = check(written(tmp_path / "a.md", f"# One\n\n{CLEAN}\n"))

    assert proof.remarks == proof.blocking == ()
    assert proof.chapters == {"a.md": "One"}


def test_a_finding_has_its_place_in_the_file_and_the_words_around_it(tmp_path):
    text = f"## One\n\n{CLEAN}\n\n## Two\n\n{LEFT_OPEN} It rained.\n".replace("\n", "\r\n")
    (remark,) = check(written(tmp_path / "a.md", text)).remarks

    assert remark.finding.path == "a.md#two"
    assert (remark.place.file, remark.place.line) == ("a.md", 13)
    assert remark.before + remark.finding.quote + remark.after in text
    line = text.split("\r\n")[12]
    assert line[remark.place.column - 1 : remark.place.end_column - 1] == remark.finding.quote


def test_a_word_that_is_garbled_in_the_middle_of_its_quote_is_shown_where_it_stands(tmp_path):
    (tmp_path / "a.md").write_text("The men went home. Iâ€™m tired, she thought, and slept.\n")
    (remark,) = check(tmp_path / "a.md").remarks
    shown = f"{remark.before}{remark.finding.quote}{remark.after}"

    assert shown == "The men went home. Iâ€™m tired, she thought, and slept."
    assert "`â€™`" in remark.finding.message
    assert (remark.place.column, remark.edited.column) == (1, 21)


def test_as_many_findings_as_marks_take_no_longer_than_their_text(tmp_path):
    (tmp_path / "a.md").write_text("It rained." + "".join(f" Oh[^{n}]." for n in range(60_000)))

    with at_most(12):
        proof = check(tmp_path / "a.md")

    assert sum(remark.finding.code == "DOC-CITE" for remark in proof.remarks) == MOST


def test_a_folder_is_checked_file_by_file_and_together(tmp_path):
    written(tmp_path / "texts/1.md", f"# One\n\n{CLEAN}\n")
    written(tmp_path / "texts/2.md", f"# Two\n\n{LEFT_OPEN}\n")

    assert [r.place.file for r in check(tmp_path / "texts").blocking] == ["2.md"]


def test_the_language_of_a_text_is_the_one_it_is_in(tmp_path):
    text = (
        "Der Fährmann stand am Ufer und wartete auf den Abend, und er sah, dass es nicht mehr" * 9
    )
    file = written(tmp_path / "a.md", f"# Eins\n\n{text}.\n")

    assert "DOC-LANG" not in [r.finding.code for r in check(file).remarks]
    assert "DOC-LANG" in [r.finding.code for r in check(file, language="English").remarks]


def test_mending_touches_nothing_but_what_it_tells_of(tmp_path):
    before = f"\ufeff# One\r\n\r\n{TALK}\r\n\r\nIt rained  \r\nall day.\r\n\r\n\r\nTwo lines.\t\r\n"
    file = written(tmp_path / "a.md", before)
    file.chmod(0o640)

    (repair,) = check(file, fix=True).repairs

    assert (repair.old.strip(), repair.new, repair.place.line) == (TALK, "", 3)
    assert file.read_bytes().decode() == before.replace(f"{TALK}\r\n\r\n", "")
    assert file.stat().st_mode & 0o777 == 0o640


def test_mending_follows_a_link_and_leaves_it_one(tmp_path):
    file = written(tmp_path / "a.md", f"# One\n\n{TALK}\n\nIt rained.\n")
    (tmp_path / "link.md").symlink_to(file)

    check(tmp_path / "link.md", fix=True)

    assert (tmp_path / "link.md").is_symlink()
    assert TALK not in file.read_text()


def test_mending_again_mends_nothing(tmp_path):
    twice = "\n\n".join(f"{PARAGRAPHS[0]}\n\n{paragraph}" for paragraph in PARAGRAPHS[1:5])
    file = written(tmp_path / "a.md", f"# One\n\n{TALK}\n\n{twice}\n")
    check(file, fix=True)
    once = file.read_bytes()

    assert check(file, fix=True).repairs == ()
    assert file.read_bytes() == once


def test_without_being_told_to_nothing_is_changed(tmp_path):
    file = written(tmp_path / "a.md", f"# One\n\n{TALK}\n\nIt rained.\n")

    assert check(file).remarks[0].fix
    assert file.read_text().count(TALK) == 1


def test_a_finding_in_a_text_of_no_book_is_waived_beside_it_and_stays_so(tmp_path):
    text = written(tmp_path / "texts/a.md", f"# One\n\n{CLEAN}\n\n# Two\n\n{LEFT_OPEN}\n")
    (remark,) = check(text).remarks
    proofreading.waive(text, remark.finding.key, "A form to be filled in.")
    written(text, f"# One\n\nIt rained.\n\n{CLEAN}\n\n# Two\n\n{LEFT_OPEN}\n")

    for root in (text, text.parent):
        (again,) = check(root, fix=True).remarks
        assert (again.state, again.reason) == (State.WAIVED, "A form to be filled in.")
    assert LEFT_OPEN in text.read_text()
    assert "[insert description here]" in (text.parent / "waived.toml").read_text()


@pytest.mark.parametrize(("key", "reason"), [("", "It may."), ("nothing", "It may.")])
def test_nothing_is_waived_in_a_text_that_is_not_found_there(tmp_path, key, reason):
    text = written(tmp_path / "texts/a.md", LEFT_OPEN)

    with pytest.raises(UsageError, match="nothing is found under"):
        proofreading.waive(text, key, reason)
    assert [*text.parent.iterdir()] == [text]


@pytest.mark.parametrize(
    "waivers",
    ["waived = 3", '[[waived]]\nkey = "a"', "[[waived]", '[[waived]]\nkey="a"\nreason=" "'],
)
def test_waivers_that_give_no_reason_are_told_in_a_sentence(tmp_path, waivers):
    text = written(tmp_path / "texts/a.md", LEFT_OPEN)
    written(tmp_path / "texts/waived.toml", waivers)

    with pytest.raises(UsageError, match=r"waived\.toml` (must hold|cannot be read)"):
        check(text)


def test_what_a_check_finds_in_a_book_its_status_tells_too(book):
    added(chapter(book), LEFT_OPEN)

    proof = check(book)

    assert [r.finding for r in proof.blocking] == [*open_book(book).findings]
    assert open_book(book).chapters[0].status is Status.FLAWED


def test_what_is_mended_in_a_book_is_fixed_once_it_is_checked_again(book):
    before = chapter(book).read_text()
    added(chapter(book), LEFT_OPEN)
    check(book)
    chapter(book).write_text(before)
    check(book)

    assert states(book) == {"DOC-META": State.FIXED}
    assert open_book(book).findings == ()


def test_a_finding_that_is_waived_stays_so_when_the_chapter_changes_elsewhere(book):
    added(chapter(book), LEFT_OPEN)
    (found,) = check(book).blocking
    proofreading.waive(book, found.finding.key, "It is a form.")
    added(chapter(book), "And nobody else did.")
    proof = check(book)

    assert proof.blocking == ()
    assert [(r.state, r.reason) for r in proof.remarks] == [(State.WAIVED, "It is a form.")]


def test_what_was_never_recorded_can_be_waived(book):
    added(chapter(book), LEFT_OPEN)
    with locked(book / ".l2mac/lock"):
        (found,) = check(book).blocking

    assert proofreading.waive(book, found.finding.key, "So be it.") == found.finding


@pytest.mark.parametrize(("key", "reason"), [("nothing", "Because."), ("", "Because."), ("x", " ")])
def test_nothing_is_waived_without_a_key_that_is_there_and_a_reason(book, key, reason):
    with pytest.raises(UsageError, match=r"nothing is found under|for a reason"):
        proofreading.waive(book, key, reason)


def test_while_a_run_writes_the_book_what_is_found_is_shown_and_not_recorded(book):
    added(chapter(book), LEFT_OPEN)
    with locked(book / ".l2mac/lock"):
        proof = check(book)

        assert "not recorded" in proof.note
        with pytest.raises(UsageError, match="is being written by"):
            check(book, fix=True)

    assert len(proof.blocking) == 1
    assert states(book) == {}


def test_a_book_keeps_what_was_there_before_it_was_mended(book):
    headed(chapter(book), TALK)
    before = chapter(book).read_text()

    check(book, fix=True)

    with BookFolder.read_only(book) as folder:
        path = f"chapters/{chapter(book).name}"
        texts = [folder.text(version) for version in folder.versions(path)]
    assert TALK not in chapter(book).read_text()
    assert texts[-2:] == [before, chapter(book).read_text()]


def test_what_is_waived_is_not_mended_either(book):
    headed(chapter(book), TALK)
    (remark,) = check(book).remarks
    proofreading.waive(book, remark.finding.key, "It is a letter.")

    assert check(book, fix=True).repairs == ()
    assert TALK in chapter(book).read_text()


def test_a_chapter_as_long_as_a_run_may_have_asked_is_long_enough(book):
    assert [r for r in check(book).remarks if r.finding.code == "DOC-STRUCT"] == []


def test_a_book_without_a_chapter_cannot_be_checked(book):
    for file in (book / "chapters").iterdir():
        file.unlink()

    with pytest.raises(UsageError, match="has no chapter yet"):
        check(book)


def test_two_facts_of_the_ledger_that_cannot_both_be_so_are_found_with_both_quotes(book):
    chapters = open_book(book).plan.chapters
    for number, colour in ((1, "grey"), (2, "brown")):
        said = f"Everyone knew that Anna Brask had {colour} eyes."
        added(chapter(book, number), said)
        fact = Fact(
            "Anna Brask", "eyes", colour, colour, quote=said, chapter=chapters[number - 1].id
        )
        anna = Entity("Anna Brask", "person", quote=said, chapter=chapters[number - 1].id)
        written(book / PAGE.format(number), dump(Page(chapters[number - 1].id, rows=(anna, fact))))

    found = [r.finding for r in check(book).remarks if r.finding.code == "CHR-ATTR"]

    assert [(f.path, f.quote, f.conflict.path) for f in found] == [
        (chapters[1].path, "Everyone knew that Anna Brask had brown eyes.", chapters[0].path)
    ]
