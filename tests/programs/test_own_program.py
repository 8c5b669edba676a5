"""A person's own program: run, kept in mind, changed, and refused where it cannot be carried out."""

import os
import shutil
from pathlib import Path

import pytest

from l2mac_write import estimate, generate, open_book, repair, resume
from l2mac_write.errors import UsageError
from l2mac_write.events import Noted
from l2mac_write.machine.variables import EVERYWHERE
from l2mac_write.plan import PLAN, ChapterPlan, Plan
from l2mac_write.plan_writing import dump
from l2mac_write.programs import chosen
from l2mac_write.programs.words import ProgramWords
from l2mac_write.store.memory import MemoryBook
from l2mac_write.text.languages import language
from tests.machine.machines import machine
from tests.samples import SAMPLES

LETTERS = SAMPLES / "program-letters"
PROMPT = "Two lighthouse keepers write to each other. It is dedicated to my mother."
SIZE = {"model": "rehearsal", "chapters": 2, "words": 900}


@pytest.fixture
def letters(tmp_path):
    """A copy of the sample that a test may change."""
    return Path(shutil.copytree(LETTERS, tmp_path / "letters"))


def written(letters, root, **more):
    return generate(PROMPT, root, program=str(letters), **SIZE, **more)


def said(events):
    return [event.text for event in events if isinstance(event, Noted)]


def changed(folder, name, old, new):
    file = folder / name
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def test_the_sample_writes_a_whole_book(tmp_path):
    book = written(LETTERS, tmp_path / "book")

    assert book.finished
    assert [section.kind for section in book.manuscript.sections] == ["chapter", "chapter"]
    assert sorted(path.name for path in (book.root / "notes/letters").iterdir()) == [
        "01-01.md", "01-02.md", "01-03.md", "02-01.md", "02-02.md", "02-03.md",
    ]  # fmt: skip


def test_a_dedication_is_written_where_the_plan_says_that_one_is_asked_for(tmp_path):
    book = written(LETTERS, tmp_path / "book", until="plan")
    plan = book.root / "plan.toml"
    plan.write_text(f'matter = ["dedication"]\n{plan.read_text("utf-8")}', "utf-8")

    sections = resume(book.root).manuscript.sections
    assert [section.kind for section in sections] == ["dedication", "chapter", "chapter"]


def test_the_sample_is_sound_to_its_last_prompt():
    assert chosen.examined(ProgramWords(LETTERS)).name == "letters"


@pytest.mark.parametrize("name", ["book", "book-small", "document", "document-small"])
def test_so_are_the_programs_that_ship(name):
    assert chosen.examined(ProgramWords(name)).name == name


