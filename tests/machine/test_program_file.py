"""A program that cannot be carried out is refused in one sentence that names the line to mend."""

import pytest

from l2mac_write.errors import UsageError
from l2mac_write.evaluators import EVALUATORS
from l2mac_write.machine.program_file import Surroundings, load

SOUND = """\
name = "letters"
chapters = 6
chapter_words = 900

[[step]]
id = "plan"
role = "architect"
prompt = "plan.md.j2"
form = "plan"
writes = "plan.toml"

[[step]]
id = "bible"
prompt = "bible.md.j2"
writes = "notes/bible.md"
after = ["plan"]
reads = ["plan"]

[[step]]
id = "draft"
for_each = "beat"
prompt = "chapter.md.j2"
writes = "notes/beats/{number}-{beat}.md"
after = ["bible"]
after_previous = ["draft"]

[[step]]
id = "chapter"
for_each = "chapter"
prompt = "chapter.md.j2"
writes = "{chapter}"
after = ["draft"]
reads = ["bible", "draft"]
evaluators = ["length"]
"""
PROMPTS = ("plan.md.j2", "bible.md.j2", "chapter.md.j2")


def refusal(path):
    return "writes a file that cannot be." if ".." in path else ""


def loaded(text):
    return load(text, "my/program.toml", Surroundings(EVALUATORS, PROMPTS, refusal))


def test_the_program_that_the_broken_ones_are_made_of_is_sound():
    assert [step.id for step in loaded(SOUND).steps] == ["plan", "bible", "draft", "chapter"]


BROKEN = [
    ("chapters = 6", "chapters = ", 2, "this is not valid TOML: Invalid value."),
    ("chapters = 6", 'chapters = "six"', 2, "`chapters` must be a whole number, 0 or more."),
    ("chapters = 6", "chapters = 0", 2, "`chapters` must be at least 1."),
    ("chapters = 6\n", "", 1, "the program needs a key `chapters`."),
    ("chapters = 6", "chapters = 6\nchapter = 1", 3, "there is no key `chapter`. Did you mean `chapters`?"),
    ('role = "architect"', 'role = "architekt"', 7, "step `plan` has the role `architekt`, which is none. Did you mean `architect`?"),
    ('role = "architect"', "role = 7", 7, "`role` must be text in quotes."),
    ('role = "architect"', "tools = 1", 7, "`tools` must be true or false."),
    ('role = "architect"', "repeat = -1", 7, "`repeat` must be a whole number, 0 or more."),
    ('role = "architect"', 'asks = ["x"]', 7, "`asks` must be a table of texts in quotes."),
    ('role = "architect"', 'rolle = "architect"', 7, "there is no key `rolle`. Did you mean `role`?"),
    ('prompt = "plan.md.j2"\n', "", 5, "this step needs a key `prompt`."),
    ('"plan.md.j2"', '"plann.md.j2"', 8, "step `plan` has the prompt `plann.md.j2`, which is no file in the program's folder. Did you mean `plan.md.j2`? Make it, or name one that is there."),
    ('"plan.md.j2"', '"table.md.j2"', 8, "step `plan` has the prompt `table.md.j2`, which is no file in the program's folder. Make it, or name one that is there."),
    ('form = "plan"', 'form = "haiku"', 9, "step `plan` has the form `haiku`, which is none. There are: `changes`, `contracts`, `contradictions`, `facts`, `plan`, `prose`, `requirements`."),
    ('form = "plan"\n', "", 5, 'step `plan`: `form = "plan"` and `writes = "plan.toml"` go together.'),
    ('writes = "notes/bible.md"', 'writes = "notes/bible.md"\nform = "facts"', 16, 'step `bible`: `form = "facts"` and `writes = "notes/ledger/{number}.toml"` go together.'),
    ('id = "plan"', 'id = "planning"', 16, "step `bible` comes after `plan`, which is no step. Did you mean `planning`?"),
    ('writes = "plan.toml"', 'writes = "notes/plan.md"', 1, "no step writes `plan.toml`, and without a plan there are no chapters."),
    ('after = ["plan"]', 'after = ["chapter"]', 16, "these steps wait for each other: `bible` → `chapter` → `draft` → `bible`. Take one of them out of `after`."),
    ('after = ["plan"]', 'after = "plan"', 16, "`after` must be a list of texts in quotes."),
    ('reads = ["plan"]', 'reads = ["plann"]', 17, "step `bible` reads `plann`, which is no source and no step. Did you mean `plan`?"),
    ('reads = ["plan"]', 'reads = ["draft"]', 17, "step `bible` reads `draft` without coming after it. Add it to `after`."),
    ('reads = ["plan"]', 'when = ["!peeple"]', 17, "step `bible` is carried out when `!peeple`, which is no condition. Did you mean `!people`?"),
    ('reads = ["plan"]', 'when = ["not people"]', 17, "step `bible` is carried out when `not people`, which is no condition. Did you mean `!people`?"),
    ('reads = ["plan"]', 'when = ["people", "!beats"]', 17, "step `bible` is carried out when `!beats`, which is said of a chapter, but it is not for each chapter or beat."),
    ('reads = ["plan"]', 'when = ["neck"]', 17, "step `bible` is carried out when `neck`, which is said of a chapter, but it is not for each chapter or beat."),
    ('reads = ["plan"]', 'after_previous = ["chapter"]', 17, "step `bible` comes after the previous `chapter`, but `bible` is done once for the whole book."),
    ('reads = ["plan"]', 'draft = "scenes"', 12, "step `bible` is drafted in scenes and needs `scene_words`."),
    ('reads = ["plan"]', 'draft = "wholly"', 17, "step `bible` is drafted by `wholly`, which is no method. Did you mean `whole`?"),
    ('"notes/bible.md"', '"../bible.md"', 15, "step `bible` writes a file that cannot be."),
    ('"notes/bible.md"', '"notes/{chapter}.md"', 15, "step `bible` writes `notes/{chapter}.md`, where `{chapter}` means nothing; there is none."),
    ('"notes/bible.md"', '"notes/{.md"', 15, "step `bible` writes `notes/{.md`, where a brace stands alone."),
    ('"notes/bible.md"', '"plan.toml"', 15, "steps `plan` and `bible` both write `plan.toml`. Give each a file of its own."),
    ('"notes/beats/{number}-{beat}.md"', '"notes/{number}.md"', 23, "step `draft` is for each beat, but writes `notes/{number}.md` for more than one of them. Put `{number}` and `{beat}` into the name."),
    ('"beat"', '"beet"', 21, "step `draft` is for each `beet`, which is nothing in a plan. Did you mean `beat`?"),
    ('after = ["bible"]', "", 19, "step `draft` is for each beat, but does not come after `plan`, which says what they are."),
    ('after_previous = ["draft"]', 'after_previous = ["bible"]', 25, "step `draft` comes after the previous `bible`, but `bible` is done once for the whole book."),
    ('id = "draft"', 'id = "A draft"', 20, "the id `A draft` must be small letters, digits and hyphens, beginning with a letter."),
    ('id = "draft"', 'id = "bible"', 20, "there are two steps `bible`."),
    ('"{chapter}"', '"chapters/one.md"', 31, "step `chapter` is for each chapter, but writes `chapters/one.md` for more than one of them. Put `{number}` or `{chapter}` into the name."),
    ('"{chapter}"', '"chapters/{chapter}"', 31, "step `chapter` writes `chapters/{chapter}`; `{chapter}` is a whole path and stands alone."),
    ('"{chapter}"', '"chapters/{number}.md"', 1, 'no step for each chapter has `writes = "{chapter}"`: nothing writes the book.'),
    ('for_each = "chapter"', 'for_each = "part"', 31, "step `chapter` writes `{chapter}`, where `{chapter}` means nothing; there is `{part}`."),
    ('role = "architect"', 'when = ["people"]', 7, "step `plan` stands before the plan, which its conditions are about. Take out `when`."),
    ('reads = ["plan"]', 'reads = ["opening"]', 17, "step `bible` reads `opening` without coming after `chapter`, which writes it. Add that to `after`."),
    ('["length"]', '["lenght"]', 34, "step `chapter` is judged by `lenght`, which is no evaluator. Did you mean `length`?"),
]  # fmt: skip


