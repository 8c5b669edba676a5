"""Whatever a model tries, it changes nothing but what it was asked to write."""

import json
from dataclasses import replace

import pytest

from l2mac_write.errors import AnswerRefused, L2macError, TooMuch
from l2mac_write.llm.rehearsal import prose as placeholder
from l2mac_write.messages import Reply, Returned, Stop, Structured, ToolCall, Usage
from l2mac_write.ports import Abilities
from l2mac_write.store.folder import BookFolder
from tests.fake_api import Answer
from tests.llm.wired import wired
from tests.machine.attacks import ATTACKS, HUGE, NO_PLANS, SECRET, TITLES
from tests.machine.machines import BRIEF, machine, plan, prose, says


class Obliging:
    """Says `answer` to whatever calls for a structure, and prose of the length asked for else."""

    model = "obliging"
    abilities = Abilities()

    def __init__(self, answer):
        self.answer = answer

    def reply(self, request, hear):
        if isinstance(request.shape, Structured):
            return Reply(self.answer)
        return Reply(placeholder(request.shape.words or 100, str(request.conversation[0])))

    def patiently(self, attempt):
        return attempt()

    def ceiling(self, request):
        return 0.0

    def price(self, usage: Usage):
        return 0.0

    def close(self):
        pass


READ = "notes/requirements.md"