def test_a_run_goes_on_by_the_program_it_was_begun_with(letters, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    book = written("letters", "book", until="plan")
    monkeypatch.chdir(os.sep)

    heard = []
    resume(book.root if book.root.is_absolute() else tmp_path / "book", tell=heard.append)

    assert open_book(tmp_path / "book").finished
    assert (tmp_path / "book/notes/letters/02-03.md").exists()
    assert not any("the program is not" in text for text in said(heard))


def test_a_program_that_was_changed_is_told_of_and_what_is_finished_stays(letters, tmp_path):
    book = written(letters, tmp_path / "book", until="hands")
    hands = (book.root / "notes/hands.md").read_text("utf-8")
    changed(letters, "hands.md.j2", "at most {{ words }} {{ language.unit }}", "in few words")
    changed(letters, "letter.md.j2", "About", "Some")

    heard = []
    resume(book.root, tell=heard.append)

    assert said(heard).count(
        "the program is not that of the last run; what is finished stays as it is"
    ) == 1  # fmt: skip
    assert (book.root / "notes/hands.md").read_text("utf-8") == hands
    assert open_book(book.root).finished


def test_a_book_can_be_looked_at_when_its_program_is_gone(letters, tmp_path):
    book = written(letters, tmp_path / "book", until="chapter")
    shutil.rmtree(letters)

    assert not book.finished
    assert [chapter.words > 0 for chapter in book.chapters] == [True, False]
    with pytest.raises(UsageError, match="holds no program"):
        resume(book.root)


def test_it_goes_on_when_the_program_is_named_anew(letters, tmp_path):
    book = written(letters, tmp_path / "book", until="chapter")
    letters.rename(tmp_path / "elsewhere")

    assert resume(book.root, program=str(tmp_path / "elsewhere")).finished


def test_a_lost_journal_is_made_anew_by_the_same_program(letters, tmp_path):
    book = written(letters, tmp_path / "book")
    (book.root / ".l2mac/journal.db").unlink()

    repair(book.root)

    assert open_book(book.root).finished


def test_an_agent_with_tools_finds_no_drafts_that_it_is_not_shown(letters):
    """Whether they are there yet is chance where letters are written side by side."""
    changed(letters, "program.toml", "repeat = 2", "tools = true")
    chapters = tuple(ChapterPlan(n, t, "g", 300, ("x", "y"), id=t) for n, t in ((1, "a"), (2, "b")))
    written = {f"notes/letters/{n}-{m}.md": "Dear." for n in ("01", "02") for m in ("01", "02")}
    book = MemoryBook({PLAN: dump(Plan("T", "P", "", (), chapters)), **written})
    unit = machine(book=book, name=letters).unit
    second = next(i for i in unit.registry().instructions if i.id == "letter/b/02")

    seen = [path for path in unit.agent(second).desk("").paths() if "letters" in path]
    assert seen == ["notes/letters/02-01.md"]
    assert [item.text for item in unit.agent(second).window if item.source == "letter"] == ["Dear."]


def test_a_book_never_brings_its_own_program(letters, tmp_path):
    book = written(letters, tmp_path / "book", until="plan")
    letters.rename(book.root / "letters")
    file = book.root / "book.toml"
    file.write_text(file.read_text("utf-8").replace(str(letters), str(book.root / "letters")))

    for asked in (lambda: resume(book.root), book.estimate):
        with pytest.raises(UsageError, match="a folder of the book itself"):
            asked()


BROKEN = [
    ("letter.md.j2", "{{ words }}", "{{ wordz }}", 6, "there is no variable `wordz` here. Did you mean `words`? There are: `asked`,"),
    ("letter.md.j2", "{% endif %}", "{% endfi %}", 6, "Encountered unknown tag 'endfi'."),
    ("letter.md.j2", "{% endif %}", "", 6, "Unexpected end of template."),
    ("letter.md.j2", "programs/book/window.md.j2", "window.j2", 1, "there is no file `window.j2` to include. Did you mean `window.md.j2`?"),
    ("letter.md.j2", "{{ beat.text }}", "{{ beat.txt }}", 4, "there is no `txt` in a beat. Did you mean `text`? There are: `number`, `text`."),
    ("plan.md.j2", "{{ brief.words }}", "{{ brief.words / 0 }}", 5, "division by zero."),
    ("plan.md.j2", "{{ brief.words }}", "{{ brief.__class__.__mro__ }}", 5, "access to attribute '__class__' of 'Brief' object is unsafe."),
]  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_prompt_is_refused_with_its_line_before_anything_is_made(
    letters, tmp_path, broken
):
    name, old, new, line, why = broken
    changed(letters, name, old, new)

    with pytest.raises(UsageError) as refused:
        written(letters, tmp_path / "book")

    assert str(refused.value).startswith(f"`{letters / name}`, line {line}: {why}")
    assert not (tmp_path / "book").exists()


def test_a_prompt_that_is_no_text_is_refused(letters, tmp_path):
    (letters / "letter.md.j2").write_bytes(b"\xff\xfe")

    with pytest.raises(UsageError, match="is not text in UTF-8"):
        written(letters, tmp_path / "book")


def test_a_prompt_that_includes_itself_is_refused(letters, tmp_path):
    changed(letters, "letter.md.j2", "programs/book/window.md.j2", "letter.md.j2")

    with pytest.raises(UsageError, match=r"letter\.md\.j2`, line 1: maximum recursion depth"):
        written(letters, tmp_path / "book")


def test_prompts_that_a_program_lacks_are_those_of_the_program_book(letters):
    words = ProgramWords(letters)

    assert "summary.md.j2" in words.names
    assert "Go on with the very next word" in words.render(
        "go_on.md.j2", said="It", said_words=1, language=language("en")
    )


def test_a_small_model_cannot_follow_a_program_that_does_not_lead_it(letters, tmp_path):
    with pytest.raises(UsageError, match="a small local model cannot make a plan by itself"):
        generate(PROMPT, tmp_path / "book", program=str(letters), model="smollm2-135m")


def test_it_can_be_estimated(letters):
    assert estimate(PROMPT, program=str(letters), **SIZE).clean.calls >= 13


def test_every_variable_that_a_prompt_may_speak_of_is_there(letters, tmp_path):
    """Those of any prompt in the first place, those of one prompt where that is used."""
    speaks = "".join(f"{{{{ {name} }}}}" for name in sorted(EVERYWHERE))
    changed(letters, "letter.md.j2", "Nothing before", f"{speaks} Nothing before")
    (letters / "findings.md.j2").write_text("{{ findings }}{{ draft }} Mend it.")

    assert written(letters, tmp_path / "book").finished
