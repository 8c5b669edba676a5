"""`l2mac-write ledger`: what is true in a book, for a person and for other programs."""

import json

import pytest

from l2mac_write import open_book
from l2mac_write.errors import UsageError
from l2mac_write.instructions import Outcome
from l2mac_write.settings import Settings, to_toml
from l2mac_write.store.folder import BookFolder
from tests.cli.commands import typed
from tests.store.test_ledger import FERRY, NOTED, NOTES, PAGE, PLAN, TEXT, dump


@pytest.fixture
def root(tmp_path):
    with BookFolder.create(tmp_path / "book") as folder:
        folder.begin_settings(to_toml(Settings(prompt="A tale.")))
        refused = '\n[[refused]]\nrow = "{}"\nwhy = "`quote` is missing."\n'
        files = {"plan.toml": dump(PLAN), FERRY: TEXT, NOTED: NOTES + refused}
        folder.commit(Outcome("facts/ferry", writes=NOTED), files)
    return tmp_path / "book"


def shown(root, *words):
    done = typed("ledger", *words, "--book", root, cwd=root)
    return done.returncode, done.stdout, done.stderr


def test_all_that_is_true_is_shown_with_its_words(root):
    code, out, _ = shown(root)

    assert code == 0
    assert all(said in out for said in ("Ansel Rook", "eyes", "grey", "toll ledger", "debt"))
    assert "`quote` is missing." in out


def test_a_name_stands_once_with_all_that_is_said_of_it_and_where(root):
    _, out, _ = shown(root)
    _, _, ansel = out.partition("Ansel Rook (person")
    rows = ansel.partition("\n\n")[0]

    assert out.count("Ansel Rook (person") == 1
    assert "- eyes: grey\n    1, paragraph 1: “Ansel Rook had grey eyes”" in rows
    assert "toll ledger" not in rows
    assert max(map(len, out.splitlines())) <= 96


def test_a_name_shows_the_threads_that_speak_of_it_by_a_part_of_it_from_end_to_end(root):
    with BookFolder.open(root) as folder:
        row = '\n[[thread]]\nname = "the ferry"\nkind = "question"\nquote = "Ansel Rook had grey eyes"\n'
        planted = f'{row}course = "planted"\nwhat = "Nobody may ask Ansel."\nparagraph = 1\n'
        paid = f'{row}course = "paid"\nparagraph = 1\n'
        folder.commit(Outcome("facts/ferry", writes=NOTED), {NOTED: f"{NOTES}{planted}{paid}"})
    out = shown(root, "Ansel")[1]

    assert "the ferry (question)\n- planted: Nobody may ask Ansel.\n" in out
    assert "\n- paid\n" in out
    assert "debt (" not in out


def test_what_is_so_no_longer_says_so(root):
    with BookFolder.open(root) as folder:
        now = '\n[[fact]]\nsubject = "Ansel Rook"\nkey = "located_at"\n'
        rows = (f'{now}value = "{value}"\nquote = "Ansel Rook had grey eyes"\nparagraph = 1\n'
                for value in ("the north bank", "the south bank"))  # fmt: skip
        folder.commit(Outcome("facts/ferry", writes=NOTED), {NOTED: "".join((NOTES, *rows))})
    out = shown(root, "Ansel")[1]

    assert "- located at: the north bank, no longer\n" in out
    assert "- located at: the south bank\n" in out


def test_it_can_be_asked_of_one_name_and_of_one_chapter(root):
    of_ansel, of_chapter = open_book(root).ledger("ansel"), open_book(root).ledger(chapter=1)

    assert {fact.subject for fact in of_ansel.facts} == {"Ansel Rook"}
    assert {fact.said for fact in of_ansel.facts} == {"plan", "narration", "dialogue"}
    assert (*of_chapter.entities, *of_chapter.facts, *of_chapter.threads) == PAGE.rows


def test_threads_and_what_was_refused_can_be_shown_alone(root):
    threads, refused = (shown(root, flag, "--json")[1] for flag in ("--threads", "--refused"))

    assert [row["name"] for row in json.loads(threads)["threads"]] == ["debt"]
    assert [row["why"] for row in json.loads(refused)["refused"]] == ["`quote` is missing."]
    assert len(json.loads(threads)) == len(json.loads(refused)) == 1


def test_other_programs_get_every_row_with_its_id_its_chapter_and_its_words(root):
    told = json.loads(shown(root, "--json")[1])

    assert {*told} == {"entities", "facts", "events", "threads", "refused"}
    eyes = next(fact for fact in told["facts"] if fact["key"] == "eyes")
    assert (eyes["id"], eyes["number"], eyes["quote"]) == (
        PAGE.rows[1].id, 1, "Ansel Rook had grey eyes",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("Nobody",), "the ledger knows nobody called `Nobody`. It knows: Ansel Rook, Mara Voss"),
        (("--chapter", "7"), "there is no chapter 7: the plan has 1."),
    ],
)
def test_what_is_not_there_is_answered_in_a_sentence(root, words, why):
    code, _, error = shown(root, *words)

    assert code == 2
    assert why in error


def test_the_library_says_the_same(root):
    with pytest.raises(UsageError, match="there is no chapter 7"):
        open_book(root).ledger(chapter=7)


def test_a_book_without_a_plan_has_a_ledger_of_nothing(tmp_path):
    BookFolder.create(tmp_path / "new").close()

    assert "The ledger says nothing of it yet." in shown(tmp_path / "new")[1]
    assert "Nothing was refused." in shown(tmp_path / "new", "--refused")[1]
