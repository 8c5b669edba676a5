"""Of a long book a few chapters are rehearsed, and what the others would ask for is what these did."""

from dataclasses import replace

import pytest

from l2mac_write import estimate, wiring
from l2mac_write.beforehand.rehearsing import Clerk, Latest, accepting
from l2mac_write.beforehand.sampling import Sampling
from l2mac_write.evaluators.panel import evaluators
from l2mac_write.instructions import Instruction, Outcome
from l2mac_write.llm.standin import StandIn
from l2mac_write.messages import Usage
from l2mac_write.plan import PLAN, ChapterPlan, Plan
from l2mac_write.plan_writing import dump
from l2mac_write.settings import Settings
from l2mac_write.store.memory import MemoryBook

WANTED = Settings(
    prompt="A tale of two ferrymen.", model="claude-sonnet-5-5", chapters=20, words=10_000
)


def test_it_comes_to_what_a_rehearsal_of_every_chapter_does():
    clerk, book = Clerk(StandIn(wiring.target(WANTED, {}), doubts=True)), MemoryBook()
    unit = wiring.machine(WANTED, book, clerk.voice, clerk)
    judges = dict.fromkeys(evaluators(), accepting)
    replace(unit, evaluators=judges, passages=Latest(book)).run()
    every = [asked.usage for asked in clerk.asked if not asked.twice]
    whole = sum(every, Usage())
    told = estimate(WANTED.prompt, model=WANTED.model, chapters=20, words=10_000)

    assert told.clean.calls == len(every)
    assert told.clean.usage.prompt == pytest.approx(whole.prompt, rel=0.01)
    assert told.clean.usage.output_tokens == pytest.approx(whole.output_tokens, rel=0.01)
    assert "6 of the chapters take what others like them do" in told.assumptions[0]


def test_a_book_of_ten_chapters_is_rehearsed_whole():
    told = estimate(WANTED.prompt, model=WANTED.model, chapters=10, words=6000)

    assert told.assumptions[0].startswith("a token is")


def planned(*words, beats=None):
    chapters = (
        ChapterPlan(n, f"Title {n}", "Something changes.", count, id=f"c{n}")
        for n, count in enumerate(words, start=1)
    )
    chapters = tuple(
        replace(c, beats=("It happens.",) * number)
        for c, number in zip(chapters, beats or [0] * len(words), strict=True)
    )
    return Plan("A title", "A premise.", "Plainly.", people=(), chapters=chapters)


class Rehearsed:
    """What becomes of a book when its chapters are written, in order, through a sampling."""

    def __init__(self, plan, texts=()):
        self.plan, self.carried_out, self.repeated = plan, [], []
        self.book = MemoryBook({PLAN: dump(plan), **dict(texts)})
        self.sampling = Sampling(
            self.carry_out, self.book, lambda like, other: self.repeated.append((like.id, other.id))
        )

    def carry_out(self, instruction):
        self.carried_out.append(instruction.id)
        outcome = Outcome(instruction.id, writes=instruction.writes)
        self.book.commit(outcome, {instruction.writes: f"By {instruction.id}."})
        return outcome

    def write(self, step="chapter", place="{0.path}"):
        for chapter in self.plan.chapters:
            name = f"{step}/{chapter.id}"
            self.sampling(
                Instruction(name, step, place.format(chapter), chapter.number, chapter.id)
            )
        return self

    @property
    def numbers(self):
        return [int(name.partition("/c")[2]) for name in self.carried_out]


def test_the_first_ones_are_rehearsed_and_then_they_grow_rarer():
    run = Rehearsed(planned(*[1000] * 60)).write()

    assert run.numbers == [*range(1, 12), 13, 16, 20, 26, 35, 49]
    assert run.sampling.taken_over == 60 - len(run.numbers)


def test_one_of_another_length_is_rehearsed_and_stands_for_those_like_it():
    run = Rehearsed(planned(*[1000] * 13, *[2000] * 2)).write()

    assert run.numbers == [*range(1, 12), 13, 14]
    assert run.repeated[-1] == ("chapter/c14", "chapter/c15")


def test_so_is_one_with_more_beats():
    run = Rehearsed(planned(*[1000] * 12, beats=[2] * 11 + [3])).write()

    assert run.numbers[-1] == 12


def test_where_no_two_are_of_one_length_the_nearest_will_do():
    run = Rehearsed(planned(*(1000 + 37 * n % 1000 for n in range(100)))).write()

    assert len(run.numbers) < 50


def test_what_is_taken_over_is_there_for_those_that_come_after():
    run = Rehearsed(planned(*[1000] * 12)).write()
    like, other = run.repeated[0]

    assert other == "chapter/c12"
    assert run.book.read(run.plan.chapters[11].path) == f"By {like}."
    assert "chapter/c12" in run.book.outcomes()


def test_a_text_that_is_there_stays():
    plan = planned(*[1000] * 12)
    run = Rehearsed(plan, {c.path: "# Mine\n\nMine." for c in plan.chapters})
    run.write("facts", "notes/{0.number}.md").write("amend")

    assert run.book.read(plan.chapters[11].path) == "# Mine\n\nMine."
    assert [other for _, other in run.repeated] == ["facts/c12", "amend/c12"]


def test_what_all_chapters_add_to_is_never_taken_over():
    run = Rehearsed(planned(*[1000] * 20)).write("log", "notes/log.md")

    assert run.numbers == [*range(1, 21)]