@pytest.fixture
def house(tmp_path):
    """A folder in which the book is one room, and somebody's secret lies in another."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.md").write_text(SECRET)
    return tmp_path


@pytest.fixture
def book(house):
    with BookFolder.create(house / "book") as book:
        yield book


def outside(house):
    paths = (path for path in house.rglob("*") if "book" not in path.relative_to(house).parts)
    return {path: path.is_file() and path.read_bytes() for path in paths}


def inside(house):
    paths = (path.relative_to(house / "book") for path in (house / "book").rglob("*"))
    return {str(path) for path in paths if path.parts[0] != ".l2mac" and path.suffix}


def ending(run):
    """What the run said when it ended early; only errors of ours may end one."""
    try:
        run.run()
    except L2macError as error:
        return str(error)
    return ""


def attacking(attacks=ATTACKS):
    return Reply("", tuple(ToolCall(f"{n}", *a) for n, a in enumerate(attacks)), Stop.TOOLS)


def test_every_attack_by_tool_is_answered_with_a_failure_and_changes_nothing(house, book):
    before = outside(house)
    script = (plan(), prose(60, about="bible"), attacking(), prose(about="ferry"))
    run = machine(*script, book=book)
    run.run(until="chapter")

    (answers,) = [m for m in run.llm.heard[-1].conversation if isinstance(m, Returned)]
    assert [ATTACKS[n] for n, r in enumerate(answers.results) if not r.failed] == []
    assert max(len(result.text) for result in answers.results) < 13_000
    assert outside(house) == before
    assert inside(house) == {READ, "plan.toml", "notes/bible.md", "chapters/01-the-ferry.md"}
    assert "Nobody" not in book.read("notes/bible.md")


def test_tools_that_a_step_does_not_have_cannot_be_called(book):
    run = machine(plan(), attacking(), prose(60, about="bible"), book=book)
    run.run(until="bible")

    (answers,) = [m for m in run.llm.heard[-1].conversation if isinstance(m, Returned)]
    assert all(result.failed for result in answers.results)


def test_a_model_that_calls_tools_without_end_is_stopped(book):
    endless = attacking((("list_files", {}),) * 10)
    run = machine(plan(), prose(60), *(endless,) * 100, book=book)

    with pytest.raises(AnswerRefused, match="took 30 steps over `chapter/the-ferry`"):
        run.run()


def test_a_patch_of_three_megabytes_makes_no_better_draft(book):
    patch = attacking(
        (("patch_file", {"path": "chapters/01-the-ferry.md", "old": ".", "new": HUGE}),)
    )
    run = machine(plan(), prose(60), says("Short."), patch, *(says("Done."),) * 9, book=book)
    run.run(until="chapter")

    assert book.read("chapters/01-the-ferry.md") == "# The Ferry\n\nShort.\n"


def test_three_megabytes_of_text_end_the_run_with_a_sentence(house, book):
    run = machine(plan(), *(says(HUGE),) * 4, book=book)

    with pytest.raises(TooMuch, match=r"`notes/bible\.md` would have 3\.0 MB"):
        run.run()
    assert inside(house) == {READ, "plan.toml"}


def test_half_characters_and_commands_to_a_terminal_are_no_text(book):
    script = (plan(), says("He said \ud83d. It ended."), *(says("\udc00 \x1b[2J\ud800" * 200),) * 4)
    machine(*script, book=book).run(until="chapter")

    assert book.read("notes/bible.md").startswith("He said")
    assert "\x1b" not in book.read("chapters/01-the-ferry.md")


def test_titles_that_are_attacks_become_names_of_files_in_their_place(house, book):
    before = outside(house)
    titled = json.loads(plan(*TITLES).text)
    titled["chapters"] = [
        {**c, "title": t} for c, t in zip(titled["chapters"], TITLES, strict=True)
    ]
    brief = replace(BRIEF, chapters=len(TITLES), words=100 * len(TITLES))
    run = machine(book=book, brief=brief)
    replace(run.unit, llm=Obliging(json.dumps(titled))).run()

    chapters = sorted(path for path in inside(house) if path.startswith("chapters/"))
    assert [int(path[9:11]) for path in chapters] == [*range(1, len(TITLES) + 1)]
    assert all(len(path) < 70 and path.isascii() for path in chapters)
    assert outside(house) == before


@pytest.mark.parametrize("answer", NO_PLANS.values(), ids=NO_PLANS.keys())
def test_what_is_no_plan_ends_the_run_with_a_sentence(house, book, answer):
    run = machine(book=book)

    with pytest.raises(AnswerRefused, match="`plan` came to nothing: "):
        replace(run.unit, llm=Obliging(answer)).run()
    assert inside(house) == {READ}


def test_chapters_of_very_unequal_length_still_have_one_each(book):
    unequal = json.loads(plan().text)
    unequal["chapters"][0]["words"] = 10_000_000
    unequal["chapters"][1]["words"] = 1
    run = machine(book=book)
    replace(run.unit, llm=Obliging(json.dumps(unequal))).run(until="plan")

    assert [c.words for c in run.unit.plan().chapters] == [300, 300]


@pytest.mark.parametrize(
    ("planted", "target"),
    [
        ("chapters/01-the-ferry.md", "outside/secret.md"),
        ("chapters/99.md", "outside/secret.md"),
        ("notes/summaries", "outside"),
        ("chapters", "outside"),
        ("notes/bible.md", "outside/none-yet.md"),
        ("plan.toml", "outside/secret.md"),
    ],
)
def test_a_planted_link_is_neither_read_nor_written_through(house, book, planted, target):
    before = outside(house)
    (house / "book" / planted).parent.mkdir(exist_ok=True)
    (house / "book" / planted).symlink_to(house / target)
    reading = attacking((("read_file", {"path": planted}), ("search", {"phrase": "nobody"})))
    run = machine(plan(), prose(60), reading, *(prose(),) * 9, book=book)

    assert ending(run) == "" or "a link" in ending(run)
    assert outside(house) == before
    assert SECRET not in repr(run.llm.heard)


def test_the_same_over_the_wire(house, book):
    before = outside(house)
    sent = [a for a in ATTACKS if HUGE not in json.dumps(a) and "\ud800" not in a[0]]
    raw = (
        '{"path": "\\ud800.md"}',
        '{"path": "../outside/secret.md"',
        "[" * 9_999,
        "null",
        "NaN",
        "",
    )
    calls = [*((name, json.dumps(given)) for name, given in sent), *(("read_file", r) for r in raw)]
    blocks = [
        {"type": "tool_use", "id": f"toolu_{n}", "name": name, "input": given}
        for n, (name, given) in enumerate(calls)
    ]

    def model(body):
        asked = json.dumps(body["messages"][0])
        if "one JSON object" in asked:
            return plan().text
        attacks = "tools" in body and len(body["messages"]) == 1
        return Answer(tuple(blocks)) if attacks else prose(about=asked).text

    with wired(model) as (llm, api):
        replace(machine(book=book).unit, llm=llm).run(until="chapter")

    answers = [b for b in api.bodies[-1]["messages"][2]["content"] if b["type"] == "tool_result"]
    assert len(answers) == len(blocks)
    assert all(answer["is_error"] for answer in answers)
    assert outside(house) == before
    assert inside(house) == {READ, "plan.toml", "notes/bible.md", "chapters/01-the-ferry.md"}
