"""`why` says what the writer of a chapter saw, why, and at what cost; also after a repair and a resume."""

import json

import pytest

from l2mac_write.errors import UsageError
from l2mac_write.library import generate, resume
from l2mac_write.opened import open_book
from tests.cli.commands import rehearsed, typed
from tests.samples import SAMPLES, replay

STEPS = ["chapter", "facts", "judge"]
ORDER = ["craft", "bible", "names", "chapters", "contract", "outline", "state"]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return rehearsed(tmp_path_factory.mktemp("why"))


def told(book, *arguments):
    done = typed("why", *arguments, "--book", book, cwd=book)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_lists_what_was_shown_in_order_with_reasons_and_tokens(book):
    document = json.loads(told(book, "2", "--json"))

    assert [item["source"] for item in document["items"]][:7] == ORDER
    assert all(item["reason"] and item["tokens"] > 0 for item in document["items"])
    assert "text" not in document["items"][0]


def test_it_says_what_each_step_for_the_chapter_has_cost(book):
    costs = json.loads(told(book, "2", "--json"))["costs"]

    assert [cost["instruction"].partition("/")[0] for cost in costs][:3] == STEPS
    assert costs[0]["calls"] == 1
    assert costs[0]["input_tokens"] > 0


def test_a_chapter_goes_by_its_number_its_title_or_its_file(book):
    path = json.loads(told(book, "2", "--json"))["path"]

    assert told(book, "Rehearsal title 2") == told(book, path) == told(book, "2")


def test_the_words_themselves_are_there_on_request(book):
    bible = (book / "notes/bible.md").read_text("utf-8").strip()

    assert bible[:60] in told(book, "1", "--full")
    assert bible[:60] not in told(book, "1")


def test_another_step_saw_other_things(book):
    items = json.loads(told(book, "1", "--step", "summary", "--full", "--json"))["items"]

    chapter = next(item for item in items if item["source"] == "chapter")
    assert chapter["text"] in (book / "chapters/01-rehearsal-title-1.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("7",), "the book has no chapter `7`. Name one by its number, from 1 to 2"),
        (("Rehearsal titel 2",), "Did you mean `Rehearsal title 2`?"),
        (("1", "--step", "sumary"), "Did you mean `summary`?"),
    ],
)
def test_what_is_not_there_is_named_in_one_sentence(book, arguments, sentence):
    done = typed("why", *arguments, "--book", book, cwd=book)

    assert done.returncode == 2
    assert sentence in done.stderr
    assert done.stdout == ""


def test_from_python_it_is_the_same(book):
    why = open_book(book).why(2)

    assert [item.source for item in why.views[0].items][:7] == ORDER
    with pytest.raises(UsageError, match="no step `x`"):
        open_book(book).why(2, "x")


def test_a_book_that_was_gone_on_with_knows_it_too(tmp_path):
    generate("A tale.", tmp_path / "book", model="rehearsal", chapters=2, words=600, until="bible")
    resume(tmp_path / "book")

    assert [item.source for item in open_book(tmp_path / "book").why(2).views[0].items][:7] == ORDER


def test_a_chapter_that_is_not_written_yet_says_so(tmp_path):
    generate("A tale.", tmp_path / "book", model="rehearsal", chapters=2, words=600, until="plan")

    assert "Nothing is recorded" in told(tmp_path / "book", "1")


def test_of_a_small_model_it_says_that_the_program_led_it(tmp_path):
    replay(SAMPLES / "clockmaker", tmp_path / "book")
    out = told(tmp_path / "book", "1")

    assert "was led by the program sentence by sentence" in out
    assert "not written yet" not in out


def test_of_a_step_that_has_no_window_it_does_not_say_that_nobody_wrote_the_chapter(book):
    out = told(book, "1", "--step", "judge")

    assert "Nothing is recorded of what `judge` was shown." in out
    assert "not written yet" not in out
