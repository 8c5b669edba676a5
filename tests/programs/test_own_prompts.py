"""Each prompt of a person's own program is filled in once before anything is made or paid for."""

import shutil

import pytest
import tomli_w

from l2mac_write import estimate, generate, resume
from l2mac_write.errors import Paused, UsageError
from l2mac_write.opened import open_book
from tests.samples import SAMPLES

SIZE = {"model": "rehearsal", "chapters": 2, "words": 900}
FOR_EACH = {
    "": "notes/more.md",
    "part": "notes/more/{part}.md",
    "chapter": "notes/more/{number}.md",
    "beat": "notes/more/{number}-{beat}.md",
}
LINE = '{% include "programs/book/window.md.j2" %}\nFirst line.\n'


@pytest.fixture
def with_step(tmp_path):
    """The sample with one more step, after `chapter`, that has this prompt."""

    def made(prompt, for_each="", **more):
        folder = tmp_path / "letters"
        shutil.copytree(SAMPLES / "program-letters", folder, dirs_exist_ok=True)
        keys = {
            "id": "more",
            "prompt": "more.md.j2",
            "writes": FOR_EACH[for_each],
            "after": ["chapter"],
            **({"for_each": for_each} if for_each else {}),
            **more,
        }
        program = folder / "program.toml"
        step = tomli_w.dumps({"step": [keys]})
        program.write_text(f"{program.read_text('utf-8')}\n{step}", "utf-8")
        (folder / "more.md.j2").write_text(LINE + prompt, "utf-8")
        return folder

    return made


def written(folder, **more):
    return generate(
        "Two keepers write.", folder.parent / "book", program=str(folder), **SIZE, **more
    )


def refusal(folder):
    with pytest.raises(UsageError) as refused:
        written(folder)
    assert not (folder.parent / "book").exists()
    where = f"`{folder / 'more.md.j2'}`, line 3: "
    assert str(refused.value).startswith(where)
    return str(refused.value).removeprefix(where)


SELDOM = [
    {"for_each": "part"},
    {"for_each": "chapter", "when": ["!beats"]},
    {"for_each": "chapter", "when": ["!beats", "first"]},
    {"for_each": "chapter", "when": ["last", "parts", "beats"]},
    {"for_each": "chapter", "together": True},
    {"for_each": "beat", "when": ["neck"]},
    {"when": ["!chapters", "!people"]},
    {"when": ["nonfiction", "places"]},
    {"when": ["fiction", "terms", "asked.index"]},
    {"when": ["!asked.title", "asked.author", "!asked.preface"]},
]


@pytest.mark.parametrize("step", SELDOM, ids=str)
def test_so_are_those_of_steps_that_few_books_have(with_step, step):
    assert refusal(with_step("{{ plan.titel }}", **step)).startswith("there is no `titel`")


WRONG = [
    ("{{ chapter.titel }}", "chapter", "there is no `titel` in a chapter. Did you mean `title`? There are: `address`, `after`,"),
    ("{% for c in plan.chapters %}{{ c.gaol }}{% endfor %}", "", "there is no `gaol` in a chapter. Did you mean `goal`? There are:"),
    ("{{ chapter.title }}", "", "`chapter` is empty here, because the step is not for each chapter."),
    ("{{ chapter.title }}", "part", "`chapter` is empty here, because the step is not for each chapter."),
    ("{{ beat.text }}", "chapter", "`beat` is empty here, because the step is not for each beat."),
    ("{{ part.title }}", "chapter", "`part` is empty here, because the step is for no part, or for a chapter that is in none."),
    ("{% for beat in chapter.beats %}{{ beat.text }}{% endfor %}", "chapter", "there is no `text` in a text."),
    ("{{ chapter.beats[0] }}", "chapter", "the list has no item 0 here."),
    ("{{ draft }}", "", "there is no variable `draft` here. There are: `asked`, `beat`,"),
    ("{{ chaptr.title }}", "chapter", "there is no variable `chaptr` here. Did you mean `chapter`? There are:"),
    ("{% include 'sumary.md.j2' %}", "", "there is no file `sumary.md.j2` to include. Did you mean `summary.md.j2`?"),
]  # fmt: skip


@pytest.mark.parametrize(("prompt", "for_each", "why"), WRONG)
def test_what_is_wrong_is_said_with_what_was_meant(with_step, prompt, for_each, why):
    assert refusal(with_step(prompt, for_each)).startswith(why)


def test_what_is_not_there_can_be_asked_after(with_step):
    asked = "{% if part %}{{ part.title }}{% endif %}{% if chapter.beats %}{{ chapter.beats[0] }}{% endif %}"

    assert written(with_step(asked, "chapter")).finished


def test_a_condition_makes_sure_that_it_is_there(with_step):
    prompt = "{{ part.title }} {{ chapter.beats[0] }}"

    assert written(with_step(prompt, "chapter", when=["parts", "beats"])).finished


def test_a_step_that_no_book_can_have_is_in_nobodys_way(with_step):
    assert written(with_step("{{ plan.titel }}", when=["people", "!people"])).finished


def test_before_the_plan_there_is_none(with_step):
    folder = with_step("")
    plan = folder / "plan.md.j2"
    plan.write_text(f"{{{{ plan.title }}}}\n{plan.read_text('utf-8')}", "utf-8")

    with pytest.raises(UsageError, match=r"line 1: `plan` is empty here, because nothing is"):
        written(folder)


def test_what_the_step_reads_can_be_counted_and_gone_through_twice(with_step):
    twice = "{% for item in window %}{{ loop.index }}{{ item.title }}{% endfor %}" * 2
    prompt = f"{twice}{{{{ window | length }}}} {{{{ window[0].text }}}}"

    assert written(with_step(prompt, reads=["plan", "hands"])).finished


def test_a_changed_program_is_tried_anew_before_the_book_goes_on(with_step):
    folder = with_step("", "chapter", when=["!beats"])
    book = written(folder, until="plan")
    (folder / "anew.md.j2").write_text("{{ chapter.titel }}", "utf-8")
    program = folder / "program.toml"
    program.write_text(program.read_text("utf-8").replace("more.md.j2", "anew.md.j2"), "utf-8")

    with pytest.raises(UsageError, match="there is no `titel` in a chapter"):
        resume(book.root)
    assert not open_book(book.root).chapters[0].words


def test_a_run_that_stops_at_the_plan_is_rehearsed_to_its_end(with_step):
    folder = with_step("")

    with pytest.raises(Paused, match=r"`plan\.toml` is as `plan` left it"):
        written(folder, approve=True)
    assert estimate("Two.", program=str(folder), approve=True, **SIZE).chapters == 2


def test_what_a_step_writes_for_each_part_is_bound_with_the_part(with_step):
    folder = with_step("Open it.", "part", writes="parts/{part}.md")
    root = written(folder, until="plan").root
    plan = (root / "plan.toml").read_text("utf-8")
    in_a_part = plan.replace("[[chapter]]", '[[chapter]]\npart = "Ebb"')
    part = '[[part]]\ntitle = "Ebb"\n\n[[chapter]]'
    (root / "plan.toml").write_text(in_a_part.replace("[[chapter]]", part, 1), "utf-8")

    sections = resume(root).manuscript.sections

    assert [section.kind for section in sections] == ["part", "chapter", "chapter"]
    assert sections[0].markdown in (root / "parts/01.md").read_text("utf-8")
    assert sections[0].markdown
