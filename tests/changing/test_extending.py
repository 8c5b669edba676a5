"""A book goes on from where it ends, whoever has written it, and what is written stays."""

from contextlib import closing

import pytest

from l2mac_write import extend, generate, open_book, repair, resume
from l2mac_write.errors import UsageError
from l2mac_write.library import write
from l2mac_write.llm.scripted import ScriptedLLM
from l2mac_write.store.folder import BookFolder
from tests.adoptions import adopted
from tests.fake_api.author import Author
from tests.fake_api.server import FakeApi
from tests.machine.machines import GUIDED

ASKED = {"chapters": 2, "words": 600, "model": "rehearsal"}
SAID = "It rained at the ford, and Anne went down to the grey boat with the lamp in her hand. "
TEXT = "# The Long Tide\n\n" + "".join(
    f"## {title}\n\n{SAID}{title} was far away by then, and nobody spoke of it again.\n\n"
    for title in ("The Ford", "The Mill")
)


def files(root):
    every = (file for file in root.rglob("*") if file.is_file())
    seen = (f for f in every if not {".l2mac", "exports"} & {*f.relative_to(root).parts})
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in seen}


def chapters(root):
    return {p: text for p, text in files(root).items() if p.startswith("chapters/")}


def test_what_is_there_is_read_and_what_is_new_is_planned_and_nothing_is_written(tmp_path):
    book = adopted(tmp_path, TEXT)
    before = chapters(book.root)
    longer = extend(book.root, 4, model="rehearsal", wish="She comes back.")

    assert [c.goal for c in longer.plan.chapters] == [f"Rehearsal goal {n}" for n in (1, 2, 3, 4)]
    assert longer.plan.requirements == ("She comes back.",)
    assert chapters(book.root) == before


def test_the_new_chapters_are_written_and_not_a_byte_of_the_others_changes(tmp_path):
    book = adopted(tmp_path, TEXT)
    before = chapters(book.root)
    extend(book.root, 4, model="rehearsal", words=1000)
    done = resume(book.root, model="rehearsal")

    assert done.finished
    assert sum(c.words for c in done.plan.chapters) == 1000
    assert before.items() < chapters(book.root).items()
    assert len(chapters(book.root)) == 4
    assert {v.by for v in done.history("1")} == {"person"}


def test_a_book_that_was_generated_goes_on_too(tmp_path):
    book = generate("A tale of two ferrymen.", tmp_path / "book", **ASKED)
    before = chapters(book.root)
    extend(book.root, 3, model="rehearsal")
    longer = resume(book.root, model="rehearsal")

    assert [c.words for c in longer.plan.chapters] == [300, 300, 300]
    assert before.items() < chapters(book.root).items()


@pytest.mark.parametrize("parallel", [4, 16])
def test_however_many_work_at_a_time_the_book_is_the_same(parallel, tmp_path):
    made = []
    for hands in (1, parallel):
        (folder := tmp_path / str(hands)).mkdir()
        book = adopted(folder, TEXT + TEXT.partition("\n\n")[2].replace("The", "A"))
        extend(book.root, 6, model="rehearsal", parallel=hands)
        resume(book.root, model="rehearsal", parallel=hands)
        made.append(files(book.root))

    assert made[0] == made[1]


def test_a_chapter_that_a_person_plans_is_written_as_they_say(tmp_path):
    book = adopted(tmp_path, TEXT)
    plan = book.root / "plan.toml"
    mine = '\n[[chapter]]\ntitle = "The Sea"\ngoal = "She drowns."\nwords = 200\n'
    plan.write_text(plan.read_text() + mine)
    done = resume(book.root, model="rehearsal")

    assert done.plan.chapters[2].goal == "She drowns."
    assert (book.root / "chapters/03-the-sea.md").exists()


def test_a_hand_edit_is_read_again_and_stays(tmp_path):
    book = adopted(tmp_path, TEXT)
    resume(book.root, model="rehearsal")
    calls = book.spend.calls
    file = book.root / "chapters/01-the-ford.md"
    mine = file.read_text().replace("grey", "green")
    file.write_text(mine)
    resume(book.root, model="rehearsal")

    assert file.read_text() == mine
    assert book.spend.calls == calls + 2


