"""What an agent was shown is kept with what it made: as it was, in order, and nothing else."""

from dataclasses import replace

import pytest

from l2mac_write.errors import WindowOverflow
from l2mac_write.machine.situation import Situation
from l2mac_write.machine.sources import SOURCES
from l2mac_write.machine.window import LEAST, compiled
from l2mac_write.plan_file import load
from l2mac_write.ports import Abilities
from l2mac_write.store.memory import MemoryBook
from tests.machine.machines import BRIEF, WHOLE_BOOK, first_told, machine, prose
from tests.machine.test_control_unit import replaced

FERRY = "chapter/the-ferry"
READS = ("bible", "names", "chapters", "outline", "previous", "so_far")


def sources(book, instruction):
    return [item.source for item in book.shown(instruction)]


def test_every_item_was_in_the_prompt_in_that_order():
    run = machine(*WHOLE_BOOK)
    run.run()

    prompt = first_told(run.llm.heard[4])
    places = [prompt.index(item.text) for item in run.book.shown("chapter/the-flood")]
    assert places == sorted(places)
    assert len(places) > 6


def test_a_chapter_that_was_mended_has_seen_what_its_first_draft_saw():
    run = machine(*replaced(3, prose(100, about="ferry"), prose(300, about="ferry")))
    run.run()

    assert sources(run.book, FERRY) == [
        "craft",
        "bible",
        "names",
        "chapters",
        "contract",
        "outline",
    ]


def test_of_a_window_that_did_not_fit_the_smaller_one_is_kept():
    small = Abilities(window=9_000)
    whole = machine(*WHOLE_BOOK, abilities=small)
    halved = machine(
        *replaced(3, *[WindowOverflow("too long")] * 3, WHOLE_BOOK[2]), abilities=small
    )
    whole.run()
    halved.run()

    sizes = [sum(item.tokens for item in run.book.shown(FERRY)) for run in (whole, halved)]
    assert sizes[1] < sizes[0]


def test_who_looked_at_nothing_was_shown_nothing():
    run = machine(*WHOLE_BOOK)
    run.run()

    assert run.book.shown("replan/the-ferry") == ()


@pytest.fixture(scope="module")
def situation():
    run = machine(*WHOLE_BOOK)
    run.run()
    files = {path: run.book.read(path) for path in run.book.paths()}
    plan = load(files["plan.toml"])
    return Situation(BRIEF, MemoryBook(files), plan, plan.chapter(2))


def test_the_rules_of_the_plan_stand_before_its_names_for_every_chapter(situation):
    plan = replace(situation.plan, rules=("Nobody here can swim.",))

    shown = SOURCES["names"].item(replace(situation, plan=plan), 500).text
    assert shown.startswith("Nobody here can swim.\n")
    assert plan.people[0].name in shown


@pytest.mark.parametrize("budget", [0, 500, 2_000, 50_000, 500_000])
def test_no_window_is_larger_than_its_budget_nor_a_source_than_its_most(situation, budget):
    groups = compiled(READS, situation, budget=budget, shelf=budget // 4)
    items = [item for group in groups for item in group]

    assert sum(item.tokens for item in items) <= max(budget, LEAST) + budget // 4
    assert all(item.tokens <= SOURCES[item.source].most for item in items)


@pytest.mark.parametrize(
    ("reads", "shelves"),
    [
        ("bible names chapter outline", ["bible names", "chapter", "outline"]),
        ("chapter names chapters outline", ["chapter", "names chapters", "outline"]),
        ("chapter outline bible", ["chapter", "outline bible"]),
        ("outline chapter", ["outline chapter"]),
    ],
)
def test_shelves_stand_in_the_order_in_which_a_step_reads(situation, reads, shelves):
    groups = compiled(reads.split(), situation, budget=50_000, shelf=5_000)

    assert [" ".join(item.source for item in group) for group in groups] == shelves


def test_what_one_source_leaves_is_for_those_after_it(situation):
    names = ("outline", "so_far", "previous")
    *_, last = compiled(names, situation, budget=450, shelf=0)[-1]

    share = 450 * SOURCES["previous"].most // sum(SOURCES[name].most for name in names)
    assert last.source == "previous"
    assert last.tokens > share


def test_a_bible_that_does_not_fit_is_cut_at_its_end(situation):
    bible = situation.body("notes/bible.md")
    shelf, _ = compiled(("bible",), situation, budget=0, shelf=40)

    assert shelf == () or bible.startswith(shelf[0].text)


def test_who_looks_for_passages_is_not_given_what_the_window_shows():
    run = machine(*WHOLE_BOOK)
    registry = run.run()
    flood = next(i for i in registry.instructions if i.id == "chapter/the-flood")
    agent = run.unit.agent(flood)
    before = [found.path for found in agent.desk("").passages("Ansel counting", 9)]
    agent.request(agent.step.prompt, agent.shape)
    after = [found.path for found in agent.desk("").passages("Ansel counting", 9)]

    assert "notes/summaries/01.md" in before
    assert "chapters/01-the-ferry.md" in after
    assert "notes/summaries/01.md" not in after