@pytest.mark.parametrize(("sound", "broken", "line", "why"), BROKEN)
def test_a_broken_program_is_refused_with_its_line(sound, broken, line, why):
    text = SOUND.replace(sound, broken)
    if 'id = "A draft"' in text:
        text = text.replace('["draft"]', '["A draft"]').replace('"draft"', '"A draft"')
    if broken == 'id = "bible"':
        text = text.replace('"draft"', '"bible"')

    with pytest.raises(UsageError) as refused:
        loaded(text)

    assert str(refused.value) == f"`my/program.toml`, line {line}: {why}"


def test_nothing_may_stand_before_the_plan_that_waits_for_what_comes_later():
    early = '[[step]]\nid = "notes"\nprompt = "plan.md.j2"\nwrites = "n.md"\nafter = ["bible"]\n\n'

    with pytest.raises(UsageError, match=r"line 9: step `notes` stands before the plan"):
        loaded(SOUND.replace("[[step]]", f"{early}[[step]]", 1))


PIECEWISE = """\
name = "small"
chapters = 1
chapter_words = 100
[frame]
title = "{title}"
[[arc]]
goal = "{who} leaves."
beats = ["{who} wakes."]
[[step]]
id = "plan"
prompt = "plan.md.j2"
form = "plan"
draft = "piecewise"
writes = "plan.toml"
[step.asks]
who = "Who?"
title = "What about {who}?"
[[step.examples]]
ask = "A tale."
who = "Ann"
title = "Ann"
[[step]]
id = "chapter"
for_each = "chapter"
after = ["plan"]
prompt = "chapter.md.j2"
writes = "{chapter}"
"""


@pytest.mark.parametrize(
    ("sound", "broken", "line", "why"),
    [
        ("[[arc]]", "[other]", 6, "there is no key `other`."),
        ("{who} wakes", "{hero} wakes", 8, "`{hero}` is no slot that a question was asked for."),
        ("{who} wakes", "{who wakes", 8, "a brace stands alone."),
        ('"{title}"', '"{name}"', 5, "`{name}` is no slot that a question was asked for."),
        ('"Who?"', '"Who is {title}?"', 16, "`{title}` is no slot that a question was asked for."),
        ('title = "What', 'name = "What', 15, "step `plan` needs a question for `title` in [step.asks]."),
        ('ask = "A tale."\n', "", 18, "the example needs a key `ask`."),
        ("beats = [", "beat = [", 8, "there is no key `beat`. Did you mean `beats`?"),
    ],
)  # fmt: skip
def test_so_is_one_that_asks_for_a_plan_piece_by_piece(sound, broken, line, why):
    assert loaded(PIECEWISE)

    with pytest.raises(UsageError) as refused:
        loaded(PIECEWISE.replace(sound, broken))

    assert str(refused.value).startswith(f"`my/program.toml`, line {line}: {why}")