def test_without_its_journal_it_is_still_a_persons_book(tmp_path):
    book = adopted(tmp_path, TEXT)
    before = chapters(book.root)
    for file in (book.root / ".l2mac").iterdir():
        file.unlink()
    repair(book.root)
    done = resume(book.root, model="rehearsal")
    steps = {v.instruction.partition("/")[0] for v in done.history()}

    assert chapters(book.root) == before
    assert steps == {"", "read", "bible", "facts", "summary", "about"}
    assert done.written_by == ""


def test_a_model_that_only_reads_is_not_said_to_have_written_it(tmp_path):
    book = adopted(tmp_path, TEXT, model="rehearsal")
    read = (book.written_by, book.manuscript.written_by)
    extend(book.root, 3, model="rehearsal")
    resume(book.root, model="rehearsal")

    assert (read, book.written_by) == (("", ""), "rehearsal")


def test_it_goes_on_over_a_real_connection_and_within_its_budget(tmp_path, monkeypatch):
    with FakeApi(Author(words=200)) as api:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", api.url)
        monkeypatch.setenv("ANTHROPIC_API_KEY", "a-key-of-no-use")
        book = adopted(tmp_path, TEXT, model="claude-sonnet-5-5", budget=5.0)
        before = chapters(book.root)
        extend(book.root, 3, model="claude-sonnet-5-5", budget=5.0)
        done = resume(book.root, budget=5.0)

    assert done.finished
    assert before.items() < chapters(book.root).items()
    assert 0 < done.spend.cost < 5


def test_a_small_model_is_not_asked_what_it_cannot_do(tmp_path):
    book = adopted(tmp_path, TEXT)
    plan = book.root / "plan.toml"
    plan.write_text(plan.read_text() + '\n[[chapter]]\ntitle = "The Sea"\nwords = 200\n')

    with (
        closing(BookFolder.open(book.root)) as folder,
        pytest.raises(UsageError, match="does not say what chapter 3 `The Sea` is for"),
    ):
        write(folder, book.settings, ScriptedLLM((), abilities=GUIDED))


@pytest.mark.parametrize(
    ("chapters", "how", "why"),
    [
        (2, {}, "has 2 chapters already"),
        (1, {}, "has 2 chapters already"),
        (5000, {}, "1,000"),
        (4, {"words": 90}, "90 words are too few for 4 chapters"),
        (4, {"model": "gpt"}, "no model `gpt`"),
    ],
)
def test_what_cannot_be_leaves_the_plan_as_it_is(chapters, how, why, tmp_path):
    book = adopted(tmp_path, TEXT)
    before = files(book.root)

    with pytest.raises(UsageError, match=why):
        extend(book.root, chapters, **{"model": "rehearsal", **how})
    assert files(book.root) == before


def test_the_new_chapters_count_on_from_the_manuscripts_own_numbers(tmp_path):
    text = TEXT.replace("## The Ford", "## Prologue").replace("## The Mill", "## Chapter 1")
    book = adopted(tmp_path, text)
    extend(book.root, 3, model="rehearsal")

    assert [c.listed for c in open_book(book.root).plan.chapters] == [
        "Prologue",
        "1. Chapter 1",
        "2. Chapter 2",
        "3. Chapter 3",
    ]


def test_an_epilogue_stays_the_end_of_the_book(tmp_path):
    book = adopted(tmp_path, TEXT.replace("## The Mill", "## Epilogue"))
    plan, end = book.root / "plan.toml", (book.root / "chapters/02-epilogue.md").read_bytes()
    with pytest.raises(UsageError, match="`Epilogue` ends the book"):
        extend(book.root, 2, model="rehearsal")
    before, mark, block = plan.read_text().rpartition("[[chapter]]")
    plan.write_text(before)
    extend(book.root, 2, model="rehearsal")
    resume(book.root, model="rehearsal")
    plan.write_text(f"{plan.read_text()}\n{mark}{block}")
    done = resume(book.root, model="rehearsal")

    assert [c.listed for c in done.plan.chapters][::2] == ["1. The Ford", "Epilogue"]
    assert (book.root / "chapters/03-epilogue.md").read_bytes() == end
